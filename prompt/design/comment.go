package design

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// comment writes the comment of every business column (domain.md §3.2): name,
// states, and in one bracket whatever a reader has to know.
func (b *builder) comment(d *draft) {
	for _, a := range d.attrs {
		for i, c := range a.columns {
			for j := range d.Columns {
				if d.Columns[j].Name == c.Name && !d.Columns[j].System {
					d.Columns[j].Comment = b.commentOf(d, a, d.Columns[j], i)
				}
			}
		}
	}
}

func (b *builder) commentOf(d *draft, a *attribute, c Column, part int) string {
	title := a.guess.Title
	switch {
	case title == "":
		title = c.Name
	case c.Part != "":
		return b.secretComment(a, c)
	case a.guess.Rule == "R030":
		return strings.TrimSuffix(title, "哈希") + "哈希（bcrypt/Argon2id）"
	case a.guess.Rule == "R096":
		return strings.TrimSuffix(title, "摘要") + "摘要（" + b.hmac() + "，十六进制，不存原文）"
	case len(a.names) > 1:
		title = coordinateTitle(title, part)
	case slices.Contains(urlRules, a.guess.Rule) && isText(c.Type) && !hasAny(title, "URL", "地址", "链接", "url", "网址"):
		title += "URL"
	}
	text := title + b.states(d, a)
	var notes []string
	for _, n := range append(b.shardNotes(d, c), b.plainNotes(a, c)...) {
		if n != "" && !slices.Contains(notes, n) {
			notes = append(notes, n)
		}
	}
	if len(notes) == 0 {
		return text
	}
	return text + "（" + strings.Join(notes, "，") + "）"
}

var urlRules = []string{"R040", "R104", "R106", "R107"}

func isText(typ string) bool { return strings.HasPrefix(typ, "VARCHAR") }

func hasAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) })
}

func coordinateTitle(title string, part int) string {
	for _, w := range []string{"位置坐标", "坐标", "经纬度", "定位", "GPS"} {
		title = strings.TrimSuffix(title, w)
	}
	return title + [...]string{"经度", "纬度"}[part%2]
}

// states are the values of an enum, a flag or a sex.
func (b *builder) states(d *draft, a *attribute) string {
	values := a.Enum
	switch {
	case len(values) > 0:
	case a.typ != "TINYINT":
		return ""
	case a.guess.Rule == "R042" || a.guess.Rule == "R043" || a.guess.Rule == "R044":
		values = []brief.EnumValue{{Code: "0", Label: "否"}, {Code: "1", Label: "是"}}
	case a.guess.Rule == "R037":
		values = []brief.EnumValue{{Code: "0", Label: "未知"}, {Code: "1", Label: "男"}, {Code: "2", Label: "女"}}
	case a.guess.Rule == "R091":
		values = usualStates(d.Entity.Kind)
		b.assume(brief.Assumption{
			Path: fmt.Sprintf("entities[%d].attrs", d.index), Label: d.Title + "." + a.Name, Value: labels(values),
			Rule: "decisions.md 10", Effect: "状态列没有给出取值，注释按类别补全",
		})
	default:
		return ""
	}
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = v.Code + "-" + v.Label
	}
	return "：" + strings.Join(parts, "，")
}

func labels(values []brief.EnumValue) string {
	var out []string
	for _, v := range values {
		out = append(out, v.Label)
	}
	return strings.Join(out, "/")
}

// usualStates are the states of a kind whose brief names none.
func usualStates(k brief.Kind) []brief.EnumValue {
	names := []string{"启用", "停用"}
	if k == brief.Txn || k == brief.Detail || k == brief.Ledger {
		names = []string{"新建", "处理中", "已完成", "已取消"}
	}
	var out []brief.EnumValue
	for i, n := range names {
		out = append(out, brief.EnumValue{Code: itoa(i + 1), Label: n})
	}
	return out
}

