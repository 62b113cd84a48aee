package offline

import (
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Grades of a bullet: needed to be complete, part of a normal chapter, only in
// the longest form.
const (
	needed = iota
	usual
	wordy
)

// writer is a design with what the sentences of every section need to know.
type writer struct {
	d          design.Design
	sys        brief.System
	growth     capacity.Growth
	grade      int            // bullets up to this grade are written
	store      brief.Database // where the system's records live: the first OLTP engine, else documents, else OLAP
	engine     engineWords
	entries    []chapter.CacheEntry // of the cache block, once chosen
	localCache bool                 // a second cache level in the process was asked for
}

func newWriter(d design.Design, l prompt.Length) *writer {
	w := &writer{d: d, sys: d.Brief.System, grade: usual}
	w.growth = capacity.Growth{Rate: w.sys.Growth.Or(0.3), Years: w.sys.HorizonYears.Or(3)}
	switch l {
	case prompt.Brief:
		w.grade = needed
	case prompt.Full:
		w.grade = wordy
	}
	w.store = w.mainStore()
	w.engine = wordsOf(w.store)
	return w
}

// add appends a bullet when the wanted length has room for its grade.
func (w *writer) add(list []chapter.Item, grade int, it chapter.Item) []chapter.Item {
	if grade > w.grade || it.Text == "" {
		return list
	}
	return append(list, it)
}

// mainStore is the engine that most services keep records in, OLTP before
// documents before OLAP (decisions.md 17).
func (w *writer) mainStore() brief.Database {
	for _, role := range []string{"oltp", "document", "olap", "search", "timeseries"} {
		counts := map[string]int{}
		var best brief.Database
		for _, x := range w.d.Instances {
			if design.Role(x.Engine) != role || len(x.Tables) == 0 {
				continue
			}
			counts[x.Engine.Engine]++
			if best.Engine == "" || counts[x.Engine.Engine] > counts[best.Engine] {
				best = x.Engine
			}
		}
		if best.Engine != "" {
			return best
		}
	}
	if len(w.d.Tables) > 0 {
		return w.d.Tables[0].Engine
	}
	return brief.Database{Engine: "MySQL"}
}

// business are the tables of entities, the local message table left out.
func (w *writer) business(keep func(*design.Table) bool) []*design.Table {
	var out []*design.Table
	for _, t := range w.d.Tables {
		if t.Entity != nil && (keep == nil || keep(t)) {
			out = append(out, t)
		}
	}
	return out
}

func relational(t *design.Table) bool { return t.Dialect.Relational() }

func tableNames(ts []*design.Table) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.Name
	}
	return out
}

func titles(ts []*design.Table) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = inline(t.Title)
	}
	return out
}

func tagged(t *design.Table, tag string) bool {
	return t.Entity != nil && slices.Contains(t.Entity.Tags, tag)
}

func kindOf(t *design.Table, kinds ...brief.Kind) bool {
	return t.Entity != nil && slices.Contains(kinds, t.Entity.Kind)
}

// engines are the databases of the brief with a role; suggested ones count.
func (w *writer) engineOf(role string) (brief.Database, bool) {
	for _, x := range w.d.Instances {
		if design.Role(x.Engine) == role {
			return x.Engine, true
		}
	}
	for _, db := range w.d.Brief.Databases {
		if design.Role(db) == role {
			return db, true
		}
	}
	return brief.Database{}, false
}

// product is how an engine is called: its own name for 其他.
func product(db brief.Database) string {
	if db.Engine == "其他" && db.Name != "" {
		return inline(db.Name)
	}
	return db.Engine
}

// versioned is MySQL 8.4.
func versioned(db brief.Database) string {
	return strings.TrimSpace(product(db) + " " + inline(db.Version))
}

// instanceOf is the row that holds the table.
func (w *writer) instanceOf(t *design.Table) design.Instance {
	for _, x := range w.d.Instances {
		if x.Code == t.Service && x.Code != "" && slices.Contains(x.Tables, t.Name) {
			return x
		}
	}
	return design.Instance{}
}

func (w *writer) serviceName(code string) string {
	s, ok := w.d.Brief.Service(code)
	if !ok {
		return code
	}
	return inline(s.Name)
}

// shortService is 停车服务 → 停车.
func (w *writer) shortService(code string) string {
	return strings.TrimSuffix(w.serviceName(code), "服务")
}

// years is 3年.
func (w *writer) years() string { return itoa(w.growth.Years) + "年" }

// percent is 30%, 12.5%.
func percent(x float64) string {
	return strconv.FormatFloat(capacity.Round(x*1000)/10, 'f', -1, 64) + "%"
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// misses is the peak reads a second that reach the database.
func (w *writer) misses() float64 {
	return capacity.Misses(float64(w.sys.PeakReadQPS.Or(0)), w.sys.CacheHit.Or(0))
}

func (w *writer) compliance(name string) bool { return slices.Contains(w.sys.Compliance, name) }

// region is the first region with a role, "" for none.
func (w *writer) region(role string) string {
	for _, r := range w.sys.Regions {
		if r.Role == role {
			return inline(r.Name)
		}
	}
	return ""
}

// about is 约14.8亿行、855GB: rows and size at the end of the horizon.
func about(t *design.Table) string {
	return "约" + capacity.RowsText(t.Size.Rows) + "、" + capacity.GBText(t.Size.GB)
}

// day is a duration in days, as years when it is whole years beyond one.
func day(days int) string {
	if days >= 730 && days%365 == 0 {
		return itoa(days/365) + "年"
	}
	return itoa(days) + "天"
}
