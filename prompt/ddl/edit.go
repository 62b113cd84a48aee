package ddl

import (
	"slices"
	"strings"
)

// Edit replaces the bytes Start…End of a block by New.
type Edit struct {
	Start, End int
	New        string
}

// Apply makes all edits; those that overlap an earlier one are left out.
func Apply(src string, edits []Edit) string {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int { return a.Start - b.Start })
	var b strings.Builder
	at := 0
	for _, e := range sorted {
		if e.Start < at || e.End < e.Start || e.End > len(src) {
			continue
		}
		b.WriteString(src[at:e.Start])
		b.WriteString(e.New)
		at = e.End
	}
	b.WriteString(src[at:])
	return b.String()
}

// patched is a text with edits made, that still knows the places of the
// original: the grammar reads what was meant, messages point at what was
// written.
type patched struct {
	text  string
	edits []Edit // against the original, sorted, apart from each other
	base  int    // offset of the original in its block
	src   string
}

func newPatched(src string, base int) *patched { return &patched{text: src, src: src, base: base} }

// apply makes edits that are given against the current text and do not
// overlap.
func (p *patched) apply(edits ...Edit) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int { return b.Start - a.Start })
	for _, e := range sorted {
		p.compose(e)
	}
}

// compose makes one edit; those before that it touches become one with it.
func (p *patched) compose(e Edit) {
	var before, after []Edit
	start, end, shift, inner, seen := e.Start, e.End, 0, 0, 0
	for _, old := range p.edits {
		at, grown := old.Start+seen, len(old.New)-(old.End-old.Start)
		seen += grown
		switch {
		case at+len(old.New) <= e.Start:
			before = append(before, old)
			shift += grown
		case at >= e.End:
			after = append(after, old)
		default:
			start, end = min(start, at), max(end, at+len(old.New))
			inner += grown
		}
	}
	merged := Edit{start - shift, end - shift - inner, p.text[start:e.Start] + e.New + p.text[e.End:end]}
	p.edits = slices.Concat(before, []Edit{merged}, after)
	p.text = p.text[:e.Start] + e.New + p.text[e.End:]
}

// origin is the offset in the original of an offset in the text; inside a
// replacement it is its start, or its end if asked for.
func (p *patched) origin(offset int, end bool) int {
	shift := 0 // text offset minus original offset
	for _, e := range p.edits {
		switch at := e.Start + shift; {
		case offset <= at:
			return offset - shift
		case offset < at+len(e.New):
			if end {
				return e.End
			}
			return e.Start
		}
		shift += len(e.New) - (e.End - e.Start)
	}
	return offset - shift
}

// block is the offset in the block of an offset in the text.
func (p *patched) block(offset int) int { return p.base + p.origin(offset, false) }
