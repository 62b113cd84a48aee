package brief

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/field"
	"dbchapter/ui/theme"
)

// quickPage asks four questions on one screen (domain.md §1.1); everything
// else is by rule. With a preset enter alone, or ctrl+g at once, is enough.
type quickPage struct {
	at       int // line in focus, quick…
	name     field.Field
	sentence field.Field
	preset   int // index of brief.Presets, -1 for own entities
	own      field.Field
	writing  bool // the box of own entities is open
	scale    int  // index of scales, -1 for a typed number
	dau      field.Field
	engines  field.Field
	touched  bool // the person touched the databases
	base     brief.Brief
	wrong    string
	begun    map[string]string // the answers when the page was opened
}

// The lines of the screen.
const (
	quickName = iota
	quickSentence
	quickPreset
	quickScale
	quickEngines
	quickEnd
)

// A scale is a size by its name.
type scale struct {
	name string
	dau  int64
}

// scales are the sizes people pick when they have no number; asIs keeps what
// the preset says.
var scales = []scale{{"asis", 0}, {"S", 2_000}, {"M", 50_000}, {"L", 500_000}, {"XL", 5_000_000}}

// defaultEngines are what a team has when it says nothing.
const defaultEngines = "MySQL 8.4, Redis 7.2"

func newQuickPage(b brief.Brief) *quickPage {
	q := &quickPage{base: b}
	q.name.Set(b.System.Name)
	q.sentence.Set(b.System.Summary)
	q.own.Many = true
	q.preset = slices.IndexFunc(brief.Presets(), func(p brief.PresetInfo) bool { return p.ID == b.Preset })
	if q.preset < 0 && len(b.Entities) == 0 {
		q.preset = 0
	}
	if q.preset < 0 {
		q.own.Set(itemLines(b.Entities, brief.FormatEntity))
	}
	if b.System.DAU.Set {
		q.scale = -1
		q.dau.Set(exact(b.System.DAU.V))
	}
	q.engines.Set(enginesLine(b.Databases))
	q.touched = len(b.Databases) > 0
	q.begun = q.values()
	return q
}

// itemLines writes items one a line.
func itemLines[T any](items []T, write func(T) (string, bool)) string {
	lines := make([]string, len(items))
	for i, v := range items {
		lines[i], _ = write(v)
	}
	return strings.Join(lines, "\n")
}

func enginesLine(ds []brief.Database) string {
	return strings.ReplaceAll(itemLines(ds, writeDatabase), "\n", ", ")
}

func (q *quickPage) typing() bool { return true }

func (q *quickPage) draft(*Model) brief.Brief { return q.build() }

// chosen is the brief of the preset.
func (q *quickPage) chosen() (brief.Brief, brief.PresetInfo) {
	ps := brief.Presets()
	if q.preset < 0 || q.preset >= len(ps) {
		return brief.Brief{}, brief.PresetInfo{}
	}
	b, _ := brief.Preset(ps[q.preset].ID)
	return b, ps[q.preset]
}

// build makes the brief of the four answers.
func (q *quickPage) build() brief.Brief {
	b, info := q.chosen()
	if q.base.Preset != "" && q.base.Preset == info.ID {
		b = q.base.Clone() // a preset somebody already worked on
	}
	b.BaseDate = q.base.BaseDate
	if q.preset < 0 {
		b.Entities = q.ownEntities()
	}
	b.System.Name = first(strings.TrimSpace(q.name.Text()), b.System.Name, info.Name+"系统")
	b.System.Summary = first(strings.TrimSpace(q.sentence.Text()), b.System.Summary, info.Summary)
	if dau, ok := q.users(); ok && dau != b.System.DAU.Or(0) {
		b.System.DAU = brief.Some(dau) // the load follows by formula
		b.System.PeakReadQPS, b.System.PeakWriteTPS = brief.Opt[int64]{}, brief.Opt[int64]{}
	}
	if ds, ps := readDatabases(q.engineText()); len(ps) == 0 {
		b.Databases = keepDetails(b.Databases, ds)
		dropStores(&b)
	}
	return b
}

// dropStores leaves services of a preset only the engines that are there; a
// service without any takes the first by rule.
func dropStores(b *brief.Brief) {
	for i, s := range b.Services {
		b.Services[i].Store = slices.DeleteFunc(slices.Clone(s.Store), func(engine string) bool {
			return !slices.ContainsFunc(b.Databases, func(d brief.Database) bool { return d.Engine == engine })
		})
	}
}

func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// keepDetails carries what a line cannot say from the old list.
func keepDetails(old, fresh []brief.Database) []brief.Database {
	for i, f := range fresh {
		for _, o := range old {
			if o.Engine == f.Engine {
				fresh[i] = carryDatabase(o, f)
			}
		}
	}
	return fresh
}

func (q *quickPage) ownEntities() []brief.Entity {
	var out []brief.Entity
	for i := range q.own.Lines() {
		if line := q.own.Line(i); !skipped(line) {
			if e, ps := brief.ParseEntity(line); len(ps.Errors()) == 0 {
				out = append(out, e)
			}
		}
	}
	return out
}

func (q *quickPage) users() (int64, bool) {
	if q.scale >= 0 {
		return scales[q.scale].dau, scales[q.scale].dau > 0
	}
	v, err := brief.ParseNumber(strings.TrimSpace(q.dau.Text()))
	return int64(v), err == nil && v >= 1
}

// engineText is the typed databases, else those of the preset.
func (q *quickPage) engineText() string {
	if q.touched && !q.engines.Empty() {
		return q.engines.Text()
	}
	b, _ := q.chosen()
	return first(enginesLine(b.Databases), defaultEngines)
}

// keep writes the answers so far, for autosave.
func (q *quickPage) keep(m *Model) {
	b := q.build()
	if string(b.YAML()) != string(m.doc.brief.YAML()) {
		m.doc.change(m.words.T("brief.mode.quick"), func(to *brief.Brief) { *to = b })
	}
}

// leave is asked before going on with ctrl+g.
func (q *quickPage) leave(m *Model) { q.keep(m) }

func (q *quickPage) panel(m *Model, w int) []string { return overview(m, w) }

// overview is what the rules make of the brief, in a few lines.
func overview(m *Model, w int) []string {
	if !m.live.ready {
		return theme.Wrap(m.words.T("brief.notyet"), w)
	}
	out := []string{m.theme.Title.Render(m.words.T("brief.overview")), ""}
	for _, l := range append(loadWords(m), shardingWords(m)...) {
		out = append(out, paragraph(l, w, m.theme.Plain.Render)...)
	}
	out = append(out, "")
	for _, t := range m.live.design.Tables {
		line := m.theme.Spread(t.Title+" "+t.Name, levelWords(m, t.Verdict), w)
		out = append(out, m.theme.Dim.Render(m.theme.Cut(line, w)))
	}
	return out
}
