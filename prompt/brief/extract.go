package brief

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

// extraction is a brief being guessed from prose.
type extraction struct {
	Brief
	found []Assumption
}

// Extract guesses a brief from prose, and says what it guessed. A document with
// headed parts (系统描述, 数据库信息, 微服务架构信息, 业务实体) is cut into Raw;
// other prose is the description of the system (domain.md §1.8).
func Extract(text string) (Brief, []Assumption) {
	text = strings.TrimSpace(strings.ReplaceAll(strings.TrimPrefix(text, "\uFEFF"), "\r\n", "\n"))
	x := &extraction{}
	if parts, ok := headed(text); ok {
		x.Raw = parts
	} else {
		x.Raw.System = text
	}
	if onlySQL.MatchString(text) {
		x.Raw = Raw{}
	}
	r := x.Raw
	x.readName(r.System)
	x.readNumbers(text)
	x.readDatabases(firstOf(r.Databases, text))
	x.readServices(firstOf(r.Services, text))
	x.readTables(text)
	x.readEntities(r.Entities, text)
	x.readRelations(text)
	x.readVolumes(text)
	return x.Brief, x.found
}

// found notes a guess.
func (x *extraction) note(path, label, value string) {
	x.found = append(x.found, Assumption{
		Path: path, Label: label, Value: value, Source: FromExtracted, Rule: "domain.md §1.8", Effect: "从文本识别，请确认",
	})
}

// heads are the four parts of a document and the headings people give them.
var heads = []struct {
	part func(*Raw) *string
	line *pattern.Pattern
}{
	{func(r *Raw) *string { return &r.System }, headLine(`系统(?:描述|概述|介绍|简介|说明)`)},
	{func(r *Raw) *string { return &r.Databases }, headLine(`数据库(?:信息|选型|环境|说明)`)},
	{func(r *Raw) *string { return &r.Services }, headLine(`微服务(?:架构信息|架构|信息|划分|清单|列表)?`)},
	{func(r *Raw) *string { return &r.Entities }, headLine(`(?:核心)?业务实体(?:清单|列表|信息)?`)},
}

func headLine(words string) *pattern.Pattern {
	return pattern.New(`^\s*(?:#{1,6}\s*|[-*]\s+|\d+[.、)）]\s*|[一二三四五六七八九十]+、\s*)*(?:\*\*|【)?` + words + `(?:\*\*|】)?\s*(?:[:：]\s*(?:\*\*)?(.*))?$`)
}

// headed cuts a document at the headings of its four parts; ok when there are
// at least two of them.
func headed(text string) (Raw, bool) {
	var r Raw
	var into *string
	count := 0
	for _, l := range strings.Split(text, "\n") {
		matched := false
		for _, h := range heads {
			if m := h.line.FindStringSubmatch(l); m != nil && *h.part(&r) == "" {
				into, matched = h.part(&r), true
				*into = m[1]
				count++
				break
			}
		}
		if !matched && into != nil {
			*into += "\n" + l
		}
	}
	for _, h := range heads {
		*h.part(&r) = strings.TrimSpace(*h.part(&r))
	}
	return r, count >= 2
}

var (
	leadWords  = pattern.New(`^(?:我们(?:要|想|需要)?(?:做|建设|开发)?|这是|本系统是|要做|建设|开发|设计)?(?:一(?:个|套|款|所|家))?`)
	systemName = pattern.New(`([\p{Han}A-Za-z0-9]{1,20}?(?:系统|平台|小程序|商城|应用|APP|App|app))`)
	ofWhom     = pattern.New(`^.*的`)
)

// readName takes the name before the first colon, or the first words that end
// like a system's name, and the first sentences as the summary.
func (x *extraction) readName(text string) {
	text = strings.TrimSpace(strings.TrimLeft(text, "#- *"))
	first, rest, _ := strings.Cut(text, "\n")
	name, summary, ok := cutColon(first)
	if n := len([]rune(name)); !ok || n < 2 || n > 20 || strings.ContainsAny(name, "，,。；;") {
		name, summary = "", text
		if m := systemName.FindStringSubmatch(leadWords.ReplaceAllString(first, "")); m != nil {
			name = leadWords.ReplaceAllString(ofWhom.ReplaceAllString(m[1], ""), "")
		}
	} else if len([]rune(summary)) < 8 {
		summary += rest
	}
	if len([]rune(name)) >= 2 {
		x.System.Name = name
		x.note("system.name", "系统名称", name)
	}
	summary, _, _ = strings.Cut(strings.TrimSpace(summary), "\n")
	if r := []rune(summary); len(r) > 500 {
		summary = string(r[:500])
	}
	if len([]rune(summary)) >= 8 {
		x.System.Summary = summary
	}
}

