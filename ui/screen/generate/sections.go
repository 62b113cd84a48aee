package generate

import (
	"slices"
	"strings"
	"unicode"

	"dbchapter/llm"
	"dbchapter/prompt/chapter"
	"dbchapter/ui/safetext"
)

// progress is what is known of one wanted section.
type progress int

const (
	waiting progress = iota
	writing
	complete
	broken // begun, but the stream ended inside
)

// wanted are the sections the screen was opened for.
func (m Model) wanted() []chapter.Section {
	if len(m.Prompt.Sections) == 0 {
		return chapter.Sections()
	}
	return m.Prompt.Sections
}

// progress of a section: one is complete when another began after it, or when
// the drafter said that it is done.
func (m Model) progress(s chapter.Section, parts []chapter.Part) progress {
	if _, ok := m.base.Section(s); ok {
		return complete
	}
	at := slices.IndexFunc(parts, func(p chapter.Part) bool { return p.Section == s })
	last := at == len(parts)-1
	switch {
	case at < 0:
		return waiting
	case !last || m.state == done || m.finishedByStop():
		return complete
	case m.state == running:
		return writing
	}
	return broken
}

// finishedByStop is true when the stream ended properly but a section is
// missing: the last one written is still whole.
func (m Model) finishedByStop() bool { return m.state == failed && m.finish == llm.Stop }

func (m Model) parts() []chapter.Part { return chapter.Parse(safetext.Clean(m.text)).Parts }

// missing are the wanted sections that are not complete.
func (m Model) missing() []chapter.Section {
	parts := m.parts()
	var out []chapter.Section
	for _, s := range m.wanted() {
		if m.progress(s, parts) != complete {
			out = append(out, s)
		}
	}
	return out
}

// result is everything there is: sections of earlier runs with those of this
// one put in their place. A single run comes back byte for byte, so that what
// stands before the first section is not lost.
func (m Model) result() chapter.Chapter {
	now := chapter.Parse(safetext.Clean(m.text))
	if len(m.base.Parts) == 0 {
		return now
	}
	all := m.base
	for _, p := range now.Parts {
		if p.Section != "" && strings.TrimSpace(p.Text) != "" {
			all = all.With(p.Section, p.Text)
		}
	}
	return all
}

// letters counts what a reader would call characters.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}
