package servertest

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// Postgres is a running server.
type Postgres struct{ dir, psql string }

// StartPostgres runs a PostgreSQL with the database postgres.
func StartPostgres(t testing.TB) Postgres {
	t.Helper()
	server, initdb, psql := postgresTool("postgres"), postgresTool("initdb"), postgresTool("psql")
	if server == "" || initdb == "" || psql == "" {
		t.Skip("SKIPPED: no postgres, initdb and psql on this machine (apt-get install postgresql)")
	}
	dir := scratch(t)
	as := unprivileged(t, dir)
	if out, err := as(initdb, "-D", dir+"/data", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	cmd := as(server, "-D", dir+"/data", "-c", "listen_addresses=", "-c", "unix_socket_directories="+dir, "-c", "fsync=off", "-c", "autovacuum=off")
	start(t, cmd, syscall.SIGQUIT, func() error {
		return exec.Command(psql, "-X", "-h", dir, "-U", "postgres", "-c", "SELECT 1").Run()
	})
	return Postgres{dir: dir, psql: psql}
}

// postgresTool is a program of the newest server that Debian has, or of the
// PATH.
func postgresTool(name string) string {
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name); len(found) > 0 {
		return found[len(found)-1]
	}
	return binary(name)
}

var (
	psqlError   = regexp.MustCompile(`(?m)^psql:<stdin>:(\d+): ERROR: +(.*)$`)
	psqlWarning = regexp.MustCompile(`(?m)^psql:<stdin>:(\d+): (?:WARNING|NOTICE): .*$`)
)

// Run executes a script to its end.
func (p Postgres) Run(t testing.TB, script string) Answer {
	t.Helper()
	cmd := exec.Command(p.psql, "-X", "-q", "-A", "-t", "-h", p.dir, "-U", "postgres", "-f", "-")
	cmd.Stdin = strings.NewReader(script)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("psql: %v\n%s", err, stderr.String())
	}
	return Answer{
		Out:      stdout.String(),
		Errors:   byLine(psqlError, stderr.String(), 1, func(hit []string) string { return hit[2] }),
		Warnings: psqlWarning.FindAllString(stderr.String(), -1),
	}
}
