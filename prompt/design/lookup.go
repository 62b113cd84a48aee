package design

import "slices"

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
		switch i := slices.IndexFunc(d.Indexes, func(x Index) bool { return serves(x.Columns, n) }); {
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
