//go:build !unix

package verify

import "os/exec"

// harmless leaves the user as it is.
func harmless(string) (func(*exec.Cmd), error) { return func(*exec.Cmd) {}, nil }

// quit ends a server at once.
func quit(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
