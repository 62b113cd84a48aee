package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/check"
	"dbchapter/prompt/export"

	"go.yaml.in/yaml/v3"
)

// mismatch is the first place where a value is not what a schema says; it
// knows the words that the published schemas use and refuses all others.
func mismatch(schema map[string]any, v any, at string) string {
	for word := range schema {
		if !slices.Contains([]string{
			"$schema", "title", "description", "examples", "type", "properties", "required", "additionalProperties",
			"items", "enum", "const", "pattern", "minimum", "maximum", "anyOf",
		}, word) {
			return at + ": unknown word " + word
		}
	}
	if ways, ok := schema["anyOf"].([]any); ok {
		wrong := ""
		for _, w := range ways {
			if wrong = mismatch(w.(map[string]any), v, at); wrong == "" {
				return ""
			}
		}
		return wrong
	}
	if c, ok := schema["const"]; ok && c != v {
		return fmt.Sprintf("%s is %v, not %v", at, v, c)
	}
	if e, ok := schema["enum"].([]any); ok && !slices.Contains(e, v) {
		return fmt.Sprintf("%s is %v, not one of %v", at, v, e)
	}
	if !typed(schema["type"], v) {
		return fmt.Sprintf("%s is %T, not %v", at, v, schema["type"])
	}
	switch v := v.(type) {
	case string:
		if p, ok := schema["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v) {
			return fmt.Sprintf("%s is %q, not %s", at, v, p)
		}
	case float64:
		lo, low := schema["minimum"].(float64)
		hi, high := schema["maximum"].(float64)
		if low && v < lo || high && v > hi {
			return fmt.Sprintf("%s is %v", at, v)
		}
	case []any:
		for i, x := range v {
			if wrong := mismatch(schema["items"].(map[string]any), x, fmt.Sprintf("%s[%d]", at, i)); wrong != "" {
				return wrong
			}
		}
	case map[string]any:
		return objectMismatch(schema, v, at)
	}
	return ""
}

func objectMismatch(schema, v map[string]any, at string) string {
	props, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]any)
	for _, r := range required {
		if _, ok := v[r.(string)]; !ok {
			return fmt.Sprintf("%s has no %v", at, r)
		}
	}
	for k, x := range v {
		s, ok := props[k].(map[string]any)
		if more, is := schema["additionalProperties"].(map[string]any); !ok && is {
			s, ok = more, true
		}
		if !ok {
			return fmt.Sprintf("%s.%s is unknown", at, k)
		}
		if wrong := mismatch(s, x, at+"."+k); wrong != "" {
			return wrong
		}
	}
	return ""
}

func typed(want, v any) bool {
	if many, ok := want.([]any); ok {
		return slices.ContainsFunc(many, func(w any) bool { return typed(w, v) })
	}
	switch f, number := v.(float64); want {
	case nil:
		return true
	case "integer":
		return number && f == float64(int64(f))
	case "number":
		return number
	}
	return map[reflect.Kind]any{
		reflect.String: "string", reflect.Bool: "boolean", reflect.Slice: "array", reflect.Map: "object", reflect.Invalid: "null",
	}[reflect.ValueOf(v).Kind()] == want
}

