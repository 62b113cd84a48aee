//go:build unix

package ddl_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dbchapter/prompt/ddl"
)

type postgres struct{ dir, psql string }

// nobody are the credentials to run a server under: PostgreSQL refuses root.
func nobody(t *testing.T) *syscall.Credential {
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

// startPostgres runs a server of its own on a unix socket; the test is
// skipped, loudly, where there is none.
func startPostgres(t *testing.T) postgres {
	t.Helper()
	server, initdb, psql := postgresTool("postgres"), postgresTool("initdb"), postgresTool("psql")
	if server == "" || initdb == "" || psql == "" {
		t.Skip("SKIPPED: no postgres, initdb and psql on this machine (apt-get install postgresql)")
	}
	dir := scratch(t)
	who := nobody(t)
	if who != nil {
		if err := os.Chown(dir, int(who.Uid), int(who.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	as := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		if who != nil {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who}
		}
		return cmd
	}
	if out, err := as(initdb, "-D", dir+"/data", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	cmd := as(server, "-D", dir+"/data", "-c", "listen_addresses=", "-c", "unix_socket_directories="+dir, "-c", "fsync=off", "-c", "autovacuum=off")
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGQUIT)
		_ = cmd.Wait()
	})
	p := postgres{dir: dir, psql: psql}
	for deadline := time.Now().Add(30 * time.Second); ; {
		if exec.Command(psql, "-X", "-h", dir, "-U", "postgres", "-c", "SELECT 1").Run() == nil {
			return p
		}
		if time.Now().After(deadline) {
			t.Fatalf("server did not start:\n%s", log.String())
		}
	}
}

// postgresTool is a program of the newest server that Debian has, or of the
// PATH.
func postgresTool(name string) string {
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name); len(found) > 0 {
		return found[len(found)-1]
	}
	return binary(name)
}

var psqlError = regexp.MustCompile(`(?m)^psql:<stdin>:(\d+): ERROR: +(.*)$`)

// run executes a script to its end and gives the errors by line.
func (p postgres) run(t *testing.T, script string) map[int]string {
	t.Helper()
	cmd := exec.Command(p.psql, "-X", "-q", "-h", p.dir, "-U", "postgres", "-f", "-")
	cmd.Stdin = strings.NewReader(script)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("psql: %v\n%s", err, stderr.String())
	}
	out := map[int]string{}
	for _, hit := range psqlError.FindAllStringSubmatch(stderr.String(), -1) {
		line, _ := strconv.Atoi(hit[1])
		if out[line] == "" {
			out[line] = hit[2]
		}
	}
	return out
}

func TestAgreesWithPostgres(t *testing.T) {
	server := startPostgres(t)
	m := mutator{randomSource(t)}
	all := make([]verdict, cases())
	var script strings.Builder
	fmt.Fprintf(&script, "SET client_min_messages = error; %s\n", strings.ReplaceAll(postgresParents, "\n", " "))
	for i := range all {
		all[i].sql = m.mutate(pick(m.r, postgresBase), postgresSteps).sql()
		all[i].ours = refused(ddl.PostgreSQL, postgresParents, all[i].sql)
		fmt.Fprintf(&script, "BEGIN; %s; \nROLLBACK;\n", all[i].sql)
	}
	const before = 1
	for line, message := range server.run(t, script.String()) {
		if i := (line - before - 1) / 2; i >= 0 && i < len(all) {
			all[i].theirs = message
		}
	}
	score(t, all, func(verdict) bool { return false })
}
