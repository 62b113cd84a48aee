package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"dbchapter/llm"
	"dbchapter/prompt/brief"
	"dbchapter/ui/safetext"
)

// The exit codes of product.md §2.
const (
	ExitOK        = 0
	ExitFailure   = 1   // something could not be done
	ExitUsage     = 2   // a flag, a brief or another input is wrong
	ExitFindings  = 3   // done, but the checker found errors
	ExitProvider  = 4   // the model's provider failed
	ExitCancelled = 130 // ctrl+c
)

// Error is a failure as people meet it: what happened, what to do next, and
// the code the program leaves with.
type Error struct {
	Code int
	Msg  string // a format, in Chinese; finished when there are no Args
	Args []any
	Hint string
	Err  error
}

// Error is what happened, with the cause.
func (e *Error) Error() string { return e.in(words{}) }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// in is what happened in the language of the interface.
func (e *Error) in(w words) string {
	msg := w.T(e.Msg, e.Args...)
	if e.Err != nil {
		msg += w.T("：") + w.reason(e.Err)
	}
	return msg
}

func usage(hint, format string, args ...any) error {
	return &Error{Code: ExitUsage, Msg: format, Args: args, Hint: hint}
}

func failure(err error, hint, format string, args ...any) error {
	return &Error{Code: ExitFailure, Msg: format, Args: args, Hint: hint, Err: err}
}

// several are all the things that are wrong, to be said at once.
type several []error

// Error lists them one a line.
func (s several) Error() string { return errors.Join(s...).Error() }

// Unwrap gives each of them.
func (s several) Unwrap() []error { return s }

// add keeps an error unless it is nil.
func (s *several) add(err error) {
	var more several
	switch {
	case err == nil:
	case errors.As(err, &more):
		*s = append(*s, more...)
	default:
		*s = append(*s, err)
	}
}

// err is nil, the only one, or all of them.
func (s several) err() error {
	switch len(s) {
	case 0:
		return nil
	case 1:
		return s[0]
	}
	return s
}

// errFindings ends a command that did its work but leaves errors in the
// chapter; everything was said already.
var errFindings = errors.New("findings")

// report prints err for people and returns the exit code; of several errors
// the first decides.
func report(out io.Writer, w words, err error) int {
	var (
		many     several
		own      *Error
		provider *llm.Error
		problems brief.Problems
	)
	switch {
	case err == nil:
		return ExitOK
	case errors.Is(err, errFindings):
		return ExitFindings
	case errors.As(err, &many):
		code := report(out, w, many[0])
		for _, e := range many[1:] {
			report(out, w, e)
		}
		return code
	case errors.As(err, &own):
		say(out, w, w.T("错误：")+own.in(w), own.Hint)
		return own.Code
	case errors.Is(err, context.Canceled):
		say(out, w, w.T("已取消"), "")
		return ExitCancelled
	case errors.As(err, &provider):
		say(out, w, w.T("模型服务出错：")+provider.Error(), provider.Hint)
		return ExitProvider
	case errors.As(err, &problems):
		for _, p := range problems {
			say(out, w, p.Error(), p.Hint)
		}
		return ExitUsage
	}
	// What is left comes from the flag parser.
	say(out, w, w.T("错误：")+err.Error(), "dbchapter --help 列出命令和参数")
	return ExitUsage
}

// say writes one cleaned message and, indented below it, what to do.
func say(out io.Writer, w words, msg, hint string) {
	fmt.Fprintln(out, safetext.Redact(safetext.Clean(msg)))
	if hint != "" {
		fmt.Fprintln(out, "  → "+safetext.Redact(safetext.Clean(w.T(hint))))
	}
}

// errorText is one error in a line, for a list.
func errorText(w words, err error) string {
	var own *Error
	if errors.As(err, &own) {
		return own.in(w)
	}
	return err.Error()
}