func cutColon(s string) (before, after string, ok bool) {
	i := strings.IndexAny(s, ":：")
	if i < 0 {
		return s, "", false
	}
	before = strings.TrimSpace(s[:i])
	return before, strings.TrimSpace(strings.TrimLeft(s[i:], ":：")), true
}

const amount = `([\d][\d,.]*\s*(?:[百千万亿kKwWmMbB])*)`

// numberRules are the numbers of domain.md §1.8: the path they set and the
// pattern that finds them.
var numberRules = []struct {
	path, label string
	find        *pattern.Pattern
}{
	{"system.dau", "日活用户", pattern.New(`(?i)(?:日活跃?(?:用户)?|DAU)[^0-9，。；\n]{0,6}` + amount)},
	{"system.peak_read_qps", "峰值读", pattern.New(`(?i)(?:峰值|读)[^0-9，。；\n]{0,8}` + amount + `\s*QPS`)},
	{"system.peak_read_qps", "峰值读", pattern.New(`(?i)QPS[^0-9，。；\n]{0,6}` + amount)},
	{"system.peak_read_qps", "峰值读", pattern.New(`(?i)` + amount + `\s*QPS`)},
	{"system.peak_write_tps", "峰值写", pattern.New(`(?i)(?:峰值|写|下单)[^0-9，。；\n]{0,8}` + amount + `\s*TPS`)},
	{"system.peak_write_tps", "峰值写", pattern.New(`(?i)TPS[^0-9，。；\n]{0,6}` + amount)},
	{"system.peak_write_tps", "峰值写", pattern.New(`(?i)` + amount + `\s*TPS`)},
	{"system.peak_factor", "峰值系数", pattern.New(`峰值[^0-9，。；\n]{0,8}(\d+(?:\.\d+)?)\s*倍`)},
	{"system.growth", "年增长率", pattern.New(`年增长(?:率)?[^0-9，。；\n]{0,4}(\d+(?:\.\d+)?\s*[%％])`)},
	{"system.growth", "年增长率", pattern.New(`(\d+(?:\.\d+)?\s*[%％])\s*的?(?:年增长|增长率)`)},
	{"system.horizon_years", "规划期", pattern.New(`(?:按|规划)\s*([1-5])\s*年`)},
	{"system.sla", "可用性目标", pattern.New(`可用(?:性|率)[^0-9，。；\n]{0,6}(99(?:\.\d+)?)`)},
	{"system.cache_hit", "缓存命中率", pattern.New(`命中率[^0-9，。；\n]{0,6}(\d+(?:\.\d+)?\s*[%％])`)},
}

var recoveryRules = []struct {
	path, label string
	find        *pattern.Pattern
}{
	{"system.rpo_minutes", "RPO", pattern.New(`(?i)RPO[^\d，。；\n]{0,4}(\d+(?:\.\d+)?)\s*(秒|分钟?|小时|天)?`)},
	{"system.rto_minutes", "RTO", pattern.New(`(?i)RTO[^\d，。；\n]{0,4}(\d+(?:\.\d+)?)\s*(秒|分钟?|小时|天)?`)},
}

// wordRules are values that a word gives away (decisions.md 32).
var wordRules = []struct {
	find               *pattern.Pattern
	path, label, value string
}{
	{pattern.New(`多租户`), "system.multi_tenant", "多租户", "true"},
	{pattern.New(`国密`), "system.gm_crypto", "国密算法", "true"},
	{pattern.New(`单数表名|表名(?:用|采用|使用|为)?单数`), "system.naming", "表名", "singular"},
	{pattern.New(`以分(?:为单位)?(?:存储|保存)|金额(?:用|存)分`), "system.money_type", "金额类型", "fen"},
}

