package store

import (
	"fmt"
	"strings"
	"time"
)

// texts are bodies by their sums, on the way to the disk.
type texts map[string]string

func (t texts) add(text string) string {
	sum := sumOf([]byte(text))
	t[sum] = text
	return sum
}

// next is the generation after s, with the draft as it is now, and the texts
// it needs on disk.
func (s snapshot) next(d Draft, parts []Part, at time.Time) (snapshot, texts) {
	out, need := s.clone(), texts{}
	if out.Created.IsZero() {
		out.Created = at
	}
	out.Format, out.ID, out.Gen = format, d.ID, s.Gen+1
	via := map[string]string{} // section → how its next text came
	out.Versions = nil
	for _, v := range d.Versions {
		sum := need.add(v.Text)
		out.Versions = append(out.Versions, textRef{Section: v.Section, Sum: sum, Origin: v.Origin})
		// Two changes between two saves: the text between them is seen here only.
		if h := out.history(v.Section); !h.has(sum) {
			h.add(sum, via[v.Section], at)
		}
		via[v.Section] = v.Origin
	}
	out.Parts = nil
	times := map[string]int{}
	for _, p := range parts {
		times[p.Section]++
		r := textRef{Section: place(p.Section, times[p.Section]), Sum: need.add(p.Text)}
		out.Parts = append(out.Parts, r)
		out.history(r.Section).follow(r.Sum, via[p.Section], at)
	}
	d.Updated, d.Gen = at, out.Gen
	d.Chapter, d.Versions, d.Repair = "", nil, nil
	out.Draft = d
	return out, need
}

// place tells sections of the same name apart by their number.
func place(section string, n int) string {
	if n == 1 {
		return section
	}
	return fmt.Sprintf("%s#%d", section, n)
}

// parts cuts a chapter. A cutter that loses text is not listened to.
func (s *Store) parts(chapter string) []Part {
	if chapter == "" {
		return nil
	}
	parts := s.cut(chapter)
	var joined strings.Builder
	for _, p := range parts {
		joined.WriteString(p.Text)
	}
	if joined.String() != chapter {
		return []Part{{Text: chapter}}
	}
	return parts
}

// headings cuts before every ### heading outside fenced code.
func headings(chapter string) []Part {
	var out []Part
	fenced, from, at, section := false, 0, 0, ""
	for line := range strings.Lines(chapter) {
		switch {
		case strings.HasPrefix(line, "```"), strings.HasPrefix(line, "~~~"):
			fenced = !fenced
		case !fenced && strings.HasPrefix(line, "### "):
			if at > from {
				out = append(out, Part{Section: section, Text: chapter[from:at]})
			}
			from, section = at, strings.TrimSpace(line[len("### "):])
		}
		at += len(line)
	}
	return append(out, Part{Section: section, Text: chapter[from:]})
}
