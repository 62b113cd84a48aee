//go:build unix

package cli_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected parts of the transcripts")

// binary builds the program once: the transcripts run what users run.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "dbchapter-cli-")
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "dbchapter")
	cmd := exec.Command("go", "build", "-o", out, "dbchapter")
	if msg, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, msg)
	}
	return out, nil
})

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if bin, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(bin))
	}
	os.Exit(code)
}

// TestScripts runs every transcript with an empty home and no key.
func TestScripts(t *testing.T) {
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", filepath.Dir(bin)+string(os.PathListSeparator)+os.Getenv("PATH"))
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			for _, k := range []string{"XDG_CONFIG_HOME", "XDG_STATE_HOME", "DBCHAPTER_DRAFTER", "DBCHAPTER_API_KEY"} {
				e.Setenv(k, "")
			}
			e.Setenv("LANG", "zh_CN.UTF-8")
			e.Setenv("TMPDIR", filepath.Join(e.WorkDir, "tmp"))
			e.Values[key] = &server{half: make(chan struct{}, 64)}
			if err := os.MkdirAll(filepath.Join(e.WorkDir, "tmp"), 0o700); err != nil {
				return err
			}
			return os.MkdirAll(filepath.Join(e.WorkDir, "home"), 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve":     serve,
			"requests":  requests,
			"code":      exitCode,
			"interrupt": interrupt,
			"same":      same,
			"others":    others,
			"encode":    encode,
			"fifo":      fifo,
			"leaks":     leaks,
		},
	})
}
