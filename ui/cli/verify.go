package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/export"
	"dbchapter/ui/safetext"
	"dbchapter/ui/verify"
)

// engineRun is one kind of server with the definitions meant for it.
type engineRun struct {
	name string
	run  func(context.Context, []verify.Block) ([]verify.Refusal, error)
	hint bool // its refusals are a hint, not a verdict
	of   []ddl.Dialect
}

func engineRuns() []engineRun {
	return []engineRun{
		{"MariaDB", verify.MariaDB, true, []ddl.Dialect{ddl.MySQL}},
		{"PostgreSQL", verify.Postgres, false, []ddl.Dialect{ddl.PostgreSQL}},
	}
}

// verify lets servers of this machine execute the definitions and tells the
// result on standard error; refused when the chapter does not pass for it.
func (a *app) verify(ctx context.Context, all []checkedFile) (refused bool, err error) {
	ctx, ended := interruptible(ctx)
	defer ended()
	for _, one := range all {
		byDialect := definitions(one)
		for _, e := range engineRuns() {
			var blocks []verify.Block
			for _, d := range e.of {
				blocks = append(blocks, byDialect[d]...)
				delete(byDialect, d)
			}
			bad, err := a.execute(ctx, one.file, e, blocks)
			if err != nil {
				return false, stopped(ctx, err)
			}
			refused = refused || bad
		}
		for d, blocks := range byDialect {
			a.warn("%s：%d 张 %s 表没有可用的本机服务，没有执行", one.file, len(blocks), d)
		}
	}
	return refused, nil
}

// execute runs one file's definitions in one kind of server.
func (a *app) execute(ctx context.Context, file string, e engineRun, blocks []verify.Block) (refused bool, err error) {
	if len(blocks) == 0 {
		return false, nil
	}
	found, err := e.run(ctx, blocks)
	switch {
	case errors.Is(err, verify.ErrNone):
		a.warn("%s：%d 张表没有执行，这台机器上没有 %s（dbchapter doctor）", file, len(blocks), e.name)
		return false, nil
	case err != nil:
		return false, failure(err, "去掉 --verify，规则检查不受影响", "在本机 %s 里执行建表语句", e.name)
	}
	name := e.name
	if e.hint {
		name += a.words.T("（兼容性参考，不等于 MySQL 的结论）")
	}
	a.warn("%s：%s 执行了 %d 张表的建表语句，拒绝 %d 张", file, name, len(blocks), len(found))
	for _, r := range found {
		fmt.Fprintln(a.env.Stderr, safetext.Line(fmt.Sprintf("%s:%d: %s: %s", file, r.Line, r.Table, r.Message)))
	}
	return len(found) > 0 && (!e.hint || a.flags.strict), nil
}

// definitions are the SQL blocks of a chapter by dialect, with the lines of
// the file.
func definitions(one checkedFile) map[ddl.Dialect][]verify.Block {
	schema := export.Read("chapter", one.doc.chapter, nil).Schema
	out := map[ddl.Dialect][]verify.Block{}
	for _, t := range chapter.Parse(one.doc.chapter).Document().Tables {
		if t.Lang != "sql" || t.Code == "" {
			continue
		}
		d := ddl.MySQL
		if known, ok := schema.Table(t.Name); ok {
			d = known.Dialect
		}
		text := strings.TrimRight(t.Code, " \r\n")
		if !strings.HasSuffix(text, ";") {
			text += ";"
		}
		out[d] = append(out[d], verify.Block{Table: t.Name, Text: text + "\n", Line: t.CodeLine + one.doc.lines()})
	}
	return out
}
