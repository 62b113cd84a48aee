package check_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/ddl"
)

var (
	update = flag.Bool("update", false, "rewrite the golden files")
	show   = flag.String("show", "", "log the findings of this rule in real schemas")
)

// schema is one database that runs in production, as a published Go module
// ships it. Nothing of it is copied: the test obtains the module.
type schema struct {
	name    string
	module  string
	dialect ddl.Dialect
	files   string // a glob inside the module
}

// realSchemas make more than 300 tables. They are written by many hands, most
// of them by people who never saw the rules of this package.
var realSchemas = []schema{
	{"temporal", "go.temporal.io/server@v1.28.0", ddl.MySQL, "schema/mysql/v8/temporal/schema.sql"},
	{"temporal", "go.temporal.io/server@v1.28.0", ddl.PostgreSQL, "schema/postgresql/v12/temporal/schema.sql"},
	{"visibility", "go.temporal.io/server@v1.28.0", ddl.MySQL, "schema/mysql/v8/visibility/schema.sql"},
	{"visibility", "go.temporal.io/server@v1.28.0", ddl.PostgreSQL, "schema/postgresql/v12/visibility/schema.sql"},
	{"mattermost", "github.com/mattermost/mattermost-server/v6@v6.7.2", ddl.MySQL, "db/migrations/mysql/*.up.sql"},
	{"mattermost", "github.com/mattermost/mattermost-server/v6@v6.7.2", ddl.PostgreSQL, "db/migrations/postgres/*.up.sql"},
	{"kratos", "github.com/ory/kratos@v1.3.1", ddl.MySQL, "persistence/sql/migrations/sql/*.mysql.up.sql"},
	{"kratos", "github.com/ory/kratos@v1.3.1", ddl.PostgreSQL, "persistence/sql/migrations/sql/*.postgres.up.sql"},
	{"temporal 2023", "go.temporal.io/server@v1.20.0", ddl.MySQL, "schema/mysql/v57/temporal/schema.sql"},
	{"drone", "github.com/drone/drone@v1.10.1", ddl.MySQL, "store/shared/migrate/mysql/files/*.sql"},
	{"drone", "github.com/drone/drone@v1.10.1", ddl.PostgreSQL, "store/shared/migrate/postgres/files/*.sql"},
	{"trillian", "github.com/google/trillian@v1.7.2", ddl.MySQL, "storage/mysql/schema/storage.sql"},
	{"trillian", "github.com/google/trillian@v1.7.2", ddl.PostgreSQL, "storage/postgresql/schema/storage.sql"},
	{"openfga", "github.com/openfga/openfga@v1.22.1", ddl.MySQL, "assets/migrations/mysql/*.sql"},
	{"openfga", "github.com/openfga/openfga@v1.22.1", ddl.PostgreSQL, "assets/migrations/postgres/*.sql"},
	{"booktest", "github.com/sqlc-dev/sqlc@v1.31.1", ddl.MySQL, "examples/booktest/mysql/schema.sql"},
	{"booktest", "github.com/sqlc-dev/sqlc@v1.31.1", ddl.PostgreSQL, "examples/booktest/postgresql/schema.sql"},
	{"ondeck", "github.com/sqlc-dev/sqlc@v1.31.1", ddl.MySQL, "examples/ondeck/mysql/schema/*.sql"},
	{"ondeck", "github.com/sqlc-dev/sqlc@v1.31.1", ddl.PostgreSQL, "examples/ondeck/postgresql/schema/*.sql"},
	{"jets", "github.com/sqlc-dev/sqlc@v1.31.1", ddl.PostgreSQL, "examples/jets/postgresql/schema.sql"},
}

// moduleDir is where a published module lies, fetched through the module proxy
// when this machine has not met it.
func moduleDir(t *testing.T, module string) string {
	t.Helper()
	cmd := exec.Command("go", "mod", "download", "-json", module)
	cmd.Dir = t.TempDir() // outside this module: go.mod here must not change
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := cmd.Output()
	var got struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &got); err != nil || jsonErr != nil || got.Dir == "" {
		t.Skipf("SKIPPED: module %s cannot be had: %v %s", module, err, got.Error)
	}
	return got.Dir
}

