package design_test

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/design"
)

var (
	//go:embed testdata/parking_brief.yaml
	parkingBrief []byte
	//go:embed testdata/parking_chapter.md
	parkingChapter string
	//go:embed testdata/presets.txt
	presetVerdicts string
)

func parking(t *testing.T) design.Design {
	t.Helper()
	b, err := brief.Parse("parking_brief.yaml", parkingBrief)
	if err != nil {
		t.Fatal(err)
	}
	return design.New(brief.Complete(b), design.House{})
}

// The thirteen blocks of the golden chapter, byte for byte and in its order.
func TestGoldenDDL(t *testing.T) {
	d := parking(t)
	want := regexp.MustCompile("(?s)```sql\n(.*?)\n```").FindAllStringSubmatch(parkingChapter, -1)
	if len(d.Tables) != 13 || len(want) != 13 {
		t.Fatalf("%d tables, %d blocks", len(d.Tables), len(want))
	}
	for i, table := range d.Tables {
		if got := d.DDL(table); got != want[i][1] {
			t.Errorf("%s:\n got %s\nwant %s", table.Name, got, want[i][1])
		}
	}
}

// The rows of the golden instance table.
func TestGoldenInstances(t *testing.T) {
	var want, got []string
	for line := range strings.Lines(parkingChapter) {
		if strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| 服务名称") {
			want = append(want, strings.TrimSpace(line))
		}
	}
	for _, x := range parking(t).Instances {
		tables := strings.Join(x.Tables, ", ")
		if tables == "" {
			tables = "-"
		}
		got = append(got, fmt.Sprintf("| %s | %s %s | %s | %s | %s |", x.Service, x.Engine.Engine, x.Engine.Version, x.Name, tables, x.Remark))
	}
	if len(want) != 7 || !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What routing needs in the golden chapter.
func TestGoldenRouting(t *testing.T) {
	d := parking(t)
	for name, want := range map[string]design.Verdict{
		"parking_sessions": {Level: design.D5, Databases: 4, Tables: 256, Genes: 256, Key: "plate_no", Hash: design.HashCRC32, Code: "session_no"},
		"parking_bills": {
			Level: design.D5, Databases: 4, Tables: 256, Genes: 256, Key: "plate_no", Hash: design.HashCRC32, Code: "bill_no",
			BoundTo: "parking_sessions",
		},
		"payments": {
			Level: design.D4, Databases: 1, Tables: 128, Genes: 256, Key: "bill_no", Hash: design.HashSuffix, Code: "payment_no",
			Inherits: "parking_bills",
		},
		"refunds": {Level: design.D1, Databases: 1, Tables: 1, Genes: 1},
	} {
		table, _ := d.Table(name)
		got := table.Verdict
		got.Codes, got.Reason, got.HotDays, got.HotRows = nil, "", 0, 0
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	if o := d.Outbox; o == nil || !o.Partition || o.Busiest != "parking" || capacity.RowsText(o.Rows) != "3346万行" || o.Daily["parking"] != 6.6e6 {
		t.Errorf("outbox: %+v", o)
	}
	for _, l := range d.Services {
		if l.Pool != 5 || l.Replicas != 2 {
			t.Errorf("%s: %+v", l.Code, l)
		}
	}
}

// The ten presets of domain.md appendix D: rows as displayed, rung, D and N.
func TestPresets(t *testing.T) {
	var d design.Design
	checked := 0
	row := regexp.MustCompile(`^  (\w+)\s+\w+\s+R=\s*(\d+)万 S=.*?W=\s*\d+ (D\d|-)\S*(?: D=(\d+))?(?: N=(\d+))?`)
	for line := range strings.Lines(presetVerdicts) {
		if id, ok := strings.CutPrefix(line, "## "); ok {
			b, known := brief.Preset(strings.TrimSpace(id))
			if !known {
				t.Fatalf("no preset %q", id)
			}
			d = design.New(brief.Complete(b), design.House{})
			continue
		}
		m := row.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		checked++
		table, ok := d.Table(m[1])
		if !ok {
			t.Errorf("no table %s", m[1])
			continue
		}
		v := table.Verdict
		level := strings.TrimPrefix(m[3], "-")
		databases, tables := "", ""
		if v.Level == design.D4 || v.Level == design.D5 {
			tables = fmt.Sprint(v.Tables)
		}
		if v.Level == design.D5 {
			databases = fmt.Sprint(v.Databases)
		}
		rows := fmt.Sprintf("%.0f", capacity.Round(table.Size.Rows/1e4))
		if rows != m[2] || string(v.Level) != level || databases != m[4] || tables != m[5] {
			t.Errorf("%s %s: R=%s万 %s D=%s N=%s, want%s", d.Brief.Preset, m[1], rows, v.Level, databases, tables, line)
		}
	}
	if checked != 102 {
		t.Errorf("checked %d tables, want 102", checked)
	}
}
