package ddl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dbchapter/prompt/ddl"
)

// TestRealSchemas reads schemas that run in production, which must not be
// refused. They are not ours to copy, so the test wants to know where they
// are: DBCHAPTER_REAL=mysql=GLOB:postgresql=GLOB, each glob one schema. Good
// ones are the folders schema/mysql/v8 and schema/postgresql/v12 of the Go
// module go.temporal.io/server, and assets/migrations of
// github.com/openfga/openfga.
func TestRealSchemas(t *testing.T) {
	places := os.Getenv("DBCHAPTER_REAL")
	if places == "" {
		t.Skip("SKIPPED: DBCHAPTER_REAL names no schemas")
	}
	tables := 0
	for _, place := range filepath.SplitList(places) {
		dialect, glob, _ := strings.Cut(place, "=")
		files, err := filepath.Glob(glob)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files, %v", place, err)
		}
		var blocks []ddl.Block
		for _, f := range files {
			src, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			up, _, _ := strings.Cut(string(src), "-- +goose Down")
			blocks = append(blocks, ddl.Block{Dialect: ddl.Dialect(dialect), Text: up})
		}
		s := ddl.ParseBlocks(blocks...)
		tables += len(s.Tables)
		for _, p := range s.Problems {
			if p.Code.Refused() {
				t.Errorf("%s:%d: %s %s", files[p.Block], p.Line, p.Code, p.Message)
			}
		}
	}
	t.Logf("%d tables", tables)
}
