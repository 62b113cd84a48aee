package verify_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dbchapter/ui/verify"
)

type runner func(context.Context, []verify.Block) ([]verify.Refusal, error)

// TestServers: a right definition is accepted, wrong ones are refused on their
// line, and nothing is left behind.
func TestServers(t *testing.T) {
	for name, c := range map[string]struct {
		run    runner
		blocks []verify.Block
	}{
		"mariadb": {verify.MariaDB, []verify.Block{
			{Table: "users", Line: 10, Text: "CREATE TABLE users (\n id BIGINT PRIMARY KEY,\n name VARCHAR(20) COLLATE utf8mb4_0900_ai_ci COMMENT '姓名'\n) ENGINE=InnoDB;\n"},
			{Table: "orders", Line: 20, Text: "CREATE TABLE orders (\n id BIGINT PRIMARY KEY,\n INDEX idx_a (nope)\n);\n"},
			{Table: "bad", Line: 30, Text: "CREATE TABLE bad (\n id BIGINT,,\n);\n"},
		}},
		"postgres": {verify.Postgres, []verify.Block{
			{Table: "users", Line: 10, Text: "CREATE TABLE users (\n id BIGINT PRIMARY KEY,\n name VARCHAR(20)\n);\nCOMMENT ON TABLE users IS '用户';\n"},
			{Table: "orders", Line: 20, Text: "CREATE TABLE orders (\n id BIGINT PRIMARY KEY,\n user_id BIGINT REFERENCES nope(id)\n);\n"},
			{Table: "bad", Line: 30, Text: "CREATE TABLE bad (\n id BIGINT,,\n);\n"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			before := leftovers(t)
			got, err := c.run(t.Context(), c.blocks)
			if errors.Is(err, verify.ErrNone) {
				t.Skip("SKIPPED: no such server on this machine")
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 2 || got[0].Table != "orders" || got[0].Line != 20 || got[1].Table != "bad" || !strings.Contains(got[0].Message, "nope") {
				t.Errorf("refusals = %+v", got)
			}
			if after := leftovers(t); after > before {
				t.Errorf("%d scratch directories, %d before", after, before)
			}
		})
	}
}

// TestCancel: a cancelled context ends the server.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, run := range []runner{verify.MariaDB, verify.Postgres} {
		if _, err := run(ctx, []verify.Block{{Text: "SELECT 1;"}}); err == nil {
			t.Error("no error")
		}
	}
}

func leftovers(t *testing.T) int {
	t.Helper()
	n := 0
	for _, root := range []string{"/dev/shm", os.TempDir()} {
		found, err := filepath.Glob(filepath.Join(root, "dbch[0-9]*"))
		if err != nil {
			t.Fatal(err)
		}
		n += len(found)
	}
	return n
}
