package compose

import (
	"context"
	"iter"
	"strings"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
)

// Drafter is the whole way from prompt to checked chapter behind the plain
// contract of a drafter, for a screen that shows a stream: lines as they come
// without what models put around a chapter, notices, one Replace when the
// checked text differs, and Done with the notes. What the rules filled is said
// in a notice; without them the model's error ends the stream.
func Drafter(o Options) llm.Drafter { return composed{o} }

type composed struct{ options Options }

// Draft writes what p asks for.
func (c composed) Draft(ctx context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
	return func(yield func(llm.Delta, error) bool) {
		shown := strings.Builder{}
		for e := range Chapter(ctx, c.options, p) {
			var ok bool
			switch e.Kind {
			case Text:
				shown.WriteString(e.Text)
				ok = yield(llm.Delta{Kind: llm.Text, Text: e.Text}, nil)
			case Thinking:
				ok = yield(llm.Delta{Kind: llm.Reasoning, Text: e.Text}, nil)
			case End:
				finish(*e.Result, wanted(c.options, p), shown.String(), yield)
				return
			default:
				said := e.words()
				ok = said == "" || yield(llm.Delta{Kind: llm.Retry, Text: said}, nil)
			}
			if !ok {
				return
			}
		}
	}
}

// words are what an event tells people, "" when the text itself shows it.
func (e Event) words() string {
	title := "「" + e.Section.Title() + "」"
	switch e.Kind {
	case Notice:
		return e.Text
	case Repairing:
		return title + "没有通过检查，请模型修正"
	case FromRules:
		return title + "由离线起草补齐"
	case Kept:
		return title + "仍有问题，请复核"
	}
	return ""
}

func wanted(o Options, p prompt.Prompt) []chapter.Section {
	return newWork(context.Background(), Options{Drafter: o.Drafter, Locked: o.Locked}, p, nil).want
}

// filled names the sections that the rules wrote, and why.
func (r Result) filled() []string {
	var out []string
	for _, s := range chapter.Sections() {
		if r.Origin[s] == ByRules {
			out = append(out, "「"+s.Title()+"」由离线起草补齐："+r.Err.Error())
		}
	}
	return out
}

// finish gives the final text and how it ended.
func finish(r Result, want []chapter.Section, shown string, yield func(llm.Delta, error) bool) {
	text := r.Text()
	if len(want) < len(chapter.Sections()) {
		var parts []string
		for _, s := range want {
			if part, ok := r.Chapter.Section(s); ok && r.Origin[s] != "" {
				parts = append(parts, strings.TrimRight(part.Text, "\n")+"\n")
			}
		}
		text = strings.Join(parts, "\n")
	}
	if r.Err != nil && len(r.Unfinished) > 0 {
		text = join(text, r.Partial)
	}
	if text != shown && text != "" && !yield(llm.Delta{Kind: llm.Replace, Text: text}, nil) {
		return
	}
	if r.Err != nil && len(r.Unfinished) > 0 {
		yield(llm.Delta{}, r.Err)
		return
	}
	yield(llm.Delta{Kind: llm.Done, Finish: llm.Stop, Usage: r.Usage, Notes: append(r.Notes, r.filled()...)}, nil)
}
