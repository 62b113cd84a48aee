package cli

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/ddl"
)

// briefFromCmd turns schemas or prose into a brief.
func (a *app) briefFromCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "from FILE...",
		Short: "由建表语句（.sql）或文字（.txt、.md）整理出一份简报",
		Long: "由建表语句（.sql）或文字（.txt、.md）整理出一份简报，写成 YAML。\n" +
			"多个 .sql 文件各算一个服务，文件名是服务代号。没看懂的、还缺的都列在标准错误。",
		Example: "  dbchapter brief from order.sql user.sql --set system.name=交易平台 -o brief.yaml\n" +
			"  dbchapter brief from - < 需求.txt",
		Args: some,
		RunE: func(_ *cobra.Command, args []string) error { return a.briefFrom(args) },
	}
	a.flags.registerOutput(c)
	return c
}

func (a *app) briefFrom(files []string) error {
	var errs several
	errs.add(a.mayWrite(a.flags.output))
	texts := make([]string, len(files))
	sql := true
	for i, file := range files {
		data, err := a.input(file)
		errs.add(err)
		texts[i] = string(data)
		sql = sql && isSQL(file, texts[i])
	}
	if !sql && len(files) > 1 {
		errs.add(usage("先合成一个文件", "几个文件一起只能是 .sql"))
	}
	if len(errs) > 0 {
		return errs.err()
	}
	b := a.fromProse(texts[0])
	if sql {
		b = a.fromSQL(files, texts)
	}
	if len(b.Entities) == 0 && len(a.flags.sets) == 0 {
		return usage("每行写一个实体，例如：订单: 订单号#, 用户, 总金额", "没有从 %q 中识别到业务实体", strings.Join(files, " "))
	}
	for _, set := range a.flags.sets {
		if _, wrong := apply(&b, set); len(wrong) > 0 {
			return wrong
		}
	}
	if b.BaseDate == "" {
		b.BaseDate = a.today()
	}
	a.stillOpen(b)
	return a.write(b.YAML())
}

// stillOpen lists what a brief still lacks before a chapter can be drafted, and
// what nobody said although much depends on it.
func (a *app) stillOpen(b brief.Brief) {
	for _, p := range brief.Validate(b) {
		if p.Hint == "" {
			p.Hint = flagFor(p.Path)
		}
		a.note("还缺：%s  %s", p.Error(), p.Hint)
	}
	if !b.System.DAU.Set {
		a.note("没有说到：%s  %s", a.words.T("日活用户"), flagFor("system.dau"))
	}
	if len(b.Databases) == 0 {
		a.note("没有说到：%s  %s", a.words.T("用什么数据库"), flagFor("databases[0].engine"))
	}
}

// fromProse is a brief guessed from text, every guess listed.
func (a *app) fromProse(text string) brief.Brief {
	b, found := brief.Extract(text)
	for _, x := range found {
		a.note("识别：%s = %s", x.Label, x.Value)
	}
	return b
}

// isSQL says whether a file holds statements and nothing else.
func isSQL(name, text string) bool {
	return strings.EqualFold(filepath.Ext(name), ".sql") || name == "-" && statements.MatchString(text)
}

var statements = regexp.MustCompile(`(?i)^\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*|SET [^;]*;\s*|USE [^;]*;\s*|DROP [^;]*;\s*)*CREATE\s`)

// fromSQL is a brief of tables that exist; with several files each is a
// service.
func (a *app) fromSQL(files, texts []string) brief.Brief {
	var b brief.Brief
	for i, text := range texts {
		dialect := dialectOf(text)
		schema := ddl.Parse(dialect, text)
		a.misread(files[i], schema)
		entities := brief.FromSchema(schema)
		if len(files) > 1 {
			code := serviceCode(files[i], i)
			for n := range entities {
				entities[n].Service = code
			}
		}
		b.Entities = append(b.Entities, entities...)
		engine := map[ddl.Dialect]string{ddl.MySQL: "MySQL", ddl.PostgreSQL: "PostgreSQL", ddl.ClickHouse: "ClickHouse"}[dialect]
		if !slices.ContainsFunc(b.Databases, func(d brief.Database) bool { return d.Engine == engine }) {
			b.Databases = append(b.Databases, brief.Database{Engine: engine})
		}
		a.note("识别：%s，%d 张表（%s）", files[i], len(entities), engine)
	}
	return b
}

// misread lists what a schema file says that the brief does not take over.
func (a *app) misread(file string, s ddl.Schema) {
	for _, p := range s.Problems {
		if p.Code.Refused() {
			a.note("没看懂：%s:%d: %s", file, p.Line, p.Message)
		}
	}
	known := []string{"", "CREATE TABLE", "ALTER TABLE", "CREATE INDEX", "CREATE UNIQUE INDEX", "COMMENT ON", "DROP TABLE", "SET", "USE"}
	for _, st := range s.Statements {
		if !slices.ContainsFunc(known, func(v string) bool { return v == st.Verb || v != "" && strings.HasPrefix(st.Verb, v) }) {
			a.note("没有采用：%s:%d: %s %s", file, st.Line, st.Verb, st.Object)
		}
	}
}

// dialectOf is the dialect in which a server would refuse least of a text.
func dialectOf(text string) ddl.Dialect {
	best, least := ddl.MySQL, -1
	for _, d := range []ddl.Dialect{ddl.MySQL, ddl.PostgreSQL, ddl.ClickHouse} {
		n := 0
		if d == ddl.ClickHouse && !strings.Contains(text, "MergeTree") {
			continue
		}
		for _, p := range ddl.Parse(d, text).Problems {
			if p.Code.Refused() {
				n++
			}
		}
		if least < 0 || n < least {
			best, least = d, n
		}
	}
	return best
}

// serviceCode is a file's name as the code of a service.
func serviceCode(file string, i int) string {
	stem := strings.ToLower(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
	var out strings.Builder
	for _, r := range stem {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9' && out.Len() > 0:
			out.WriteRune(r)
		case (r == '-' || r == '_' || r == ' ') && out.Len() > 0:
			out.WriteByte('_')
		}
	}
	code := strings.Trim(out.String(), "_")
	for _, ending := range []string{"_service", "_db", "_schema", "_svc"} {
		code = strings.TrimSuffix(code, ending)
	}
	if len(code) < 2 || len(code) > 20 {
		return "service" + string(rune('a'+i%26))
	}
	return code
}
