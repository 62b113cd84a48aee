package ddl

import (
	"slices"
	"strings"
)

// notInExpressions are functions whose value changes from call to call.
var notInExpressions = strings.Fields(`now current_timestamp current_date current_time curdate curtime sysdate localtime
	localtimestamp utc_date utc_time utc_timestamp rand uuid uuid_short connection_id current_user user session_user
	system_user database schema version last_insert_id row_count found_rows sleep benchmark get_lock release_lock`)

// mysqlExpressions checks generated columns (3102…3109) and checks
// (3812…3822).
func mysqlExpressions(k *tableCheck) {
	for i, c := range k.Columns {
		if c.Generated == nil {
			continue
		}
		k.readsColumns(UnknownColumn, c.Generated, c.Block, c.Name, "生成列 "+c.Name)
		k.deterministic(c.Generated, c.Block, "生成列 "+c.Name)
		for _, n := range c.Generated.Columns {
			other, ok := k.Column(n)
			if ok && other.Generated != nil && slices.Index(k.Columns, other) >= i {
				k.failColumn(BadExpression, c, "生成列 %s 只能引用在它之前定义的生成列，%s 在它之后", c.Name, n)
			}
		}
		if !c.Stored && k.inPrimary(c.Name) {
			k.failColumn(BadExpression, c, "虚拟生成列 %s 不能作主键，请改为 STORED", c.Name)
		}
	}
	for _, ch := range k.Checks {
		k.readsColumns(UnknownColumn, &ch.Expr, ch.Block, cmp(ch.Name, k.Name), "CHECK 约束")
		k.deterministic(&ch.Expr, ch.Block, "CHECK 约束")
		for _, n := range ch.Expr.Columns {
			if ch.Inline && !strings.EqualFold(n, ch.Column) {
				k.fail(BadExpression, ch.Pos, ch.Block, cmp(ch.Name, k.Name), "列 %s 后面的 CHECK 引用了别的列 %s，请写成表级 CHECK", ch.Column, n)
			}
		}
	}
	k.duplicateSymbols()
}

// readsColumns reports what an expression reads and the table does not have.
func (k *tableCheck) readsColumns(code Code, e *Expr, block int, object, what string) {
	for _, n := range e.Columns {
		if k.unknown(n) {
			k.fail(code, e.Pos, block, object, "%s 引用了不存在的列 %s", what, n)
		}
	}
}

func (k *tableCheck) deterministic(e *Expr, block int, what string) {
	for _, t := range lex(MySQL, e.Text) {
		if t.kind == word && slices.Contains(notInExpressions, strings.ToLower(t.text)) && k.unknown(t.text) && strings.Contains(e.Text, t.text+"(") {
			k.fail(BadExpression, e.Pos, block, k.Name, "%s 不能使用结果不固定的函数 %s", what, strings.ToUpper(t.text))
			return
		}
	}
}

// duplicateSymbols are names of checks (3822) and foreign keys (1826), which
// must differ in a whole database.
func (k *tableCheck) duplicateSymbols() {
	say := func(kind, name string, pos Pos, block int) {
		key := kind + " " + k.key(k.Namespace, name)
		owner := k.key(k.Namespace, k.Name)
		if old, taken := k.symbols[key]; taken && (old.table != owner || old.pos != pos || old.block != block) {
			k.fail(DuplicateName, pos, block, name, "%s名 %s 重复", kind, name)
			return
		}
		k.symbols[key] = symbol{owner, pos, block}
	}
	for _, c := range k.Checks {
		if c.Name != "" {
			say(checkName, c.Name, c.Pos, c.Block)
		}
	}
	for _, f := range k.ForeignKeys {
		if f.Name != "" && !f.Inline {
			say(foreignName, f.Name, f.Pos, f.Block)
		}
	}
}
