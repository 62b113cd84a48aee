package chapter

import (
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
)

var (
	createTable = pattern.New("(?i)\\bCREATE\\s+(?:TEMPORARY\\s+|EXTERNAL\\s+|UNLOGGED\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:[`\"]?\\w+[`\"]?\\.)?[`\"]?(\\w+)")
	collection  = pattern.New(`createCollection\(\s*["'](\w+)["']`)
	indexPut    = pattern.New(`(?m)^\s*PUT\s+/?([a-z][a-z0-9_-]*)`)
)

// Defines is the name of the table, collection or index that a code block
// defines, "" when it defines none.
func Defines(code string) string {
	for _, re := range []*pattern.Pattern{createTable, collection, indexPut} {
		if m := re.FindStringSubmatch(code); m != nil {
			return m[1]
		}
	}
	return ""
}

// definesAny also knows search mappings, which need not name their index.
func definesAny(code string) bool {
	return Defines(code) != "" || strings.Contains(code, `"mappings"`) && strings.Contains(code, `"properties"`)
}

var (
	identifier = pattern.New("[A-Za-z_][A-Za-z0-9_]*")
	tableWords = pattern.New(`^(.*?)(表|集合|索引)$`)
	tableName  = pattern.New(`^[a-z][a-z0-9_]*$`)
	commentEnd = pattern.New(`(?i)COMMENT\s*=?\s*'((?:[^']|'')*)'\s*;?\s*(?:PARTITION|$)`)
	commentOn  = pattern.New(`(?i)COMMENT\s+ON\s+TABLE\s+\S+\s+IS\s+'((?:[^']|'')*)'`)
)

// tableTitle is the contract's form of a subsection title; the name comes from
// the code block, the words from the title, else from the table's comment.
func tableTitle(old, code string) string {
	name := Defines(code)
	if name == "" {
		name = lastIdentifier(old)
	}
	if !tableName.MatchString(name) {
		return ""
	}
	zh := strings.Join(strings.Fields(strings.Trim(identifier.ReplaceAllString(old, " "), " ")), "")
	zh = strings.Trim(strings.NewReplacer("`", "", "（", "", "）", "", "(", "", ")", "", "：", "", ":", "", "—", "", "-", "").Replace(zh), " ")
	if m := tableWords.FindStringSubmatch(zh); m == nil || m[1] == "" || strings.Contains(m[1], "表") {
		if c := tableComment(code); c != "" {
			zh = c
		}
	}
	if zh == "" || zh == "表" {
		return ""
	}
	if !tableWords.MatchString(zh) {
		zh += "表"
	}
	if t := zh + " (" + name + ")"; isTableTitle(t) {
		return t
	}
	return ""
}

func lastIdentifier(s string) string {
	all := identifier.FindAllString(s, -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// tableComment is what the definition says about the whole table.
func tableComment(code string) string {
	for _, re := range []*pattern.Pattern{commentOn, commentEnd} {
		if all := re.FindAllStringSubmatch(strings.TrimSpace(code), -1); len(all) > 0 {
			return strings.TrimSpace(bracketed.ReplaceAllString(strings.ReplaceAll(all[len(all)-1][1], "''", "'"), ""))
		}
	}
	return ""
}

// titleTables gives the subsections that define tables their form (N7):
// 用户表（users） becomes 用户表 (users). A bold line right above a definition
// becomes its heading.
func (n *normalizer) titleTables() {
	in, ok := n.section(Tables)
	if !ok {
		return
	}
	places := n.places()
	head := -1 // heading or bold line that no definition has used yet
	for i := in.from; i < in.to; i++ {
		l := n.lines[i].text
		switch {
		case places[i] == prose && (headingLine.MatchString(l) || boldLine.MatchString(l)):
			head = i
		case places[i] == fenceOpen && head >= 0:
			code := n.codeAt(i, places)
			if !definesAny(code) {
				continue
			}
			n.titleTable(head, n.firstAt(i, places))
			head = -1
		}
	}
}

// codeAt is the text of the code block that opens at line i.
func (n *normalizer) codeAt(i int, in []place) string {
	to := i + 1
	for to < len(in) && in[to] == code {
		to++
	}
	return joined(n.lines[i+1 : to])
}

// firstAt is the first definition of the code block that opens at line i.
func (n *normalizer) firstAt(i int, in []place) string {
	to := i + 1
	for to < len(in) && in[to] == code {
		to++
	}
	return joined(chunks(n.lines[i+1 : to])[0])
}

func (n *normalizer) titleTable(i int, code string) {
	old := n.lines[i].text
	text := old
	if m := headingLine.FindStringSubmatch(old); m != nil {
		text = m[2]
	} else {
		text = plainTitle(old)
	}
	want := text
	if !isTableTitle(text) {
		want = tableTitle(text, code)
	}
	if want == "" || "#### "+want == old {
		return
	}
	n.lines[i].text = "#### " + want
	n.fixed(n.lines[i].at, "F016", want, "小节标题"+quoted(cut(plainTitle(text), 40))+"已改为"+quoted(want), cut(text, 40))
}

// shardTitles: 订单分表 becomes 订单表分表, 订单表分库分表 what its labels say.
var shardForms = pattern.New(`^(.{1,20}?)表?(?:的)?(分库分表|水平分表|水平分库|分表|分库)(?:策略|方案|设计|规则)?$`)

// shardTitle is the contract's form of a sharding subsection's title, "" when
// it is not one.
func shardTitle(old string, labels []string) string {
	m := shardForms.FindStringSubmatch(bracketed.ReplaceAllString(old, ""))
	if m == nil || m[1] == "" || strings.ContainsAny(m[1], "：:，,；;。不") {
		return ""
	}
	kind := strings.TrimPrefix(m[2], "水平")
	if kind == "分库分表" {
		kind = ByTable
		if slices.Contains(labels, "分库规则") || slices.Contains(labels, "分库数量") {
			kind = ByDatabase
		}
	}
	if t := m[1] + "表" + kind; isShardTitle(t) {
		return t
	}
	return ""
}
