//go:build unix

package servertest

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
	"testing"
)

// unprivileged makes commands that run in dir as somebody who owns it and is
// not root, for PostgreSQL refuses root.
func unprivileged(t testing.TB, dir string) func(name string, args ...string) *exec.Cmd {
	t.Helper()
	who := nobody(t)
	if who != nil {
		if err := os.Chown(dir, int(who.Uid), int(who.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	return func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		if who != nil {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who}
		}
		return cmd
	}
}

// nobody are the credentials of such a user, nil when we are not root.
func nobody(t testing.TB) *syscall.Credential {
	t.Helper()
	if os.Geteuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	t.Skip("SKIPPED: PostgreSQL needs a user that is not root")
	return nil
}
