package check_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/check"
)

// The package that ships the schema of SARIF 2.1.0 which OASIS published.
const (
	sarifPackage = "@microsoft/jest-sarif@1.0.0-beta.0"
	sarifFile    = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
)

// sarifSchema obtains the published schema.
func sarifSchema(t *testing.T) map[string]any {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command("npm", "pack", "--silent", sarifPackage)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	packed, _ := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(packed) != 1 {
		t.Skipf("SKIPPED: npm package %s cannot be had: %v %s", sarifPackage, err, out)
	}
	data, err := os.ReadFile(packed[0])
	if err != nil {
		t.Fatal(err)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(unzipped); ; {
		h, err := r.Next()
		if err != nil {
			t.Fatalf("%s has no %s: %v", sarifPackage, sarifFile, err)
		}
		if h.Name != sarifFile {
			continue
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		var schema map[string]any
		if err := json.Unmarshal(text, &schema); err != nil {
			t.Fatal(err)
		}
		return schema
	}
}

// jsonSchema validates with the words of JSON Schema draft 4 that the schema of
// SARIF uses; a word that it does not know is an error, not a pass.
type jsonSchema struct{ root map[string]any }

func (j jsonSchema) check(schema map[string]any, v any, at string) (errs []error) {
	fail := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf(at+": "+format, args...))
	}
	for word, arg := range schema {
		switch word {
		case "$schema", "id", "title", "description", "default", "definitions":
		case "$ref":
			name := strings.TrimPrefix(arg.(string), "#/definitions/")
			errs = append(errs, j.check(j.root["definitions"].(map[string]any)[name].(map[string]any), v, at)...)
		case "type":
			if !slices.Contains(typesOf(v), arg.(string)) {
				fail("is %T, want %v", v, arg)
			}
		case "enum":
			if !slices.ContainsFunc(arg.([]any), func(x any) bool { return reflect.DeepEqual(x, v) }) {
				fail("%v is none of %v", v, arg)
			}
		case "anyOf", "oneOf":
			n := 0
			for _, s := range arg.([]any) {
				if len(j.check(s.(map[string]any), v, at)) == 0 {
					n++
				}
			}
			if n == 0 || word == "oneOf" && n != 1 {
				fail("%s holds %d times", word, n)
			}
		default:
			errs = append(errs, j.checkValue(schema, word, arg, v, at)...)
		}
	}
	return errs
}

// checkValue handles the words about one kind of value.
func (j jsonSchema) checkValue(schema map[string]any, word string, arg, v any, at string) (errs []error) {
	fail := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf(at+": "+format, args...))
	}
	list, _ := v.([]any)
	object, isObject := v.(map[string]any)
	number, isNumber := v.(float64)
	text, isText := v.(string)
	switch word {
	case "items":
		for i, x := range list {
			errs = append(errs, j.check(arg.(map[string]any), x, fmt.Sprintf("%s/%d", at, i))...)
		}
	case "minItems":
		if list != nil && len(list) < int(arg.(float64)) {
			fail("%d items, want at least %v", len(list), arg)
		}
	case "uniqueItems":
		for i, x := range list {
			if slices.ContainsFunc(list[:i], func(y any) bool { return reflect.DeepEqual(x, y) }) {
				fail("item %d stands twice", i)
			}
		}
	case "required":
		for _, name := range arg.([]any) {
			if _, ok := object[name.(string)]; isObject && !ok {
				fail("no %v", name)
			}
		}
	case "properties":
		for name, s := range arg.(map[string]any) {
			if x, ok := object[name]; ok {
				errs = append(errs, j.check(s.(map[string]any), x, at+"/"+name)...)
			}
		}
	case "additionalProperties":
		known, _ := schema["properties"].(map[string]any)
		for name, x := range object {
			if _, ok := known[name]; ok {
				continue
			}
			if s, ok := arg.(map[string]any); ok {
				errs = append(errs, j.check(s, x, at+"/"+name)...)
			} else if arg == false {
				fail("%q is not allowed", name)
			}
		}
	case "minimum":
		if isNumber && number < arg.(float64) {
			fail("%v is less than %v", number, arg)
		}
	case "maximum":
		if isNumber && number > arg.(float64) {
			fail("%v is more than %v", number, arg)
		}
	case "pattern":
		if isText && !regexp.MustCompile(arg.(string)).MatchString(text) {
			fail("%q does not match %v", text, arg)
		}
	case "format":
		if u, err := url.Parse(text); isText && strings.HasPrefix(arg.(string), "uri") && (err != nil || arg == "uri" && !u.IsAbs()) {
			fail("%q is no %v", text, arg)
		}
	default:
		fail("the schema says %q, which this test does not know", word)
	}
	return errs
}

// typesOf are the names that JSON Schema has for a value.
func typesOf(v any) []string {
	switch x := v.(type) {
	case nil:
		return []string{"null"}
	case bool:
		return []string{"boolean"}
	case string:
		return []string{"string"}
	case []any:
		return []string{"array"}
	case map[string]any:
		return []string{"object"}
	case float64:
		if x == float64(int64(x)) {
			return []string{"number", "integer"}
		}
	}
	return []string{"number"}
}

// TestSARIFHoldsToTheSchema: what is written is SARIF 2.1.0 as published, with
// findings and without; a log with a wrong word is not.
func TestSARIFHoldsToTheSchema(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: the schema takes npm")
	}
	schema := jsonSchema{sarifSchema(t)}
	validate := func(data []byte) error {
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			return err
		}
		return errors.Join(schema.check(schema.root, v, "")...)
	}
	for _, name := range []string{"seed_example.md", "parking.md", "hotel.reply.md"} {
		for _, path := range []string{"docs/数据库 设计.md", "/tmp/a.md", `C:\docs\a.md`} {
			data, err := check.SARIF(path, check.Run(nil, file(t, name)))
			if err != nil {
				t.Fatal(err)
			}
			if err := validate(data); err != nil {
				t.Errorf("%s as %s: %v", name, path, err)
			}
			if validate(bytes.Replace(data, []byte(`"level": "`), []byte(`"level": "x`), 1)) == nil {
				t.Errorf("%s: a wrong level passes", name)
			}
		}
	}
}

// TestRulesSayWhatTheyAreAbout: a list of rules reads without findings.
func TestRulesSayWhatTheyAreAbout(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	for _, r := range check.Rules() {
		if len(han.FindAllString(r.Wording, -1)) < 2 {
			t.Errorf("%s says only %q", r.ID, r.Wording)
		}
	}
}
