package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dbchapter/llm"
	"dbchapter/prompt/design"
)

// TestCrash: a fault inside a command ends in one clean line, exit 1, and a
// report that only its owner reads and that holds no key.
func TestCrash(t *testing.T) {
	dir := t.TempDir()
	var out, errs strings.Builder
	code := Main(context.Background(), []string{"learn", "--state-dir", dir}, Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }, Now: time.Now, Version: "v0",
		Offline: func(design.House) llm.Drafter { panic("fault \x1b[2J with sk-canary-0123456789abcdef") },
	})
	if code != ExitFailure || out.Len() > 0 {
		t.Errorf("code %d, stdout %q", code, out.String())
	}
	for _, bad := range []string{"goroutine", "sk-canary", "\x1b"} {
		if strings.Contains(errs.String(), bad) {
			t.Errorf("%q in %q", bad, errs.String())
		}
	}
	reports, err := filepath.Glob(filepath.Join(dir, "crash*", "*"))
	if err != nil || len(reports) != 1 || !strings.Contains(errs.String(), reports[0]) {
		t.Fatalf("reports %v, said %q", reports, errs.String())
	}
	data, err := os.ReadFile(reports[0])
	if err != nil || strings.Contains(string(data), "sk-canary") || !strings.Contains(string(data), "learn.go") {
		t.Errorf("report %q (%v)", data, err)
	}
	if info, err := os.Stat(reports[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v)", info.Mode(), err)
	}
}
