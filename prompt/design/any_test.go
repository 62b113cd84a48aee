package design_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
)

// scraps are what people and importers put into names, types and defaults.
var scraps = strings.Split("|手机号|id|phone|order_no|订单号|ENUM('a')|VARCHAR(9)|DECIMAL(9,12)|text|BIGINT UNSIGNED|int(11)|'|\\|\n|身份证号|状态|created_at|"+
	"坐标|location|金额|P3|P2|none|users|orders|1|99|-3|CURRENT_TIMESTAMP|时间|sys|`x`|--|*/|备注|主键|JSON|DATE|链接|link_url|user_id|tenant_id|"+
	"is_ok|图片列表|delete_token|version|updated_at|VARCHAR(70000)|char(300)|VARCHAR(3000)|2027-01-01", "|")

var kinds = []brief.Kind{
	brief.Master, brief.Config, brief.Txn, brief.Detail, brief.Ledger, brief.Relation, brief.Event, brief.Log, brief.Counter, brief.Snapshot, "",
}

// Whatever half a brief the wizard holds while somebody types, designing it
// ends, and what comes out is DDL.
func TestAnyBrief(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		engine := engines[rnd.IntN(len(engines))]
		r := shop(engine)
		r.System.MultiTenant = rnd.IntN(3) == 0
		r.System.MoneyType = []string{"decimal", "fen"}[rnd.IntN(2)]
		r.System.TimeType = []string{"datetime", "timestamp"}[rnd.IntN(2)]
		r.BindingTables = [][][]string{nil, {{"orders", "stocks", "operation_logs"}, {"users", "nothing"}}}[rnd.IntN(2)]
		for i := range r.Entities {
			scramble(rnd, &r.Entities[i])
		}
		d := design.New(r, design.House{})
		for _, table := range d.Tables {
			checkTable(t, engine, table)
			for _, p := range ddl.Parse(ddl.Dialect(table.Dialect), d.DDL(table)).Problems {
				t.Errorf("%s: %d:%d %s\n%s", engine, p.Line, p.Column, p.Message, d.DDL(table))
			}
		}
	}
}

func scramble(rnd *rand.Rand, e *brief.Entity) {
	some := func() string { return scraps[rnd.IntN(len(scraps))] }
	often := func(n int) bool { return rnd.IntN(n) == 0 }
	e.Kind = kinds[rnd.IntN(len(kinds))]
	e.Volume.RowsPerDay = brief.Some(int64(1) << rnd.IntN(26))
	e.Volume.RetentionDays = brief.Some([]int{0, 7, 365, 3000}[rnd.IntN(4)])
	for range rnd.IntN(4) {
		a := brief.Attr{Name: some(), Column: some(), PII: some(), Ref: some(), Comment: some(), Unique: often(3), Nullable: often(3)}
		if often(2) {
			a.Type = some()
		}
		if often(3) {
			a.Default = brief.Some(some())
		}
		if often(3) {
			a.Enum = []brief.EnumValue{{Code: some(), Label: some()}, {Code: "2", Label: some()}}
		}
		if often(5) {
			a.Len = brief.Some(rnd.IntN(3000))
		}
		e.Attrs = append(e.Attrs, a)
	}
	for range rnd.IntN(3) {
		e.Access = append(e.Access, brief.Access{
			Op: []string{"get", "uk", "list", "scan", "search"}[rnd.IntN(5)], Eq: []string{some(), some()}[:1+rnd.IntN(2)],
			Sort: some(), Range: some(), Select: []string{some()},
		})
	}
}
