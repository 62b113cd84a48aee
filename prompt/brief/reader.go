package brief

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// reader goes through a document and remembers where everything stood.
type reader struct {
	file     string
	problems Problems
	places   map[string]place
	budget   int // nodes still to be read: aliases could multiply them
}

// place is where something stands, both from 1.
type place struct{ line, column int }

// maxNodes is far beyond any brief a person could write.
const maxNodes = 400_000

func (r *reader) mark(path string, n *yaml.Node) {
	if _, ok := r.places[path]; !ok {
		r.places[path] = place{n.Line, n.Column}
	}
}

func (r *reader) complain(n *yaml.Node, path, rule, format string, args ...any) {
	r.problems = append(r.problems, Problem{
		Rule: rule, Path: path, File: r.file, Line: n.Line, Column: n.Column, Message: fmt.Sprintf(format, args...),
	})
}

// follow is the node an alias stands for, at the alias's place.
func (r *reader) follow(n *yaml.Node) *yaml.Node {
	for i := 0; n.Kind == yaml.AliasNode && n.Alias != nil && i < 10; i++ {
		n = n.Alias
	}
	return n
}

func (r *reader) afford() bool {
	if r.budget == 0 {
		r.problems = append(r.problems, Problem{Rule: "V00", File: r.file, Message: "简报太大，请删掉不需要的内容"})
	}
	r.budget--
	return r.budget >= 0
}

// items are the elements of a sequence.
func (r *reader) items(n *yaml.Node) []*yaml.Node {
	var out []*yaml.Node
	for _, item := range n.Content {
		if !r.afford() {
			break
		}
		out = append(out, r.follow(item))
	}
	return out
}

// lines reads a string as several items; each gets the place where it stands.
func (r *reader) lines(n *yaml.Node, path string, cut func(string) []string, each func(*yaml.Node, string)) {
	from := 0
	count := 0
	for _, piece := range cut(n.Value) {
		start := from + max(strings.Index(n.Value[from:], piece), 0)
		from = start + len(piece)
		if strings.TrimSpace(piece) == "" || !r.afford() {
			continue
		}
		lead := len(piece) - len(strings.TrimLeft(piece, " \t"))
		at := r.inside(n, len([]rune(n.Value[:start+lead])))
		each(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: strings.TrimSpace(piece), Line: at.line, Column: at.column},
			fmt.Sprintf("%s[%d]", path, count))
		count++
	}
}

// inside is the place of the i-th character of a scalar. It is exact for what
// stands on one line without escapes and for literal blocks whose indent is
// two more than their key's; folded text keeps the place of its beginning.
func (r *reader) inside(n *yaml.Node, i int) place {
	before := string([]rune(n.Value)[:min(i, len([]rune(n.Value)))])
	newlines := strings.Count(before, "\n")
	last := len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))
	switch {
	case n.Style&yaml.LiteralStyle != 0:
		return place{n.Line + 1 + newlines, blockIndent + last + 1}
	case n.Style&yaml.FoldedStyle != 0:
		return place{n.Line + 1, n.Column}
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		return place{n.Line, n.Column + 1 + i}
	}
	return place{n.Line, n.Column + i}
}

// blockIndent is how far a literal block is taken to stand in: the parser does
// not tell, people use two spaces.
const blockIndent = 2

// nearest is the candidate most like s, "" when none is like it.
func nearest(s string, candidates []string) string {
	best, least := "", 3
	switch n := utf8.RuneCountInString(s); {
	case n < 2:
		return ""
	case n < 5:
		least = 2
	}
	folded := strings.ToLower(strings.NewReplacer("-", "_", " ", "_").Replace(s))
	for _, c := range candidates {
		if d := distance(folded, strings.ToLower(c)); d < least && d < utf8.RuneCountInString(c) {
			best, least = c, d
		}
	}
	return best
}

// distance counts the insertions, deletions, changes and swaps of neighbours
// between two words.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 64 || len(y) > 64 {
		return 64
	}
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}

// unknownField is the message of V00 (decisions.md 11).
func unknownField(name, near string, keys []string) string {
	if near != "" {
		return fmt.Sprintf("未知字段 %q，是否想写 %q？", name, near)
	}
	keys = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k == "schema" })
	return fmt.Sprintf("未知字段 %q，可用的字段：%s", clipped(name), strings.Join(keys, "、"))
}
