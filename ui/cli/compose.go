package cli

import (
	"context"
	"fmt"
	"iter"

	"dbchapter/llm"
	"dbchapter/llm/compose"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
	"dbchapter/ui/safetext"
)

// compose runs the drafter and gives the whole text to be written: the
// chapter, or the chapter that was there with the wanted sections replaced.
func (a *app) compose(ctx context.Context, who writer, p prompt.Prompt, d *design.Design) (string, error) {
	if who.config.IsOffline() {
		text, _, err := llm.Collect(ctx, a.noticed(who.drafter), p)
		return merged(p, text), err
	}
	var r compose.Result
	for e := range compose.Chapter(ctx, a.composeOptions(who, d), p) {
		if e.Kind == compose.End {
			r = *e.Result
		}
		a.progress(e)
	}
	a.progressEnd()
	if r.Err != nil {
		return "", a.keep(r, p)
	}
	for _, note := range r.Notes {
		a.note("模型的附注：%s", note)
	}
	for _, f := range r.Failing {
		a.note("仍有问题：%s %s", f.Rule, f.Message)
	}
	if u := r.Usage; u.Output > 0 {
		a.note("用量：输入 %d、输出 %d tokens（其中缓存命中 %d）", u.Input, u.Output, u.Cached)
	}
	return r.Text(), nil
}

func (a *app) composeOptions(who writer, d *design.Design) compose.Options {
	o := compose.Options{
		Drafter: who.drafter, Design: d, NoRepair: a.flags.noRepair, NoFallback: a.flags.noFallback, Redact: a.flags.redact,
	}
	if a.flags.parallel {
		o.Parallel = max(1, who.config.Parallel)
	}
	if house, err := a.loadHouse(); err == nil {
		o.Offline = a.offline(house)
	}
	return o
}

// noticed passes the notices of a drafter on to people.
func (a *app) noticed(d llm.Drafter) llm.Drafter {
	return drafterFunc(func(ctx context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
		return func(yield func(llm.Delta, error) bool) {
			for delta, err := range d.Draft(ctx, p) {
				if delta.Kind == llm.Retry {
					a.note("提示：%s", delta.Text)
				}
				if !yield(delta, err) {
					return
				}
			}
		}
	})
}

// drafterFunc is a function as a drafter.
type drafterFunc func(context.Context, prompt.Prompt) iter.Seq2[llm.Delta, error]

// Draft calls the function.
func (f drafterFunc) Draft(ctx context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
	return f(ctx, p)
}

// checked is a model behind the whole way to a checked chapter, for the wizard.
func (a *app) checked(who writer) llm.Drafter {
	if who.config.IsOffline() {
		return who.drafter
	}
	return drafterFunc(func(ctx context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
		house, err := a.loadHouse()
		if err != nil {
			house = design.House{}
		}
		d := design.New(p.Brief, house)
		return compose.Drafter(a.composeOptions(who, &d)).Draft(ctx, p)
	})
}

// progress shows what happens while a model writes, on a terminal only; what
// people should know stays as a line of its own.
func (a *app) progress(e compose.Event) {
	if a.flags.quiet {
		return
	}
	switch e.Kind {
	case compose.Notice:
		a.progressEnd()
		a.note("%s", e.Text)
	case compose.Started, compose.Repairing:
		if a.env.StderrTTY {
			verb := map[compose.Kind]string{compose.Started: "正在写", compose.Repairing: "正在修正"}[e.Kind]
			fmt.Fprintf(a.env.Stderr, "\r\x1b[K%s %d/7 %s", verb, e.Section.Number(), safetext.Clean(e.Section.Title()))
		}
	}
}

// progressEnd clears the progress line.
func (a *app) progressEnd() {
	if a.env.StderrTTY && !a.flags.quiet {
		fmt.Fprint(a.env.Stderr, "\r\x1b[K")
	}
}

// merged puts redone sections into the chapter they belong to.
func merged(p prompt.Prompt, text string) string {
	if len(p.Current.Parts) == 0 {
		return text
	}
	out := p.Current
	redone := chapter.Parse(text)
	for _, s := range p.Sections {
		if part, ok := redone.Section(s); ok {
			out = out.With(s, part.Text)
		}
	}
	return out.String()
}