var compliances = []struct {
	find  *pattern.Pattern
	value string
}{
	{pattern.New(`PIPL|个人信息保护`), "PIPL"},
	{pattern.New(`等保(?:2级|二级)`), "等保二级"},
	{pattern.New(`等保(?:3级|三级)`), "等保三级"},
	{pattern.New(`PCI`), "PCI"},
	{pattern.New(`GDPR`), "GDPR"},
}

// readNumbers fills what numbers and words of the text say about the system.
func (x *extraction) readNumbers(text string) {
	for _, r := range numberRules {
		if m := r.find.FindStringSubmatch(text); m != nil {
			x.setOnce(r.path, r.label, strings.Trim(m[1], " ,."))
		}
	}
	for _, r := range recoveryRules {
		if m := r.find.FindStringSubmatch(text); m != nil {
			x.setOnce(r.path, r.label, inMinutes(m[1], m[2]))
		}
	}
	for _, r := range wordRules {
		if r.find.MatchString(text) && !denied(text, r.find.FindStringIndex(text)[0]) {
			x.setOnce(r.path, r.label, r.value)
		}
	}
	for _, c := range compliances {
		if c.find.MatchString(text) {
			x.System.Compliance = append(x.System.Compliance, c.value)
		}
	}
	if len(x.System.Compliance) > 0 {
		x.note("system.compliance", "合规要求", strings.Join(x.System.Compliance, "、"))
	}
}

// setOnce sets a value that is not set yet and is allowed.
func (x *extraction) setOnce(path, label, value string) {
	if slices.ContainsFunc(x.found, func(a Assumption) bool { return a.Path == path }) {
		return
	}
	next := x.Clone()
	if next.Set(path, value) != nil {
		return
	}
	if slices.ContainsFunc(Validate(next).Errors(), func(p Problem) bool { return p.Path == path }) {
		return
	}
	x.Brief = next
	x.note(path, label, value)
}

func inMinutes(number, unit string) string {
	v, err := ParseNumber(number)
	if err != nil {
		return ""
	}
	switch unit {
	case "秒":
		v /= 60
	case "小时":
		v *= 60
	case "天":
		v *= 1440
	}
	return fmt.Sprint(int(math.Ceil(v)))
}

var denial = pattern.New(`(?:没有|不用|不使用|暂无|未使用|不需要|不是|无|非)[^，。；\n、,]{0,4}$`)

// denied says whether what stands at byte i is said not to be there.
func denied(text string, i int) bool { return denial.MatchString(text[:i]) }

// readTables takes the entities of tables that are defined in the text.
func (x *extraction) readTables(text string) {
	if !strings.Contains(strings.ToUpper(text), "CREATE TABLE") {
		return
	}
	x.Entities = FromSchema(ddl.ParseBlocks(blocksOf(text)...))
	if len(x.Entities) > 0 {
		x.note("entities", "业务实体", fmt.Sprintf("由 %d 条建表语句得到", len(x.Entities)))
	}
}

var createTable = pattern.New(`(?is)CREATE\s+TABLE.*?(?:;|\n\s*\)[^\n;]*(?:;|$|\n))`)

var (
	onlySQL    = pattern.New(`(?is)^(?:--|/\*|SET\b|USE\b|DROP\b|CREATE\b|BEGIN\b)`)
	columnar   = pattern.New(`(?i)MergeTree`)
	postgresql = pattern.New(`(?i)COMMENT\s+ON\s|TIMESTAMPTZ|JSONB|BIGSERIAL|GENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY`)
	afterwards = pattern.New(`(?is)(?:COMMENT\s+ON|CREATE\s+(?:UNIQUE\s+)?INDEX|ALTER\s+TABLE)\b[^;]*;`)
)

// blocksOf are the statements of a document that define tables, each in the
// dialect it is written in.
func blocksOf(text string) []ddl.Block {
	dialect := ddl.MySQL
	more := ""
	if postgresql.MatchString(text) {
		dialect = ddl.PostgreSQL
		more = strings.Join(afterwards.FindAllString(text, -1), "\n")
	}
	var out []ddl.Block
	for _, s := range createTable.FindAllString(text, -1) {
		b := ddl.Block{Dialect: dialect, Text: strings.TrimRight(strings.TrimSpace(s), ";") + ";"}
		if columnar.MatchString(s) {
			b.Dialect = ddl.ClickHouse
		}
		out = append(out, b)
	}
	if more != "" {
		out = append(out, ddl.Block{Dialect: dialect, Text: more})
	}
	return out
}
