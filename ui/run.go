package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/safetext"
)

// frame is how long deltas are gathered into one redraw.
const frame = 60 * time.Millisecond

// patience is how long a signal waits for the draft to be written.
const patience = 2 * time.Second

// CrashError says that the wizard met a fault of its own. The draft is kept.
type CrashError struct {
	Message string // cleaned, one line
	Report  string // path of the crash report, "" when none was kept
}

// Error is the message.
func (e *CrashError) Error() string { return e.Message }

// ErrNoTerminal says that there is no terminal to show the wizard on.
var ErrNoTerminal = errors.New("no terminal")

// Run shows the wizard until the person leaves it. Whatever happens the
// terminal is usable afterwards and the draft is kept.
func Run(ctx context.Context, o Options) (Result, error) {
	if o.Frame == 0 {
		o.Frame = frame
	}
	// Drafting ends with the wizard, but an outer cancellation is a wish to
	// leave in order and not the end of everything.
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	p := tea.NewProgram(guard{inner: newModel(inner, o)}, tea.WithoutSignalHandler())
	defer context.AfterFunc(ctx, func() { ask(p, syscall.SIGINT) })()
	stop, stopStop := watch(p), watchStop(p)
	final, err := p.Run()
	stop()
	stopStop()
	g, ok := final.(guard)
	if !ok {
		return Result{}, fmt.Errorf("%w: %w", ErrNoTerminal, err)
	}
	if c := g.crash; c != nil {
		return g.result(), &CrashError{Message: c.message, Report: o.keepReport(*c)}
	}
	if err != nil && !errors.Is(err, tea.ErrProgramKilled) {
		return g.result(), err
	}
	return g.result(), nil
}

// stopMsg is a signal that ends the program.
type stopMsg struct{ signal int }

// ask asks the program to end in order, and ends it when that takes too long;
// even then the terminal is restored.
func ask(p *tea.Program, s syscall.Signal) {
	time.AfterFunc(patience, p.Kill)
	p.Send(stopMsg{int(s)})
}

// watch turns signals into an orderly end.
func watch(p *tea.Program) (stop func()) {
	sigs := make(chan os.Signal, 4)
	signal.Notify(sigs, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case s := <-sigs:
				n, _ := s.(syscall.Signal)
				ask(p, n)
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(sigs)
		close(done)
	}
}

// crash is a panic that was caught.
type crash struct{ message, stack string }

// crashMsg brings a panic of a command to the loop.
type crashMsg crash

// guard keeps a panic in Update, View or a command from taking the terminal
// with it: it becomes the program's end.
type guard struct {
	inner model
	crash *crash
}

func caught(r any) crash {
	return crash{
		message: safetext.Short(fmt.Sprint(r), 200),
		stack:   safetext.Redact(fault(r) + "\n\n" + string(debug.Stack())),
	}
}

// fault is a panic for a report that others may read: of what is no error of
// the language only the type is told, its text may be the person's.
func fault(r any) string {
	if e, ok := r.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("panic of type %T", r)
}

// report is the crash report: the program, the machine, the stack.
func (c crash) report() string {
	version, revision := "unknown", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value
			}
		}
	}
	return fmt.Sprintf("dbchapter %s%s\n%s %s/%s\n\n%s", version, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH, c.stack)
}

// keepReport keeps a crash report where the caller said, else beside the
// drafts; "" when that is not possible.
func (o Options) keepReport(c crash) string {
	if o.Crash != nil {
		return o.Crash(c.report())
	}
	if o.Store == nil {
		return ""
	}
	path, err := o.Store.KeepReport(c.report())
	if err != nil {
		return "" // the fault itself is what has to be told
	}
	return path
}

// Init is the root's, guarded.
func (g guard) Init() tea.Cmd { return shield(g.inner.Init()) }

// Update is the root's, guarded.
func (g guard) Update(msg tea.Msg) (out tea.Model, cmd tea.Cmd) {
	if c, ok := msg.(crashMsg); ok {
		g.crash = (*crash)(&c)
		return g, tea.Quit
	}
	defer func() {
		if r := recover(); r != nil {
			c := caught(r)
			g.crash = &c
			out, cmd = g, tea.Quit
		}
	}()
	next, cmd := g.inner.Update(msg)
	g.inner = next.(model)
	return g, shield(cmd)
}

// View is the root's, guarded.
func (g guard) View() (v tea.View) {
	defer func() {
		if r := recover(); r != nil {
			v = tea.NewView(g.inner.words.T("frame.crash"))
			v.AltScreen = true
		}
	}()
	return g.inner.View()
}

func (g guard) result() Result { return g.inner.result }

// shield runs a command so that its panic comes back as a message; commands in
// a batch are shielded one by one.
func shield(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = crashMsg(caught(r))
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = shield(batch[i])
			}
		}
		return msg
	}
}
