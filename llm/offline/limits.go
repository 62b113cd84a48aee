package offline

import (
	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/design"
)

// thresholds are the rows of domain.md §3.7 by profile.
var thresholds = map[string]design.Threshold{
	"ali":      {Rows: 5e6, GB: 2, TPS: 1500},
	"classic":  {Rows: 2e7, GB: 50, TPS: 1500},
	"balanced": {Rows: 5e7, GB: 100, TPS: 1500},
	"modern":   {Rows: 2e8, GB: 200, TPS: 3000},
}

// threshold is the line at which a table is judged for splitting: the house's,
// else the brief's own limits, else the profile's.
func (w *writer) threshold() design.Threshold {
	t, ok := thresholds[w.sys.ThresholdProfile]
	if !ok {
		t = thresholds["balanced"]
	}
	l := w.oltp().Limits
	t.GB = first(w.d.House.Thresholds.GB, own(l.TableGB, 100), t.GB)
	t.TPS = first(w.d.House.Thresholds.TPS, own(l.WriteTPS, 1500), t.TPS)
	t.Rows = first(w.d.House.Thresholds.Rows, t.Rows)
	return t
}

// instanceGB is how much one database may hold before its tables move to
// several.
func (w *writer) instanceGB() float64 {
	return first(own(w.oltp().Limits.InstanceGB, 500), w.d.House.Limits.InstanceGB, 500)
}

// indexLimit is the number of secondary indexes of a table.
func (w *writer) indexLimit() int {
	if n := w.d.House.Limits.Indexes; n > 0 {
		return n
	}
	return 5
}

func (w *writer) oltp() brief.Database {
	for _, db := range w.d.Brief.Databases {
		if design.Role(db) == "oltp" {
			return db
		}
	}
	return brief.Database{}
}

// own is a limit of the brief where it is not just the written-out default.
func own(l brief.Opt[float64], def float64) float64 {
	if l.Set && l.V != def {
		return l.V
	}
	return 0
}

// first is the first value above zero.
func first(values ...float64) float64 {
	for _, v := range values {
		if v > 0 {
			return v
		}
	}
	return 0
}

// lines is 超过5000万行，或大于100GB，或写入峰值超过1500 TPS.
func lines(t design.Threshold) string {
	return "单表超过" + capacity.RowsText(t.Rows) + "，或大于" + capacity.GBText(t.GB) + "，或写入峰值超过" + capacity.TPSText(t.TPS) + " TPS"
}
