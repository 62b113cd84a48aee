package brief_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/prompt/brief"
	screenbrief "dbchapter/ui/screen/brief"
)

// TestWarningsAndFixes breaks a brief, reads the words below the row and lets
// f mend it; u brings the old value back.
func TestWarningsAndFixes(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*brief.Brief)
		keys  string // to the row
		says  string
		got   func(brief.Brief) string
		want  string
	}{
		"reserved table": {
			func(b *brief.Brief) { b.Entities[1].Table = "order" }, "4j", "保留字",
			func(b brief.Brief) string { return b.Entities[1].Table }, "orders",
		},
		"name twice": {
			func(b *brief.Brief) { b.Entities[2].Name = "订单" }, "4G", "实体名称",
			func(b brief.Brief) string { return b.Entities[2].Name }, "订单2",
		},
		"peak beyond the users": {
			func(b *brief.Brief) { b.System.PeakReadQPS = brief.Some(int64(900_000)) }, "jjjjjj", "超过日活的2倍",
			func(b brief.Brief) string { return brief.FormatCount(b.System.PeakReadQPS.V) }, "0",
		},
		"version past its end": {
			func(b *brief.Brief) { b.Databases[0].Version = "5.7" }, "2", "停止维护",
			func(b brief.Brief) string { return b.Databases[0].Version }, "8.4",
		},
		"charset": {
			func(b *brief.Brief) { b.Databases[0].Charset = "utf8" }, "2", "utf8mb4",
			func(b brief.Brief) string { return b.Databases[0].Charset }, "utf8mb4",
		},
		"no data may be lost": {
			func(b *brief.Brief) { b.System.RPOMinutes, b.Databases[0].Topology = brief.Some(0), "master-slave" }, "2", "同步复制",
			func(b brief.Brief) string { return b.Databases[0].Topology }, "mgr",
		},
		"code": {
			func(b *brief.Brief) { b.System.Code = "Mall!" }, "jj", "小写字母",
			func(b brief.Brief) string { return strings.Trim(b.System.Code, "abcdefghijklmnopqrstuvwxyz_") }, "",
		},
	} {
		b := shop(t)
		c.spoil(&b)
		m, _ := play(open(b, screenbrief.Board, 80, 20), c.keys)
		if v := ansi.Strip(m.View()); !strings.Contains(v, c.says) || !strings.Contains(v, "f 修正") {
			t.Errorf("%s: no word about it:\n%s", name, v)
		}
		m, events := play(m, "f")
		if got := c.got(m.Brief()); got != c.want || len(events) != 1 {
			t.Errorf("%s: after f %q, want %q (%d events)\n%s", name, got, c.want, len(events), ansi.Strip(m.View()))
		}
		m, _ = play(m, "u")
		if string(m.Brief().YAML()) != string(b.YAML()) {
			t.Errorf("%s: undo does not bring it back", name)
		}
	}
}

// TestMissingNumberIsAskedFor: f on an entity without rows a day opens the
// question.
func TestMissingNumberIsAskedFor(t *testing.T) {
	b := shop(t)
	b.Entities[1].Volume = brief.Volume{}
	m, _ := play(open(b, screenbrief.Board, 80, 20), "4j")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "日增行数没有填写") {
		t.Errorf("no word about it:\n%s", v)
	}
	m, _ = play(m, "f12万<enter>")
	if got := m.Brief().Entities[1].Volume.RowsPerDay; got.V != 120_000 {
		t.Errorf("rows a day %v\n%s", got, ansi.Strip(m.View()))
	}
}

// TestALineKeepsWhatItCannotSay: rewriting an entity as a line loses nothing.
func TestALineKeepsWhatItCannotSay(t *testing.T) {
	b := shop(t)
	b.Entities[1].Volume.ArchiveDays = brief.Some(1095)
	b.Entities[1].Access[0].QPS = brief.Some(1500.0)
	b.Entities[1].Attrs[2].Type = "BIGINT"
	m, _ := play(open(b, screenbrief.Board, 80, 20), "4je")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "写不下") {
		t.Errorf("no word that the line is not all:\n%s", v)
	}
	m, _ = play(m, "<enter>")
	if got, want := string(m.Brief().YAML()), string(b.YAML()); got != want {
		t.Errorf("changed:\n%s\nwas\n%s", got, want)
	}
}

// TestReadyPointsAtTheMistake from wherever generation was asked for.
func TestReadyPointsAtTheMistake(t *testing.T) {
	b := shop(t)
	b.Entities[2].Name = "订单"
	m, events := play(open(b, screenbrief.Board, 80, 20), "<ctrl+g>")
	v := ansi.Strip(m.View())
	if len(events) != 0 || m.Step() != int(screenbrief.Entities) || !strings.Contains(v, "还有 1 处要改") || !strings.Contains(v, "▸ 订单  ") {
		t.Errorf("events %d, step %d:\n%s", len(events), m.Step(), v)
	}
}
