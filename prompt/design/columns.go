package design

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
)

// fillColumns lays out all columns: id, tenant, business, system (domain.md
// §3.2–§3.4). Comments follow when the verdict is known.
func (b *builder) fillColumns(d *draft) {
	if d.hasRowID() {
		d.Columns = append(d.Columns, Column{
			Name: "id", Type: "BIGINT", Null: "NOT NULL", Comment: d.Title + "ID", Bytes: 8, System: true,
		})
		d.Primary = []string{"id"}
	}
	if b.tenanted(d) && d.attrNamed("tenant_id") == nil {
		d.add(Column{Name: "tenant_id", Type: "BIGINT", Null: "NOT NULL", Comment: "租户ID", Bytes: 8, System: true})
	}
	for _, a := range d.attrs {
		a.columns = b.expand(d, a)
		for _, c := range a.columns {
			d.add(c)
		}
	}
	if d.Dialect == ClickHouse {
		d.add(Column{
			Name: "ingested_at", Type: "DATETIME", Null: "NOT NULL DEFAULT CURRENT_TIMESTAMP",
			Comment: "入库时间", Bytes: 5, System: true,
		})
		return
	}
	b.systemColumns(d)
}

// add appends a column unless a business column has that name already.
func (d *draft) add(c Column) {
	if !d.Has(c.Name) {
		d.Columns = append(d.Columns, c)
	}
	if _, known := d.stored[c.Name]; !known {
		d.stored[c.Name] = c.Name
	}
}

// hasRowID says whether rows have our own id: not where the engine brings one
// or sorts by something else (domain.md §3.4).
func (d *draft) hasRowID() bool {
	return d.Dialect.Relational() || d.Dialect == Doris
}

// tenanted says whether the table carries tenant_id (decisions.md 26).
func (b *builder) tenanted(d *draft) bool {
	return b.brief.System.MultiTenant && d.Name != "tenant" && d.Name != "tenants"
}

func (d *draft) attrNamed(column string) *attribute {
	for _, a := range d.attrs {
		if slices.Contains(a.names, column) || a.Attr.Column == column || a.Attr.Name == column {
			return a
		}
	}
	return nil
}

// hasStatus says whether rows of the entity go through states.
func (d *draft) hasStatus() bool {
	return slices.ContainsFunc(d.attrs, func(a *attribute) bool { return a.guess.Rule == "R091" })
}

func (d *draft) tagged(tag string) bool { return slices.Contains(d.Entity.Tags, tag) }

// optimistic says whether rows are changed by condition on a version.
func (d *draft) optimistic() bool {
	switch d.Entity.Kind {
	case brief.Txn, brief.Config, brief.Counter:
		return true
	}
	return d.tagged("money") && d.hasStatus()
}

// systemColumns follow the business columns in a fixed order (domain.md §3.4).
func (b *builder) systemColumns(d *draft) {
	names, kind := b.house.audit(), d.Entity.Kind
	for usual, own := range map[string]string{"created_at": names.CreatedAt, "updated_at": names.UpdatedAt} {
		if _, business := d.stored[usual]; !business {
			d.stored[usual] = own
		}
	}
	if d.optimistic() {
		d.add(Column{Name: names.Version, Type: "INT UNSIGNED", Null: "NOT NULL DEFAULT 0", Comment: "乐观锁版本号", Bytes: 4, System: true})
	}
	if d.Entity.SoftDelete.Or(kind == brief.Master) && d.Dialect != Search {
		d.add(softDelete(names, len(d.keys) > 0))
	}
	if d.tagged("audit") {
		d.add(Column{Name: names.CreatedBy, Type: "BIGINT", Null: "NOT NULL DEFAULT 0", Comment: "创建人ID", Bytes: 8, System: true})
		d.add(Column{Name: names.UpdatedBy, Type: "BIGINT", Null: "NOT NULL DEFAULT 0", Comment: "更新人ID", Bytes: 8, System: true})
	}
	if d.Dialect == Search {
		return
	}
	clock, now := b.clock(), "CURRENT_TIMESTAMP"
	if kind == brief.Event || kind == brief.Ledger {
		clock, now = clock+"(3)", now+"(3)"
	}
	d.add(Column{
		Name: names.CreatedAt, Type: clock, Null: "NOT NULL DEFAULT " + now, Comment: "创建时间",
		Bytes: capacity.ColumnBytes(clock), System: true,
	})
	if kind == brief.Event || kind == brief.Log || kind == brief.Ledger && !d.hasStatus() {
		return
	}
	d.add(Column{
		Name: names.UpdatedAt, Type: b.clock(), Null: "NOT NULL DEFAULT CURRENT_TIMESTAMP",
		Extra: "ON UPDATE CURRENT_TIMESTAMP", Comment: "更新时间", Bytes: 5, System: true,
	})
}

