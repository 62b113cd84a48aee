package compose

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
)

// maxRounds is how often failing sections are asked for again: a third round
// seldom helps (models.md §5.2).
const maxRounds = 2

// repair asks again for sections that fail the checks or are missing from an
// answer that ended properly.
func (w *work) repair() {
	if w.NoRepair || w.result.Err != nil || w.gone || w.ctx.Err() != nil || len(w.want) == 0 {
		w.result.Failing = w.failing(w.chapter)
		return
	}
	for range maxRounds {
		bad, findings := w.bad()
		if len(bad) == 0 || !w.again(bad, findings) {
			break
		}
	}
	w.result.Failing = w.failing(w.chapter)
	for _, s := range w.want {
		if slices.ContainsFunc(w.result.Failing, func(f check.Finding) bool { return f.Section == s }) && w.result.Origin[s] == ByModel {
			w.emit(Event{Kind: Kept, Section: s})
		}
	}
}

// bad are the sections to be asked for again, with what is wrong in each.
func (w *work) bad() ([]chapter.Section, map[chapter.Section][]string) {
	findings := map[chapter.Section][]string{}
	for _, f := range w.failing(w.chapter) {
		findings[f.Section] = append(findings[f.Section], message(f))
	}
	var bad []chapter.Section
	missing := w.missing()
	for _, s := range w.want {
		if slices.Contains(missing, s) {
			findings[s] = []string{fmt.Sprintf("缺少小节「%s」", s.Title())}
		}
		if len(findings[s]) > 0 {
			bad = append(bad, s)
		}
	}
	return bad, findings
}

// message is a finding as an instruction.
func message(f check.Finding) string {
	out := f.Message
	if f.Object != "" && !strings.Contains(out, f.Object) {
		out = f.Object + "：" + out
	}
	if f.Fix != nil && *f.Fix != "" {
		out += "（" + *f.Fix + "）"
	}
	return f.Rule + " " + out
}

// again asks for the bad sections in one request and takes each new text that
// makes the chapter no worse; false when another round is no use.
func (w *work) again(bad []chapter.Section, findings map[chapter.Section][]string) bool {
	var all []string
	for _, s := range bad {
		all = append(all, findings[s]...)
		w.emit(Event{Kind: Repairing, Section: s, Text: strings.Join(findings[s], "\n")})
	}
	p := prompt.Section(w.prompt.Brief, w.chapter, w.prompt.Hint, all, bad...)
	p.Length = w.prompt.Length
	a := w.answer(p, &stage{emit: func(Event) bool { return true }}) // shown only when it is taken
	w.result.Usage = add(w.result.Usage, a.usage)
	if a.err != nil || a.finish != llm.Stop {
		if a.err != nil {
			w.notice("修正没有成功：" + a.err.Error())
		}
		return false
	}
	return w.take(a, bad)
}

// take puts the new texts in; a text that brings more errors than it mends is
// left out.
func (w *work) take(a answer, bad []chapter.Section) bool {
	n := chapter.Normalize(a.raw)
	w.note(n.Notes...)
	taken := false
	for _, s := range bad {
		part, ok := n.Chapter.Section(s)
		if !ok || strings.TrimSpace(part.Text) == "" {
			continue
		}
		_, had := w.chapter.Section(s)
		next := w.chapter.With(s, part.Text)
		if had && len(w.failing(next)) > len(w.failing(w.chapter)) {
			continue
		}
		w.put(s, part.Text, ByModel)
		w.emit(Event{Kind: Repaired, Section: s, Text: part.Text})
		taken = true
	}
	return taken
}
