package chapter

import (
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
)

// invisible are characters that nobody meant to write: byte order marks, zero
// width spaces and joiners.
var invisible = strings.NewReplacer("\ufeff", "", "\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\r", "")

// clean removes what no reader sees (N1): line ends, marks, blanks at line
// ends, and the reasoning that some models print before they answer.
func (n *normalizer) clean() {
	first := 0
	for i, l := range n.lines {
		t := strings.TrimRight(strings.ReplaceAll(invisible.Replace(l.text), "\t", "    "), " ")
		if t != l.text && first == 0 {
			first = l.at
		}
		n.lines[i].text = t
	}
	if first > 0 {
		n.fixed(first, "F025", "", "已统一换行、空行与行尾空格，去掉不可见字符")
	}
	n.dropThinking()
}

var (
	thinkOpen  = pattern.New(`(?i)^\s*<(think|thinking|reasoning)>`)
	thinkClose = pattern.New(`(?i)</(think|thinking|reasoning)>\s*`)
)

// dropThinking removes <think>…</think>. It is the model's scratch paper, not
// part of its answer. One that never closes loses only its tag: what follows
// may be the answer.
func (n *normalizer) dropThinking() {
	for i := 0; i < len(n.lines); i++ {
		open := thinkOpen.FindString(n.lines[i].text)
		if open == "" {
			continue
		}
		at := n.lines[i].at
		end := slices.IndexFunc(n.lines[i:], func(l line) bool { return thinkClose.MatchString(l.text) })
		if end < 0 {
			n.lines[i].text = strings.TrimSpace(n.lines[i].text[len(open):])
		} else {
			last := n.lines[i+end]
			rest := last.text[thinkClose.FindStringIndex(last.text)[1]:]
			n.replace(span{i, i + end + 1}, line{strings.TrimSpace(rest), last.at})
		}
		n.fixed(at, "F008", "", "已去掉模型的思考过程", "模型的思考过程")
	}
}

// unwrap takes the chapter out of a code block around all of it (N2). Fences
// inside must come in pairs, else the outer one is not one.
func (n *normalizer) unwrap() {
	open := -1
	for i, l := range n.lines {
		if m := fenceMark(l.text); m != nil {
			if wrapper(m[2]) && n.startsChapter(i+1) {
				open = i
			}
			break
		}
		if name, _, _ := contractHeading(l.text); name != "" {
			break
		}
	}
	if open < 0 {
		return
	}
	last, count := -1, 0
	for i := open + 1; i < len(n.lines); i++ {
		if fenceMark(n.lines[i].text) != nil {
			last = i
			count++
		}
	}
	if last < 0 || count%2 == 0 || strings.TrimSpace(strings.Trim(n.lines[last].text, "`~ ")) != "" || n.structureAfter(last) {
		return
	}
	n.fixed(n.lines[open].at, "F009", "", "已去掉包住全文的代码围栏")
	n.lines = slices.Delete(n.lines, last, last+1)
	n.lines = slices.Delete(n.lines, open, open+1)
}

func wrapper(lang string) bool {
	switch strings.ToLower(lang) {
	case "", "markdown", "md", "text", "txt":
		return true
	}
	return false
}

// startsChapter says whether the next line with text is a heading.
func (n *normalizer) startsChapter(i int) bool {
	for ; i < len(n.lines); i++ {
		if strings.TrimSpace(n.lines[i].text) != "" {
			return headingLine.MatchString(n.lines[i].text)
		}
	}
	return false
}

// structureAfter says whether headings, bullets or tables follow: then a fence
// there does not close the whole.
func (n *normalizer) structureAfter(i int) bool {
	return slices.ContainsFunc(n.lines[i+1:], func(l line) bool {
		return headingLine.MatchString(l.text) || formed.MatchString(l.text) || strings.HasPrefix(l.text, "|")
	})
}
