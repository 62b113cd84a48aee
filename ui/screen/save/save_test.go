package save_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"dbchapter/ui/i18n"
	"dbchapter/ui/screen"
	"dbchapter/ui/screen/save"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

// disk stands for the disk: files by path, writes kept in order.
type disk struct {
	files map[string]string
	wrote []save.Plan
	fail  error
}

func (d *disk) look(path string, into bool) (save.Plan, error) {
	p := save.Plan{Path: path, Into: into, New: "### 数据库架构\n新\n", Sidecar: "x.brief.yaml"}
	p.Old, p.Exists = d.files[path]
	p.Same = p.Exists && p.Old == p.New
	return p, d.fail
}

func (d *disk) write(p save.Plan) (save.Result, error) {
	d.wrote = append(d.wrote, p)
	return save.Result{Path: p.Path, Sidecar: p.Sidecar, Bytes: len(p.New)}, d.fail
}

func page(lang i18n.Lang, d *disk) save.Model {
	return save.New(save.Options{
		Theme: theme.New(theme.Options{NoColor: true}), Words: i18n.New(lang),
		File: "shop-database-design.md", Look: d.look, Write: d.write,
	})
}

func play(t *testing.T, d *disk, keys string) (screen.Model, []screen.Event) {
	t.Helper()
	return screentest.Play(screentest.Start(page(i18n.ZH, d), 80, 20), keys)
}

func TestNewFile(t *testing.T) {
	d := &disk{}
	_, events := play(t, d, "<enter>")
	want := []screen.Event{screen.Saved{Path: "shop-database-design.md", Sidecar: "x.brief.yaml", Bytes: 24}}
	if !reflect.DeepEqual(events, want) || len(d.wrote) != 1 {
		t.Errorf("%#v %v", events, d.wrote)
	}
}

// TestExists: a file that is there is shown and only replaced when told so.
func TestExists(t *testing.T) {
	for keys, want := range map[string]struct {
		writes int
		backup bool
		path   string
	}{
		"<enter>":              {0, false, ""},
		"<enter><enter>":       {0, false, ""},
		"<enter><esc>":         {0, false, ""},
		"<enter>o":             {1, false, "shop-database-design.md"},
		"<enter>b":             {1, true, "shop-database-design.md"},
		"<enter><esc>2<enter>": {1, false, "shop-database-design.md2"},
		"<enter><esc><esc>":    {0, false, ""},
	} {
		d := &disk{files: map[string]string{"shop-database-design.md": "旧\n"}}
		play(t, d, keys)
		if len(d.wrote) != want.writes {
			t.Errorf("%q: %d writes", keys, len(d.wrote))
			continue
		}
		if want.writes > 0 && (d.wrote[0].Backup != want.backup || d.wrote[0].Path != want.path) {
			t.Errorf("%q: %+v", keys, d.wrote[0])
		}
	}
	same := &disk{files: map[string]string{"shop-database-design.md": "### 数据库架构\n新\n"}}
	if _, events := play(t, same, "<enter>"); len(events) != 1 {
		t.Errorf("an equal file is asked about: %#v", events)
	}
}

func TestFailure(t *testing.T) {
	d := &disk{fail: errors.New("没有空间\x1b[2J")}
	m, events := play(t, d, "<enter>")
	if v := m.View(); len(events) != 0 || !strings.Contains(ansi.Strip(v), "没有空间") || strings.Contains(v, "\x1b[2J") {
		t.Errorf("%#v\n%s", events, ansi.Strip(v))
	}
	if got := screentest.Press(m, "<esc>"); got != (screen.Back{}) {
		t.Errorf("%#v", got)
	}
}

func TestInto(t *testing.T) {
	d := &disk{}
	play(t, d, "<tab><enter>")
	if len(d.wrote) != 1 || !d.wrote[0].Into {
		t.Errorf("%+v", d.wrote)
	}
}

func last(lang i18n.Lang) save.Done {
	return save.NewDone(theme.New(theme.Options{NoColor: true}), i18n.New(lang), save.Summary{
		Result:  save.Result{Path: "parking-database-design.md", Sidecar: "parking-database-design.brief.yaml", Bytes: 22480},
		Decided: []string{"parking_sessions 4 库 256 表", "payments 单库 128 表"},
		Assumed: []string{"年增长 30%", "缓存命中率 85%"}, NAssume: 7, Open: []string{"交易记录留存年限"},
		Score: "93 分，0 错误，2 警告", Elapsed: 252 * time.Second, Keys: 86,
		Command: "dbchapter draft --brief parking-database-design.brief.yaml -o parking-database-design.md --force",
	})
}

func TestDone(t *testing.T) {
	for keys, want := range map[string]screen.Event{
		"c": nil, "n": screen.Restart{}, "<esc>": screen.Back{}, "q": screen.Quit{}, "?": screen.Help{},
	} {
		if got := screentest.Press(screentest.Start(last(i18n.ZH), 80, 20), keys); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %#v", keys, got)
		}
	}
}

// TestExport: x offers the forms, enter writes one and names its files.
func TestExport(t *testing.T) {
	var asked string
	d := save.NewDone(theme.New(theme.Options{NoColor: true}), i18n.New(i18n.ZH), save.Summary{
		Forms:  []save.Form{{ID: "sql", Title: "建表语句"}, {ID: "html", Title: "网页"}},
		Export: func(id string) ([]string, error) { asked = id; return []string{"a.html"}, nil },
	})
	m, events := screentest.Play(screentest.Start(d, 80, 20), "xj<enter>")
	if asked != "html" || len(events) != 0 || !strings.Contains(ansi.Strip(m.View()), "已导出 a.html") {
		t.Errorf("asked for %q, %v\n%s", asked, events, ansi.Strip(m.View()))
	}
	if e := screentest.Press(screentest.Start(d, 80, 20), "x<esc>"); e != nil {
		t.Errorf("esc leaves the page: %#v", e)
	}
}

func TestGolden(t *testing.T) {
	there := func() *disk {
		return &disk{files: map[string]string{"shop-database-design.md": "### 数据库架构\n旧\n"}}
	}
	for name, c := range map[string]struct {
		lang          i18n.Lang
		keys          string
		width, height int
	}{
		"path.zh.80":   {i18n.ZH, "", 80, 20},
		"path.en.120":  {i18n.EN, "", 120, 36},
		"into.zh.80":   {i18n.ZH, "<tab>", 80, 20},
		"exists.zh.80": {i18n.ZH, "<enter>", 80, 20},
	} {
		m, _ := screentest.Play(screentest.Start(page(c.lang, there()), c.width, c.height), c.keys)
		t.Run(name, func(t *testing.T) { screentest.Golden(t, name, m.View(), c.width, c.height) })
	}
	for name, lang := range map[string]i18n.Lang{"done.zh.80": i18n.ZH, "done.en.80": i18n.EN} {
		m := screentest.Start(last(lang), 80, 20)
		t.Run(name, func(t *testing.T) { screentest.Golden(t, name, m.View(), 80, 20) })
	}
}
