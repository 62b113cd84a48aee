package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/infer"
)

// facts are what rules of several families read out of the prose once.
type facts struct {
	items  []item            // every bullet
	splits []split           // what the strategy says of each table, in its order
	rest   *chapter.Shard    // 其他业务表分表
	rows   map[string][]int  // table → rows of the instance table that name it
	titles map[string]string // 用户 → users
	prose  string            // everything outside code, with the line ends kept
}

// item is a bullet with its place.
type item struct {
	section chapter.Section
	sub     string // title of the subsection, "" in sections without
	chapter.Item
}

func readFacts(in *input) facts {
	f := facts{rows: map[string][]int{}, titles: map[string]string{}}
	for i, row := range in.doc.Instances {
		for _, t := range row.Tables {
			f.rows[t] = append(f.rows[t], i)
		}
	}
	for _, t := range in.schema.Tables {
		for _, zh := range zhNames(in, t) {
			if _, known := f.titles[zh]; !known {
				f.titles[zh] = t.Name
			}
		}
	}
	var prose strings.Builder
	for _, p := range in.chapter.Parts {
		for _, s := range p.Subs() {
			for _, it := range chapter.Items(s.Blocks) {
				f.items = append(f.items, item{p.Section, s.Title, it})
			}
			for _, b := range s.Blocks {
				if b.Kind != chapter.Fence {
					prose.WriteString(b.Label + " " + b.Text + strings.Join(b.Cells, " ") + "\n")
				}
			}
		}
	}
	f.prose = prose.String()
	f.readSplits(in)
	return f
}

// zhNames are the Chinese names of a table: of its subsection, and of its
// comment.
func zhNames(in *input, t *ddl.Table) []string {
	var out []string
	if f := in.fence(t); f != nil && f.zh != "" && (f.name == t.Name || chapter.Defines(f.Text) == t.Name) {
		out = append(out, f.zh)
	}
	if c := strings.TrimSuffix(t.Comment, "表"); c != "" {
		out = append(out, c)
	}
	return out
}

// table finds a table by its Chinese name (without 表) or its name.
func (in *input) table(zh string) *ddl.Table {
	if name, ok := in.facts.titles[zh]; ok {
		zh = name
	}
	t, ok := in.schema.Table(zh)
	if !ok {
		return nil
	}
	return t
}

// splitOf is what the strategy says of a table, nil when it has no subsection.
func (in *input) splitOf(name string) *split {
	i := slices.IndexFunc(in.facts.splits, func(s split) bool { return s.table != nil && s.table.Name == name })
	if i < 0 {
		return nil
	}
	return &in.facts.splits[i]
}

// namedInStrategy says whether some bullet of the strategy names a table, by
// its name or its Chinese name.
func (in *input) namedInStrategy(table string) bool {
	return slices.ContainsFunc(in.facts.items, func(it item) bool {
		return it.section == chapter.Sharding && (mentions(it.Text, table) || in.mentionsZh(it.Text, table))
	})
}

// mentionsZh says whether a text names a table by its Chinese name.
func (in *input) mentionsZh(text, table string) bool {
	t, ok := in.schema.Table(table)
	if !ok {
		return false
	}
	return slices.ContainsFunc(zhNames(in, t), func(zh string) bool { return strings.Contains(text, zh) })
}

// mentions says whether a text has name as a whole word.
func mentions(text, name string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 || name == "" {
			return false
		}
		i += at
		end := i + len(name)
		if (i == 0 || !wordByte(text[i-1])) && (end == len(text) || !wordByte(text[end])) {
			return true
		}
		at = end
	}
}

func wordByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// lastSingular is the last word of a table's name, singular: parking_lots is
// lot.
func lastSingular(table string) string {
	return infer.Singular(table[strings.LastIndexByte(table, '_')+1:])
}
