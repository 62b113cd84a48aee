package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"dbchapter/llm"
	"dbchapter/llm/compose"
	"dbchapter/prompt"
	"dbchapter/ui/safetext"
)

// progress shows what happens while a model writes, on a terminal only; what
// people should know stays as a line of its own.
func (a *app) progress(e compose.Event) {
	switch e.Kind {
	case compose.Notice:
		a.progressEnd()
		a.note("%s", e.Text)
	case compose.Started, compose.Repairing:
		if a.redraws() {
			verb := map[compose.Kind]string{compose.Started: a.words.T("正在写"), compose.Repairing: a.words.T("正在修正")}[e.Kind]
			fmt.Fprintf(a.env.Stderr, "\r\x1b[K%s %d/7 %s", verb, e.Section.Number(), safetext.Clean(e.Section.Title()))
		}
	}
}

// redraws says whether standard error is a terminal that can redraw a line.
func (a *app) redraws() bool {
	term := a.env.Getenv("TERM")
	return a.env.StderrTTY && !a.flags.quiet && term != "" && term != "dumb"
}

// progressEnd clears the progress line.
func (a *app) progressEnd() {
	if a.redraws() {
		fmt.Fprint(a.env.Stderr, "\r\x1b[K")
	}
}

// describe says what would be sent, to which host and how large; nothing is.
// The prompt itself is the product, as it would leave the machine.
func (a *app) describe(who writer, p prompt.Prompt) error {
	mask := compose.NewMask()
	if a.flags.redact {
		p.Text = mask.Hide(p.Text)
	}
	a.note("%s", llm.PlanOf(who.config, p, mask.Hidden()).String())
	a.note("没有发送任何内容。")
	return a.write([]byte(p.Text))
}

// endSignal is the signal that ended the work; ctrl+c is ExitCancelled.
type endSignal struct{ syscall.Signal }

// Error names the signal.
func (s endSignal) Error() string { return s.String() }

// interruptible is a context that ends with the signals that end a program, so
// that what was received can be kept first; a second one ends it at once.
func interruptible(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	sigs := make(chan os.Signal, 2)
	signal.Notify(sigs, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	done := make(chan struct{})
	go func() {
		select {
		case s := <-sigs:
			signal.Stop(sigs)
			if n, ok := s.(syscall.Signal); ok {
				cancel(endSignal{n})
			}
		case <-done:
		}
	}()
	return ctx, func() {
		signal.Stop(sigs)
		close(done)
		cancel(nil)
	}
}

// stopped is err, or the signal that was behind it.
func stopped(ctx context.Context, err error) error {
	if s, ok := context.Cause(ctx).(endSignal); ok {
		return &Error{Code: 128 + int(s.Signal), Msg: "已取消"}
	}
	return err
}
