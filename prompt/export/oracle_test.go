package export_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"dbchapter/prompt/check"
	"dbchapter/prompt/export"
)

// These tests hand the exports to the programs they are made for. A program
// that is not on the machine skips its test and says so:
//
//	DBCHAPTER_NODE   a directory in which npm has installed mermaid, jsdom,
//	                 @dbml/core and ajv; without the variable it is
//	                 ~/.cache/dbchapter-ci/node
//	node, soffice, pdftotext, chromium, plantuml   on the PATH
//
// Debian has the latter as nodejs, libreoffice-writer-nogui and
// libreoffice-calc-nogui, poppler-utils, chromium, plantuml.

// program is the path of a program, or the end of the test.
func program(t *testing.T, names ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("skip: -short")
	}
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
	}
	t.Skipf("skip: no %s on this machine", names[0])
	return ""
}

func run(t *testing.T, env []string, name string, args ...string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Env = append(os.Environ(), env...)
	var problems bytes.Buffer
	c.Stderr = &problems
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%.2000s\n%.2000s", name, err, out, problems.Bytes())
	}
	return out
}

func nodeDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("DBCHAPTER_NODE")
	if home, err := os.UserHomeDir(); dir == "" && err == nil {
		dir = filepath.Join(home, ".cache", "dbchapter-ci", "node")
	}
	for _, p := range []string{"mermaid", "jsdom", "@dbml/core", "ajv"} {
		if _, err := os.Stat(filepath.Join(dir, "node_modules", p)); err != nil {
			t.Skipf("skip: no %s in %s; run npm install --prefix %s mermaid jsdom @dbml/core ajv, or set DBCHAPTER_NODE", p, dir, dir)
		}
	}
	return dir
}

// TestDiagramsAreRead parses Mermaid and DBML with their own parsers, and the
// data with a validator of JSON Schema; each must find every table, column and
// reference.
func TestDiagramsAreRead(t *testing.T) {
	node := program(t, "node")
	env := []string{"DBCHAPTER_NODE=" + nodeDir(t)}
	dir := t.TempDir()
	put(t, filepath.Join(dir, "chapter.schema"), export.Schema())
	put(t, filepath.Join(dir, "report.schema"), export.ReportSchema())
	put(t, filepath.Join(dir, "brief.schema"), export.BriefSchema())
	args := []string{filepath.Join("testdata", "oracle", "read.mjs")}
	want := map[string][2]int{}
	for i, src := range sources(t) {
		for form, ending := range map[string]string{"mermaid": "mmd", "dbml": "dbml", "json": "json"} {
			name := fmt.Sprintf("%d.%s", i, ending)
			if form == "json" {
				name = fmt.Sprintf("chapter.%d.json", i)
			}
			want[name] = sizes(t, src)
			args = append(args, filepath.Join(dir, name))
			put(t, filepath.Join(dir, name), write(t, form, src)[0].Data)
		}
		report, err := json.Marshal(check.Run(nil, src.Text))
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, filepath.Join(dir, fmt.Sprintf("report.%d.json", i)))
		put(t, args[len(args)-1], report)
	}
	lines := bufio.NewScanner(bytes.NewReader(run(t, env, node, args...)))
	count := 0
	for lines.Scan() {
		var got struct {
			File, Error           string
			Tables, Columns, Refs int
		}
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		count++
		size, drawn := want[got.File]
		if got.Error != "" || drawn && filepath.Ext(got.File) != ".json" && (got.Tables != size[0] || got.Refs != size[1] || got.Columns == 0) {
			t.Errorf("%+v, want %v", got, size)
		}
	}
	if count != len(args)-1 {
		t.Errorf("%d of %d files were read", count, len(args)-1)
	}
}

