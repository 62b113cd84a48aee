package offline

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// What makes a domain special is read off its tables here: domain.md §6 lists
// the rules by preset, but a system of one's own has the same stock, the same
// hot accounts and the same callbacks.

// stock is something that must not be sold twice: 可用库存, 剩余号源.
type stock struct {
	table  *design.Table
	column string
	keys   []string // columns that name one row
}

// stocks are numeric columns of what is left, in tables that are written hot.
func (w *writer) stocks() []stock {
	var out []stock
	for _, t := range w.business(relational) {
		column := columnWhere(t, func(c design.Column) bool {
			numeric := containsAny(c.Type, "INT", "DECIMAL")
			return !c.System && numeric && c.Rule != "R050" && (containsAny(c.Name, "available", "remain", "surplus") || strings.HasSuffix(c.Name, "_stock")) && c.Ref == ""
		})
		if column != "" && (kindOf(t, brief.Counter) || tagged(t, "write") || strings.Contains(column, "remain")) {
			out = append(out, stock{t, column, rowKeys(t)})
		}
	}
	return out
}

// rowKeys are the columns of the first unique business key, else the id.
func rowKeys(t *design.Table) []string {
	for _, x := range t.Indexes {
		if x.Unique {
			return slices.DeleteFunc(slices.Clone(x.Columns), func(c string) bool { return c == "delete_token" })
		}
	}
	return []string{"id"}
}

// tallies are counters that only count: likes, comments, favourites.
func (w *writer) tallies() []*design.Table {
	return w.business(func(t *design.Table) bool {
		return kindOf(t, brief.Counter) && len(countColumns(t)) > 0 && !slices.ContainsFunc(w.stocks(), func(s stock) bool { return s.table == t })
	})
}

func countColumns(t *design.Table) []string {
	var out []string
	for _, c := range t.Columns {
		if strings.HasSuffix(c.Name, "_count") && c.Ref == "" {
			out = append(out, c.Name)
		}
	}
	return out
}

// account is a balance that many writers change, with the ledger that explains
// it (nil when the brief has none).
type account struct {
	table   *design.Table
	balance string
	ledger  *design.Table
}

func (w *writer) accounts() []account {
	var out []account
	for _, t := range w.business(nil) {
		balance := columnWhere(t, func(c design.Column) bool { return c.Rule == "R050" && strings.Contains(c.Name, "balance") })
		if balance == "" || !kindOf(t, brief.Master, brief.Counter) {
			continue
		}
		a := account{table: t, balance: balance}
		for _, l := range w.business(func(l *design.Table) bool { return kindOf(l, brief.Ledger) }) {
			if slices.ContainsFunc(l.Columns, func(c design.Column) bool { return refTable(c) == t.Name }) {
				a.ledger = l
			}
		}
		out = append(out, a)
	}
	return out
}

// callbackTable is where a payment channel's answers arrive: channel and the
// channel's own number stand together.
func (w *writer) callbackTable() *design.Table {
	for _, t := range w.business(nil) {
		if channelNumber(t) != "" && byRule(t, "R092") != "" && ownNumber(t) != "" && kindOf(t, brief.Txn) {
			return t
		}
	}
	return nil
}

// channelNumber is the number another system gave a record, "" for none.
func channelNumber(t *design.Table) string {
	return columnWhere(t, func(c design.Column) bool {
		return c.Rule == "R010" && strings.HasPrefix(c.Name, "channel_")
	})
}

// mirrored are two relation tables about the same people, one for each
// direction: follows and fans.
func (w *writer) mirrored() (forth, back *design.Table) {
	relations := w.business(func(t *design.Table) bool { return kindOf(t, brief.Relation) && sameTarget(t) != "" })
	for i, a := range relations {
		for _, b := range relations[i+1:] {
			if sameTarget(a) == sameTarget(b) && a.Service == b.Service {
				return a, b
			}
		}
	}
	return nil, nil
}

// sameTarget is the table both references of a relation point to.
func sameTarget(t *design.Table) string {
	var refs []string
	for _, c := range t.Columns {
		if c.Ref != "" && c.Name != "tenant_id" {
			refs = append(refs, refTable(c))
		}
	}
	if len(refs) == 2 && refs[0] == refs[1] {
		return refs[0]
	}
	return ""
}

// gate is a state of verification that limits what an account may do.
type gate struct {
	table  *design.Table
	column string
	labels []string // 未成年, 未实名
}

