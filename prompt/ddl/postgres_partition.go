package ddl

import (
	"math/big"
	"slices"
	"strings"
)

// postgresPartitioned checks PARTITION BY: errors 42703, 0A000 and 42P17.
func postgresPartitioned(k *tableCheck) {
	p := k.Partition
	if p == nil || p.Kind == "of" {
		return
	}
	for _, n := range p.Columns {
		if k.unknown(n) {
			k.failPartition(UnknownColumn, p.Pos, "分区键引用了不存在的列 %s", n)
			return
		}
		if c, ok := k.Column(n); ok && c.Generated != nil {
			k.failPartition(PartitionRule, p.Pos, "生成列 %s 不能作分区键", n)
		}
	}
	if !slices.Contains([]string{"range", "list", "hash"}, p.Kind) {
		k.failPartition(PartitionRule, p.Pos, "PostgreSQL 没有 %s 分区，只有 RANGE、LIST、HASH", strings.ToUpper(p.Kind))
		return
	}
	if p.Kind == "list" && len(p.Columns) > 1 {
		k.failPartition(PartitionRule, p.Pos, "LIST 分区只能有一列")
	}
	for _, ix := range k.Keys() {
		if !ix.Unique {
			continue
		}
		for _, n := range p.Columns {
			if p.Expr != nil || !slices.ContainsFunc(ix.Parts, func(part Part) bool { return part.Column == n }) {
				k.fail(PartitionKey, ix.Pos, ix.Block, cmp(ix.Name, k.Name), "分区键 %s 未包含在%s中，PostgreSQL 会拒绝建表", n, uniqueLabel(ix))
				break
			}
		}
	}
}

// postgresPartitionOf checks a partition against its parent and its sisters:
// errors 42P01 and 42P17. What fits becomes one of the parent's parts.
func postgresPartitionOf(k *tableCheck) {
	if k.PartitionOf == "" || k.Partition == nil || len(k.Partition.Parts) == 0 {
		return
	}
	sh := k.Partition.Parts[0]
	e := k.find("", k.PartitionOf)
	switch {
	case e == nil:
		k.failPartition(UnknownTable, k.NameAt, "分区 %s 的父表 %s 不存在", k.Name, k.PartitionOf)
		return
	case e.Partition == nil || e.Partition.Kind == "of":
		if !e.broken {
			k.failPartition(PartitionRule, k.NameAt, "父表 %s 没有 PARTITION BY", e.Name)
		}
		return
	case slices.ContainsFunc(e.Partition.Parts, func(s Shard) bool { return s.Name == sh.Name }):
		return // checked before
	}
	k.inherit(e.Table)
	if k.fitsParent(e.Partition, sh) {
		for _, old := range e.Partition.Parts {
			k.overlap(e.Table, old, sh)
		}
	}
	e.Partition.Parts = append(e.Partition.Parts, sh)
}

// inherit gives a partition the columns of its parent.
func (k *tableCheck) inherit(parent *Table) {
	if len(k.Columns) == 0 {
		k.Columns, k.Derived = parent.Columns, parent.Derived
	}
}

func (k *tableCheck) fitsParent(p *Partition, sh Shard) bool {
	switch {
	case sh.Default:
		return true
	case p.Kind == "range" && (sh.From == nil || sh.To == nil):
		k.failPartition(PartitionRule, sh.Pos, "RANGE 分区 %s 要写 FOR VALUES FROM … TO …", sh.Name)
	case p.Kind == "list" && sh.In == nil:
		k.failPartition(PartitionRule, sh.Pos, "LIST 分区 %s 要写 FOR VALUES IN", sh.Name)
	case p.Kind == "range" && (len(sh.From) != len(p.Columns) || len(sh.To) != len(p.Columns)) && p.Expr == nil:
		k.failPartition(PartitionRule, sh.Pos, "分区 %s 的边界值个数应为 %d", sh.Name, len(p.Columns))
	case p.Kind == "range" && slices.CompareFunc(sh.From, sh.To, compareExprs) >= 0:
		k.failPartition(PartitionRule, sh.Pos, "分区 %s 的边界未递增：FROM 应小于 TO", sh.Name)
	case !k.boundsFit(p, sh):
		k.failPartition(PartitionRule, sh.Pos, "分区 %s 的边界值与分区键的类型不符", sh.Name)
	default:
		return true
	}
	return false
}

// boundsFit says whether the bounds can be values of the partition columns.
func (k *tableCheck) boundsFit(p *Partition, sh Shard) bool {
	for _, row := range append([][]Expr{sh.From, sh.To}, sh.In...) {
		for i, e := range row {
			if p.Expr != nil || i >= len(p.Columns) || e.Kind == MaxValue {
				continue
			}
			if c, ok := k.Column(p.Columns[i]); ok && !k.postgresFits(c.Type, &e) {
				return false
			}
		}
	}
	return true
}

// overlap compares a new partition with an old one.
func (k *tableCheck) overlap(parent *Table, old, sh Shard) {
	same := func(a, b []Expr) bool { return compareExprs(a[0], b[0]) == 0 }
	switch {
	case old.Default && sh.Default:
		k.failPartition(PartitionRule, sh.Pos, "%s 已有 DEFAULT 分区 %s", parent.Name, old.Name)
	case old.From != nil && sh.From != nil && old.To != nil && sh.To != nil:
		if slices.CompareFunc(sh.From, old.To, compareExprs) < 0 && slices.CompareFunc(old.From, sh.To, compareExprs) < 0 {
			k.failPartition(PartitionRule, sh.Pos, "分区 %s 与 %s 的范围重叠", sh.Name, old.Name)
		}
	case old.In != nil && sh.In != nil:
		for _, v := range sh.In {
			if slices.ContainsFunc(old.In, func(o []Expr) bool { return same(o, v) }) {
				k.failPartition(PartitionRule, sh.Pos, "分区 %s 的值 %s 已属于 %s", sh.Name, v[0].Text, old.Name)
			}
		}
	}
}

// compareExprs orders bounds: MINVALUE, dates and numbers, MAXVALUE. Bounds
// that need computing are equal to themselves only.
func compareExprs(a, b Expr) int {
	ra, rb := rank(a), rank(b)
	if ra != rb || ra != 0 {
		return ra - rb
	}
	x, okx := exact(a)
	y, oky := exact(b)
	if okx && oky {
		return x.Cmp(y)
	}
	return strings.Compare(a.Value+a.Text, b.Value+b.Text)
}

func rank(e Expr) int {
	switch {
	case e.Kind == MaxValue && e.Value == "minvalue":
		return -1
	case e.Kind == MaxValue:
		return 1
	}
	return 0
}

// exact is a bound as a number: seconds for dates and times.
func exact(e Expr) (*big.Rat, bool) {
	if e.Kind == Number {
		return numeral(e.Value)
	}
	v, _, _ := strings.Cut(e.Value, "+")
	if m, ok := readMoment(v); ok && e.Kind == String && len(v) >= 8 {
		return big.NewRat(int64(m.days()*86400+m.hour*3600+m.minute*60+m.second), 1), true
	}
	if n, ok := numeral(e.Value); ok && e.Kind == String {
		return n, true
	}
	return nil, false
}
