package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/capacity"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
	"dbchapter/prompt/pattern"
)

// routedSplits are the tables that the application splits.
func (in *input) routedSplits(visit func(s split, t *ddl.Table)) {
	for _, s := range in.facts.splits {
		if s.table != nil && s.app() && (likeMySQL(s.table) || s.table.Dialect == ddl.Neutral) {
			visit(s, s.table)
		}
	}
}

func shardedAutoIncrement(in *input) []hit {
	var out []hit
	in.routedSplits(func(_ split, t *ddl.Table) {
		for _, c := range t.Columns {
			if c.AutoIncrement && !c.AutoRandom {
				out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name).offer("改为雪花ID：BIGINT PRIMARY KEY，由应用生成").propose(in.without(c, autoIncrement)))
			}
		}
	})
	return out
}

// shardedUnique: a unique key holds in one shard only, unless it contains the
// shard key, carries a gene, or the strategy names it and says what is done.
func shardedUnique(in *input) []hit {
	var out []hit
	in.routedSplits(func(s split, t *ddl.Table) {
		if len(s.cols)+len(s.coded) == 0 {
			return
		}
		for _, ix := range uniqueKeys(t) {
			cols := ix.Columns()
			ok := ix.Name != "" && mentions(s.text(), ix.Name)
			for _, c := range cols {
				ok = ok || s.routes(c) || in.carriesGene(t, c)
			}
			if !ok {
				out = append(out, say(ix.Line, t.Name+"."+keyName(ix), t.Name, keyName(ix)).offer("让 %s 携带分片基因，或在该表分片小节说明兜底（如每日对账）", strings.Join(cols, "、")))
			}
		}
	})
	return out
}

var timeColumn = pattern.New(`(?:_at|_time|_date|date|time|_day|_on)$`)

// timeShardedQueries: unique keys and index heads that are no times are what
// people search by.
func timeShardedQueries(in *input) []hit {
	var out []hit
	in.routedSplits(func(s split, t *ddl.Table) {
		if !s.byTime {
			return
		}
		var keys []string
		for _, ix := range t.Indexes {
			cols := ix.Columns()
			if len(cols) == 0 || slices.ContainsFunc(cols, timeColumn.MatchString) || lowColumns.MatchString(cols[0]) {
				continue
			}
			if name := strings.Join(cols, ","); !slices.Contains(keys, name) {
				keys = append(keys, name)
			}
		}
		if len(keys) > 0 {
			out = append(out, say(s.line, t.Name, t.Name, strings.Join(keys, "、")).offer("改按查询键哈希分表，时间只用于归档"))
		}
	})
	return out
}

// needlessSplits and missingSplits compare the strategy with the verdict that
// the brief's numbers give.
func needlessSplits(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	in.routedSplits(func(s split, t *ddl.Table) {
		d, ok := in.design.Table(t.Name)
		n := max(s.n, s.d)
		if !ok || n < 2 || d.Verdict.Level != design.D0 && d.Verdict.Level != design.D1 {
			return
		}
		out = append(out, say(s.line, t.Name, t.Name, in.years(), capacity.RowsText(d.Size.Rows), capacity.GBText(d.Size.GB), n).offer("不拆，写明复核阈值"))
	})
	return out
}

func (in *input) years() int { return in.design.Brief.System.HorizonYears.Or(3) }

func missingSplits(in *input) []hit {
	if in.design == nil {
		return nil
	}
	var out []hit
	for _, d := range in.design.Tables {
		got := in.tableFor(d)
		if got == nil || d.Entity == nil || !relational(got) || got.Partition != nil || got.TTL != nil {
			continue
		}
		switch d.Verdict.Level {
		case design.LevelNone, design.D0, design.D1:
			continue
		}
		if s := in.splitOf(got.Name); s != nil && !s.none || in.archived(d) || selfSplitting(got) && strings.Contains(in.facts.prose, "不做应用层分库分表") {
			continue
		}
		out = append(out, say(got.Line, got.Name, got.Name, in.years(), capacity.RowsText(d.Size.Rows), capacity.GBText(d.Size.GB)).offer("按 %s 给出拆分、分区或归档方案", d.Verdict.Level))
	}
	return out
}

// selfSplitting are engines that spread tables by themselves.
func selfSplitting(t *ddl.Table) bool { return t.Dialect == ddl.TiDB || t.Dialect == ddl.OceanBase }

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// doubleModulo: database and table taken from the same key by two moduli with
// a common divisor leave shards empty.
func doubleModulo(in *input) []hit {
	var out []hit
	for _, s := range in.facts.splits {
		for i, a := range s.mods {
			for _, b := range s.mods[:i] {
				if a.key == "" || a.key != b.key || a.n == b.n || slices.Contains(middle, strings.ToLower(a.key)) || !slices.ContainsFunc(s.cols, func(c routeColumn) bool { return c.name == a.key }) {
					continue
				}
				if g := gcd(a.n, b.n); g > 1 && s.byDB && s.byTab {
					out = append(out, say(a.line, s.name(), s.name(), b.n, a.n, g, a.n*b.n, a.n*b.n/g).offer("改为 gene = key %% 总表数，库号 = gene / 每库表数"))
				}
			}
		}
	}
	return out
}

func oddShardCounts(in *input) []hit {
	var out []hit
	in.routedSplits(func(s split, t *ddl.Table) {
		for _, n := range []int{s.d, s.n} {
			if n > 1 && n&(n-1) != 0 && !s.byTime {
				out = append(out, say(s.line, t.Name, t.Name, n))
			}
		}
	})
	return out
}

// snowflakeModulo: the low bits of a snowflake id are zero while traffic is
// low.
func snowflakeModulo(in *input) []hit {
	var out []hit
	in.routedSplits(func(s split, t *ddl.Table) {
		seen := map[string]bool{}
		for _, m := range s.mods {
			c, ok := t.Column(m.key)
			if !ok || seen[m.key] {
				continue
			}
			flake := strings.Contains(c.Comment, "雪花")
			for _, r := range in.references(t) {
				flake = flake || r.column == c && strings.Contains(r.key.Comment, "雪花")
			}
			if flake {
				seen[m.key] = true
				out = append(out, say(m.line, t.Name+"."+m.key, t.Name, m.key).offer("先散列：CRC32(%s) %% N", m.key))
			}
		}
	})
	return out
}
