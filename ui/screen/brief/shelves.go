package brief

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/ui/theme"
)

func databaseShelf() shelf {
	type d = brief.Database
	return shelfOf[d]{
		kind:   "databases",
		slice:  func(b *brief.Brief) *[]d { return &b.Databases },
		nameOf: databaseName,
		copyOf: func(v d) d { return v },
		rename: func([]d, *d) {},
		read:   readDatabases, write: writeDatabase, carry: carryDatabase,
		about: func(i int) subject { return databaseSubject(i) },
		columns: func(m *Model, i, w int) string {
			v := m.doc.brief.Databases[i]
			if full := at(m.live.resolved.Databases, i); full != nil && full.Engine == v.Engine {
				v = *full
			}
			return table(m.theme, w, []cellOf{{databaseName(v), 18}, {m.role(v.Role), 9}, {m.topology(v.Topology), 13}, {nodes(m, v), 0}})
		},
		seen: func(m *Model, line string, _, w int) []string {
			ds, ps := readDatabases(line)
			if len(ps) > 0 {
				return paragraph(ps[0].Message, w, m.theme.Warn.Render)
			}
			var names []string
			for _, v := range ds {
				names = append(names, databaseName(v))
			}
			return []string{m.theme.Accent.Render(m.theme.Cut(m.theme.Glyph.Arrow+" "+strings.Join(names, " · "), w))}
		},
	}
}

func databaseName(d brief.Database) string {
	name := d.Engine
	if d.Engine == otherEngine && d.Name != "" {
		name = d.Name
	}
	return strings.TrimSpace(name + " " + d.Version)
}

// nodes is how many machines a database has, in words.
func nodes(m *Model, d brief.Database) string {
	switch {
	case d.Role == "cache" && d.Shards.V > 0:
		return m.words.T("brief.shards", d.Shards.V, d.ShardMemoryGB.V)
	case d.Role == "mq" || d.Topology == "single":
		return ""
	case d.Replicas.V > 0:
		s := m.words.T("brief.replicas", d.Replicas.V)
		if d.SemiSync.V {
			s += " " + m.words.T("brief.semisync")
		}
		return s
	}
	return ""
}

func serviceShelf() shelf {
	type s = brief.Service
	return shelfOf[s]{
		kind:   "services",
		slice:  func(b *brief.Brief) *[]s { return &b.Services },
		nameOf: func(v s) string { return v.Name },
		copyOf: cloneService,
		rename: func(all []s, c *s) {
			c.Name = fresh(c.Name, func(n string) bool { return slices.ContainsFunc(all, func(v s) bool { return v.Name == n }) })
			if c.Code != "" {
				c.Code = fresh(c.Code, func(n string) bool { return slices.ContainsFunc(all, func(v s) bool { return v.Code == n }) })
			}
		},
		read: readService, write: writeService, carry: carryService,
		about: func(i int) subject { return serviceSubject(i) },
		columns: func(m *Model, i, w int) string {
			v := m.doc.brief.Services[i]
			if full := at(m.live.resolved.Services, i); full != nil && full.Name == v.Name {
				v = *full
			}
			return table(m.theme, w, []cellOf{
				{v.Name, 13}, {v.Code, 10}, {strings.Join(v.Store, "+"), 17}, {m.words.T("brief.tables", tablesOf(m, v.Code)), 6}, {v.Duty, 0},
			})
		},
		seen: func(m *Model, line string, _, w int) []string {
			vs, ps := readService(line)
			if len(ps) > 0 {
				return paragraph(ps[0].Message, w, m.theme.Warn.Render)
			}
			v := vs[0]
			if n := len(m.doc.brief.Services); m.live.ready && v.Code == "" && n < len(m.live.resolved.Services) {
				v.Code = m.live.resolved.Services[n].Code
			}
			text := strings.Join(nonEmpty(v.Name, v.Code, strings.Join(v.Store, "+"), v.Duty), " · ")
			return []string{m.theme.Accent.Render(m.theme.Cut(m.theme.Glyph.Arrow+" "+text, w))}
		},
		holds: func(m *Model, v s) string {
			if n := tablesOf(m, v.Code); n > 0 {
				return m.words.T("brief.holds.service", n)
			}
			return ""
		},
	}
}

func tablesOf(m *Model, code string) int {
	n := 0
	for _, e := range m.live.resolved.Entities {
		if e.Service == code && code != "" {
			n++
		}
	}
	return n
}

func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}

func entityShelf() shelf {
	type e = brief.Entity
	return shelfOf[e]{
		kind:   "entities",
		slice:  func(b *brief.Brief) *[]e { return &b.Entities },
		nameOf: func(v e) string { return v.Name },
		copyOf: cloneEntity,
		rename: func(all []e, c *e) {
			c.Name = fresh(c.Name, func(n string) bool { return slices.ContainsFunc(all, func(v e) bool { return v.Name == n }) })
			if c.Table != "" {
				c.Table = fresh(c.Table+"_", func(n string) bool { return slices.ContainsFunc(all, func(v e) bool { return v.Table == n }) })
			}
		},
		read:  readEntity,
		write: brief.FormatEntity, carry: carryEntity,
		about:   func(i int) subject { return entitySubject(i) },
		columns: entityRow,
		seen:    entitySeen,
		holds: func(m *Model, v e) string {
			return m.words.T("brief.holds.entity", len(v.Attrs), len(v.Access))
		},
	}
}

func readEntity(line string) ([]brief.Entity, brief.Problems) {
	e, ps := brief.ParseEntity(line)
	if len(ps.Errors()) > 0 {
		return nil, ps
	}
	return []brief.Entity{e}, ps
}

// entityRow is name, table, service and the rows at the end of the horizon.
func entityRow(m *Model, i, w int) string {
	v := m.doc.brief.Entities[i]
	full, ok := m.live.entity(i)
	rows := ""
	if ok && full.Name == v.Name {
		v = full
		if t, ok := m.live.table(i); ok {
			rows = m.words.T("brief.rows", roughly(t.Size.Rows))
		}
	}
	service := v.Service
	if s, ok := m.live.resolved.Service(v.Service); ok {
		service = strings.TrimSuffix(s.Name, "服务")
	}
	right := theme.Width(m.words.T("brief.rows", "91.26亿")) + 1
	owner := min(10, (w-right)/5)
	name := (w - right - owner) * 2 / 5
	left := table(m.theme, w-right, []cellOf{{v.Name, name}, {v.Table, w - right - owner - name}, {service, 0}})
	return left + m.theme.Right(rows, right)
}

// cellOf is one column of a row; width 0 takes what is left.
type cellOf struct {
	text  string
	width int
}

// table puts texts into columns; the row is exactly w cells.
func table(t theme.Theme, w int, cells []cellOf) string {
	var b strings.Builder
	left := w
	for _, c := range cells {
		width := min(c.width, max(0, left-1))
		if c.width == 0 {
			width = left
		}
		b.WriteString(t.Fit(c.text, max(0, width-1)))
		if width > 0 && c.width > 0 {
			b.WriteByte(' ')
		}
		left -= width
	}
	return t.Fit(b.String(), w)
}

// roughly is a number in four digits, as people say it.
func roughly(v float64) string {
	n := int64(v)
	for unit := int64(1); ; unit *= 10 {
		if n/unit < 10_000 {
			return brief.FormatCount((n + unit/2) / unit * unit)
		}
	}
}
