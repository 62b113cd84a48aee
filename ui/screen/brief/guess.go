package brief

import (
	"slices"

	"dbchapter/prompt/brief"
)

// WithGuesses says what of the brief was read out of a text: it heads the
// assumptions, and nothing is generated before the person has seen it there.
func (m *Model) WithGuesses(guesses []brief.Assumption) *Model {
	m.guesses = slices.Clone(guesses)
	return m
}

// Guesses are those the person has neither seen through nor changed.
func (m *Model) Guesses() []brief.Assumption { return slices.Clone(m.guesses) }

// guessed are the guesses as rows of the assumptions, with what stands there
// now.
func guessed(m *Model) []assumed {
	out := make([]assumed, len(m.guesses))
	for i, g := range m.guesses {
		out[i].Assumption = g
		out[i].Source = brief.FromExtracted
		out[i].subject, out[i].key = subjectAt(g.Path)
		if s := out[i].subject; s != nil && g.Value == "" {
			out[i].Value = s.get(&m.doc.brief, out[i].key)
		}
	}
	return out
}

// settle takes a guess off the list: the person gave the value.
func (m *Model) settle(path string) {
	m.guesses = slices.DeleteFunc(m.guesses, func(g brief.Assumption) bool { return g.Path == path })
}

// confirm says whether the guesses have been seen: on the assumptions going on
// confirms them, elsewhere it leads there.
func (m *Model) confirm() bool {
	if len(m.guesses) == 0 {
		return true
	}
	if m.ask == nil && m.step == Assumptions {
		m.guesses = nil
		return true
	}
	n := len(m.guesses)
	m.ask = nil
	m.goTo(Assumptions)
	m.note = m.words.T("brief.guessed", n)
	return false
}
