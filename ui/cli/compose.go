package cli

import (
	"context"
	"iter"
	"strings"

	"dbchapter/llm"
	"dbchapter/llm/compose"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// compose runs the drafter and gives the chapter: new, or the one that was
// there with the wanted sections replaced.
func (a *app) compose(ctx context.Context, w work) (string, error) {
	if w.who.config.IsOffline() {
		text, _, err := llm.Collect(ctx, a.noticed(w.who.drafter), w.prompt)
		return merged(w.prompt, text), err
	}
	var r compose.Result
	for e := range compose.Chapter(ctx, a.composeOptions(w.who, &w.design), w.prompt) {
		if e.Kind == compose.End {
			r = *e.Result
		}
		a.progress(e)
	}
	a.progressEnd()
	if err := ctx.Err(); err != nil {
		r.Err = err
	}
	if r.Err != nil {
		return "", a.keep(r, w)
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
	return merged(w.prompt, r.Text()), nil
}

func (a *app) composeOptions(who writer, d *design.Design) compose.Options {
	o := compose.Options{
		Drafter: who.drafter, Design: d, NoRepair: a.flags.noRepair, NoFallback: a.flags.noFallback, Redact: a.flags.redact,
	}
	if a.flags.parallel {
		o.Parallel = max(1, who.config.Complete().Parallel)
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

// merged puts redone sections into the chapter they belong to, with its line
// ends; every other byte stays.
func merged(p prompt.Prompt, text string) string {
	if len(p.Current.Parts) == 0 {
		return text
	}
	out := p.Current
	crlf := strings.Contains(out.String(), "\r\n")
	redone := chapter.Parse(text)
	for _, s := range p.Sections {
		part, ok := redone.Section(s)
		if !ok {
			continue
		}
		if crlf {
			part.Text = strings.ReplaceAll(strings.ReplaceAll(part.Text, "\r\n", "\n"), "\n", "\r\n")
		}
		out = out.With(s, part.Text)
	}
	return out.String()
}