func data(t *testing.T, src []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(src, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func schema(t *testing.T, src []byte) map[string]any {
	t.Helper()
	return data(t, src).(map[string]any)
}

func TestDataFollowsItsSchema(t *testing.T) {
	rules := schema(t, export.Schema())
	for _, src := range sources(t) {
		out := write(t, "json", src)[0].Data
		if wrong := mismatch(rules, data(t, out), src.Name); wrong != "" {
			t.Error(wrong)
		}
	}
	got := schema(t, write(t, "json", parking(t))[0].Data)
	tables := got["tables"].([]any)
	first := tables[0].(map[string]any)
	if len(got["sections"].([]any)) != 7 || len(tables) != 13 || first["name"] != "owners" || len(first["columns"].([]any)) != 12 ||
		!reflect.DeepEqual(first["instances"], []any{"user_db"}) {
		t.Errorf("first table = %v", first)
	}
	got["extra"] = 1.0
	if mismatch(rules, got, "x") == "" {
		t.Error("the schema takes anything")
	}
}

func TestReportFollowsItsSchema(t *testing.T) {
	rules := schema(t, export.ReportSchema())
	for _, src := range sources(t) {
		out, err := json.Marshal(check.Run(nil, src.Text))
		if err != nil {
			t.Fatal(err)
		}
		if wrong := mismatch(rules, data(t, out), src.Name); wrong != "" {
			t.Error(wrong)
		}
	}
	dimensions := rules["properties"].(map[string]any)["score"].(map[string]any)["properties"].(map[string]any)["dimensions"].(map[string]any)["properties"].(map[string]any)
	for _, p := range check.Points() {
		if d, ok := dimensions[p.Dimension].(map[string]any); !ok || d["maximum"] != float64(p.Most) {
			t.Errorf("dimension %s is %v, want %d", p.Dimension, d, p.Most)
		}
	}
	if len(dimensions) != len(check.Points()) {
		t.Errorf("dimensions %v", dimensions)
	}
}

// TestBriefSchemaTakesBriefs holds every preset, and a brief that has every
// field there is: the format and its schema have the same keys.
func TestBriefSchemaTakesBriefs(t *testing.T) {
	rules := schema(t, export.BriefSchema())
	for _, p := range brief.Presets() {
		b, _ := brief.Preset(p.ID)
		if wrong := mismatch(rules, fromYAML(t, b.YAML()), p.ID); wrong != "" {
			t.Error(wrong)
		}
		full := brief.Complete(b)
		if wrong := mismatch(rules, fromYAML(t, full.YAML()), p.ID+" completed"); wrong != "" {
			t.Error(wrong)
		}
	}
	var b brief.Brief
	fill(reflect.ValueOf(&b).Elem())
	text := b.YAML()
	if wrong := mismatch(rules, fromYAML(t, text), "brief"); wrong != "" {
		t.Error(wrong)
	}
	seen := map[string]bool{}
	keys(fromYAML(t, text), "", seen)
	known := map[string]bool{}
	schemaKeys(rules, "", known)
	for k := range known {
		if !seen[k] && k != ".schema" {
			t.Errorf("the schema knows %s, which no brief has", k)
		}
	}
	for _, bad := range []string{`{"schema":"dbbrief/v2"}`, `{"schema":"dbbrief/v1","entites":[]}`, `{"schema":"dbbrief/v1","system":{"dua":1}}`, `{}`} {
		if mismatch(rules, data(t, []byte(bad)), "x") == "" {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

// fromYAML is YAML as JSON data.
func fromYAML(t *testing.T, src []byte) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal(src, &n); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(fromNode(n.Content[0]))
	if err != nil {
		t.Fatal(err)
	}
	return data(t, bytes.TrimSpace(out))
}

func fromNode(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = fromNode(n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, fromNode(c))
		}
		return out
	}
	var v any = n.Value
	if n.Tag == "!!int" || n.Tag == "!!float" || n.Tag == "!!bool" {
		_ = n.Decode(&v)
	}
	return v
}

// fill gives every field of a brief a value.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.String:
		v.SetString("v \"1\": {x}")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(7)
	}
}

// keys are the paths of all keys of some data, without the places in lists.
func keys(v any, at string, out map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			out[at+"."+k] = true
			keys(x, at+"."+k, out)
		}
	case []any:
		for _, x := range v {
			keys(x, at, out)
		}
	}
}

// schemaKeys are the paths of all properties of a schema.
func schemaKeys(s map[string]any, at string, out map[string]bool) {
	if props, ok := s["properties"].(map[string]any); ok {
		for k, x := range props {
			out[at+"."+k] = true
			schemaKeys(x.(map[string]any), at+"."+k, out)
		}
	}
	if items, ok := s["items"].(map[string]any); ok {
		schemaKeys(items, at, out)
	}
	if ways, ok := s["anyOf"].([]any); ok {
		for _, w := range ways {
			schemaKeys(w.(map[string]any), at, out)
		}
	}
}
