package brief

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
	"dbchapter/ui/theme"
)

// subjectPanel is the panel of a question: why it is asked, which sections it
// changes, what follows from the answer.
func subjectPanel(m *Model, s subject, k string, w int) []string {
	out := []string{m.theme.Title.Render(m.theme.Cut(s.label(m, k), w)), ""}
	out = append(out, theme.Wrap(s.why(m, k), w)...)
	if sec := s.sections(k); sec != "" {
		out = append(out, "", m.theme.Dim.Render(m.words.T("brief.affects", sectionNames(m, sec))))
	}
	if d := m.standard(s, k); d != "" {
		out = append(out, "", m.theme.Cut(m.words.T("brief.standard", d), w))
	}
	if lines := consequence(m, s, k); len(lines) > 0 {
		out = append(out, "")
		for _, l := range lines {
			out = append(out, paragraph(l, w, m.theme.Accent.Render)...)
		}
	}
	return out
}

// sectionNames writes "1 3" as 1 架构 · 3 分库分表.
func sectionNames(m *Model, numbers string) string {
	var out []string
	for _, n := range strings.Fields(numbers) {
		out = append(out, n+" "+m.words.T("brief.section."+n))
	}
	return strings.Join(out, " · ")
}

// itemPanel is the panel of an item of a list.
func itemPanel(m *Model, noun string, i, w int) []string {
	if !m.live.ready {
		return theme.Wrap(m.words.T("brief.notyet"), w)
	}
	switch noun {
	case "databases":
		return instances(m, w, func(x design.Instance) bool {
			d := at(m.live.resolved.Databases, i)
			return d != nil && x.Engine.Engine == d.Engine
		})
	case "services":
		return servicePanel(m, i, w)
	case "entities":
		return entityPanel(m, i, w)
	}
	return nil
}

// instances are rows of the instance table.
func instances(m *Model, w int, want func(design.Instance) bool) []string {
	out := []string{m.theme.Title.Render(m.words.T("brief.instances")), ""}
	for _, x := range m.live.design.Instances {
		if !want(x) {
			continue
		}
		out = append(out, m.theme.Cut(strings.Join(nonEmpty(x.Service, databaseName(x.Engine), x.Name), " · "), w))
		if len(x.Tables) > 0 {
			out = append(out, indent(theme.Wrap(strings.Join(x.Tables, ", "), w-2))...)
		}
		if x.GB > 0 {
			out = append(out, "  "+m.theme.Accent.Render(m.theme.Cut(m.words.T("brief.load", gigabytes(x.GB), fmt.Sprintf("%.0f", x.TPS)), w-2)))
		}
		out = append(out, indent(paragraph(x.Remark, w-2, m.theme.Dim.Render))...)
		out = append(out, "")
	}
	if len(out) == 2 {
		out = append(out, m.theme.Dim.Render(m.words.T("brief.noinstance")))
	}
	return out
}

func indent(lines []string) []string {
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	return lines
}

func servicePanel(m *Model, i, w int) []string {
	s := at(m.live.resolved.Services, i)
	if s == nil {
		return nil
	}
	out := instances(m, w, func(x design.Instance) bool { return x.Code == s.Code })
	for _, l := range m.live.design.Services {
		if l.Code == s.Code {
			out = append(out, m.theme.Accent.Render(m.theme.Cut(m.words.T("brief.pods", l.Pods, l.Pool, l.Pods*l.Pool), w)))
		}
	}
	return append(out, paragraph(eventWords(m, *s), w, m.theme.Dim.Render)...)
}

func eventWords(m *Model, s brief.Service) string {
	var parts []string
	if len(s.Out) > 0 {
		parts = append(parts, m.words.T("brief.publishes", strings.Join(s.Out, ", ")))
	}
	if len(s.In) > 0 {
		parts = append(parts, m.words.T("brief.subscribes", strings.Join(s.In, ", ")))
	}
	return strings.Join(parts, "\n")
}

// entityPanel is an entity's size, the verdict with its arithmetic and the
// growing CREATE TABLE.
func entityPanel(m *Model, i, w int) []string {
	t, ok := m.live.table(i)
	if !ok {
		if ps := m.live.at(entitySubject(i).base); len(ps) > 0 {
			return problemLines(m, ps, w)
		}
		return theme.Wrap(m.words.T("brief.notyet"), w)
	}
	e, _ := m.live.entity(i)
	head := strings.Join(nonEmpty(e.Name+" "+t.Name, serviceName(m, t.Service), m.words.T("brief.kind."+string(e.Kind))), " · ")
	out := []string{m.theme.Title.Render(m.theme.Cut(head, w)), ""}
	for _, l := range verdictLines(m, t) {
		out = append(out, paragraph(l, w, m.theme.Plain.Render)...)
	}
	if missing(m, i) {
		out = append(out, paragraph(m.words.T("brief.missing"), w, m.theme.Warn.Render)...)
	}
	out = append(out, "")
	for _, l := range fold(strings.Split(m.live.ddl[t.Name], "\n"), m.h-1-len(out), m.theme.Glyph.Ellipsis) {
		out = append(out, m.theme.Dim.Render(m.theme.Cut(strings.ReplaceAll(l, "\t", "    "), w)))
	}
	return out
}

// fold leaves out columns in the middle when the statement is higher than
// room: the keys at its end tell more.
func fold(ddl []string, room int, ellipsis string) []string {
	if len(ddl) <= room || room < 4 {
		return ddl
	}
	keys := len(ddl)
	for i, l := range ddl {
		if l = strings.TrimSpace(l); strings.HasPrefix(l, "INDEX ") || strings.HasPrefix(l, "UNIQUE ") {
			keys = i
			break
		}
	}
	tail := ddl[keys:]
	tail = tail[:min(len(tail), room/2)]
	head := ddl[:room-len(tail)-1]
	return append(append(slices.Clone(head), "    "+ellipsis), tail...)
}

// missing says that the number sharding hangs on was not given.
func missing(m *Model, i int) bool {
	e := at(m.doc.brief.Entities, i)
	return e != nil && !e.Volume.RowsPerDay.Set
}

// verdictLines are the arithmetic of a table and the decision.
func verdictLines(m *Model, t *design.Table) []string {
	s := m.live.resolved.System
	size := m.words.T("brief.arithmetic", roughly(t.Size.Daily), s.HorizonYears.V, decimal(s.Growth.V*100)+"%",
		roughly(t.Size.Rows), gigabytes(t.Size.GB))
	out := []string{size, m.theme.Accent.Render(levelWords(m, t.Verdict))}
	if t.Verdict.Reason != "" {
		out = append(out, t.Verdict.Reason)
	}
	return out
}

// levelWords says the rung of the ladder: 4 库 256 表, 按月分区, 单表.
func levelWords(m *Model, v design.Verdict) string {
	switch v.Level {
	case design.LevelNone:
		return m.words.T("brief.level.none")
	case design.D4:
		return m.words.T("brief.level.D4", v.Tables, v.Key)
	case design.D5, design.D6:
		return m.words.T("brief.level."+string(v.Level), v.Databases, v.Tables, v.Key)
	}
	return m.words.T("brief.level." + string(v.Level))
}

func gigabytes(gb float64) string {
	switch {
	case gb >= 10:
		return fmt.Sprintf("%.0f GB", gb)
	case gb >= 0.1:
		return fmt.Sprintf("%.1f GB", gb)
	}
	return fmt.Sprintf("%.0f MB", gb*1000)
}
