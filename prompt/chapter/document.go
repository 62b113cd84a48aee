package chapter

import (
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
)

// Document is a chapter as values: what the contract asks for, with the lines
// it stands on. String writes it in exactly the form of the contract; what the
// contract does not know (extra subsections, paragraphs, tables) has no place
// here and stays in the Chapter.
type Document struct {
	Principles  []Item
	Instances   []Instance
	Tables      []Table
	Shards      []Shard
	Cache       []CacheEntry
	CacheItems  []Item
	Primary     []Item // 主从同步
	Cross       []Item // 跨服务数据同步
	Performance []Item
	Backup      []Item
}

// Item is a bullet: - **Label**：Text.
type Item struct {
	Label, Text string
	Line        int
}

// Instance is one row of the instance table.
type Instance struct {
	Service string // 用户服务
	Engine  string // MySQL 8.4
	Name    string // user_db
	Tables  []string
	Remark  string
	Cells   int // how many cells the row has: 5
	Line    int
}

// Table is one subsection with the definition of a table.
type Table struct {
	Zh, Suffix, Name string // 用户, 表 (集合, 索引), users; empty when Title has another form
	Title            string
	Line             int
	Lang, Code       string // of the code block; Code ends with a newline
	CodeLine         int    // first line of Code, 0 when there is no block
}

// Shard is one subsection of the sharding strategy.
type Shard struct {
	Zh, Kind string // 订单, ByTable or ByDatabase; empty when Title has another form
	Title    string
	Line     int
	Items    []Item
}

// CacheEntry is one entry of the cache block.
type CacheEntry struct {
	Title, Key, Value, TTL            string
	Line, KeyLine, ValueLine, TTLLine int      // 0 when missing
	Extra                             []string // further lines, as written
}

// Document reads the values out of a chapter.
func (c Chapter) Document() Document {
	var d Document
	for _, p := range c.Parts {
		switch p.Section {
		case Architecture:
			d.readArchitecture(p)
		case Tables:
			d.readTables(p)
		case Sharding:
			d.readShards(p)
		case Cache:
			d.readCache(p)
		case Sync:
			d.readSync(p)
		case Performance:
			d.Performance = append(d.Performance, Items(p.Blocks())...)
		case Backup:
			d.Backup = append(d.Backup, Items(p.Blocks())...)
		}
	}
	return d
}

// Items are the bullets among blocks.
func Items(blocks []Block) []Item {
	var out []Item
	for _, b := range blocks {
		if b.Kind == Bullet {
			out = append(out, Item{Label: b.Label, Text: b.Text, Line: b.Line})
		}
	}
	return out
}

func (d *Document) readArchitecture(p Part) {
	for _, s := range p.Subs() {
		switch s.Title {
		case Principles:
			d.Principles = append(d.Principles, Items(s.Blocks)...)
		case Instances:
			d.Instances = append(d.Instances, readInstances(s.Blocks)...)
		}
	}
}

// readInstances takes the first table of the subsection; its first row is the
// header.
func readInstances(blocks []Block) []Instance {
	var out []Instance
	rows := tableRows(blocks)
	for i, b := range rows {
		if i == 0 || b.IsDashes() {
			continue
		}
		c := append(slices.Clone(b.Cells), "", "", "", "", "")
		out = append(out, Instance{
			Service: c[0], Engine: c[1], Name: c[2], Tables: names(c[3]), Remark: c[4], Cells: len(b.Cells), Line: b.Line,
		})
	}
	return out
}

// tableRows are the rows of the first table among blocks.
func tableRows(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		if b.Kind != Row || len(out) > 0 && b.Line != out[len(out)-1].Line+1 {
			if len(out) > 0 {
				break
			}
			continue
		}
		out = append(out, b)
	}
	return out
}

var nameList = pattern.New(`[,，、;；\s]+`)

// names are the table names of a cell; "-" names none.
func names(cell string) []string {
	var out []string
	for _, n := range nameList.Split(strings.ReplaceAll(cell, "`", ""), -1) {
		if n != "" && n != "-" && n != "—" && n != "无" {
			out = append(out, n)
		}
	}
	return out
}

func (d *Document) readTables(p Part) {
	for _, s := range p.Subs() {
		if s.Title == "" {
			continue
		}
		t := Table{Title: s.Title, Line: s.Head.Line}
		if m := outline[1].Pattern.FindStringSubmatch(s.Title); m != nil {
			t.Zh, t.Suffix, t.Name = m[1], m[2], m[3]
		}
		if i := slices.IndexFunc(s.Blocks, func(b Block) bool { return b.Kind == Fence }); i >= 0 {
			b := s.Blocks[i]
			t.Lang, t.Code, t.CodeLine = b.Label, b.Text, b.Line+1
		}
		d.Tables = append(d.Tables, t)
	}
}

func (d *Document) readShards(p Part) {
	for _, s := range p.Subs() {
		if s.Title == "" {
			continue
		}
		sh := Shard{Title: s.Title, Line: s.Head.Line, Items: Items(s.Blocks)}
		if m := outline[2].Pattern.FindStringSubmatch(s.Title); m != nil {
			sh.Zh, sh.Kind = m[1], m[2]
		}
		d.Shards = append(d.Shards, sh)
	}
}

func (d *Document) readCache(p Part) {
	for _, s := range p.Subs() {
		if s.Title != CacheSub {
			continue
		}
		for _, b := range s.Blocks {
			switch b.Kind {
			case Fence:
				d.Cache = append(d.Cache, CacheEntries(b)...)
			case Bullet:
				d.CacheItems = append(d.CacheItems, Items([]Block{b})...)
			}
		}
	}
}

func (d *Document) readSync(p Part) {
	for _, s := range p.Subs() {
		switch s.Title {
		case PrimarySub:
			d.Primary = append(d.Primary, Items(s.Blocks)...)
		case CrossSub:
			d.Cross = append(d.Cross, Items(s.Blocks)...)
		}
	}
}

// CacheEntries reads the entries of a cache block: a line with # starts one,
// and so does a second KEY.
func CacheEntries(b Block) []CacheEntry {
	var out []CacheEntry
	for i, l := range strings.Split(strings.TrimSuffix(b.Text, "\n"), "\n") {
		line := b.Line + 1 + i
		l = strings.TrimSpace(l)
		field, value, isField := cutField(l)
		switch {
		case l == "":
			continue
		case strings.HasPrefix(l, "#"):
			out = append(out, CacheEntry{Title: strings.TrimSpace(strings.TrimLeft(l, "#")), Line: line})
			continue
		case len(out) == 0, field == "KEY" && out[len(out)-1].KeyLine > 0:
			out = append(out, CacheEntry{Line: line})
		}
		e := &out[len(out)-1]
		switch {
		case !isField:
			e.Extra = append(e.Extra, l)
		case field == "KEY":
			e.Key, e.KeyLine = value, line
		case field == "VALUE":
			e.Value, e.ValueLine = value, line
		default:
			e.TTL, e.TTLLine = value, line
		}
	}
	return out
}

// cutField reads KEY: value as the contract writes it.
func cutField(l string) (field, value string, ok bool) {
	field, value, ok = strings.Cut(l, ":")
	if !ok || field != "KEY" && field != "VALUE" && field != "TTL" {
		return "", "", false
	}
	return field, strings.TrimSpace(value), true
}
