package brief

import (
	"strconv"
	"strings"

	"dbchapter/prompt/pattern"
)

var (
	entityAt   = pattern.New(`^entities\[(\d+)\](?:\.(attrs|access)\[(\d+)\])?`)
	serviceAt  = pattern.New(`^services\[(\d+)\]`)
	databaseAt = pattern.New(`^databases\[(\d+)\]`)
)

// people fills in where each problem is in words (decisions.md 11).
func people(ps Problems, b Brief) Problems {
	for i := range ps {
		ps[i].Where = where(b, ps[i].Path)
	}
	return ps
}

// where is 第 3 个实体「停车记录」 for entities[2] and what is below it.
func where(b Brief, path string) string {
	if m := entityAt.FindStringSubmatch(path); m != nil {
		n := index(m[1])
		if n >= len(b.Entities) {
			return ""
		}
		e := b.Entities[n]
		return ordinal(n, "实体", e.Name) + part(e, m[2], m[3])
	}
	if m := serviceAt.FindStringSubmatch(path); m != nil && index(m[1]) < len(b.Services) {
		s := b.Services[index(m[1])]
		return ordinal(index(m[1]), "服务", firstOf(s.Name, s.Code))
	}
	if m := databaseAt.FindStringSubmatch(path); m != nil && index(m[1]) < len(b.Databases) {
		return ordinal(index(m[1]), "数据库", b.Databases[index(m[1])].Engine)
	}
	return ""
}

func part(e Entity, list, number string) string {
	switch n := index(number); {
	case list == "attrs" && n < len(e.Attrs):
		return "的" + ordinal(n, "字段", e.Attrs[n].Name)
	case list == "access":
		return "的" + ordinal(n, "查询", "")
	}
	return ""
}

func index(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 1 << 30
	}
	return n
}

func ordinal(i int, what, name string) string {
	out := "第 " + strconv.Itoa(i+1) + " 个" + what
	if name = strings.TrimSpace(name); name != "" {
		out += "「" + clipped(name) + "」"
	}
	return out
}
