package ddl

import (
	"math/big"
	"slices"
	"strings"
)

// bound is the value of one partition bound.
type bound struct {
	max  bool
	num  *big.Rat // whole numbers, and dates of functions
	text string   // texts, dates and times in a form that sorts
	kind ExprKind
}

// less orders two bounds of the same kind.
func (a bound) less(b bound) bool {
	switch {
	case a.max || b.max:
		return !a.max
	case a.num != nil && b.num != nil:
		return a.num.Cmp(b.num) < 0
	}
	return a.text < b.text
}

func (a bound) equal(b bound) bool { return !a.less(b) && !b.less(a) }

// ascending is errors 1493, 1481, 1653, 1654 and 1697.
func (k *tableCheck) ascending(p *Partition) {
	var last []bound
	for i, sh := range p.Parts {
		if sh.LessThan == nil {
			return
		}
		cur, ok := k.partitionBounds(p, sh, sh.LessThan)
		if !ok {
			return
		}
		if len(cur) == 1 && cur[0].max && i < len(p.Parts)-1 {
			k.failPartition(PartitionRule, sh.Pos, "MAXVALUE 只能用于最后一个分区，%s 不是", sh.Name)
			return
		}
		if last != nil && slices.CompareFunc(last, cur, compareBounds) >= 0 {
			k.failPartition(PartitionRule, sh.Pos, "分区 %s 的边界未递增", sh.Name)
		}
		last = cur
	}
}

func compareBounds(a, b bound) int {
	switch {
	case a.less(b):
		return -1
	case b.less(a):
		return 1
	}
	return 0
}

// partitionBounds are the values of a partition; ok is false after a complaint
// and when an expression cannot be computed here.
func (k *tableCheck) partitionBounds(p *Partition, sh Shard, es []Expr) (out []bound, ok bool) {
	columns := strings.HasSuffix(p.Kind, "columns")
	want := 1
	if columns {
		want = len(p.Columns)
	}
	if len(es) != want {
		k.failPartition(PartitionRule, sh.Pos, "分区 %s 有 %d 个边界值，应有 %d 个", sh.Name, len(es), want)
		return nil, false
	}
	for i, e := range es {
		if e.Kind == MaxValue {
			out = append(out, bound{max: true})
			continue
		}
		var b bound
		if columns {
			c, _ := k.Column(p.Columns[i])
			b, ok = columnBound(c, e)
		} else {
			b, ok = exprBound(e)
		}
		if !ok {
			if e.Kind != Other && e.Kind != Func {
				k.failPartition(PartitionRule, sh.Pos, "分区 %s 的边界值 %s 与分区键的类型不符", sh.Name, shown(e.Text))
			}
			return nil, false
		}
		out = append(out, b)
	}
	return out, true
}

// exprBound is the value of a bound of RANGE(expr) or LIST(expr), which must
// be a whole number.
func exprBound(e Expr) (bound, bool) {
	switch {
	case e.Kind == NullWord:
		return bound{kind: NullWord}, true
	case e.Kind == Number:
		n, ok := numeral(e.Value)
		return bound{num: n}, ok && n.IsInt()
	case e.Kind == Func && len(e.Args) == 1:
		m, ok := readMoment(e.Args[0].Value)
		if !ok {
			return bound{}, false
		}
		value := 0
		switch e.Value {
		case "to_days":
			value = m.days()
		case "year":
			value = m.year
		case "unix_timestamp", "to_seconds":
			value = m.days()*86400 + m.hour*3600 + m.minute*60 + m.second
		default:
			return bound{}, false
		}
		return bound{num: big.NewRat(int64(value), 1)}, true
	}
	return bound{}, false
}

// columnBound is the value of a bound of the COLUMNS forms; it must be of the
// column's type.
func columnBound(c *Column, e Expr) (bound, bool) {
	if e.Kind == NullWord {
		return bound{kind: NullWord}, true
	}
	switch {
	case c == nil:
		return bound{}, false
	case c.Type.Integer():
		n, ok := numeral(e.Value)
		return bound{num: n}, ok && e.Kind == Number && n.IsInt()
	case c.Type.Name == "date" || c.Type.Name == "datetime":
		m, ok := readMoment(e.Value)
		return bound{num: big.NewRat(int64(m.days()*86400+m.hour*3600+m.minute*60+m.second), 1)}, ok && e.Kind == String
	}
	return bound{text: strings.ToLower(e.Value)}, e.Kind == String
}

// listValues is error 1495 and the types of the values.
func (k *tableCheck) listValues(p *Partition) {
	var seen [][]bound
	for _, sh := range p.Parts {
		for _, row := range sh.In {
			cur, ok := k.partitionBounds(p, sh, row)
			if !ok {
				return
			}
			if slices.ContainsFunc(seen, func(old []bound) bool { return slices.EqualFunc(old, cur, bound.equal) }) {
				k.failPartition(PartitionRule, sh.Pos, "分区 %s 的值 %s 重复", sh.Name, shown(row[0].Text))
				return
			}
			seen = append(seen, cur)
		}
	}
}
