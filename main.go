// Dbchapter is a terminal wizard: a software architect describes a system and
// gets the database design chapter of the architecture document.
//
// This file alone knows which drafters there are; everything else sees the
// llm.Drafter contract.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/term"

	"dbchapter/llm"
	"dbchapter/llm/anthropic"
	"dbchapter/llm/offline"
	"dbchapter/llm/ollama"
	"dbchapter/llm/openai"
	"dbchapter/prompt/design"
	"dbchapter/ui"
	"dbchapter/ui/cli"
)

func main() {
	os.Exit(cli.Main(context.Background(), os.Args[1:], cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		StdinTTY:  term.IsTerminal(int(os.Stdin.Fd())),
		StdoutTTY: term.IsTerminal(int(os.Stdout.Fd())),
		StderrTTY: term.IsTerminal(int(os.Stderr.Fd())),
		Getenv:    os.Getenv, Now: time.Now, Version: version(),
		Offline: func(h design.House) llm.Drafter { return offline.Drafter{House: h} },
		Open:    open,
		Wizard:  ui.Run,
	}))
}

// open makes the drafter for a protocol.
func open(c llm.Config) (llm.Drafter, error) {
	switch c.Protocol {
	case "openai":
		return openai.New(c)
	case "anthropic":
		return anthropic.New(c)
	case "ollama":
		return ollama.New(c)
	}
	return nil, fmt.Errorf("no protocol %q", c.Protocol)
}

// version is the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	v := strings.Trim(info.Main.Version, "()")
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "devel") {
			return "devel-" + s.Value[:min(12, len(s.Value))]
		}
	}
	return v
}
