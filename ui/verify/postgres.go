package verify

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

var postgresError = regexp.MustCompile(`(?m)^psql:<stdin>:(\d+): ERROR: +(.*)$`)

// Postgres executes PostgreSQL definitions in a server of its own.
func Postgres(ctx context.Context, blocks []Block) ([]Refusal, error) {
	server, initdb, psql := findPostgres(exec.LookPath, "postgres"), findPostgres(exec.LookPath, "initdb"), findPostgres(exec.LookPath, "psql")
	if server == "" || initdb == "" || psql == "" {
		return nil, ErrNone
	}
	dir, err := scratch()
	if err != nil {
		return nil, fmt.Errorf("scratch directory: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	who, err := harmless(dir)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	as := func(name string, args ...string) *exec.Cmd {
		cmd := command(ctx, dir, name, args...)
		who(cmd)
		return cmd
	}
	data := filepath.Join(dir, "data")
	if out, err := as(initdb, "-D", data, "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, last(string(out)))
	}
	cmd := as(server, "-D", data, "-c", "listen_addresses=", "-c", "unix_socket_directories="+dir, "-c", "fsync=off", "-c", "autovacuum=off")
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %q: %w", server, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() { quit(cmd); <-ended }()
	ask := func(ctx context.Context) error {
		return command(ctx, dir, psql, "-X", "-h", dir, "-U", "postgres", "-c", "SELECT 1").Run()
	}
	if err := await(ctx, ended, &log, ask); err != nil {
		return nil, err
	}
	text, starts := script("SET client_min_messages = error;", blocks)
	run := command(ctx, dir, psql, "-X", "-q", "-h", dir, "-U", "postgres", "-f", "-")
	run.Env = append(run.Env, "PGCLIENTENCODING=UTF8")
	run.Stdin = strings.NewReader(text)
	var out bytes.Buffer
	run.Stderr = &out
	if err := run.Run(); err != nil {
		return nil, fmt.Errorf("psql: %w: %s", err, last(out.String()))
	}
	return refusals(out.String(), postgresError, blocks, starts), nil
}