// shardNotes say what routing needs to know: key, reference, gene.
func (b *builder) shardNotes(d *draft, c Column) (notes []string) {
	v := d.Verdict
	if c.Name == v.Key && (d.Split() || d.HashPartitions()) {
		notes = append(notes, map[bool]string{true: "分片键", false: "分区键"}[d.Split()])
	}
	if target, _, ok := strings.Cut(c.Ref, "."); ok && d.Dialect != ClickHouse {
		switch t := b.byName[target]; {
		case t.Service == d.Service:
			notes = append(notes, "逻辑外键", "关联"+c.Ref)
		case strings.HasPrefix(c.Null, "NULL"):
			notes = append(notes, "跨服务引用", "无物理外键", "可为空")
		default:
			notes = append(notes, "跨服务引用", "无物理外键")
		}
	}
	if d.Dialect == ClickHouse && c.Name == "event_id" && c.Type == "BIGINT" {
		notes = append(notes, "雪花算法", "消费端去重依据")
	}
	if c.Name == v.Code && d.Split() {
		digits := GeneDigits(v.Genes)
		notes = append(notes, fmt.Sprintf("末%d位为分片基因%0*d~%0*d", digits, digits, 0, digits, v.Genes-1))
	}
	return notes
}

// GeneDigits is how many decimal digits a number needs to carry one of g
// genes: three up to 512, else four (domain.md §3.7).
func GeneDigits(g int) int {
	if g <= 512 {
		return 3
	}
	return 4
}

// unitEndings say the unit of a column by the end of its name.
var unitEndings = []struct{ ending, unit string }{
	{"_seconds", "秒"}, {"_sec", "秒"}, {"_minutes", "分钟"}, {"_ms", "毫秒"}, {"_hours", "小时"},
}

// plainNotes are units, formats and conventions, and the user's own remark.
func (b *builder) plainNotes(a *attribute, c Column) (notes []string) {
	title, rule := a.guess.Title, a.guess.Rule
	switch {
	case isMoney(a) && a.fen:
		notes = append(notes, "分")
	case isMoney(a) && strings.HasPrefix(c.Type, "DECIMAL"):
		notes = append(notes, "元")
	case strings.HasPrefix(c.Type, "JSON"):
		notes = append(notes, "JSON")
	case rule == "R068" || rule == "R069" || rule == "R070":
		notes = append(notes, "GCJ-02")
	case rule == "R071" && c.Type == "CHAR(6)":
		notes = append(notes, "GB/T 2260六位代码")
	case rule == "R080" && c.Null == "NULL" && hasAny(title, "失效", "到期", "过期", "有效期"):
		notes = append(notes, "NULL表示长期有效")
	case strings.Contains(title, "心跳") && isTimeType(c.Type) && b.hasCache() && b.keepsOrders(a):
		notes = append(notes, "由Redis批量回写")
	}
	for _, u := range unitEndings {
		if strings.HasSuffix(c.Name, u.ending) && strings.HasSuffix(c.Type, "UNSIGNED") && !strings.Contains(title, u.unit) {
			notes = append(notes, u.unit)
		}
	}
	return append(notes, a.guess.Comment, strings.TrimSpace(a.Attr.Comment))
}

// keepsOrders is false for heartbeats that are events themselves.
func (b *builder) keepsOrders(a *attribute) bool { return a.guess.Rule != "R084" }

func (b *builder) hasCache() bool {
	_, ok := b.firstOf("cache")
	return ok
}

func isTimeType(typ string) bool {
	name, _ := capacity.ParseType(typ)
	return isTime(name)
}

func (b *builder) hmac() string {
	if b.brief.System.GMCrypto {
		return "HMAC-SM3"
	}
	return "HMAC-SHA256"
}

// secretComment is the fixed wording of the columns of personal data (domain.md
// §3.3, decisions.md 24).
func (b *builder) secretComment(a *attribute, c Column) string {
	title := a.guess.Title
	switch c.Part {
	case "cipher":
		if b.brief.System.GMCrypto {
			return title + "密文（SM4加密）"
		}
		return title + "密文（SM4/AES-256-GCM加密）"
	case "hash":
		if _, secret := b.secrecy(a); !secret {
			return title + "摘要（SHA-256，十六进制，用于唯一约束）"
		}
		if b.brief.System.GMCrypto {
			return title + "摘要（HMAC-SM3，十六进制，用于等值查询）"
		}
		return title + "摘要（HMAC，十六进制，用于等值查询）"
	}
	if like := secrets[a.guess.Rule].like; like != "" {
		return title + "脱敏值，如" + like
	}
	return title + "脱敏值"
}
