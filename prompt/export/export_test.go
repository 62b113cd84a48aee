package export_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dbchapter/prompt/brief"
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
	for _, id := range []string{"mermaid", "plantuml", "dbml", "dictionary", "html"} {
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
// type, comment, default, key or partition may be lost, on any engine, and
// every instance has the tables its row names.
func TestSQLKeepsEverything(t *testing.T) {
	for _, src := range sources(t) {
		dialects := map[string]ddl.Dialect{}
		for _, x := range src.Schema.Tables {
			dialects[src.Places[x.Name].Instance] = x.Dialect
		}
		found := map[string]bool{}
		for _, f := range write(t, "sql", src) {
			stem, _, _ := strings.Cut(f.Name, ".")
			d, ok := dialects[stem]
			if !ok {
				d = ddl.MySQL
			}
			got := ddl.Parse(d, string(f.Data))
			if len(got.Problems) > 0 && src.Name != hostile().Name {
				t.Errorf("%s %s line %d: %s", src.Name, f.Name, got.Problems[0].Line, got.Problems[0].Message)
			}
			if !strings.Contains(string(f.Data), "sha256:"+src.Hash) {
				t.Errorf("%s has no hash of the chapter", f.Name)
			}
			holds(t, src, stem, got)
			for _, x := range got.Tables {
				found[x.Name] = true
				want, ok := src.Schema.Table(x.Name)
				if !ok {
					t.Errorf("%s: table %s comes from nowhere", src.Name, x.Name)
				} else if shape(x) != shape(want) {
					t.Errorf("%s: table %s changed:\n%s\nwant\n%s", src.Name, x.Name, shape(x), shape(want))
				}
			}
		}
		for _, want := range src.Schema.Tables {
			if !found[want.Name] {
				t.Errorf("%s: table %s is lost", src.Name, want.Name)
			}
		}
	}
}

// holds compares a file with the row of its instance.
func holds(t *testing.T, src export.Source, instance string, got ddl.Schema) {
	t.Helper()
	for _, row := range src.Chapter.Document().Instances {
		if row.Name != instance {
			continue
		}
		for _, name := range row.Tables {
			if _, ok := got.Table(name); !ok {
				t.Errorf("%s: %s has no %s", src.Name, instance, name)
			}
		}
	}
}

// shape is everything of a table that an export must keep.
func shape(t *ddl.Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %v\n", t.Name, t.Comment, t.Options)
	for _, c := range t.Columns {
		def := ""
		if c.Default != nil {
			def = c.Default.Text
		}
		fmt.Fprintf(&b, "%s %s %v %q %q %v\n", c.Name, c.Type.Written, c.Null, def, c.Comment, c.AutoIncrement)
	}
	for _, k := range t.Keys() {
		fmt.Fprintf(&b, "%s %s %v\n", k.Name, strings.Join(k.Columns(), ","), k.Unique)
	}
	for _, e := range t.OrderBy {
		b.WriteString(e.Text + "\n")
	}
	if t.Partition != nil {
		fmt.Fprintf(&b, "%s %v %d\n", t.Partition.Kind, t.Partition.Columns, len(t.Partition.Parts))
	}
	return positions.ReplaceAllString(b.String(), "")
}

// positions of options differ between the chapter and the file.
var positions = regexp.MustCompile(`\{\{\d+ \d+\} \{\d+ \d+ \d+\} `)

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

// TestReferencesByName holds the guesses that are easy to get wrong: the owner
// of an id before another table in which it is unique, and no personal data.
func TestReferencesByName(t *testing.T) {
	for preset, want := range map[string][]string{
		"iot":       {"telemetry.device_id→devices.id", "device_shadows.device_id→devices.id"},
		"ecommerce": {"order_items.sku_id→product_skus.id", "payments.order_no→orders.order_no"},
		"game":      {"role_items.role_id→roles._id", "match_players.role_id→roles._id"},
	} {
		b, _ := brief.Preset(preset)
		src := drafted(preset, b)
		var got []string
		for _, l := range strings.Split(string(write(t, "dbml", src)[0].Data), "\n") {
			if f := strings.Fields(l); len(f) == 4 && f[0] == "Ref:" {
				got = append(got, f[1]+"→"+f[3])
			}
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: %s is not among %v", preset, w, got)
			}
		}
		if i := slices.IndexFunc(got, func(r string) bool { return strings.Contains(r, "_hash") }); i >= 0 {
			t.Errorf("%s: %s refers to nobody", preset, got[i])
		}
	}
}

// TestSameBytes writes every form twice: the same chapter gives the same bytes,
// archives included, under names that stay in their directory.
func TestSameBytes(t *testing.T) {
	for _, src := range sources(t) {
		again := export.Read(src.Name, src.Text, src.Brief)
		for _, form := range export.Formats() {
			one, two := write(t, form.ID, src), write(t, form.ID, again)
			if !reflect.DeepEqual(one, two) {
				t.Errorf("%s: %s differs the second time", src.Name, form.ID)
			}
			for i, f := range one {
				if filepath.Base(f.Name) != f.Name || strings.ContainsAny(f.Name, `/\:*?"<>|`) || f.Name[0] == '.' {
					t.Errorf("%s: file name %q", form.ID, f.Name)
				}
				if slices.ContainsFunc(one[:i], func(o export.File) bool { return strings.EqualFold(o.Name, f.Name) }) {
					t.Errorf("%s: %q twice", form.ID, f.Name)
				}
				if len(f.Data) == 0 || form.Binary == utf8.Valid(f.Data) {
					t.Errorf("%s: %d bytes, text %v", form.ID, len(f.Data), !form.Binary)
				}
			}
		}
	}
}

// TestTerminators holds that definitions a person left open are closed before
// the next one follows, comments behind them included.
func TestTerminators(t *testing.T) {
	src := export.Read("x", "### 核心表设计\n#### 甲表 (a)\n```sql\nCREATE TABLE a (id INT PRIMARY KEY) -- 尾\n```\n#### 乙表 (b)\n```sql\n"+
		"CREATE TABLE b (id INT PRIMARY KEY, a_id INT)\n```\n```sql\nCREATE INDEX idx_a ON b (a_id)\n```\n", nil)
	text := string(write(t, "sql", src)[0].Data)
	back := ddl.Parse(ddl.MySQL, text)
	b, ok := back.Table("b")
	if len(back.Problems) > 0 || !ok || len(b.Indexes) != 1 || len(back.Tables) != 2 {
		t.Errorf("problems %v in\n%s", back.Problems, text)
	}
}
