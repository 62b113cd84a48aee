package design

import (
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/capacity"
	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

// attribute is one attribute of an entity with what the rules make of it.
type attribute struct {
	*brief.Attr
	guess   infer.Guess
	names   []string // columns before personal data is expanded; two for coordinates
	typ     string   // MySQL type of each
	bytes   int
	ref     *draft // entity it refers to
	target  string // column of ref
	lookup  bool   // searched by equality, or unique
	unique  bool   // # : alone a unique key
	fen     bool   // stored in fen
	secret  bool   // stored as a cipher
	columns []Column
}

// readAttributes asks the rules for every attribute.
func (b *builder) readAttributes(d *draft) {
	taken := map[string]bool{}
	for i := range d.Entity.Attrs {
		a := &attribute{Attr: &d.Entity.Attrs[i]}
		a.guess = infer.Column(a.Name, a.Column)
		a.unique = a.Unique
		switch {
		case a.guess.Rejected:
			b.assume(brief.Assumption{
				Path: b.attrPath(d, i, "name"), Label: d.Title + "." + a.Name, Value: "不落库",
				Rule: "V53", Effect: "卡安全码与PIN禁止存储，未生成列",
			})
			continue
		case a.guess.Column == "id":
			continue
		}
		a.names = a.guess.Split()
		b.setType(d, a, i)
		for j, n := range a.names {
			a.names[j] = b.freeName(d, n, taken)
		}
		d.attrs = append(d.attrs, a)
		d.stored[a.names[0]] = a.names[0]
		for _, name := range []string{a.Name, a.Column, a.guess.Column} {
			if _, known := d.stored[name]; !known && name != "" {
				d.stored[name] = a.names[0]
			}
		}
	}
}

// freeName is a legal column name that the table does not have yet
// (decisions.md 28).
func (b *builder) freeName(d *draft, name string, taken map[string]bool) string {
	safe, changed := infer.Safe(name)
	if changed {
		b.assume(brief.Assumption{
			Path: "entities", Label: d.Title + "." + name, Value: safe,
			Rule: "domain.md §3.1", Effect: "列名与保留字或命名规则冲突，已改名",
		})
	}
	base := safe
	for n := 2; taken[safe]; n++ {
		safe = base + "_" + string(rune('0'+n%10))
	}
	taken[safe] = true
	return safe
}

// ourColumns are columns that keys rely on, whoever named them.
var ourColumns = []string{"tenant_id", infer.DeleteToken}

// setType is the stored type: the user's, an enum's, or the rule's.
func (b *builder) setType(d *draft, a *attribute, i int) {
	a.typ, a.bytes = a.guess.Type, a.guess.AvgBytes
	if len(a.names) > 1 {
		a.bytes /= len(a.names)
	}
	own, known := sqlType(a.Type)
	if a.Type != "" && !known {
		b.assume(brief.Assumption{
			Path: b.attrPath(d, i, "type"), Label: d.Title + "." + a.Name, Value: a.typ,
			Rule: "V49", Effect: "类型 " + a.Type + " 无法使用，按属性名推断",
		})
	}
	switch {
	case slices.Contains(ourColumns, a.names[0]):
		a.typ, a.bytes = "BIGINT", 8
	case known:
		a.typ = own
		a.bytes = capacity.ColumnBytes(a.typ)
	case len(a.Enum) > 0 && numericEnum(a.Enum):
		a.typ, a.bytes = "TINYINT", 1
	case len(a.Enum) > 0:
		a.typ, a.bytes = "VARCHAR(32)", capacity.ColumnBytes("VARCHAR(32)")
	case isMoney(a) && finePrice(a.guess.Title):
		a.typ = "DECIMAL(18,6)"
		a.bytes = capacity.ColumnBytes(a.typ)
	case isMoney(a) && b.brief.System.MoneyType == "fen":
		b.countFen(d, a, i)
	}
	if a.Len.Set && a.Len.V > 0 {
		if name, _ := capacity.ParseType(a.typ); name == "VARCHAR" || name == "CHAR" {
			a.typ = bounded(name + "(" + itoa(a.Len.V) + ")")
			a.bytes = capacity.ColumnBytes(a.typ)
		}
	}
	if b.brief.System.TimeType == "timestamp" {
		a.typ = strings.Replace(a.typ, "DATETIME", "TIMESTAMP", 1)
	}
}

// countFen stores money as whole fen and says so in a name that the user did
// not choose (decisions.md 27).
func (b *builder) countFen(d *draft, a *attribute, i int) {
	a.typ, a.bytes, a.fen = "BIGINT", 8, true
	named := a.Column != "" && b.brief.Source(b.attrPath(d, i, "column")) == brief.FromBrief
	if !named && !strings.HasSuffix(a.names[0], "_fen") {
		d.stored[a.names[0]] = a.names[0] + "_fen"
		a.names[0] += "_fen"
	}
}

// isMoney says whether a money rule typed the attribute (domain.md §3.2).
func isMoney(a *attribute) bool {
	return (a.guess.Rule == "R050" || a.guess.Rule == "R051") && len(a.Enum) == 0
}

// finePrice says whether a price may be below a cent (domain.md §3.2).
func finePrice(title string) bool {
	return (strings.Contains(title, "流量") || strings.Contains(title, "算力") || strings.Contains(strings.ToLower(title), "token")) &&
		(strings.Contains(title, "价") || strings.Contains(title, "费"))
}

// numericEnum says whether states are stored as TINYINT: at most twenty codes
// 0…127 (domain.md §3.2).
func numericEnum(values []brief.EnumValue) bool {
	return len(values) <= 20 && !slices.ContainsFunc(values, func(v brief.EnumValue) bool {
		n, err := atoi(v.Code)
		return err != nil || n < 0 || n > 127
	})
}

// spoken are type names that people write, in MySQL's words.
var spoken = map[string]string{
	"STRING": "VARCHAR(255)", "VARCHAR": "VARCHAR(255)", "CHAR": "CHAR(1)", "LONG": "BIGINT", "INTEGER": "INT", "BOOL": "TINYINT",
	"BOOLEAN": "TINYINT", "DECIMAL": "DECIMAL(18,2)", "NUMERIC": "DECIMAL(18,2)", "MONEY": "DECIMAL(18,2)", "TIMESTAMPTZ": "DATETIME",
	"JSONB": "JSON", "BYTEA": "BLOB", "UUID": "CHAR(36)", "FLOAT": "DOUBLE", "REAL": "DOUBLE", "CLOB": "TEXT", "NUMBER": "BIGINT",
}

// typeForm is a MySQL type we write: ENUM and SET are not among them, because
// a new value would need a table change (domain.md §3.2).
var typeForm = pattern.New(`^(?:(?:BIG|MEDIUM|SMALL|TINY)?INT(?: UNSIGNED)?|(?:VAR)?(?:CHAR|BINARY)\([1-9]\d{0,4}\)|DECIMAL\([1-9]\d?,\d\d?\)|` +
	`DATE|(?:DATETIME|TIMESTAMP)(?:\([1-6]\))?|DOUBLE|JSON|(?:TINY|MEDIUM|LONG)?(?:TEXT|BLOB))$`)

// sqlType is the type a user wrote in MySQL's words; false when it is none we
// write.
func sqlType(s string) (string, bool) {
	s = strings.Join(strings.Fields(strings.ToUpper(s)), " ")
	if t, ok := spoken[s]; ok {
		return t, true
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, ", ", ","), " (", "(")
	return bounded(s), typeForm.MatchString(s)
}

// resolveRefs finds what each attribute refers to: the column of the same name
// if that is a unique key of the target, else its id (domain.md §3.2).
func (b *builder) resolveRefs(d *draft) {
	for _, a := range d.attrs {
		t := b.byName[a.Ref]
		if t == nil {
			continue
		}
		a.ref, a.target = t, "id"
		for _, x := range t.attrs {
			if x.Unique && x.names[0] == a.names[0] && x.ref == nil && x != a {
				a.target, a.typ, a.bytes = x.names[0], x.typ, x.bytes
			}
		}
		if _, own := sqlType(a.Type); a.target == "id" && !own {
			a.typ, a.bytes = "BIGINT", 8
		}
	}
	for _, a := range d.attrs {
		_, a.secret = b.secrecy(a)
	}
}
