// Package compose takes a drafter to a chapter: it streams, continues what was
// cut, normalises, checks, asks again for the sections that fail, and fills
// from the rules what a model could not give.
//
//	prompt → stream → (continue) → Normalize → check.Run → (repair ≤ 2) → (rules) → Result
//
// It knows no provider: whatever is an llm.Drafter can write, and one that is
// an llm.Asker can also continue. Progress comes as events, so that a screen
// and a command share one path.
package compose

import (
	"context"
	"iter"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// Options say who writes and how far to go.
type Options struct {
	Drafter llm.Drafter    // who writes; required
	Offline llm.Drafter    // fills what failed; nil: nothing does
	Design  *design.Design // of the brief: for the checks and the list of tables; nil: only the form is checked

	Locked     map[chapter.Section]bool // never asked for, never changed
	NoRepair   bool                     // what fails the checks stays as it is
	NoFallback bool                     // what was not written stays missing
	Redact     bool                     // hide addresses, accounts and people from the model
	Parallel   int                      // sections asked for at once; 0: one call writes all
}

// Kind says what an Event reports.
type Kind string

// The kinds of events. Text comes in the order of the document; the others
// when they happen.
const (
	Started   Kind = "started"   // a section begins
	Text      Kind = "text"      // lines of a section; Section is "" before the first
	Thinking  Kind = "thinking"  // a piece of thinking, to be counted
	Notice    Kind = "notice"    // Text is for people: a wait, a continuation
	Finished  Kind = "finished"  // the model wrote the section to its end
	Failed    Kind = "failed"    // the section has no end; Err says why
	Repairing Kind = "repairing" // asked for again; Text is what the checker found
	Repaired  Kind = "repaired"  // Text is the section's better text
	Kept      Kind = "kept"      // still fails the checks after two rounds
	FromRules Kind = "fromrules" // Text is the section as the rules write it
	End       Kind = "end"       // Result is set; always the last
)

// An Event is one step of the work.
type Event struct {
	Kind    Kind
	Section chapter.Section
	Text    string
	Err     error
	Result  *Result
}

// Origin says who wrote a section.
type Origin string

// The origins of a section.
const (
	ByModel Origin = "model"
	ByRules Origin = "offline"
	Before  Origin = "before" // it stood in the chapter and was not asked for
)

// Result is the chapter and everything about it that must not be lost.
type Result struct {
	Chapter    chapter.Chapter // normalised, with the sections that were not asked for
	Origin     map[chapter.Section]Origin
	Unfinished []chapter.Section // asked for, but neither model nor rules wrote them to the end
	Partial    string            // what came of them
	Failing    []check.Finding   // errors that are left in what the model wrote
	Notes      []string          // preamble, closing questions, remarks; in their order
	Raw        string            // the model's first answer as it came
	Usage      llm.Usage         // of all requests together
	Finish     llm.Finish        // of the first answer
	Err        error             // why the model did not finish; nil when it did
}

// Text is the chapter as Markdown.
func (r Result) Text() string { return r.Chapter.String() }

// Chapter writes what p asks for. The last event is End, also after a failure
// and a cancelled context; stopping the iteration stops the drafter.
func Chapter(ctx context.Context, o Options, p prompt.Prompt) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		w := newWork(ctx, o, p, yield)
		defer w.cancel()
		w.write()
		if w.gone {
			return
		}
		w.settle()
		w.repair()
		w.fill()
		w.conclude()
	}
}

// Run is Chapter for who wants no progress; the error is the Result's.
func Run(ctx context.Context, o Options, p prompt.Prompt) (Result, error) {
	var r Result
	for e := range Chapter(ctx, o, p) {
		if e.Kind == End {
			r = *e.Result
		}
	}
	return r, r.Err
}
