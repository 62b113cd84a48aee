package brief

import (
	"reflect"
	"strconv"
	"strings"
)

// FormatEntity writes e as one DSL line where the DSL can say it all.
func FormatEntity(e Entity) (string, bool) {
	text := entityText(e)
	back, problems := ParseEntity(text)
	return text, len(problems) == 0 && reflect.DeepEqual(back, e)
}

// entityText is the line; whether it says it all is found by reading it back.
func entityText(e Entity) string {
	words := []string{quoted(e.Name)}
	if e.Table != "" {
		words = append(words, e.Table)
	}
	if e.Service != "" {
		words = append(words, "@"+e.Service)
	}
	if e.Kind != "" {
		words = append(words, string(e.Kind))
	}
	if v := volumeDSL(e.Volume); v != "" {
		words = append(words, v)
	}
	out := strings.Join(words, " ")
	if len(e.Attrs) > 0 {
		out += " : " + attrsText(e.Attrs)
	}
	if items := accessItems(e); len(items) > 0 {
		out += " | " + strings.Join(items, "; ")
	}
	return out
}

func volumeDSL(v Volume) string {
	var out string
	if v.RowsNow.Set {
		out = exactCount(v.RowsNow.V)
	}
	if v.RowsPerDay.Set {
		out += "+" + exactCount(v.RowsPerDay.V) + "/d"
	}
	if v.RetentionDays.Set {
		out += "~" + strconv.Itoa(v.RetentionDays.V)
	}
	return out
}

func attrsText(attrs []Attr) string {
	out := make([]string, len(attrs))
	for i, a := range attrs {
		out[i] = attrText(a)
	}
	return strings.Join(out, ", ")
}

func attrText(a Attr) string {
	out := a.Name
	if strings.ContainsAny(a.Name, ",:;|，：；｜、(){}（）#?!>") {
		out = quoted(a.Name)
	}
	if a.Comment != "" {
		out += "(" + a.Comment + ")"
	}
	if a.Column != "" {
		out += " " + a.Column
	}
	for _, f := range []struct {
		on   bool
		mark string
	}{{a.Unique, "#"}, {a.Nullable, "?"}, {a.PII == "P3", "!"}, {a.Ref != "", ">" + a.Ref}} {
		if f.on {
			out += f.mark
		}
	}
	if len(a.Enum) > 0 {
		out += enumText(a.Enum)
	}
	return out
}

// enumText is {1新建,2完成}, or {10-新建,20-完成} when the short form would be
// read as something else.
func enumText(values []EnumValue) string {
	sep := ""
	if !runs(values) || digitLabels(values) {
		sep = "-"
	}
	if !allDigits(values) {
		sep = ":"
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.Code + sep + v.Label
	}
	return "{" + strings.Join(out, ",") + "}"
}

func allDigits(values []EnumValue) bool {
	for _, v := range values {
		if !onlyDigit.MatchString(v.Code) {
			return false
		}
	}
	return true
}

func digitLabels(values []EnumValue) bool {
	for _, v := range values {
		if v.Label == "" || isDigit(rune(v.Label[0])) {
			return true
		}
	}
	return false
}

func accessItems(e Entity) []string {
	var out []string
	for _, a := range e.Access {
		out = append(out, accessText(a))
	}
	return append(out, e.Tags...)
}

func accessText(a Access) string {
	out := a.Op + " " + strings.Join(a.Eq, ",")
	if a.Sort != "" {
		out += ">" + a.Sort
		if a.Desc {
			return out + "-"
		}
		out += "+"
	}
	if a.Range != "" {
		out += "<" + a.Range
	}
	return out
}

// quoted protects a name that holds structure.
func quoted(s string) string {
	if strings.ContainsAny(s, " ,:;|@：，；｜、(){}（）#?!>") && !strings.Contains(s, `"`) {
		return `"` + s + `"`
	}
	return s
}