// commentLine is what the tools that run migrations leave out, with a blank
// behind the dashes or without.
var commentLine = regexp.MustCompile(`(?m)^[ \t]*--.*$`)

// tableStatements are the statements of a migration that a chapter would show:
// those that define tables. Data, functions and switches of the server stay
// out, and what undoes the migration too.
func tableStatements(d ddl.Dialect, script string) string {
	script, _, _ = strings.Cut(script, "-- +goose Down")
	var out strings.Builder
	for _, s := range ddl.Split(d, commentLine.ReplaceAllString(script, "")) {
		words := strings.Fields(strings.ToUpper(s))
		if len(words) > 1 && slices.Contains([]string{"CREATE TABLE", "CREATE INDEX", "CREATE UNIQUE", "ALTER TABLE", "DROP TABLE", "DROP INDEX", "COMMENT ON", "CREATE TYPE"}, words[0]+" "+words[1]) {
			out.WriteString(s + ";\n")
		}
	}
	return out.String()
}

// schemaChapter is the smallest chapter that shows a schema: an instance row
// and one code block for each script.
func schemaChapter(t *testing.T, s schema, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(s.files)))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s %s: no files, %v", s.module, s.files, err)
	}
	var names []string
	var blocks strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		code := tableStatements(s.dialect, string(data))
		name := chapter.Defines(code)
		if name == "" && !strings.Contains(code, "TABLE") && !strings.Contains(code, "INDEX") {
			continue
		}
		if name != "" {
			names = append(names, name)
		}
		// Scripts that only change tables belong to the block before.
		if name == "" && blocks.Len() > 0 {
			text := strings.TrimSuffix(blocks.String(), "```\n")
			blocks.Reset()
			blocks.WriteString(text + code + "```\n")
			continue
		}
		fmt.Fprintf(&blocks, "#### %s (%s)\n```sql\n%s```\n", name, name, code)
	}
	engine := map[ddl.Dialect]string{ddl.MySQL: "MySQL 8.4", ddl.PostgreSQL: "PostgreSQL 16"}[s.dialect]
	return "### 数据库架构\n#### 数据库实例规划\n\n| 服务名称 | 数据库类型 | 实例名称 | 主要表 | 备注 |\n|---|---|---|---|---|\n| 服务 | " + engine + " | db | " +
		strings.Join(names, ", ") + " | 主从复制 |\n\n### 核心表设计\n" + blocks.String()
}

// TestRealSchemas runs the rules about table definitions over schemas that work
// and compares how often each speaks with the golden file, which people read:
// a rule that speaks often about good tables is a false alarm.
func TestRealSchemas(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: real schemas take the module proxy")
	}
	hits, tables := map[string]int{}, 0
	severity := map[string]check.Severity{}
	for _, s := range realSchemas {
		text := schemaChapter(t, s, moduleDir(t, s.module))
		here := strings.Count(strings.ToUpper(text), "\nCREATE TABLE")
		tables += here
		for _, f := range check.Run(nil, text).Findings {
			if f.Rule[0] != 'D' && f.Rule[0] != 'L' {
				continue
			}
			hits[f.Rule]++
			severity[f.Rule] = f.Severity
			if f.Rule == *show {
				t.Logf("%s %s %s: %s\n\t%s", s.name, s.dialect, f.Object, f.Message, strings.Split(text, "\n")[f.Line-1])
			}
		}
	}
	if tables < 300 {
		t.Errorf("%d tables, want at least 300", tables)
	}
	got := fmt.Sprintf("tables %d\n", tables)
	for _, r := range check.Rules() {
		if r.ID[0] == 'D' || r.ID[0] == 'L' {
			got += fmt.Sprintf("%s %-5s %4d %6.3f\n", r.ID, r.Severity, hits[r.ID], float64(hits[r.ID])/float64(tables))
		}
	}
	const golden = "testdata/real_schemas.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("hits per rule and table have changed; look at them with -show RULE, then -update:\n%s", got)
	}
}
