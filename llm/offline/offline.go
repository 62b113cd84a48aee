// Package offline writes a chapter by rules: no network, no key, the same
// bytes for the same brief on every machine. It is one more llm.Drafter.
//
//	brief → design.New → chapter.Document → Markdown → deltas
//
// The numbers and decisions come from prompt/design and prompt/capacity; this
// room only turns them into sentences. Each section of the chapter has its
// file, with what is long beside it:
//
//	architecture.go  1 数据库架构    readwrite.go splitting.go consistency.go security.go
//	tables.go        2 核心表设计    (the DDL is the design's)
//	sharding.go      3 分库分表策略  route.go routetable.go dimension.go native.go partition.go stores.go archive.go unsplit.go
//	cache.go         4 缓存设计      entries.go entrykinds.go cachekey.go cachememory.go hotspot.go
//	sync.go          5 数据同步      replica.go failover.go compensate.go capture.go
//	performance.go   6 性能优化      indexing.go pool.go hotfield.go
//	backup.go        7 备份恢复      backuptools.go
//
// What differs between products is in engine.go and backuptools.go as rows;
// what a domain makes special (stock, hot accounts, leaderboards, real-name
// gates) is derived from kinds, tags and columns in traits.go, never from the
// name of a preset. Numbers the drafter brings along itself are listed by
// Assumptions.
package offline

import (
	"context"
	"iter"
	"strings"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
)

// Drafter drafts by rule; House carries an organisation's own defaults.
type Drafter struct{ House design.House }

var _ llm.Drafter = Drafter{}

// Draft yields the wanted sections in order, a bullet, row or block at a time;
// no sections means all seven. Of a hint it honours what rules can do and says
// in a Retry notice what they cannot.
func (d Drafter) Draft(ctx context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
	return func(yield func(llm.Delta, error) bool) {
		if len(p.Brief.Entities) == 0 {
			yield(llm.Delta{}, &llm.Error{
				Kind: llm.Request, Message: "简报里没有业务实体，离线起草器无从下笔",
				Hint: "至少写一个实体，例如：订单: 订单号#, 用户, 总金额, 状态(待支付/已支付)",
			})
			return
		}
		wish, notice := readHint(p.Hint)
		if notice != "" && !yield(llm.Delta{Kind: llm.Retry, Text: notice}, nil) {
			return
		}
		if wish.length != "" {
			p.Length = wish.length
		}
		w := newWriter(design.New(p.Brief, d.House), p.Length)
		w.localCache = wish.localCache
		for _, piece := range pieces(w.sections(p.Sections)) {
			if err := ctx.Err(); err != nil {
				yield(llm.Delta{}, err)
				return
			}
			if !yield(llm.Delta{Kind: llm.Text, Text: piece}, nil) {
				return
			}
		}
		yield(llm.Delta{Kind: llm.Done, Finish: llm.Stop}, nil)
	}
}

// Chapter is the whole chapter at once.
func Chapter(d design.Design, l prompt.Length) string {
	return newWriter(d, l).sections(nil)
}

// sections writes the wanted ones, all seven for none.
func (w *writer) sections(want []chapter.Section) string {
	if len(want) == 0 {
		want = chapter.Sections()
	}
	parts := make([]string, len(want))
	for i, s := range want {
		parts[i] = w.section(s)
	}
	return strings.Join(parts, "\n")
}

// section writes one section in the form of the contract.
func (w *writer) section(s chapter.Section) string {
	var doc chapter.Document
	switch s {
	case chapter.Architecture:
		doc.Principles, doc.Instances = w.principles(), w.instanceRows()
	case chapter.Tables:
		doc.Tables = w.tableSections()
	case chapter.Sharding:
		doc.Shards = w.shards()
	case chapter.Cache:
		doc.Cache, doc.CacheItems = w.cacheEntries(), w.cacheItems()
	case chapter.Sync:
		doc.Primary, doc.Cross = w.replication(), w.crossService()
	case chapter.Performance:
		doc.Performance = w.performance()
	case chapter.Backup:
		doc.Backup = w.backup()
	}
	return doc.Section(s)
}

// pieces cuts a text into what is shown at once: a bullet or row with the
// headings above it, a code block as a whole.
func pieces(text string) []string {
	var out []string
	var b strings.Builder
	fenced := false
	for _, line := range strings.SplitAfter(text, "\n") {
		b.WriteString(line)
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if heading := strings.HasPrefix(line, "#"); !fenced && !heading && strings.TrimSpace(line) != "" {
			out = append(out, b.String())
			b.Reset()
		}
	}
	if b.Len() > 0 {
		out = append(out, b.String())
	}
	return out
}
