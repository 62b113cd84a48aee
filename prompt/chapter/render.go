package chapter

import "strings"

// String writes the document in exactly the form of the contract (domain.md
// §2.2): every section and fixed subsection has its heading, headings are
// followed by their content without a blank line, blocks are one blank line
// apart.
func (d Document) String() string {
	sections := []string{
		d.architecture(), d.tables(), d.sharding(), d.cache(), d.sync(),
		Performance.heading() + items(d.Performance),
		Backup.heading() + items(d.Backup),
	}
	return strings.Join(sections, "\n")
}

// Section writes one section of the document, its heading included.
func (d Document) Section(s Section) string {
	switch s {
	case Architecture:
		return d.architecture()
	case Tables:
		return d.tables()
	case Sharding:
		return d.sharding()
	case Cache:
		return d.cache()
	case Sync:
		return d.sync()
	case Performance:
		return s.heading() + items(d.Performance)
	case Backup:
		return s.heading() + items(d.Backup)
	}
	return ""
}

func (s Section) heading() string { return "### " + s.Title() + "\n" }

func sub(title string) string { return "#### " + title + "\n" }

func items(list []Item) string {
	var b strings.Builder
	for _, it := range list {
		b.WriteString(it.String() + "\n")
	}
	return b.String()
}

// String is the bullet as the contract writes it, without a line end.
func (it Item) String() string {
	if it.Label == "" {
		return "- " + it.Text
	}
	return "- **" + it.Label + "**：" + it.Text
}

func (d Document) architecture() string {
	head := outline[0].Subs[1].Header
	var b strings.Builder
	b.WriteString(Architecture.heading() + sub(Principles) + items(d.Principles) + "\n" + sub(Instances))
	b.WriteString("| " + strings.Join(head, " | ") + " |\n")
	b.WriteString(dashLine)
	for _, in := range d.Instances {
		b.WriteString(in.String() + "\n")
	}
	return b.String()
}

// dashLine stands under the header, byte for byte as in the seed.
const dashLine = "|---------|-----------|----------|--------|------|\n"

// String is the row as the contract writes it, without a line end.
func (in Instance) String() string {
	tables := "-"
	if len(in.Tables) > 0 {
		tables = strings.Join(in.Tables, ", ")
	}
	out := "|"
	for _, c := range []string{in.Service, in.Engine, in.Name, tables, in.Remark} {
		out += " " + escapeCell(c) + " |"
	}
	return out
}

// escapeCell keeps a value inside its cell.
func escapeCell(s string) string {
	return strings.NewReplacer("|", `\|`, "\r", "", "\n", " ").Replace(s)
}

func (d Document) tables() string {
	var subs []string
	for _, t := range d.Tables {
		title := t.Title
		if t.Name != "" {
			title = t.Zh + t.Suffix + " (" + t.Name + ")"
		}
		code := t.Code
		if code != "" && !strings.HasSuffix(code, "\n") {
			code += "\n"
		}
		subs = append(subs, sub(title)+"```"+t.Lang+"\n"+code+"```\n")
	}
	return Tables.heading() + strings.Join(subs, "\n")
}

func (d Document) sharding() string {
	var subs []string
	for _, s := range d.Shards {
		title := s.Title
		if s.Kind != "" {
			title = s.Zh + "表" + s.Kind
		}
		subs = append(subs, sub(title)+items(s.Items))
	}
	return Sharding.heading() + strings.Join(subs, "\n")
}

func (d Document) cache() string {
	var entries []string
	for _, e := range d.Cache {
		entries = append(entries, e.String())
	}
	return Cache.heading() + sub(CacheSub) + "```\n" + strings.Join(entries, "\n") + "```\n" + items(d.CacheItems)
}

// String is the entry as the contract writes it.
func (e CacheEntry) String() string {
	out := "# " + e.Title + "\nKEY: " + e.Key + "\nVALUE: " + e.Value + "\nTTL: " + e.TTL + "\n"
	for _, l := range e.Extra {
		out += l + "\n"
	}
	return out
}

func (d Document) sync() string {
	return Sync.heading() + sub(PrimarySub) + items(d.Primary) + "\n" + sub(CrossSub) + items(d.Cross)
}
