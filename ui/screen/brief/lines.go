package brief

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/brief"
)

func digits(n int) string { return strconv.Itoa(n) }

// unread is the complaint about a line nothing could be made of.
func unread(column int, message, hint string) brief.Problems {
	return brief.Problems{{Rule: "V00", Column: column, Message: message, Hint: hint}}
}

var versionWord = regexp.MustCompile(`^[vV]?(\d+(\.\d+)*)$`)

// splitVersion takes MySQL8.4 apart.
var splitVersion = regexp.MustCompile(`^(\D+?)[vV]?(\d+(?:\.\d+)*)$`)

// otherEngine is the engine that needs a name of its own (decisions.md 14).
const otherEngine = "其他"

// product is the name the brief has for an engine people call name; "" for
// none.
func product(name string) string {
	var b brief.Brief
	if b.Set("databases[0]", name) != nil || !slices.Contains(brief.Engines(), b.Databases[0].Engine) {
		return ""
	}
	return b.Databases[0].Engine
}

// readDatabases reads MySQL 8.4, Redis 7.2 sentinel: products with version and
// topology, many on a line.
func readDatabases(line string) ([]brief.Database, brief.Problems) {
	var out []brief.Database
	var ps brief.Problems
	column := 1
	for _, part := range strings.FieldsFunc(line, isComma) {
		d, p := readDatabase(part)
		if p != "" {
			ps = append(ps, unread(column+leading(part), p, "")...)
		} else if d.Engine != "" {
			out = append(out, d)
		}
		column += len([]rune(part)) + 1
	}
	return out, ps
}

func isComma(r rune) bool { return strings.ContainsRune(",，、;；", r) }

func leading(s string) int { return len([]rune(s)) - len([]rune(strings.TrimLeft(s, " "))) }

func readDatabase(part string) (d brief.Database, complaint string) {
	words := strings.Fields(part)
	if len(words) == 0 {
		return d, ""
	}
	if m := splitVersion.FindStringSubmatch(words[0]); m != nil && product(words[0]) == "" {
		words = append([]string{m[1], m[2]}, words[1:]...)
	}
	if d.Engine = product(words[0]); d.Engine == "" {
		return d, "不认识「" + words[0] + "」，请写产品名，如 MySQL、Redis、ClickHouse；别的产品写「其他 名称」"
	}
	topologies := brief.Topologies(d.Engine)
	for _, w := range words[1:] {
		switch m := versionWord.FindStringSubmatch(w); {
		case m != nil:
			d.Version = m[1]
		case slices.Contains(topologies, w):
			d.Topology = w
		case d.Engine == otherEngine && d.Name == "":
			d.Name = w
		default:
			return d, "「" + w + "」既不是版本也不是部署形态，" + d.Engine + " 可写 " + strings.Join(append([]string{"版本号"}, topologies...), "、")
		}
	}
	return d, ""
}

// writeDatabase is the line that reads back as d; false when d says more.
func writeDatabase(d brief.Database) (string, bool) {
	words := []string{d.Engine}
	if d.Engine == otherEngine && d.Name != "" {
		words = append(words, d.Name)
	}
	if d.Version != "" {
		words = append(words, d.Version)
	}
	if slices.Contains(brief.Topologies(d.Engine), d.Topology) {
		words = append(words, d.Topology)
	}
	line := strings.Join(words, " ")
	back, _ := readDatabase(line)
	return line, back == d
}

// carryDatabase keeps what the line cannot say, as long as it is the same
// product.
func carryDatabase(old, fresh brief.Database) brief.Database {
	if old.Engine != fresh.Engine {
		return fresh
	}
	old.Version, old.Topology, old.Name = fresh.Version, fresh.Topology, fresh.Name
	return old
}

