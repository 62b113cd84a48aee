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
	Msg  string
	Hint string
	Err  error
}

// Error is what happened, with the cause.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Msg
	}
	return e.Msg + "：" + e.Err.Error()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

func usage(hint, format string, args ...any) error {
	return &Error{Code: ExitUsage, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

func failure(err error, hint, format string, args ...any) error {
	return &Error{Code: ExitFailure, Msg: fmt.Sprintf(format, args...), Hint: hint, Err: err}
}

// errFindings ends a command that did its work but leaves errors in the
// chapter; everything was said already.
var errFindings = errors.New("findings")

// report prints err for people and returns the exit code.
func report(w io.Writer, err error) int {
	var (
		own      *Error
		provider *llm.Error
		problems brief.Problems
	)
	switch {
	case err == nil:
		return ExitOK
	case errors.Is(err, errFindings):
		return ExitFindings
	case errors.As(err, &own):
		say(w, "错误："+own.Error(), own.Hint)
		return own.Code
	case errors.Is(err, context.Canceled):
		say(w, "已取消", "")
		return ExitCancelled
	case errors.As(err, &provider):
		say(w, "模型服务出错："+provider.Error(), provider.Hint)
		return ExitProvider
	case errors.As(err, &problems):
		for _, p := range problems {
			say(w, p.Error(), p.Hint)
		}
		return ExitUsage
	}
	// What is left comes from the flag parser.
	say(w, "错误："+err.Error(), "dbchapter --help 列出命令和参数")
	return ExitUsage
}

// say writes one cleaned message and, indented below it, what to do.
func say(w io.Writer, msg, hint string) {
	fmt.Fprintln(w, safetext.Clean(msg))
	if hint != "" {
		fmt.Fprintln(w, "  → "+safetext.Clean(hint))
	}
}
