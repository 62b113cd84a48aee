package ddl_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// binary finds a program on the PATH and where Debian keeps servers.
func binary(names ...string) string {
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
		for _, dir := range []string{"/usr/sbin", "/usr/libexec", "/usr/local/bin"} {
			if p := filepath.Join(dir, n); isFile(p) {
				return p
			}
		}
	}
	return ""
}

func isFile(path string) bool {
	st, err := os.Stat(path)
	return err == nil && !st.IsDir()
}

// scratch is a short directory, in memory where there is one: a socket path
// has room for about 100 bytes.
func scratch(t *testing.T) string {
	t.Helper()
	root := os.TempDir()
	if st, err := os.Stat("/dev/shm"); err == nil && st.IsDir() {
		root = "/dev/shm"
	}
	dir, err := os.MkdirTemp(root, "dbch")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

type mariadb struct{ socket, client string }

// startMariaDB runs a server of its own on a unix socket, without installing
// anything; the test is skipped, loudly, where there is none.
func startMariaDB(t *testing.T) mariadb {
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
		"--character-set-server=utf8mb4", "--explicit-defaults-for-timestamp=ON",
		"--sql-mode=STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
	}
	if os.Geteuid() == 0 {
		args = append(args, "--user=root")
	}
	cmd := exec.Command(server, args...)
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	m := mariadb{socket: dir + "/s.sock", client: client}
	for deadline := time.Now().Add(30 * time.Second); ; {
		if exec.Command(client, "--no-defaults", "-S", m.socket, "-e", "SELECT 1").Run() == nil {
			return m
		}
		if time.Now().After(deadline) {
			t.Fatalf("server did not start:\n%s", log.String())
		}
	}
}

var clientError = regexp.MustCompile(`(?m)^ERROR (\d+) \(\w+\) at line (\d+): (.*)$`)

// run executes a script to its end and gives the errors by line.
func (m mariadb) run(t *testing.T, script string) map[int]string {
	t.Helper()
	cmd := exec.Command(m.client, "--no-defaults", "--force", "--default-character-set=utf8mb4", "-S", m.socket)
	cmd.Stdin = strings.NewReader(script)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	_ = cmd.Run() // errors of statements make the client fail; they are read below
	out := map[int]string{}
	for _, hit := range clientError.FindAllStringSubmatch(stderr.String(), -1) {
		line, _ := strconv.Atoi(hit[2])
		out[line] = hit[1] + " " + hit[3]
	}
	return out
}
