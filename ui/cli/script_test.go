package cli_test

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
			return os.MkdirAll(filepath.Join(e.WorkDir, "home"), 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": serve,
			"code":  exitCode,
			"same":  same,
		},
	})
}

// exitCode runs a command and compares its exit code: code 2 dbchapter draft.
func exitCode(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: code N command...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if want := args[0]; fmt.Sprint(got) != want {
		ts.Fatalf("exit code %d, want %s\nstderr: %s", got, want, ts.ReadFile("stderr"))
	}
}

// same says whether all files named hold the same bytes.
func same(ts *testscript.TestScript, neg bool, args []string) {
	first := ts.ReadFile(args[0])
	for _, name := range args[1:] {
		if (ts.ReadFile(name) == first) == neg {
			ts.Fatalf("%s and %s: same = %v", args[0], name, !neg)
		}
	}
}

// serve starts a scripted OpenAI-compatible server on loopback and puts its
// address in $DBCHAPTER_BASE_URL: serve MODE [FILE], where FILE is the chapter
// to stream.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	text := ""
	if len(args) > 1 {
		text = ts.ReadFile(args[1])
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		answer(w, args[0], text)
	}))
	ts.Defer(srv.Close)
	ts.Setenv("DBCHAPTER_BASE_URL", srv.URL+"/v1")
	ts.Setenv("DBCHAPTER_MODEL", "recite-1")
	ts.Setenv("DBCHAPTER_API_KEY", "sk-canary-0123456789abcdef")
}

// answer plays one mode of a server: stream (to the end), cut (no finish
// reason), html, jsonerror, denied.
func answer(w http.ResponseWriter, mode, text string) {
	switch mode {
	case "html":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><body>Welcome to the hotel wifi</body></html>")
		return
	case "jsonerror":
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"error":{"message":"model recite-1 is not loaded","code":"model_not_found"}}`)
		return
	case "denied":
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error":{"message":"Incorrect API key provided: sk-canary-0123456789abcdef"}}`)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	runes := []rune(text)
	if mode == "cut" {
		runes = runes[:len(runes)/2]
	}
	for len(runes) > 0 {
		n := min(400, len(runes))
		fmt.Fprintf(w, "data: {\"choices\":[{\"delta\":{\"content\":%s}}]}\n\n", quote(string(runes[:n])))
		runes = runes[n:]
	}
	if mode == "stream" {
		fmt.Fprint(w, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
	}
}

func quote(s string) string {
	return `"` + strings.NewReplacer("\\", `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}
