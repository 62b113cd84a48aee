package ddl_test

import (
	"strings"
	"testing"

	"github.com/sqlc-dev/marino/ast"
	"github.com/sqlc-dev/marino/mysql"
	"github.com/sqlc-dev/marino/parser"

	"dbchapter/prompt/ddl"
)

// The grammar judges, our own reader reads: on every table that the grammar
// takes, both must have understood the same.
func TestReaderAgreesWithGrammar(t *testing.T) {
	m := mutator{randomSource(t)}
	compared := 0
	for range 3000 {
		sql := m.mutate(pick(m.r, mysqlBase), mysqlSteps).sql()
		nodes, _, err := parser.New().Parse(sql, "", "")
		if err != nil {
			continue
		}
		want, ok := nodes[0].(*ast.CreateTableStmt)
		s := ddl.Parse(ddl.MySQL, sql+";")
		if !ok || len(s.Tables) != 1 {
			t.Fatalf("%s: %d tables", sql, len(s.Tables))
		}
		compared++
		if diff := difference(want, s.Tables[0]); diff != "" {
			t.Errorf("%s\n\t%s", sql, diff)
		}
	}
	if compared < 1000 {
		t.Errorf("only %d tables compared", compared)
	}
}

// difference is the first fact that the two sides see differently.
func difference(want *ast.CreateTableStmt, got *ddl.Table) string {
	if len(want.Cols) != len(got.Columns) {
		return "number of columns"
	}
	keys := 0
	for i, c := range want.Cols {
		g := got.Columns[i]
		unsigned := mysql.HasUnsignedFlag(c.Tp.GetFlag())
		switch {
		case c.Name.Name.O != g.Name:
			return "name of column " + g.Name
		case unsigned != g.Type.Unsigned:
			return "sign of column " + g.Name
		}
		for _, o := range c.Options {
			if !sameOption(o, g) {
				return "option of column " + g.Name
			}
			if o.Tp == ast.ColumnOptionUniqKey {
				keys++
			}
		}
	}
	for _, c := range want.Constraints {
		switch c.Tp {
		case ast.ConstraintKey, ast.ConstraintIndex, ast.ConstraintUniq, ast.ConstraintUniqKey, ast.ConstraintUniqIndex, ast.ConstraintFulltext:
			keys++
			if !hasKey(got, c) {
				return "key " + c.Name
			}
		case ast.ConstraintForeignKey:
			if len(got.ForeignKeys) == 0 {
				return "foreign key"
			}
		}
	}
	plain := 0
	for _, ix := range got.Indexes {
		if ix.Kind != ddl.PrimaryKey {
			plain++
		}
	}
	if keys != plain {
		return "number of keys"
	}
	if p := want.Partition; (p != nil) != (got.Partition != nil) || p != nil && len(p.Definitions) != len(got.Partition.Parts) {
		return "partitions"
	}
	return ""
}

func sameOption(o *ast.ColumnOption, g *ddl.Column) bool {
	switch o.Tp {
	case ast.ColumnOptionPrimaryKey:
		return g.Primary
	case ast.ColumnOptionAutoIncrement:
		return g.AutoIncrement
	case ast.ColumnOptionDefaultValue:
		return g.Default != nil
	case ast.ColumnOptionUniqKey:
		return g.Unique
	case ast.ColumnOptionOnUpdate:
		return g.OnUpdate != nil
	case ast.ColumnOptionComment:
		return g.HasComment
	case ast.ColumnOptionGenerated:
		return g.Generated != nil && g.Stored == o.Stored
	case ast.ColumnOptionCollate:
		return g.Collation != ""
	}
	return true
}

func hasKey(got *ddl.Table, c *ast.Constraint) bool {
	for _, ix := range got.Indexes {
		if ix.Name != c.Name || len(ix.Parts) != len(c.Keys) {
			continue
		}
		same := true
		for i, k := range c.Keys {
			same = same && k.Column != nil && strings.EqualFold(k.Column.Name.O, ix.Parts[i].Column) && max(k.Length, 0) == ix.Parts[i].Length
		}
		if same {
			return true
		}
	}
	return false
}