func softDelete(names AuditColumns, unique bool) Column {
	if unique {
		return Column{
			Name: "delete_token", Type: "BIGINT", Null: "NOT NULL DEFAULT 0", Bytes: 8, System: true,
			Comment: "逻辑删除标记：0-未删除，非0-已删除（写入主键id）",
		}
	}
	return Column{Name: names.IsDeleted, Type: "TINYINT", Null: "NOT NULL DEFAULT 0", Comment: "逻辑删除：0-否，1-是", Bytes: 1, System: true}
}

// clock is the type of a moment (domain.md §1.2 time_type).
func (b *builder) clock() string {
	if b.brief.System.TimeType == "timestamp" {
		return "TIMESTAMP"
	}
	return "DATETIME"
}

// nullability is the null clause of a plain column: the rule's default, mended
// for ?, enums and unique keys (domain.md §3.2).
func (a *attribute) nullability() (null, extra string) {
	null, extra, _ = strings.Cut(strings.Replace(a.guess.Null, "PK", "NOT NULL", 1), " ON UPDATE ")
	if extra != "" {
		extra = "ON UPDATE " + extra
	}
	switch {
	case a.Default.Set && usable(a.Default.V, a.typ):
		null = "NOT NULL DEFAULT " + literal(a.Default.V, a.typ)
	case a.Nullable && !a.emptyWhenUnknown():
		return "NULL", ""
	case a.Nullable:
		return "NOT NULL DEFAULT ''", ""
	case len(a.Enum) > 0 && a.guess.Rule == "R092":
		return "NOT NULL", ""
	case len(a.Enum) > 0 && !usable(a.Enum[0].Code, a.typ):
		null = "NOT NULL"
	case len(a.Enum) > 0:
		null = "NOT NULL DEFAULT " + literal(a.Enum[0].Code, a.typ)
	default:
		null = fitDefault(null, a.typ)
	}
	if a.lookupAlone() {
		null, _, _ = strings.Cut(null, " DEFAULT")
	}
	if !isTimeType(a.typ) {
		extra = ""
	}
	return clocked(strings.TrimSpace(null), a.typ), clocked(extra, a.typ)
}

// clocked gives CURRENT_TIMESTAMP the precision of the type, as MySQL asks.
func clocked(clause, typ string) string {
	_, args := capacity.ParseType(typ)
	if !isTimeType(typ) || len(args) == 0 || strings.Contains(clause, "TIMESTAMP(") {
		return clause
	}
	return strings.ReplaceAll(clause, "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP("+itoa(args[0])+")")
}

// lookupAlone is a column that is a unique key by itself: a default would
// collide with itself.
func (a *attribute) lookupAlone() bool { return a.unique && !a.Default.Set }

// emptyWhenUnknown says whether ? means ” rather than NULL.
func (a *attribute) emptyWhenUnknown() bool {
	name, _ := capacity.ParseType(a.typ)
	text := name == "VARCHAR" || name == "CHAR"
	return text && !a.unique && a.ref == nil && a.guess.Null != "NULL" && a.level() != "P2" && a.level() != "P3"
}

// fitDefault keeps the rule's default where the type can have it, in the form
// of the type; a type of the user's may be another than the rule's.
func fitDefault(null, typ string) string {
	head, def, has := strings.Cut(null, " DEFAULT ")
	name, _ := capacity.ParseType(typ)
	text := name == "VARCHAR" || name == "CHAR"
	value := strings.Trim(def, "'")
	switch {
	case !has:
		return null
	case text != strings.HasPrefix(def, "'"):
		value = map[bool]string{true: "", false: "0"}[text]
	case integerBits[name] > 0:
		value, _, _ = strings.Cut(value, ".")
	}
	if strings.HasPrefix(def, "CURRENT_TIMESTAMP") {
		value = "CURRENT_TIMESTAMP"
	}
	if !usable(value, typ) {
		return head
	}
	if name == "DECIMAL" && strings.Trim(value, "0.") == "" {
		return head + " DEFAULT " + zeroDecimal(typ)
	}
	return head + " DEFAULT " + literal(value, typ)
}

// zeroDecimal writes zero with the scale of the type.
func zeroDecimal(typ string) string {
	_, args := capacity.ParseType(typ)
	if len(args) < 2 || args[1] == 0 {
		return "0"
	}
	return "0." + strings.Repeat("0", args[1])
}

func isTime(name string) bool { return name == "DATETIME" || name == "TIMESTAMP" }

func isLarge(name string) bool {
	return strings.HasSuffix(name, "TEXT") || strings.HasSuffix(name, "BLOB") || name == "JSON"
}
