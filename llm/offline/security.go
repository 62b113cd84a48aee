package offline

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// lawNames are the compliance values as a chapter names them.
var lawNames = map[string]string{"PIPL": "个人信息保护法", "PCI": "PCI DSS"}

// security is T05: what is encrypted, what is sensitive beyond that, what
// happens at the end.
func (w *writer) security() chapter.Item {
	const label = "数据安全"
	var laws []string
	for _, c := range w.sys.Compliance {
		if c == "无" {
			continue
		}
		if l, ok := lawNames[c]; ok {
			c = l
		}
		laws = append(laws, inline(c))
	}
	goal := "未声明合规目标"
	if len(laws) > 0 {
		goal = "合规目标为" + strings.Join(laws, "、")
	}
	secrets := w.secretColumns()
	if len(secrets) == 0 && len(w.trails()) == 0 {
		return item(label, fmt.Sprintf("%s：%d张业务表未识别到需加密的个人信息，数据库账号按服务隔离、只授予本库增删改查", goal, len(w.business(nil))),
			w.tenantSafety(), w.digests(), "备份文件加密保存，导出与批量查询留痕不少于190天")
	}
	var clauses []string
	if len(secrets) > 0 {
		clauses = append(clauses, goal+"："+strings.Join(secrets, "，")+"，密钥由KMS托管并每年轮换")
	} else {
		clauses = append(clauses, goal)
	}
	clauses = append(clauses, w.trails()...)
	clauses = append(clauses, w.tenantSafety(), w.cardSafety(), w.deletion(), w.digests())
	return item(label, clauses...)
}

// secretColumns are 手机号以密文+HMAC摘要+脱敏值三列存储, a clause for each way.
func (w *writer) secretColumns() []string {
	cipher, hash := "密文", "HMAC摘要"
	if w.sys.GMCrypto {
		cipher, hash = "SM4密文", "HMAC-SM3摘要"
	}
	ways := []struct{ parts, text string }{
		{"cipher,hash,mask", "以" + cipher + "+" + hash + "+脱敏值三列存储"},
		{"cipher,mask", "以" + cipher + "+脱敏值两列存储"},
		{"cipher,hash", "以" + cipher + "+" + hash + "两列存储"},
		{"cipher", "以" + cipher + "单列存储"},
	}
	found := map[string][]string{}
	for _, t := range w.business(nil) {
		parts := map[string][]string{}
		var order []string
		for _, c := range t.Columns {
			if c.Part == "" {
				continue
			}
			name := zh(t, c.Name)
			if parts[name] == nil {
				order = append(order, name)
			}
			parts[name] = append(parts[name], c.Part)
		}
		for _, name := range order {
			p := parts[name]
			slices.Sort(p)
			key := strings.Join(p, ",")
			found[key] = append(found[key], name)
		}
	}
	var out []string
	for _, way := range ways {
		if names := unique(found[way.parts]); len(names) > 0 {
			out = append(out, list(names, 5)+way.text)
		}
	}
	return out
}

// trails are data that become sensitive together: movements, health, minors,
// real names.
func (w *writer) trails() []string {
	var out []string
	if t, column := w.movements(); t != nil {
		keep := ""
		if t.Keep > 0 {
			keep = "，在线保留" + itoa(t.Keep) + "天"
		}
		out = append(out, fmt.Sprintf("%s与%s可还原行踪轨迹，按敏感个人信息管控，限授权范围内查询并留痕%s", bare(zh(t, column)), inline(t.Title), keep))
	}
	if audit := w.auditLog(); audit != nil && w.hasMedical() {
		out = append(out, "病历与诊断按敏感个人信息管控，每次查看、导出写入"+audit.Name+"留痕"+itoa(audit.Keep)+"天")
	}
	if t := w.minors(); t != nil {
		out = append(out, fmt.Sprintf("未满14岁%s的信息按敏感个人信息处理，由%s.birthday识别，收集前取得监护人同意", inline(t.Title), t.Name))
	}
	for _, g := range w.gates() {
		out = append(out, fmt.Sprintf("%s.%s为%s时，充值与使用时长由服务端按实名结果强制限制", g.table.Name, g.column, strings.Join(g.labels, "或")))
	}
	return out
}

// movements is the biggest table that says where a person was when.
func (w *writer) movements() (*design.Table, string) {
	var best *design.Table
	column := ""
	for _, t := range w.business(func(t *design.Table) bool { return kindOf(t, brief.Txn, brief.Event) && t.Entity.Kind != brief.Config }) {
		c := byRule(t, "R021")
		if c == "" || byRule(t, "R081", "R084") == "" {
			continue
		}
		if best == nil || relational(t) && t.Size.Rows > best.Size.Rows {
			best, column = t, c
		}
	}
	return best, column
}

// auditLog is where access is recorded, nil for none.
func (w *writer) auditLog() *design.Table {
	for _, t := range w.business(func(t *design.Table) bool { return kindOf(t, brief.Log) }) {
		if containsAny(t.Name, "audit") {
			return t
		}
	}
	return nil
}

func (w *writer) hasMedical() bool {
	return slices.ContainsFunc(w.business(nil), func(t *design.Table) bool { return byRule(t, "R034") != "" })
}

// minors is the table of learners or children with their birthdays.
func (w *writer) minors() *design.Table {
	for _, t := range w.business(nil) {
		if t.Has("birthday") && containsAny(t.Title, "学员", "学生", "幼儿", "儿童", "孩子") {
			return t
		}
	}
	return nil
}

func (w *writer) tenantSafety() string {
	if !w.sys.MultiTenant {
		return ""
	}
	return "租户数据按tenant_id隔离，连接层强制注入tenant_id条件，超过总量5%的大租户独占库"
}

func (w *writer) cardSafety() string {
	if !w.compliance("PCI") {
		return ""
	}
	return "银行卡只存密文或Token与末4位，卡安全码与PIN授权后不落库"
}

// deletion is for systems with accounts of people.
func (w *writer) deletion() string {
	people := slices.ContainsFunc(w.business(nil), func(t *design.Table) bool {
		return kindOf(t, brief.Master) && slices.ContainsFunc(t.Columns, func(c design.Column) bool { return c.Part == "cipher" })
	})
	if !people {
		return ""
	}
	return "账号注销后删除或匿名化（时限待法务确认，建议15个工作日）"
}

// digests are secrets of which only a digest is kept.
func (w *writer) digests() string {
	var names []string
	for _, t := range w.business(nil) {
		for _, c := range t.Columns {
			if c.Rule == "R096" {
				names = append(names, t.Name+"."+c.Name)
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return strings.Join(names[:min(len(names), 2)], "、") + "只存摘要，原文由KMS托管"
}
