package chapter

import (
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
)

var (
	// aside begins a remark to the reader rather than a part of the design.
	aside = pattern.New(`^(\*\*)?(待确认|需要?确认|需要您?确认|补充说明|补充建议|几点说明|总结|小结|说明[：:]|备注[：:]|注[：:]|注意[：:]|后续建议|后续可|假设(与|和|清单|说明))`)
	// chat is talk around the answer (F027).
	chat = pattern.New(`^(好的|当然[，,]|没问题|以上(是|为|就是|内容|方案|设计)|希望(对[您你]|以上|能帮|这)|如果?[您你]|如有(疑问|问题|需要|其他)|请问|请告诉|需要我|是否需要|祝[您你好])`)
	// asideTitle is a heading over such remarks.
	asideTitle = pattern.New(`^(待确认(事项|项|问题|清单)?|需要?确认(的)?(事项|问题)?|总结|小结|说明|补充说明|备注|注意事项|后续建议|假设(与待确认)?(事项|清单|说明)?|假设(与|和)说明)$`)
)

// takeNotes moves what is not part of the design to the notes (N3): what
// stands before the first section and after the last item, quotes, rulers,
// and talk to the reader. The words are kept.
func (n *normalizer) takeNotes() {
	ts := n.titles()
	first := slices.IndexFunc(ts, func(t title) bool { return t.level == 3 && byTitle(t.text) != "" })
	if first < 0 {
		return
	}
	n.takePreamble(ts[first].index)
	n.takeAsideSections()
	n.takeTail()
	n.takeQuotes()
}

func (n *normalizer) takePreamble(to int) {
	head := n.lines[:to]
	if slices.ContainsFunc(head, func(l line) bool { return strings.TrimSpace(l.text) != "" }) {
		n.takeOut(span{0, to}, "F008", "第一个章节之前的文字已移到备注")
		return
	}
	n.lines = slices.Clone(n.lines[to:])
}

// takeOut moves a span to the notes; headings and rulers alone say nothing and
// are dropped.
func (n *normalizer) takeOut(s span, rule, message string) {
	lines := slices.Clone(n.lines[s.from:s.to])
	i := slices.IndexFunc(lines, func(l line) bool { return strings.TrimSpace(l.text) != "" })
	if i >= 0 {
		text := joined(lines)
		if rule != "" {
			n.fixed(lines[i].at, rule, "", message, cut(text, 30))
		}
		if slices.ContainsFunc(lines, func(l line) bool {
			t := strings.TrimSpace(l.text)
			return t != "" && !headingLine.MatchString(t) && !breakLine.MatchString(t)
		}) {
			n.note(lines, "")
		}
	}
	n.replace(s)
}

func joined(lines []line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.text)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// takeAsideSections moves whole sections of remarks: ### 待确认事项.
func (n *normalizer) takeAsideSections() {
	for {
		ts := n.titles()
		i := slices.IndexFunc(ts, func(t title) bool { return t.level <= 4 && asideTitle.MatchString(t.text) })
		if i < 0 {
			return
		}
		to := nextAt(ts[i+1:], ts[i].level)
		if to < 0 {
			to = len(n.lines)
		}
		n.takeOut(span{ts[i].index, to}, "F008", "说明性小节"+quoted(ts[i].text)+"已移到备注")
	}
}

// takeTail moves what follows the last item of the last section: everything
// from a ruler or a remark on, and paragraphs that end the text.
func (n *normalizer) takeTail() {
	ts := n.titles()
	last := len(ts) - 1
	for last > 0 && (ts[last].level != 3 || byTitle(ts[last].text) == "") {
		last--
	}
	if last < 0 || byTitle(ts[last].text) == "" {
		return
	}
	start, end := ts[last].index+1, len(n.lines)
	if to := nextAt(ts[last+1:], 3); to >= 0 {
		end = to
	}
	for in := n.places(); ; {
		from := n.tail(start, end, in)
		if from < 0 {
			return
		}
		n.takeOut(span{from, end}, "F008", "最后条目之后的文字已移到备注")
		if end < len(in) {
			return
		}
		end = from
		in = in[:from]
	}
}

// tail is where the tail of a section begins, -1 when it has none.
func (n *normalizer) tail(start, end int, in []place) int {
	for i := start; i < end; i++ {
		t := strings.TrimSpace(n.lines[i].text)
		ruler := breakLine.MatchString(t) && end == len(n.lines)
		if in[i] == prose && (ruler || aside.MatchString(t) || chat.MatchString(t)) && !n.labelsIn(i, end) {
			return i
		}
	}
	if end == len(n.lines) {
		return n.lastParagraph(start, in)
	}
	return -1
}

// labelsIn says whether bullets of the contract stand among lines: what comes
// before them is no tail.
func (n *normalizer) labelsIn(from, to int) bool {
	return slices.ContainsFunc(n.lines[from:to], func(l line) bool {
		name := label(l.text)
		return name != "" && slices.Contains(knownLabels(), name)
	})
}

// lastParagraph is where a paragraph begins that ends the text, -1 for none.
func (n *normalizer) lastParagraph(start int, in []place) int {
	from := -1
	structure := false
	for i := start; i < len(n.lines); i++ {
		t := n.lines[i].text
		switch {
		case strings.TrimSpace(t) == "":
		case in[i] != prose || itemLine.MatchString(t) || strings.HasPrefix(t, "|") || strings.HasPrefix(t, " ") ||
			strings.HasPrefix(t, ">") || headingLine.MatchString(t) || label(t) != "":
			structure, from = true, -1
		case from < 0:
			from = i
		}
	}
	if !structure {
		return -1
	}
	return from
}

// takeQuotes moves quotes and talk out of the sections, and drops rulers.
func (n *normalizer) takeQuotes() {
	in := n.places()
	var kept []line
	under := ""
	for i := 0; i < len(n.lines); {
		kind := n.remark(i, in)
		if kind == "" {
			kept = append(kept, n.lines[i])
			if m := headingLine.FindStringSubmatch(n.lines[i].text); m != nil && in[i] == prose {
				under = m[2]
			}
			i++
			continue
		}
		to := i + 1
		for to < len(n.lines) && kind == "quote" && n.remark(to, in) == kind {
			to++
		}
		r := remarks[kind]
		n.fixed(n.lines[i].at, r.rule, "", r.message, cut(n.lines[i].text, 30))
		if kind == "quote" {
			n.found("章节里的引用说明不属于约定内容：%s", cut(strings.TrimLeft(n.lines[i].text, "> "), 30))
		}
		n.note(n.lines[i:to], under)
		i = to
	}
	n.lines = kept
}

// remarks are the kinds of lines that leave a section.
var remarks = map[string]struct{ rule, message string }{
	"quote": {"F029", "引用说明已移到备注"},
	"chat":  {"F027", "对话式文字已移到备注"},
	"ruler": {"F025", "已去掉分隔线"},
}

// remark is what kind of remark a line is, "" for none.
func (n *normalizer) remark(i int, in []place) string {
	t := strings.TrimSpace(n.lines[i].text)
	switch {
	case in[i] != prose || t == "":
		return ""
	case t[0] == '>':
		return "quote"
	case breakLine.MatchString(t):
		return "ruler"
	case chat.MatchString(t) && (i == 0 || strings.TrimSpace(n.lines[i-1].text) == ""):
		return "chat"
	}
	return ""
}
