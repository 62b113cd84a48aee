package chapter

import (
	"slices"
	"strings"
)

// piece is a subsection while sections are put in order.
type piece struct {
	title string
	lines []line // heading included; without one for what stands before the first
}

// chunk is a section while sections are put in order.
type chunk struct {
	section Section
	head    line
	subs    []piece
}

// reorder puts the sections in the order of the contract and subsections under
// the section they belong to (N15). A section that comes twice is joined; one
// that the contract does not know stays behind the section it follows.
func (n *normalizer) reorder() {
	chunks, before := n.chunks()
	if len(chunks) == 0 {
		return
	}
	chunks = n.join(chunks)
	n.moveHome(chunks)
	chunks = n.sortSections(chunks)
	for i := range chunks {
		n.sortSubs(&chunks[i])
	}
	out := before
	for _, c := range chunks {
		out = append(out, c.head)
		for _, s := range c.subs {
			out = append(out, s.lines...)
		}
	}
	n.lines = out
}

// chunks cuts the text into sections and subsections.
func (n *normalizer) chunks() (out []chunk, before []line) {
	in := n.places()
	for i, l := range n.lines {
		m := []string(nil)
		if in[i] == prose {
			m = headingLine.FindStringSubmatch(l.text)
		}
		switch {
		case m != nil && len(m[1]) == 3:
			out = append(out, chunk{section: byTitle(m[2]), head: l, subs: []piece{{}}})
		case len(out) == 0:
			before = append(before, l)
		case m != nil && len(m[1]) == 4:
			c := &out[len(out)-1]
			c.subs = append(c.subs, piece{m[2], []line{l}})
		default:
			c := &out[len(out)-1]
			s := &c.subs[len(c.subs)-1]
			s.lines = append(s.lines, l)
		}
	}
	return out, before
}

// join merges sections that come twice.
func (n *normalizer) join(in []chunk) []chunk {
	var out []chunk
	for _, c := range in {
		i := slices.IndexFunc(out, func(o chunk) bool { return o.section == c.section && c.section != "" })
		if i < 0 {
			out = append(out, c)
			continue
		}
		n.fixed(c.head.at, "F002", c.section.Title(), "重复的章节"+quoted(c.section.Title())+"已并入前一个")
		n.found("章节「%s」出现了不止一次", c.section.Title())
		o := &out[i]
		last := &o.subs[len(o.subs)-1]
		last.lines = append(append(slices.Clone(last.lines), line{"", c.head.at}), c.subs[0].lines...)
		o.subs = append(o.subs, c.subs[1:]...)
	}
	return out
}

// home is the section a subsection belongs to, "" when it may stand anywhere.
func home(p piece) Section {
	if s, _, ok := subByTitle(p.title); ok {
		return s
	}
	if isShardTitle(p.title) {
		return Sharding
	}
	if isTableTitle(p.title) && definesAny(joined(p.lines)) {
		return Tables
	}
	return ""
}

// moveHome takes subsections out of sections where they do not belong.
func (n *normalizer) moveHome(chunks []chunk) {
	for i := range chunks {
		c := &chunks[i]
		if c.section == "" {
			continue
		}
		var stay []piece
		for _, p := range c.subs {
			to := -1
			if h := home(p); h != "" && h != c.section {
				to = slices.IndexFunc(chunks, func(o chunk) bool { return o.section == h })
			}
			if to < 0 {
				stay = append(stay, p)
				continue
			}
			p.lines = append(slices.Clone(p.lines), line{"", p.lines[0].at})
			chunks[to].subs = append(chunks[to].subs, p)
			n.fixed(p.lines[0].at, "F005", p.title, "小节"+quoted(p.title)+"已移到"+quoted(chunks[to].section.Title()), chunks[to].section.Title())
		}
		c.subs = stay
	}
}

// sortSections orders sections; unknown ones go with the one before them.
func (n *normalizer) sortSections(in []chunk) []chunk {
	rank := make(map[int]int, len(in))
	last := 0
	for i, c := range in {
		if c.section != "" {
			last = c.section.Number()
		}
		rank[i] = last
	}
	index := make([]int, len(in))
	for i := range in {
		index[i] = i
	}
	slices.SortStableFunc(index, func(a, b int) int { return rank[a] - rank[b] })
	out := make([]chunk, len(in))
	for i, j := range index {
		out[i] = in[j]
	}
	if !slices.IsSorted(index) {
		n.fixed(in[0].head.at, "F002", "", "章节已按约定顺序重排")
	}
	return out
}

// sortSubs orders the fixed subsections of a section; others go with the one
// before them.
func (n *normalizer) sortSubs(c *chunk) {
	rank := make([]int, len(c.subs))
	last := -1
	for i, s := range c.subs {
		if sec, k, ok := subByTitle(s.title); ok && sec == c.section {
			last = k
		}
		rank[i] = last
	}
	index := make([]int, len(c.subs))
	for i := range index {
		index[i] = i
	}
	slices.SortStableFunc(index, func(a, b int) int { return rank[a] - rank[b] })
	if slices.IsSorted(index) {
		return
	}
	out := make([]piece, len(index))
	for i, j := range index {
		out[i] = c.subs[j]
	}
	c.subs = out
	n.fixed(c.head.at, "F005", c.section.Title(), quoted(c.section.Title())+"的小节已按约定顺序重排", c.section.Title())
}

// spaceOut sets blocks one blank line apart, and nothing between a heading and
// its content or between the items of a list (N16). Code stays as it is.
func (n *normalizer) spaceOut() {
	in := n.places()
	var out []line
	changed := 0
	for i, l := range n.lines {
		if in[i] == prose && l.text == "" {
			continue
		}
		want := len(out) > 0 && n.apart(i, in)
		had := i > 0 && n.lines[i-1].text == "" && in[i-1] == prose
		if in[i] == code || in[i] == fenceClose {
			want, had = false, false
		}
		if want != had && changed == 0 || had && i > 1 && n.lines[i-2].text == "" && in[i-2] == prose && changed == 0 {
			changed = l.at
		}
		if want {
			out = append(out, line{"", l.at})
		}
		out = append(out, l)
	}
	n.lines = out
	if changed > 0 {
		n.fixed(changed, "F025", "", "已统一空行：标题后不空行，块之间空一行")
	}
}

// apart says whether line i stands apart from the text before it.
func (n *normalizer) apart(i int, in []place) bool {
	prev := i - 1
	for prev >= 0 && n.lines[prev].text == "" && in[prev] == prose {
		prev--
	}
	if prev < 0 {
		return false
	}
	a, b := n.lines[prev].text, n.lines[i].text
	blank := prev != i-1
	switch {
	case in[prev] == prose && headingLine.MatchString(a):
		return headingLine.MatchString(b) && !follows(a, b)
	case headingLine.MatchString(b) && in[i] == prose:
		return true
	case in[prev] == fenceClose && itemLine.MatchString(b):
		return false
	case itemLine.MatchString(a) && itemLine.MatchString(b) && in[i] == prose:
		return false
	case strings.HasPrefix(a, "|") && strings.HasPrefix(b, "|"):
		return blank
	case itemLine.MatchString(a) && strings.HasPrefix(b, "|"):
		return true
	}
	return blank
}

// follows says whether a heading stands directly under the one above it.
func follows(a, b string) bool {
	return len(headingLine.FindStringSubmatch(b)[1]) > len(headingLine.FindStringSubmatch(a)[1])
}
