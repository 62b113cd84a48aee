package check

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/pattern"
)

var (
	yearRows  = pattern.New(`(?:\d+年末?|末)约?\s*([\d.]+\s*[万亿]?)行(?:[、，]\s*约?([\d.]+)\s*(GB|TB))?`)
	splitList = pattern.New(`((?:[a-z][a-z0-9_]*[、,， ]*)+)(?:分(\d+)库(\d+)(?:张)?表|单库(\d+)(?:张)?表)`)
	tableWord = pattern.New(`[a-z][a-z0-9_]*`)
)

// claim is a number that the text gives for something.
type claim struct {
	object, what, text string
	value              float64
	line               int
}

// contradictions compares numbers of the same thing in different places: rows
// of a table, its databases and tables, RPO, RTO, how long backups are kept.
func contradictions(in *input) []hit {
	var out []hit
	first := map[string]claim{}
	told := map[string]bool{}
	for _, c := range in.claims() {
		key := c.object + " " + c.what
		f, ok := first[key]
		switch {
		case !ok:
			first[key] = c
		case math.Abs(f.value-c.value) > 0.02*math.Max(f.value, c.value) && !told[key]:
			told[key] = true
			out = append(out, say(c.line, c.object, c.object, c.what, f.text, c.text))
		}
	}
	return out
}

func (in *input) claims() []claim {
	var out []claim
	for _, it := range in.facts.items {
		out = append(out, timeClaims(it)...)
		for _, t := range in.schema.Tables {
			out = append(out, rowClaims(t.Name, it)...)
		}
		for _, m := range splitList.FindAllStringSubmatch(it.Text, -1) {
			for _, t := range tableWord.FindAllString(m[1], -1) {
				if _, ok := in.schema.Table(t); !ok {
					continue
				}
				if m[2] != "" {
					out = append(out, claim{t, "库数", m[2] + "库", float64(integer(m[2])), it.Line})
				}
				out = append(out, claim{t, "表数", m[3] + m[4] + "表", float64(integer(m[3] + m[4])), it.Line})
			}
		}
	}
	for _, s := range in.facts.splits {
		if s.table == nil {
			continue
		}
		if s.d > 0 && s.app() {
			out = append(out, claim{s.table.Name, "库数", fmt.Sprintf("%d库", s.d), float64(s.d), s.dLine})
		}
		if s.n > 0 && s.app() {
			out = append(out, claim{s.table.Name, "表数", fmt.Sprintf("%d表", s.n), float64(s.n), s.line})
		}
		for _, it := range s.items {
			if m := yearRows.FindStringSubmatch(it.Text); m != nil {
				out = append(out, claim{s.table.Name, "行数", m[1] + "行", quantity(m[1]), it.Line})
			}
		}
	}
	return out
}

// timeClaims are RPO, RTO and retention in one bullet. A bullet that lists
// several cases says nothing about the target.
func timeClaims(it item) []claim {
	var out []claim
	for _, x := range []struct {
		what string
		re   *pattern.Pattern
	}{{"RPO", rpoText}, {"RTO", rtoText}} {
		if all := x.re.FindAllStringSubmatch(it.Text, -1); len(all) == 1 {
			out = append(out, claim{"整体", x.what, all[0][1] + all[0][2], minutes(all[0][1], all[0][2]), it.Line})
		}
	}
	if it.section != chapter.Backup {
		return out
	}
	if m := fullKept.FindStringSubmatch(it.Text); m != nil && strings.Contains(it.Text, "保留") {
		out = append(out, claim{"全量备份", "保留时间", m[1] + m[2], float64(days(m[1], m[2])), it.Line})
	}
	return out
}

// rowClaims are 表约N行 in one bullet.
func rowClaims(table string, it item) []claim {
	i := strings.Index(it.Text, table+"约")
	if i < 0 || i > 0 && wordByte(it.Text[i-1]) {
		return nil
	}
	m := leadingRows.FindStringSubmatch(it.Text[i+len(table+"约"):])
	if m == nil {
		return nil
	}
	return []claim{{table, "行数", m[1] + "行", quantity(m[1]), it.Line}}
}

var leadingRows = pattern.New(`^\s*([\d.]+\s*[万亿]?)行`)

// quantity reads 14.8亿, 1474万, 2,600.
func quantity(s string) float64 {
	s = strings.TrimSpace(strings.NewReplacer(",", "", "，", "", " ", "").Replace(s))
	unit := 1.0
	switch {
	case strings.HasSuffix(s, "亿"):
		unit = 1e8
	case strings.HasSuffix(s, "万"):
		unit = 1e4
	case strings.HasSuffix(s, "千"):
		unit = 1e3
	}
	v, _ := strconv.ParseFloat(strings.TrimRight(s, "亿万千"), 64)
	return v * unit
}
