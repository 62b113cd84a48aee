package prompt

import (
	"fmt"
	"strconv"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/infer"
)

func entityText(r brief.Resolved, level int) string {
	var lines []string
	for _, e := range r.Entities {
		service := e.Service
		if s, ok := r.Service(e.Service); ok {
			service = s.Name
		}
		lines = append(lines, fmt.Sprintf("- %s（%s，属%s，%s，现有%s行、日增%s、在线保留%s）", e.Name, e.Table, service, e.Kind.Title(),
			brief.FormatCount(e.Volume.RowsNow.V), brief.FormatCount(e.Volume.RowsPerDay.V), keep(e.Volume.RetentionDays.V)))
		if level < 4 {
			lines = append(lines, after("  字段：", attrs(e.Attrs, level)),
				after("  ", parts("　", after("查询：", accesses(e.Access, level)), after("特征：", list(tags(e.Tags))))))
		}
	}
	return join(lines...)
}

func keep(days int) string {
	if days == 0 {
		return "长期"
	}
	return strconv.Itoa(days) + "天"
}

// attrs leaves out remarks first, then the attributes at the end.
func attrs(as []brief.Attr, level int) string {
	most := []int{len(as), len(as), 24, 10, 0}[level]
	var out []string
	for i, a := range as {
		if i == most {
			out = append(out, fmt.Sprintf("等%d个", len(as)))
			break
		}
		out = append(out, attr(a, level))
	}
	return strings.Join(out, "；")
}

func attr(a brief.Attr, level int) string {
	g := infer.Column(a.Name, a.Column)
	out := oneLine(a.Name)
	if a.Comment != "" && level == 0 {
		out += "（" + oneLine(a.Comment) + "）"
	}
	out += " " + strings.Join(g.Split(), "、") + after(" ", a.Type)
	if a.Unique {
		out += "[唯一]"
	}
	if a.Nullable {
		out += "[可空]"
	}
	if pii := sensitivity(a, g); pii != "" {
		out += "[敏感" + pii + "]"
	}
	if len(a.Enum) == 0 || level > 2 {
		return out
	}
	states := make([]string, len(a.Enum))
	for i, v := range a.Enum {
		states[i] = v.Code + "-" + oneLine(v.Label)
	}
	return out + " 枚举：" + strings.Join(states, "，")
}

// sensitivity is P2 or P3: the user's word, else the rules'.
func sensitivity(a brief.Attr, g infer.Guess) string {
	level := g.PII
	if a.PII != "" && a.PII != "auto" {
		level = a.PII
	}
	if level == "P2" || level == "P3" {
		return level
	}
	return ""
}

func tags(ts []string) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = brief.TagTitle(t)
	}
	return out
}

func accesses(as []brief.Access, level int) string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = access(a)
		if level == 0 {
			out[i] += remark(a)
		}
	}
	return strings.Join(out, "；")
}

// access is a query in words: 按user_id查列表，created_at倒序.
func access(a brief.Access) string {
	by := after("按", list(a.Eq))
	switch a.Op {
	case "list":
		return parts("，", by+"查列表", sorting(a))
	case "scan":
		return "扫描" + parts("且", list(a.Eq), due(a.Range))
	case "uk":
		return by + "唯一"
	case "search":
		return by + "检索"
	case "agg":
		return by + "统计"
	}
	return by + "取单行"
}

func due(column string) string {
	if column == "" {
		return ""
	}
	return column + "到期"
}

func sorting(a brief.Access) string {
	switch {
	case a.Sort == "":
		return ""
	case a.Desc:
		return a.Sort + "倒序"
	}
	return a.Sort + "正序"
}

// remark is what the user said about a query beyond its shape.
func remark(a brief.Access) string {
	qps := ""
	if a.QPS.Set && a.QPS.V > 0 {
		qps = "约" + number(a.QPS.V) + " QPS"
	}
	if s := parts("，", oneLine(a.Note), qps); s != "" {
		return "（" + s + "）"
	}
	return ""
}
