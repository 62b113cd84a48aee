//go:build !unix

package servertest

import (
	"os/exec"
	"testing"
)

// unprivileged makes commands that run in dir.
func unprivileged(_ testing.TB, dir string) func(name string, args ...string) *exec.Cmd {
	return func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		return cmd
	}
}
