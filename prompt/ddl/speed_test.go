package ddl_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"dbchapter/prompt/ddl"
)

// manyTables is about 1 MB of the definitions of a chapter, under n names.
func manyTables(tb testing.TB, n int) string {
	tb.Helper()
	src, err := os.ReadFile("testdata/parking.sql")
	if err != nil {
		tb.Fatal(err)
	}
	statements := ddl.Split(ddl.MySQL, string(src))
	var b strings.Builder
	for i := range n {
		s := statements[i%len(statements)]
		head, rest, _ := strings.Cut(s, " (")
		b.WriteString(head + fmt.Sprintf("_%d", i) + " (" + rest + ";\n")
	}
	return b.String()
}

func BenchmarkThousandTables(b *testing.B) {
	src := manyTables(b, 1000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if s := ddl.Parse(ddl.MySQL, src); len(s.Tables) != 1000 || len(s.Problems) > 0 {
			b.Fatalf("%d tables, %d problems", len(s.Tables), len(s.Problems))
		}
	}
}

// A chapter is checked at every pause of the person's typing.
func TestThousandTablesInTime(t *testing.T) {
	src := manyTables(t, 1000)
	var s ddl.Schema
	took := time.Hour
	for range 3 { // the machine may be busy with other packages
		start := time.Now()
		s = ddl.Parse(ddl.MySQL, src)
		took = min(took, time.Since(start))
	}
	if len(s.Tables) != 1000 || len(s.Problems) > 0 {
		t.Errorf("%d tables, %d problems", len(s.Tables), len(s.Problems))
	}
	if limit := time.Second * raceFactor; took > limit {
		t.Errorf("%d bytes took %v, want less than %v", len(src), took, limit)
	}
}
