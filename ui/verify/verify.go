// Package verify lets a real database server of this machine execute the table
// definitions of a chapter: in a scratch directory, on a unix socket, without a
// network, gone when it is done (sql.md §3.7).
//
// It starts processes and writes temporary files, which is why it stands apart
// from the rules of prompt/ddl: those need no server, this is a second opinion.
package verify

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ErrNone says that there is no server of that kind on this machine.
var ErrNone = errors.New("no server")

// Block is the definition of one table.
type Block struct {
	Table string
	Text  string // statements, each ended by ;
	Line  int    // of Text in its document, 1-based
}

// Refusal is one definition that the server did not accept.
type Refusal struct {
	Table   string
	Line    int    // where its definition begins in the document
	Message string // of the server, in its words
}

// Server is a kind of server that can be started here.
type Server struct {
	Name    string // MariaDB
	Path    string // of the program, "" when it is not installed
	Package string // what to install
}

// Servers lists the kinds of servers with where they are; look finds a program
// on the PATH (exec.LookPath).
func Servers(look func(string) (string, error)) []Server {
	return []Server{
		{"MariaDB", find(look, "mariadbd"), "mariadb-server-core, mariadb-client-core"},
		{"PostgreSQL", findPostgres(look, "postgres"), "postgresql"},
	}
}

// find is a program on the PATH or where systems keep servers.
func find(look func(string) (string, error), name string) string {
	if p, err := look(name); err == nil {
		return p
	}
	for _, dir := range []string{"/usr/sbin", "/usr/libexec", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"} {
		p := filepath.Join(dir, name)
		if st, err := os.Stat(p); err == nil && st.Mode().IsRegular() {
			return p
		}
	}
	return ""
}

// findPostgres prefers the newest server that Debian has: its tools are not on
// the PATH.
func findPostgres(look func(string) (string, error), name string) string {
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name); len(found) > 0 {
		return found[len(found)-1]
	}
	return find(look, name)
}

// scratch is a short directory, in memory where there is one: the path of a
// socket has room for about 100 bytes.
func scratch() (string, error) {
	root := ""
	if st, err := os.Stat("/dev/shm"); err == nil && st.IsDir() {
		root = "/dev/shm"
	}
	dir, err := os.MkdirTemp(root, "dbch")
	if err != nil && root != "" {
		return os.MkdirTemp("", "dbch")
	}
	return dir, err
}

// command is a program that sees nothing of our environment but the PATH, and
// no key.
func command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "LC_ALL=C"}
	return cmd
}

// startLimit is how long a server may take to come up.
const startLimit = 30 * time.Second

// await asks until the server answers, ends, or takes too long.
func await(ctx context.Context, ended <-chan error, log *bytes.Buffer, ask func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	tick := time.NewTicker(30 * time.Millisecond)
	defer tick.Stop()
	for {
		if ask(ctx) == nil {
			return nil
		}
		select {
		case <-ended:
			return errors.New("the server ended: " + last(log.String()))
		case <-ctx.Done():
			return errors.New("the server did not come up: " + ctx.Err().Error())
		case <-tick.C:
		}
	}
}

// last is the last line of a log.
func last(log string) string {
	log = strings.TrimSpace(log)
	return log[strings.LastIndex(log, "\n")+1:]
}

// script is the blocks as one text with the line on which each begins.
func script(head string, blocks []Block) (text string, starts []int) {
	var b strings.Builder
	b.WriteString(head + "\n")
	line := strings.Count(head, "\n") + 2
	for _, block := range blocks {
		starts = append(starts, line)
		t := strings.TrimRight(block.Text, "\n") + "\n"
		b.WriteString(t)
		line += strings.Count(t, "\n")
	}
	return b.String(), starts
}

// refusals reads what a client printed: one message a block, its first one.
func refusals(out string, pattern *regexp.Regexp, blocks []Block, starts []int) []Refusal {
	var all []Refusal
	seen := map[int]bool{}
	for _, hit := range pattern.FindAllStringSubmatch(out, -1) {
		line, _ := strconv.Atoi(hit[1])
		at := -1
		for i, start := range starts {
			if start <= line {
				at = i
			}
		}
		if at < 0 || seen[at] {
			continue
		}
		seen[at] = true
		all = append(all, Refusal{blocks[at].Table, blocks[at].Line, strings.TrimSpace(hit[2])})
	}
	return all
}
