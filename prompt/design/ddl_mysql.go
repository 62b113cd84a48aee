package design

import (
	"fmt"
	"strings"
)

// mysql writes MySQL, MariaDB, PolarDB, TiDB and OceanBase.
func (t *Table) mysql() string {
	lines := t.mysqlColumns()
	if len(t.Primary) > 1 {
		lines = append(lines, "PRIMARY KEY ("+strings.Join(t.Primary, ", ")+")")
	}
	for _, x := range t.Indexes {
		kind := "INDEX"
		if x.Unique {
			kind = "UNIQUE KEY"
		}
		lines = append(lines, fmt.Sprintf("%s %s (%s)", kind, x.Name, x.columnList()))
	}
	text := block(t.Name, lines) + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT=" + quoteEscaped(t.Title+"表")
	if t.TTL != "" && t.Dialect == TiDB {
		text += " TTL = " + t.TTL
	}
	return text + t.mysqlPartitions() + ";"
}

func (t *Table) mysqlColumns() []string {
	var lines []string
	for _, c := range t.Columns {
		null := c.Null
		if t.isPrimary(c) {
			null = "PRIMARY KEY"
		}
		lines = append(lines, words(c.Name, c.Type, null, c.Extra, "COMMENT", quoteEscaped(c.Comment)))
	}
	return lines
}

// mysqlPartitions is the clause after the table options.
func (t *Table) mysqlPartitions() string {
	if t.Part == nil {
		return t.oceanPartitions()
	}
	p := t.Part
	by, bound := "RANGE COLUMNS("+p.Column+")", "'%s'"
	if p.Type == "TIMESTAMP" {
		by, bound = "RANGE (UNIX_TIMESTAMP("+p.Column+"))", "UNIX_TIMESTAMP('%s 00:00:00')"
	}
	var lines []string
	for i, name := range p.Names {
		lines = append(lines, fmt.Sprintf("    PARTITION %s VALUES LESS THAN ("+bound+")", name, p.Bounds[i]))
	}
	last := "(MAXVALUE)"
	if p.Type == "TIMESTAMP" {
		last = "MAXVALUE"
	}
	lines = append(lines, "    PARTITION pmax VALUES LESS THAN "+last)
	return "\nPARTITION BY " + by + " (\n" + strings.Join(lines, ",\n") + "\n)"
}

// oceanPartitions splits a big table by its key: strings by KEY, integers by
// HASH (decisions.md 16).
func (t *Table) oceanPartitions() string {
	if !t.HashPartitions() || t.Dialect != OceanBase {
		return ""
	}
	c, _ := t.Column(t.Verdict.Key)
	by := "KEY"
	if strings.HasSuffix(strings.TrimSuffix(c.Type, " UNSIGNED"), "INT") {
		by = "HASH"
	}
	return fmt.Sprintf("\nPARTITION BY %s(%s) PARTITIONS %d", by, c.Name, t.Verdict.Tables)
}
