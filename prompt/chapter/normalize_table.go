package chapter

import (
	"fmt"
	"slices"
	"strings"

	"dbchapter/prompt/pattern"
)

// headerNames are other names of the five columns (N9).
var headerNames = map[string]*pattern.Pattern{
	"服务名称":  pattern.New(`^(微?服务|微服务名称?|服务名|所属服务|服务/模块)$`),
	"数据库类型": pattern.New(`^(类型|数据库|数据库引擎|引擎|数据库类型及版本|存储类型)$`),
	"实例名称":  pattern.New(`^(实例|实例名|库名|数据库名称?|数据库实例|实例/库名)$`),
	"主要表":   pattern.New(`^(核心表|表|主要数据表|包含表|主要表/集合|数据表|主要表名)$`),
	"备注":    pattern.New(`^(说明|描述|部署方式|部署|备注说明)$`),
}

// headerOf is the column a header cell stands for, -1 when it is none.
func headerOf(cell string) int {
	cell = strings.Trim(blanks.ReplaceAllString(cell, ""), "*")
	return slices.IndexFunc(outline[0].Subs[1].Header, func(h string) bool { return cell == h || headerNames[h].MatchString(cell) })
}

// formInstances gives the instance table its header, its dashes and five cells
// a row (N9): columns may come in another order, missing cells become "-",
// further ones go to the remarks.
func (n *normalizer) formInstances() {
	in, ok := n.subsection(Architecture, Instances)
	if !ok {
		return
	}
	from := in.from
	for from < in.to && !strings.HasPrefix(strings.TrimSpace(n.lines[from].text), "|") {
		from++
	}
	to := from
	for to < in.to && strings.HasPrefix(strings.TrimSpace(n.lines[to].text), "|") {
		to++
	}
	if from == to {
		return
	}
	order, known := columnOrder(cells(n.lines[from].text))
	if !known {
		return
	}
	rows := slices.Clone(n.lines[from:to])
	out := []line{n.formHeader(rows[0])}
	rest := rows[1:]
	if len(rest) > 0 && (Block{Kind: Row, Cells: cells(rest[0].text)}).IsDashes() {
		out = append(out, line{strings.TrimSuffix(dashLine, "\n"), rest[0].at})
		rest = rest[1:]
	} else {
		out = append(out, line{strings.TrimSuffix(dashLine, "\n"), rows[0].at})
		n.fixed(rows[0].at, "F012", "", "已补上表格的分隔行")
	}
	for i, r := range rest {
		out = append(out, n.formRow(r, i+1, order, len(cells(rows[0].text))))
	}
	n.replace(span{from, to}, out...)
}

// columnOrder says which of the five columns each header cell is; it is known
// when at least three of them are recognised and none twice.
func columnOrder(header []string) (order []int, known bool) {
	seen := map[int]bool{}
	for _, c := range header {
		i := headerOf(c)
		if i >= 0 && seen[i] {
			i = -1
		}
		order = append(order, i)
		if i >= 0 {
			seen[i] = true
		}
	}
	return order, len(seen) >= 3
}

func (n *normalizer) formHeader(l line) line {
	want := "| " + strings.Join(outline[0].Subs[1].Header, " | ") + " |"
	got := cells(l.text)
	if !slices.Equal(got, outline[0].Subs[1].Header) {
		n.fixed(l.at, "F010", "", "表头已统一为五列", strings.Join(got, "|"))
	}
	return line{want, l.at}
}

// formRow puts the cells of a row into the five columns.
func (n *normalizer) formRow(l line, number int, order []int, width int) line {
	got := cells(l.text)
	row := [5]string{}
	var more []string
	for i, c := range got {
		switch {
		case i < len(order) && order[i] >= 0:
			row[order[i]] = c
		case c != "" && c != "-":
			more = append(more, c)
		}
	}
	if len(more) > 0 {
		if row[4] == "-" {
			row[4] = ""
		}
		row[4] = strings.Join(append(slices.DeleteFunc([]string{row[4]}, func(s string) bool { return s == "" }), more...), "；")
	}
	for i, c := range row {
		if c == "" {
			row[i] = "-"
		}
		row[i] = escapeCell(row[i])
	}
	if len(got) != 5 {
		n.fixed(l.at, "F011", "", fmt.Sprintf("表格第%d行有%d列，已整理为5列", number, len(got)), number, len(got))
	} else if width != 5 {
		n.fixed(l.at, "F011", "", fmt.Sprintf("表格第%d行已整理为5列", number), number, width)
	}
	return line{"| " + strings.Join(row[:], " | ") + " |", l.at}
}
