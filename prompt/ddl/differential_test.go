package ddl_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/ddl/servertest"
)

// verdict is what two sides say about one statement.
type verdict struct {
	sql    string
	ours   []ddl.Problem // those that a server would refuse
	theirs string        // the server's error, "" when it took the statement
}

// cases is how many statements a differential test tries.
func cases() int {
	if n, err := strconv.Atoi(os.Getenv("DBCHAPTER_DIFF")); err == nil && n > 0 {
		return n
	}
	return 1000
}

// source is a random source whose seed is printed, so that a failure can be
// had again with DBCHAPTER_SEED.
func randomSource(t *testing.T) *rand.Rand {
	seed := uint64(time.Now().UnixNano())
	if n, err := strconv.ParseUint(os.Getenv("DBCHAPTER_SEED"), 10, 64); err == nil {
		seed = n
	}
	t.Logf("DBCHAPTER_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 1))
}

// refused are the problems of a statement that follows others which are right.
func refused(d ddl.Dialect, before, sql string) []ddl.Problem {
	var out []ddl.Problem
	for _, p := range ddl.Parse(d, before+sql+";").Problems {
		if p.Code.Refused() {
			out = append(out, p)
		}
	}
	return out
}

// score compares the two sides. known tells a difference between the real
// server and the one we speak for; such a case counts for nobody.
func score(t *testing.T, all []verdict, known func(verdict) bool) {
	t.Helper()
	agree, excluded := 0, 0
	var onlyOurs, onlyTheirs []verdict
	both := 0
	for _, v := range all {
		switch {
		case (len(v.ours) > 0) == (v.theirs != ""):
			agree++
			if v.theirs != "" {
				both++
			}
		case known(v):
			excluded++
		case v.theirs == "":
			onlyOurs = append(onlyOurs, v)
		default:
			onlyTheirs = append(onlyTheirs, v)
		}
	}
	n := len(all) - excluded
	t.Logf("%d cases, %d refused by both, %d known differences, %d only ours, %d only theirs", len(all), both, excluded, len(onlyOurs), len(onlyTheirs))
	for _, v := range onlyOurs[:min(len(onlyOurs), 12)] {
		t.Logf("only ours: %s\n\t%s %s", v.sql, v.ours[0].Code, v.ours[0].Message)
	}
	for _, v := range onlyTheirs[:min(len(onlyTheirs), 12)] {
		t.Logf("only theirs: %s\n\t%s", v.sql, v.theirs)
	}
	if share := float64(agree) / float64(n); share < 0.98 {
		t.Errorf("agreement = %.2f %%, want at least 98 %%", share*100)
	}
	if share := float64(len(onlyTheirs)) / float64(n); share > 0.005 {
		t.Errorf("missed = %.2f %%, want at most 0.5 %%", share*100)
	}
	if both < len(all)/10 || both > len(all)*9/10 {
		t.Errorf("%d of %d cases refused: the mutations test too little", both, len(all))
	}
}

// mariadbDiffers are differences between MariaDB 10.11 and MySQL 8 that the
// manuals of both describe (sql.md §1.2, §3.2).
func mariadbDiffers(v verdict) bool {
	if v.theirs == "" {
		return !slices.ContainsFunc(v.ours, func(p ddl.Problem) bool { return !lenientMariaDB(p) })
	}
	computed := strings.Contains(v.sql, "DEFAULT (") && strings.HasPrefix(v.theirs, "1067") // tried at once
	charset := strings.HasPrefix(v.theirs, "1901")                                          // of the session, in a generated column
	return computed || charset
}

// lenientMariaDB is a problem that MariaDB does not mind: it takes literal
// defaults of TEXT and JSON, JSON is LONGTEXT and can be a key, plain keys
// that are too long are cut, DATE DEFAULT CURRENT_TIMESTAMP is fine, rank is no
// reserved word, a CHECK behind a column may read another one.
func lenientMariaDB(p ddl.Problem) bool {
	switch p.Code {
	case ddl.BigKey, ddl.BigDefault, ddl.KeyLength:
		return true
	case ddl.ReservedWord:
		return p.Object == "rank"
	case ddl.BadExpression:
		return strings.Contains(p.Message, "引用了别的列")
	case ddl.BadDefault:
		return strings.Contains(p.Message, "DEFAULT CURRENT_TIMESTAMP") || strings.Contains(p.Message, "小数秒")
	}
	return false
}

func TestAgreesWithMariaDB(t *testing.T) {
	server := servertest.StartMariaDB(t)
	m := mutator{randomSource(t)}
	all := make([]verdict, cases())
	var script strings.Builder
	fmt.Fprintf(&script, "CREATE DATABASE d; USE d;\n%s", strings.ReplaceAll(mysqlParents, ";\n", "; "))
	script.WriteString("\n")
	for i := range all {
		all[i].sql = m.mutate(pick(m.r, mysqlBase), mysqlSteps).sql()
		all[i].ours = refused(ddl.MySQL, mysqlParents, all[i].sql)
		fmt.Fprintf(&script, "%s;\nDROP TABLE IF EXISTS t_case;\n", all[i].sql)
	}
	const before = 2 // lines of the script before the first case
	for line, message := range server.Run(t, script.String()).Errors {
		if i := (line - before - 1) / 2; i >= 0 && i < len(all) {
			all[i].theirs = message
		}
	}
	score(t, all, mariadbDiffers)
}

func TestAgreesWithPostgres(t *testing.T) {
	server := servertest.StartPostgres(t)
	m := mutator{randomSource(t)}
	all := make([]verdict, cases())
	var script strings.Builder
	fmt.Fprintf(&script, "SET client_min_messages = error; %s\n", strings.ReplaceAll(postgresParents, "\n", " "))
	for i := range all {
		all[i].sql = m.mutate(pick(m.r, postgresBase), postgresSteps).sql()
		all[i].ours = refused(ddl.PostgreSQL, postgresParents, all[i].sql)
		fmt.Fprintf(&script, "BEGIN; %s; \nROLLBACK;\n", all[i].sql)
	}
	const before = 1
	for line, message := range server.Run(t, script.String()).Errors {
		if i := (line - before - 1) / 2; i >= 0 && i < len(all) {
			all[i].theirs = message
		}
	}
	score(t, all, func(verdict) bool { return false })
}
