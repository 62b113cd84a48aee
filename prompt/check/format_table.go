package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
)

// permute writes blocks in the order of their ranks, each into the place of
// the one that stands there now.
func (in *input) permute(blocks []chapter.Block, rank []int) []ddl.Edit {
	order := make([]int, len(blocks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank[a] - rank[b] })
	var out []ddl.Edit
	for i, j := range order {
		if i != j {
			to := blocks[i]
			out = append(out, ddl.Edit{Start: to.Offset, End: in.endOf(to), New: in.text[blocks[j].Offset:in.endOf(blocks[j])]})
		}
	}
	return out
}

// endOf is the byte offset of the end of a block's last line, before its line
// end.
func (in *input) endOf(b chapter.Block) int {
	at := b.Offset
	for range b.End - b.Line {
		at += strings.IndexByte(in.text[at:], '\n') + 1
	}
	if i := strings.IndexByte(in.text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(in.text)
}

// badTableTitles: what the normaliser gave its form, and what it could not.
func badTableTitles(in *input) []hit {
	out := in.repaired("F016")
	for _, f := range in.fences {
		if f.name == "" && f.title != "" {
			out = append(out, say(f.titleLine, f.title, f.title).offer("标题写成「中文名表 (表名)」"))
		}
	}
	return out
}

func missingDefinitions(in *input) []hit {
	var out []hit
	for _, t := range in.doc.Tables {
		defined := slices.ContainsFunc(in.fences, func(f fence) bool { return f.titleLine == t.Line })
		if t.Name != "" && !defined {
			out = append(out, say(t.Line, t.Name, t.Title).offer("补上 %s 的建表语句", t.Name))
		}
	}
	return out
}

// shardLike says whether a subsection is about splitting a table, whatever its
// title.
func shardLike(s chapter.Shard) bool {
	return slices.ContainsFunc(s.Items, func(it chapter.Item) bool {
		return slices.Contains([]string{"分表规则", "分库规则", "分片规则", "分库数量", "表名规则"}, it.Label)
	})
}

func badShardTitles(in *input) []hit {
	out := in.repaired("F023")
	for _, s := range in.doc.Shards {
		if s.Kind == "" && shardLike(s) {
			out = append(out, say(s.Line, s.Title, s.Title).offer("标题写成「中文名表分表」或「中文名表分库」"))
		}
	}
	return out
}

func emptySubs(in *input) []hit {
	var out []hit
	for _, p := range in.chapter.Parts {
		subs := p.Subs()
		if len(subs) == 0 {
			out = append(out, say(p.Line, p.Title, p.Title))
		}
		for _, s := range subs {
			if s.Title != "" && len(s.Blocks) == 0 && chapter.Tables.Contract().Pattern.FindString(s.Title) == "" {
				out = append(out, say(s.Head.Line, s.Title, s.Title))
			}
		}
	}
	return out
}