var slugWord = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// readService reads: order 订单服务 [MySQL+ClickHouse] : 职责 | out: a.b | in: c.d
// Code, store, duty and events may be missing; without a colon the words after
// name and code are the duty.
func readService(line string) ([]brief.Service, brief.Problems) {
	var s brief.Service
	parts := strings.Split(foldPunctuation(line), "|")
	head, duty, hasDuty := strings.Cut(parts[0], ":")
	s.Duty = strings.TrimSpace(duty)
	if i := strings.Index(head, "["); i >= 0 {
		stores, rest, closed := strings.Cut(head[i+1:], "]")
		if !closed {
			return nil, unread(len([]rune(head[:i]))+1, "「[」后面缺少「]」，存储写成 [MySQL] 或 [MySQL+ClickHouse]", "")
		}
		s.Store = strings.FieldsFunc(stores, func(r rune) bool { return r == '+' || r == ' ' || isComma(r) })
		head = head[:i] + " " + rest
	}
	var left []string
	for _, w := range strings.Fields(head) {
		switch {
		case s.Code == "" && slugWord.MatchString(w):
			s.Code = w
		case s.Name == "":
			s.Name = w
		default:
			left = append(left, w)
		}
	}
	if !hasDuty {
		s.Duty = strings.Join(left, " ")
	} else if len(left) > 0 {
		return nil, unread(1, "冒号前只写中文名、英文码和 [存储]，多出「"+strings.Join(left, " ")+"」", "")
	}
	if s.Name == "" {
		return nil, unread(1, "请先写服务的中文名，如：订单服务 order 下单与状态流转", "")
	}
	if ps := readEvents(&s, parts); len(ps) > 0 {
		return nil, ps
	}
	return []brief.Service{s}, nil
}

func readEvents(s *brief.Service, parts []string) brief.Problems {
	column := len([]rune(parts[0])) + 2
	for _, p := range parts[1:] {
		k, v, _ := strings.Cut(p, ":")
		words := strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || isComma(r) })
		switch strings.TrimSpace(k) {
		case "out", "发布":
			s.Out = words
		case "in", "订阅":
			s.In = words
		case "deps", "依赖":
			s.Deps = words
		default:
			return unread(column+leading(p), "竖线后写 out: 发布的事件、in: 订阅的事件 或 deps: 依赖的服务", "")
		}
		column += len([]rune(p)) + 1
	}
	return nil
}

// foldPunctuation makes full-width structure half-width, one for one, so that
// columns stay right.
func foldPunctuation(s string) string {
	return strings.NewReplacer("：", ":", "｜", "|", "［", "[", "］", "]", "【", "[", "】", "]", "＋", "+", "\u3000", " ").Replace(s)
}

// writeService is the line that reads back as s; false when s says more.
func writeService(s brief.Service) (string, bool) {
	words := []string{s.Name}
	if s.Code != "" {
		words = []string{s.Code, s.Name}
	}
	if len(s.Store) > 0 {
		words = append(words, "["+strings.Join(s.Store, "+")+"]")
	}
	line := strings.Join(words, " ")
	if s.Duty != "" {
		line += " : " + s.Duty
	}
	for _, e := range []struct {
		key    string
		events []string
	}{{"out", s.Out}, {"in", s.In}, {"deps", s.Deps}} {
		if len(e.events) > 0 {
			line += " | " + e.key + ": " + strings.Join(e.events, ", ")
		}
	}
	return line, !s.Pods.Set && s.Team == ""
}

func carryService(old, fresh brief.Service) brief.Service {
	fresh.Pods, fresh.Team = old.Pods, old.Team
	return fresh
}

// carryEntity keeps of an entity what its line cannot say.
func carryEntity(old, fresh brief.Entity) brief.Entity {
	fresh.Volume.ArchiveDays = old.Volume.ArchiveDays
	fresh.Volume.WritesPerRow = old.Volume.WritesPerRow
	fresh.SoftDelete = old.SoftDelete
	for _, t := range old.Tags {
		if !slices.Contains([]string{"hot", "write", "money"}, t) && !slices.Contains(fresh.Tags, t) {
			fresh.Tags = append(fresh.Tags, t)
		}
	}
	for i, a := range fresh.Attrs {
		if j := slices.IndexFunc(old.Attrs, func(o brief.Attr) bool { return o.Name == a.Name }); j >= 0 {
			fresh.Attrs[i] = carryAttr(old.Attrs[j], a)
		}
	}
	for i, a := range fresh.Access {
		if j := slices.IndexFunc(old.Access, func(o brief.Access) bool { return o.Op == a.Op && slices.Equal(o.Eq, a.Eq) }); j >= 0 {
			fresh.Access[i] = carryAccess(old.Access[j], a)
		}
	}
	return fresh
}

func carryAttr(old, fresh brief.Attr) brief.Attr {
	fresh.Type, fresh.Len, fresh.Default, fresh.Immutable = old.Type, old.Len, old.Default, old.Immutable
	if fresh.Comment == "" {
		fresh.Comment = old.Comment
	}
	if fresh.PII == "" && old.PII != "P3" {
		fresh.PII = old.PII
	}
	return fresh
}

func carryAccess(old, fresh brief.Access) brief.Access {
	fresh.QPS, fresh.Hot, fresh.Select, fresh.Note = old.QPS, old.Hot, old.Select, old.Note
	return fresh
}
