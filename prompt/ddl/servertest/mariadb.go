package servertest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// MariaDB is a running server.
type MariaDB struct{ socket, client string }

// StartMariaDB runs a MariaDB in strict mode; it has no databases.
func StartMariaDB(t testing.TB) MariaDB {
	t.Helper()
	server, client := binary("mariadbd", "mysqld"), binary("mariadb", "mysql")
	if server == "" || client == "" {
		t.Skip("SKIPPED: no mariadbd and mariadb on this machine (apt-get install mariadb-server-core mariadb-client-core)")
	}
	if out, _ := exec.Command(server, "--version").Output(); !bytes.Contains(out, []byte("MariaDB")) {
		t.Skip("SKIPPED: " + server + " is not MariaDB")
	}
	dir := scratch(t)
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	args := []string{
		"--no-defaults", "--datadir=" + dir + "/data", "--socket=" + dir + "/s.sock", "--pid-file=" + dir + "/pid", "--skip-networking",
		"--skip-grant-tables", "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0",
		"--innodb-flush-method=nosync", "--sync-frm=0", "--skip-log-bin", "--performance-schema=OFF",
		"--innodb-stats-persistent=OFF", // its tables belong to an installation
		"--character-set-server=utf8mb4", "--explicit-defaults-for-timestamp=ON",
		"--sql-mode=STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
	}
	if os.Geteuid() == 0 {
		args = append(args, "--user=root")
	}
	m := MariaDB{socket: dir + "/s.sock", client: client}
	start(t, exec.Command(server, args...), os.Kill, func() error {
		return exec.Command(client, "--no-defaults", "-S", m.socket, "-e", "SELECT 1").Run()
	})
	return m
}

var (
	mariadbError   = regexp.MustCompile(`(?m)^ERROR (\d+) \(\w+\) at line (\d+): (.*)$`)
	mariadbWarning = regexp.MustCompile(`^(Note|Warning) \(Code \d+\): `)
)

// Run executes a script to its end. A warning comes with the row that was
// printed last before it, so a script marks places by SELECT 'name'.
func (m MariaDB) Run(t testing.TB, script string) Answer {
	t.Helper()
	cmd := exec.Command(m.client, "--no-defaults", "--force", "--default-character-set=utf8mb4",
		"--batch", "--skip-column-names", "--raw", "--show-warnings", "-S", m.socket)
	cmd.Stdin = strings.NewReader(script)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // errors of statements make the client fail; they are read below
	a := Answer{Errors: byLine(mariadbError, stderr.String(), 2, func(hit []string) string { return hit[1] + " " + hit[3] })}
	if len(a.Errors) == 0 && stderr.Len() > 0 {
		t.Fatalf("client: %s", stderr.String())
	}
	var rows []string
	last := ""
	for line := range strings.Lines(stdout.String()) {
		if mariadbWarning.MatchString(line) {
			a.Warnings = append(a.Warnings, last+": "+strings.TrimSpace(line))
			continue
		}
		rows = append(rows, line)
		last = strings.TrimSpace(line)
	}
	a.Out = strings.Join(rows, "")
	return a
}
