package design

import (
	"slices"

	"dbchapter/prompt/infer"
)

// why says in Chinese which query an index is for.
func (d *draft) why(n *need) string {
	what := map[string]string{"get": "取单行", "list": "查列表", "scan": "扫描"}[n.access.Op]
	text := "按" + listed(n.eq) + what
	if n.tail != "" && n.access.Op == "list" {
		text += "，" + n.tail + map[bool]string{true: "倒序", false: "正序"}[n.access.Desc]
	} else if n.tail != "" {
		text += "，" + n.tail + "到期"
	}
	if n.access.Note != "" {
		text = n.access.Note + "：" + text
	}
	return text
}

// describeLookups tells for every access pattern which index serves it.
func (d *draft) describeLookups() {
	d.Lookups = nil
	for _, n := range d.needs {
		l := Lookup{Access: n.access, Columns: n.eq, Tail: n.tail, Weight: n.weight}
		i := slices.IndexFunc(d.Indexes, func(x Index) bool { return serves(x.Columns, n) })
		if i < 0 {
			i = slices.IndexFunc(d.Indexes, func(x Index) bool { return d.finds(x, n) })
		}
		switch {
		case serves(d.Primary, n), slices.Contains(n.eq, "id") && slices.Contains(d.Primary, "id"):
			l.Index = "PRIMARY"
		case i >= 0:
			l.Index = d.Indexes[i].Name
		}
		l.Routed = !d.Split() || slices.Contains(n.eq, d.Verdict.Key) ||
			slices.ContainsFunc(d.Verdict.Codes, func(c string) bool { return slices.Contains(n.eq, c) })
		d.Lookups = append(d.Lookups, l)
	}
}

// serves says whether an index answers a need: its first columns are the
// equality columns in any order, then comes the tail.
func serves(columns []string, n *need) bool {
	if len(n.eq) == 0 || len(columns) < len(n.eq) {
		return false
	}
	for _, c := range n.eq {
		if !slices.Contains(columns[:len(n.eq)], c) {
			return false
		}
	}
	return n.tail == "" || len(columns) > len(n.eq) && columns[len(n.eq)] == n.tail
}

// finds says whether a unique key leaves a need one row to look at: the need
// has all its columns, those apart that are there for tenants, soft delete and
// partitions. A tenant's order is found by its number alone.
func (d *draft) finds(x Index, n *need) bool {
	added := []string{"tenant_id", infer.DeleteToken, d.partitionColumn()}
	return x.Unique && slices.ContainsFunc(d.keys, func(k key) bool {
		own := d.keyColumns(k)
		return len(own) > 0 && within(own, n.eq) && within(own, x.Columns) && within(x.Columns, slices.Concat(own, added))
	})
}

// within says whether all columns are among others.
func within(columns, others []string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(others, c) })
}
