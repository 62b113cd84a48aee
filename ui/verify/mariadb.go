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

var (
	mariadbError = regexp.MustCompile(`(?m)^ERROR \d+ \(\w+\) at line (\d+): (.*)$`)
	// newCollation are MySQL 8 collations that MariaDB does not know.
	newCollation = regexp.MustCompile(`utf8mb4_0900_\w+`)
)

// MariaDB executes MySQL definitions in a server of its own. The answer is a
// hint about MySQL, not MySQL's verdict: functional indexes and a few other
// things of MySQL 8 are refused.
func MariaDB(ctx context.Context, blocks []Block) ([]Refusal, error) {
	server, client := find(exec.LookPath, "mariadbd"), find(exec.LookPath, "mariadb")
	if server == "" || client == "" {
		return nil, ErrNone
	}
	dir, err := scratch()
	if err != nil {
		return nil, fmt.Errorf("scratch directory: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o700); err != nil {
		return nil, fmt.Errorf("scratch directory: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	socket := filepath.Join(dir, "s.sock")
	cmd := command(ctx, dir, server, mariadbOptions(dir, socket)...)
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %q: %w", server, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() { cancel(); <-ended }()
	ask := func(ctx context.Context) error {
		return command(ctx, dir, client, "--no-defaults", "-S", socket, "-e", "SELECT 1").Run()
	}
	if err := await(ctx, ended, &log, ask); err != nil {
		return nil, err
	}
	text, starts := script("CREATE DATABASE dbch_verify; USE dbch_verify;", blocks)
	run := command(ctx, dir, client, "--no-defaults", "--force", "--default-character-set=utf8mb4", "-S", socket)
	run.Stdin = strings.NewReader(newCollation.ReplaceAllString(text, "utf8mb4_general_ci"))
	var out bytes.Buffer
	run.Stderr = &out
	_ = run.Run() // refused statements make the client fail; they are read below
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return refusals(out.String(), mariadbError, blocks, starts), nil
}

// mariadbOptions start a server that needs no installation and keeps nothing.
func mariadbOptions(dir, socket string) []string {
	o := []string{
		"--no-defaults", "--datadir=" + filepath.Join(dir, "data"), "--socket=" + socket, "--pid-file=" + filepath.Join(dir, "pid"),
		"--skip-networking", "--skip-grant-tables", "--skip-log-bin", "--performance-schema=OFF",
		"--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0",
		"--innodb-flush-method=nosync", "--sync-frm=0", "--character-set-server=utf8mb4", "--explicit-defaults-for-timestamp=ON",
		"--sql-mode=STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
	}
	if os.Geteuid() == 0 {
		o = append(o, "--user=root")
	}
	return o
}