func (w *writer) gates() []gate {
	var out []gate
	for _, t := range w.business(nil) {
		for _, c := range t.Columns {
			if c.Attr == nil || !containsAny(c.Name, "verify", "real_name_status", "cert") {
				continue
			}
			labels := unique([]string{labelLike(c.Attr, "未实名", "未认证"), labelLike(c.Attr, "未成年")})
			if len(labels) > 0 {
				out = append(out, gate{t, c.Name, labels})
			}
		}
	}
	return out
}

// shadows are device shadows: wanted and reported state guarded by a version.
func (w *writer) shadows() []*design.Table {
	return w.business(func(t *design.Table) bool {
		return t.Has(w.version()) && t.Has("desired_config") || kindOf(t, brief.Counter) && strings.Contains(t.Name, "shadow")
	})
}

// ranking is a list sorted by a number: a leaderboard.
type ranking struct {
	table   *design.Table
	columns []string
	score   string
}

func (w *writer) rankings() []ranking {
	var out []ranking
	for _, t := range w.business(nil) {
		for _, l := range t.Lookups {
			c, ok := t.Column(l.Tail)
			if l.Access.Op == "list" && ok && l.Access.Desc && containsAny(c.Type, "INT", "DECIMAL") && !strings.HasSuffix(c.Name, "_id") && c.Name != "sort_no" {
				out = append(out, ranking{t, l.Columns, l.Tail})
				break
			}
		}
	}
	return out
}

// heartbeat is the time an online thing was last seen, "" for none.
func heartbeat(t *design.Table) string {
	if !kindOf(t, brief.Master, brief.Counter) || !strings.Contains(t.Name, "device") && !strings.Contains(t.Title, "设备") {
		return ""
	}
	return columnWhere(t, func(c design.Column) bool { return containsAny(c.Name, "heartbeat", "last_online") })
}

// longText are columns that make hot rows long.
func longText(t *design.Table) []string {
	var out []string
	for _, c := range t.Columns {
		if !c.System && c.Part == "" && hasSuffix(c.Type, "TEXT", "BLOB") {
			out = append(out, c.Name)
		}
	}
	return out
}

// imageColumns hold addresses of files in the object store.
func imageColumns(t *design.Table) []string {
	var out []string
	for _, c := range t.Columns {
		if c.Rule == "R104" || c.Rule == "R105" || c.Rule == "R106" {
			out = append(out, c.Name)
		}
	}
	return out
}

// customFields is the JSON column of fields that tenants define, "" for none.
func customFields(t *design.Table) string { return byRule(t, "R113") }

// streams are the tables of events and logs that another engine takes.
func (w *writer) streams() []*design.Table {
	return w.business(func(t *design.Table) bool { return !relational(t) && kindOf(t, brief.Event, brief.Log) })
}

// orders are transactions with a state that somebody has to pay or finish in
// time, and the scan that finds the late ones.
type overdue struct {
	table  *design.Table
	lookup design.Lookup
	wait   string // the state waited in: 待支付
}

func (w *writer) overdue() []overdue {
	var out []overdue
	for _, t := range w.business(nil) {
		for _, l := range t.Lookups {
			s := statusOf(t)
			if l.Access.Op != "scan" || s == nil || !slices.Contains(l.Columns, statusColumn(t)) {
				continue
			}
			out = append(out, overdue{t, l, inline(s.Enum[0].Label)})
			break
		}
	}
	return out
}

// progress is a table whose rows are overwritten all the time by the same
// person: how far a lesson has been watched.
func (w *writer) progress() (*design.Table, design.Index, bool) {
	for _, t := range w.business(relational) {
		if !tagged(t, "write") || byRule(t, "R064") == "" {
			continue
		}
		for _, x := range t.Indexes {
			if x.Unique && len(x.Columns) > 1 {
				return t, x, true
			}
		}
	}
	return nil, design.Index{}, false
}

// once is a ledger that takes every business number once.
func (w *writer) once() (*design.Table, design.Index, bool) {
	for _, t := range w.business(func(t *design.Table) bool { return kindOf(t, brief.Ledger) }) {
		for _, x := range t.Indexes {
			if x.Unique && slices.Contains(x.Columns, "biz_no") {
				return t, x, true
			}
		}
	}
	return nil, design.Index{}, false
}
