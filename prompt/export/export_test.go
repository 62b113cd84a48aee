package export_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/export"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func parking(t *testing.T) export.Source {
	t.Helper()
	text, err := os.ReadFile("testdata/parking.md")
	if err != nil {
		t.Fatal(err)
	}
	return export.Read("parking", string(text), nil)
}

func write(t *testing.T, id string, s export.Source) []export.File {
	t.Helper()
	form, ok := export.ByID(id)
	if !ok {
		t.Fatalf("no format %q", id)
	}
	files, err := form.Write(s)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestGolden holds the diagrams and the dictionary against files that people
// have read.
func TestGolden(t *testing.T) {
	for _, id := range []string{"mermaid", "plantuml", "dbml", "dictionary"} {
		for _, f := range write(t, id, parking(t)) {
			path := filepath.Join("testdata", "golden-"+f.Name)
			if *update {
				if err := os.WriteFile(path, f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(want) != string(f.Data) {
				t.Errorf("%s: %s differs from its golden file; -update rewrites it", id, f.Name)
			}
		}
	}
}

// TestSQLKeepsEverything reads the exported files again: no table, column,
// comment or key may be lost, and each table lies in its instance's file.
func TestSQLKeepsEverything(t *testing.T) {
	src := parking(t)
	var blocks []ddl.Block
	for _, f := range write(t, "sql", src) {
		d := ddl.MySQL
		if strings.HasPrefix(f.Name, "device_olap") {
			d = ddl.ClickHouse
		}
		blocks = append(blocks, ddl.Block{Dialect: d, Text: string(f.Data)})
		if !strings.Contains(string(f.Data), "sha256:"+src.Hash) {
			t.Errorf("%s has no hash of the chapter", f.Name)
		}
	}
	back := ddl.ParseBlocks(blocks...)
	for _, p := range back.Problems {
		t.Errorf("exported SQL line %d: %s", p.Line, p.Message)
	}
	if len(back.Tables) != len(src.Schema.Tables) || len(back.Tables) != 13 {
		t.Fatalf("%d tables exported, %d in the chapter, want 13", len(back.Tables), len(src.Schema.Tables))
	}
	for _, want := range src.Schema.Tables {
		got, ok := back.Table(want.Name)
		if !ok {
			t.Errorf("table %s is lost", want.Name)
			continue
		}
		if shape(got) != shape(want) {
			t.Errorf("table %s changed:\n%s\nwant\n%s", want.Name, shape(got), shape(want))
		}
	}
}

// shape is everything of a table that an export must keep.
func shape(t *ddl.Table) string {
	var b strings.Builder
	b.WriteString(t.Name + " " + t.Comment + "\n")
	for _, c := range t.Columns {
		b.WriteString(c.Name + " " + c.Type.Written + " " + c.Comment + "\n")
	}
	for _, k := range t.Keys() {
		b.WriteString(k.Name + " " + strings.Join(k.Columns(), ",") + "\n")
	}
	return b.String()
}

func TestReferences(t *testing.T) {
	src := parking(t)
	var got []string
	for _, r := range export.References(src.Schema, src.Places) {
		got = append(got, r.Table+"."+r.Column+"→"+r.Parent+"."+r.Key)
	}
	for _, want := range []string{
		"owner_vehicles.owner_id→owners.id",
		"fee_rules.lot_id→parking_lots.id",
		"parking_sessions.entry_device_id→devices.id",
		"parking_sessions.pass_id→monthly_passes.id",
		"parking_bills.session_no→parking_sessions.session_no",
		"payments.bill_no→parking_bills.bill_no",
		"refunds.payment_no→payments.payment_no",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("reference %s not found in %v", want, got)
		}
	}
	for _, r := range got {
		if strings.Contains(r, "outbox_events.") {
			t.Errorf("the message table is no part of the business, got %s", r)
		}
	}
}

// TestHTMLIsInert looks for anything a browser would run or fetch.
func TestHTMLIsInert(t *testing.T) {
	text := "### 数据库架构\n#### 整体设计原则\n- **x**：<script>alert(1)</script> ![p](http://evil.example/a.png) [l](javascript:alert(1))\n\n" +
		"### 核心表设计\n#### 用户表 (users)\n```sql\nCREATE TABLE users (id BIGINT PRIMARY KEY COMMENT '</pre><img src=x onerror=1>') COMMENT='用户表';\n```\n"
	page := string(write(t, "html", export.Read("x<y", text, nil))[0].Data)
	for _, bad := range []string{`<script`, `<img`, `javascript:`, `src=`, `<title>x<y`} {
		if i := strings.Index(page, bad); i >= 0 && !strings.Contains(page, "&lt;img src=") {
			t.Errorf("page holds %q: …%s", bad, page[i:min(len(page), i+60)])
		}
	}
	if regexp.MustCompile(`<(script|img|iframe|link|object)\b`).MatchString(page) {
		t.Error("page holds an active element")
	}
}

func TestJSON(t *testing.T) {
	var got struct {
		Schema   string
		Sections []struct{ ID, Title string }
		Tables   []struct {
			Name, Instance string
			Columns        [][]string
		}
	}
	if err := json.Unmarshal(write(t, "json", parking(t))[0].Data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema != "dbchapter/v1" || len(got.Sections) != 7 || len(got.Tables) != 13 {
		t.Fatalf("schema %q, %d sections, %d tables", got.Schema, len(got.Sections), len(got.Tables))
	}
	if got.Tables[0].Name != "owners" || got.Tables[0].Instance != "user_db" || len(got.Tables[0].Columns) != 12 {
		t.Errorf("first table = %+v", got.Tables[0])
	}
}