// sizes are the tables and references of a source, from its data.
func sizes(t *testing.T, src export.Source) [2]int {
	t.Helper()
	var doc struct{ Tables, References []json.RawMessage }
	if err := json.Unmarshal(write(t, "json", src)[0].Data, &doc); err != nil {
		t.Fatal(err)
	}
	return [2]int{len(doc.Tables), len(doc.References)}
}

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestPlantUMLIsRead checks the syntax of the entity diagrams.
func TestPlantUMLIsRead(t *testing.T) {
	plantuml := program(t, "plantuml")
	dir := t.TempDir()
	var files []string
	for i, src := range sources(t) {
		files = append(files, filepath.Join(dir, fmt.Sprintf("%d.puml", i)))
		put(t, files[i], write(t, "plantuml", src)[0].Data)
	}
	run(t, nil, plantuml, append([]string{"-headless", "-checkonly"}, files...)...)
}

// TestOfficeOpens converts the Word and Excel files with LibreOffice and reads
// the words back out of the pages.
func TestOfficeOpens(t *testing.T) {
	soffice, pdftotext := program(t, "soffice", "libreoffice"), program(t, "pdftotext")
	dir := t.TempDir()
	var files []string
	for i, src := range []export.Source{drafts()[0], hostile()} {
		for _, id := range []string{"docx", "gb8567", "xlsx"} {
			f := write(t, id, src)[0]
			files = append(files, filepath.Join(dir, fmt.Sprintf("%s-%d%s", id, i, filepath.Ext(f.Name))))
			put(t, files[len(files)-1], f.Data)
		}
	}
	profile := "-env:UserInstallation=file://" + filepath.Join(dir, "profile")
	run(t, nil, soffice, append([]string{profile, "--headless", "--convert-to", "pdf", "--outdir", dir}, files...)...)
	for _, f := range files {
		pdf := strings.TrimSuffix(f, filepath.Ext(f)) + ".pdf"
		text := string(run(t, nil, pdftotext, "-layout", pdf, "-"))
		for _, want := range []string{"本地消息表", "outbox_events", "逻辑删除标记"} {
			if strings.Contains(f, "-0.") && !strings.Contains(text, want) {
				t.Errorf("%s: %q is not on the pages", filepath.Base(pdf), want)
			}
		}
		if len(text) < 1000 {
			t.Errorf("%s holds %d bytes of text", filepath.Base(pdf), len(text))
		}
	}
}

// TestBrowserOpens loads pages in Chromium: the browser builds the elements we
// meant and runs nothing, and the printed pages hold the words.
func TestBrowserOpens(t *testing.T) {
	chromium, pdftotext := program(t, "chromium", "chromium-browser", "google-chrome"), program(t, "pdftotext")
	dir := t.TempDir()
	for i, src := range []export.Source{drafts()[0], hostile()} {
		file := filepath.Join(dir, fmt.Sprintf("%d.html", i))
		page := write(t, "html", src)[0].Data
		put(t, file, page)
		flags := []string{"--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + filepath.Join(dir, "profile")}
		dom := string(run(t, nil, chromium, append(flags, "--dump-dom", "file://"+file)...))
		for _, element := range []string{"<h2", "<h3", "<li>", "<tr>", "<pre>", "<rect "} {
			if got, want := strings.Count(dom, element), strings.Count(string(page), element); got != want {
				t.Errorf("%s: the browser sees %d %s, we wrote %d", src.Name, got, element, want)
			}
		}
		if live := active.FindString(dom); live != "" {
			t.Errorf("%s: the browser built %s", src.Name, live)
		}
		pdf := filepath.Join(dir, fmt.Sprintf("%d.pdf", i))
		run(t, nil, chromium, append(flags, "--no-pdf-header-footer", "--print-to-pdf="+pdf, "file://"+file)...)
		if text := string(run(t, nil, pdftotext, pdf, "-")); !strings.Contains(text, "核心表设计") || len(text) < 1000 {
			t.Errorf("%s: %d bytes of text on paper", src.Name, len(text))
		}
	}
}

// active are elements that run or load something.
var active = regexp.MustCompile(`<(script|img|iframe|link|object|embed|form|base)\b[^>]*>`)
