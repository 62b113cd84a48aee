package infer

import (
	"regexp/syntax"
	"slices"
)

// endings indexes patterns by the strings they can end with: a name can only
// fit a pattern filed under one of its own endings, or under "".
type endings struct {
	of      map[string][]int
	longest int // bytes
}

// maxEndings bounds the expansion of one pattern; beyond it every name is
// tried against the pattern itself.
const maxEndings = 2000

func (e *endings) add(pattern string, n int) {
	if e.of == nil {
		e.of = map[string][]int{}
	}
	tails := []string{""}
	if re, err := syntax.Parse(pattern, syntax.Perl); err == nil && anchoredAtEnd(re) {
		tails, _ = expand(re.Simplify())
	}
	slices.Sort(tails)
	for _, t := range slices.Compact(tails) {
		e.of[t] = append(e.of[t], n)
		e.longest = max(e.longest, len(t))
	}
}

// candidates are the patterns worth trying, in no particular order.
func (e *endings) candidates(name string) []int {
	var out []int
	for i := max(0, len(name)-e.longest); i <= len(name); i++ {
		out = append(out, e.of[name[i:]]...)
	}
	return out
}

// anchoredAtEnd says whether every alternative of the pattern ends with $.
func anchoredAtEnd(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpEndText, syntax.OpEndLine:
		return true
	case syntax.OpConcat:
		return anchoredAtEnd(re.Sub[len(re.Sub)-1])
	case syntax.OpCapture:
		return anchoredAtEnd(re.Sub[0])
	case syntax.OpAlternate:
		return !slices.ContainsFunc(re.Sub, func(s *syntax.Regexp) bool { return !anchoredAtEnd(s) })
	}
	return false
}

// expand lists strings one of which every match ends with; open says that a
// match may have more before it that is not listed.
func expand(re *syntax.Regexp) (tails []string, open bool) {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine:
		return []string{""}, false
	case syntax.OpLiteral:
		return []string{string(re.Rune)}, false
	case syntax.OpCapture:
		return expand(re.Sub[0])
	case syntax.OpCharClass:
		return expandClass(re)
	case syntax.OpQuest:
		tails, open = expand(re.Sub[0])
		return append(tails, ""), open
	case syntax.OpAlternate:
		for _, s := range re.Sub {
			t, o := expand(s)
			tails, open = append(tails, t...), open || o
		}
		return tails, open
	case syntax.OpConcat:
		return expandConcat(re.Sub)
	}
	return []string{""}, true
}

func expandClass(re *syntax.Regexp) (tails []string, open bool) {
	for i := 0; i < len(re.Rune); i += 2 {
		if re.Rune[i+1]-re.Rune[i] > 8 {
			return []string{""}, true
		}
		for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
			tails = append(tails, string(r))
		}
	}
	return tails, false
}

func expandConcat(subs []*syntax.Regexp) (tails []string, open bool) {
	tails = []string{""}
	for _, s := range slices.Backward(subs) {
		heads, o := expand(s)
		if len(heads)*len(tails) > maxEndings {
			return tails, true
		}
		var next []string
		for _, h := range heads {
			for _, t := range tails {
				next = append(next, h+t)
			}
		}
		if tails = next; o {
			return tails, true
		}
	}
	return tails, false
}
