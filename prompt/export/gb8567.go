package export

import (
	"fmt"
	"strings"

	"dbchapter/prompt/chapter"
)

// gb8567 writes a Word file whose chapters follow the order that GB/T 8567
// gives a 数据库（顶层）设计说明. It is an arrangement of what the chapter says,
// not a claim of conformity: what the chapter does not know is 待补充.
func gb8567(s Source) ([]File, error) {
	w := &wordWriter{}
	blocks := s.standardBlocks()
	title := s.named("数据库（顶层）设计说明")
	w.title(title)
	w.contents(blocks, 2)
	for _, x := range blocks {
		w.block(x)
	}
	data, err := s.wordFile(title, w)
	if err != nil {
		return nil, err
	}
	return s.file("-数据库设计说明.docx", data), nil
}

const toDo = "待补充。"

// numbered collects blocks under headings that count themselves: 4.2.1.
type numbered struct {
	blocks []block
	at     [6]int
}

func (n *numbered) head(level int, title string) {
	n.at[level-1]++
	clear(n.at[level:])
	var count []string
	for _, c := range n.at[:level] {
		count = append(count, fmt.Sprint(c))
	}
	n.blocks = append(n.blocks, headed(level, strings.Join(count, ".")+" "+title))
}

func (n *numbered) add(b ...block) { n.blocks = append(n.blocks, b...) }

// part takes over a section of the chapter at a level, with its subsections
// below it.
func (n *numbered) part(p chapter.Part, level int) {
	for _, b := range markdownBlocks(p.Text, 2) {
		if b.kind == heading {
			n.head(min(b.level+level-1, 6), text(b.runs))
			continue
		}
		n.add(b)
	}
}

func (s Source) standardBlocks() []block {
	var n numbered
	s.introduction(&n)
	n.head(1, "引用文件")
	n.add(table([]string{"序号", "文件", "说明"}, [][]string{{"1", oneLine(s.Name), "数据库设计章节，本文档的全部内容出自它"}}), said("其他引用文件"+toDo))
	n.head(1, "数据库级设计决策")
	s.parts(&n, chapter.Architecture, chapter.Sharding, chapter.Performance, chapter.Backup)
	s.details(&n)
	n.head(1, "用于数据库访问或操纵的软件单元的详细设计")
	s.parts(&n, chapter.Cache, chapter.Sync)
	n.head(1, "需求的可追踪性")
	n.add(s.traces()...)
	s.notes(&n)
	n.add(headed(1, "附录A 建表语句"))
	for i, b := range s.blocks {
		n.add(headed(3, strings.TrimSpace(s.heads[i].Title)), block{kind: code, text: printable(b.Text)})
	}
	return n.blocks
}

func (s Source) introduction(n *numbered) {
	n.head(1, "引言")
	n.head(2, "标识")
	rows := [][]string{{"章节文件", s.Name}, {"章节摘要", "sha256:" + s.Hash}}
	if s.Brief != nil {
		rows = append([][]string{{"系统名称", orDash(oneLine(s.Brief.System.Name))}, {"系统代号", orDash(s.Brief.System.Code)}}, rows...)
	}
	n.add(table([]string{"项", "内容"}, rows))
	n.head(2, "数据库概述")
	if s.Brief != nil && s.Brief.System.Summary != "" {
		n.add(said(oneLine(s.Brief.System.Summary)))
	}
	rows = nil
	for _, in := range s.instances {
		rows = append(rows, []string{in.Name, in.Service, in.Engine, fmt.Sprint(len(in.Tables))})
	}
	n.add(table([]string{"实例", "服务", "数据库", "表数"}, rows))
	n.head(2, "文档概述")
	n.add(said(fmt.Sprintf("本文档按数据库（顶层）设计说明的章节顺序编排数据库设计章节的内容，包含%d个实例、%d张表的设计决策、数据字典与建表语句。",
		len(s.instances), len(s.tables()))))
}

func (s Source) parts(n *numbered, ids ...chapter.Section) {
	for _, id := range ids {
		if p, ok := s.Chapter.Section(id); ok {
			n.part(p, 2)
		}
	}
}

// details are the data dictionary by service.
func (s Source) details(n *numbered) {
	n.head(1, "数据库详细设计")
	tables := s.tables()
	for _, g := range s.groups() {
		n.head(2, g.title)
		for _, x := range g.boxes {
			for _, t := range tables {
				if t.Name != x.table {
					continue
				}
				n.head(3, fmt.Sprintf("%s (%s)", x.title, x.table))
				if p := s.place(t); p != "" {
					n.add(block{kind: paragraph, runs: plain("实例：" + p), keep: true})
				}
				n.add(table(columnHeader, columnRows(t)))
				if keys := keyRows(t); len(keys) > 0 {
					n.add(table(keyHeader, keys))
				}
			}
		}
	}
}

// traces lead from the entities of the brief to tables and instances.
func (s Source) traces() []block {
	if s.Brief == nil {
		return []block{said(toDo)}
	}
	var rows [][]string
	for i, e := range s.Brief.Entities {
		rows = append(rows, []string{fmt.Sprint(i + 1), oneLine(e.Name), s.Places[e.Table].Service, e.Table, strings.Join(s.holders(e.Table), ", ")})
	}
	return []block{table([]string{"序号", "业务实体", "服务", "表", "实例"}, rows)}
}

// notes are what the chapter has beyond its seven sections, and what the brief
// assumes.
func (s Source) notes(n *numbered) {
	n.head(1, "注释")
	from := len(n.blocks)
	n.add(markdownBlocks(s.Chapter.Preamble, 0)...)
	for _, p := range s.Chapter.Parts {
		if p.Section == "" {
			n.part(p, 2)
		}
	}
	if s.Brief != nil && len(s.Brief.Assumptions) > 0 {
		n.head(2, "假设")
		var rows [][]string
		for i, a := range s.Brief.Assumptions {
			rows = append(rows, []string{fmt.Sprint(i + 1), a.Label, a.Value, a.Effect})
		}
		n.add(table([]string{"序号", "项", "取值", "影响"}, rows))
	}
	if len(n.blocks) == from {
		n.add(said("无。"))
	}
}
