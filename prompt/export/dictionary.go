package export

import (
	"fmt"
	"strings"

	"dbchapter/prompt/ddl"
)

// dictionary writes the data dictionary: one table of columns and one of keys
// for every database table.
func dictionary(s Source) ([]File, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "# 数据字典：%s\n", oneLine(s.Name))
	for _, t := range s.Schema.Tables {
		fmt.Fprintf(&b, "\n## %s (%s)\n", oneLine(title(t)), t.Name)
		if p, ok := s.Places[t.Name]; ok {
			fmt.Fprintf(&b, "\n实例 %s，%s，%s\n", p.Instance, p.Service, p.Engine)
		}
		b.WriteString("\n| 序号 | 名称 | 数据类型 | 长度 | 允许空值 | 主键 | 默认值 | 说明 |\n|---:|---|---|---|---|---|---|---|\n")
		for i, c := range t.Columns {
			cells := append([]string{fmt.Sprint(i + 1)}, ColumnRow(t, c)...)
			b.WriteString("| " + strings.Join(escapeCells(cells), " | ") + " |\n")
		}
		if len(t.Keys()) == 0 {
			continue
		}
		b.WriteString("\n| 索引 | 唯一 | 列 |\n|---|---|---|\n")
		for _, k := range t.Keys() {
			b.WriteString("| " + strings.Join(escapeCells(KeyRow(k)), " | ") + " |\n")
		}
	}
	return []File{{s.Name + "-数据字典.md", []byte(b.String())}}, nil
}

// ColumnRow is one row of a data dictionary without its number: name, type,
// length, nullable, primary key, default, description.
func ColumnRow(t *ddl.Table, c *ddl.Column) []string {
	def := "-"
	if c.Default != nil {
		def = c.Default.Text
	}
	length := strings.Join(c.Type.Args, ",")
	if length == "" {
		length = "-"
	}
	name := strings.ToUpper(c.Type.Name)
	if c.Type.Unsigned {
		name += " UNSIGNED"
	}
	null := yes(c.Null != ddl.NotNull && !primaryHas(t, c.Name))
	return []string{c.Name, name, length, null, yes(primaryHas(t, c.Name)), def, c.Comment}
}

// KeyRow is one row of the keys: name, unique, columns.
func KeyRow(k *ddl.Index) []string {
	return []string{k.Name, yes(k.Unique || k.Kind == ddl.PrimaryKey), strings.Join(k.Columns(), ", ")}
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// escapeCells keeps user text inside its table cell.
func escapeCells(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.ReplaceAll(oneLine(c), "|", `\|`)
	}
	return out
}
