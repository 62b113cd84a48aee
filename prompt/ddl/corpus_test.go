package ddl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dbchapter/prompt/ddl"
)

// wanted is what the first refusal of a broken file must be.
type wanted struct {
	line int
	code ddl.Code
}

// mysqlWanted has a row for every broken file of the corpus.
var mysqlWanted = map[string]wanted{
	"bad_01_trailing_comma": {3, ddl.TrailingComma}, "bad_02_fullwidth_comma": {2, ddl.FullWidth},
	"bad_03_smart_quote": {2, ddl.FullWidth}, "bad_04_fullwidth_paren": {1, ddl.FullWidth},
	"bad_05_missing_comma": {2, ddl.Syntax}, "bad_06_reserved_bare": {1, ddl.ReservedWord},
	"bad_07_reserved_col_rank": {3, ddl.ReservedWord}, "bad_08_unclosed_string": {2, ddl.Syntax},
	"bad_09_unclosed_paren": {4, ddl.Syntax}, "bad_10_pg_in_mysql": {2, ddl.OtherDialect},
	"bad_11_varchar_nolen": {3, ddl.BadType}, "bad_12_comment_on": {1, ddl.OtherDialect},
	"bad_13_ellipsis": {3, ddl.Syntax}, "bad_14_datetime_default_fn": {3, ddl.BadDefault},
	"bad_15_default_date_now": {2, ddl.Syntax}, "bad_16_nbsp": {2, ddl.FullWidth},
	"bad_17_string_type": {3, ddl.OtherDialect}, "bad_18_key_no_col": {3, ddl.Syntax},
	"sem_01_dup_col": {1, ddl.DuplicateCol}, "sem_02_index_unknown_col": {1, ddl.UnknownColumn},
	"sem_03_two_pk": {1, ddl.TwoPrimary}, "sem_04_two_autoinc": {1, ddl.AutoIncrement},
	"sem_05_autoinc_nokey": {1, ddl.AutoIncrement}, "sem_06_dup_index": {1, ddl.DuplicateIndex},
	"sem_07_prefix_too_long": {1, ddl.KeyLength}, "sem_08_text_index_noprefix": {1, ddl.BigKey},
	"sem_09_text_default": {1, ddl.BigDefault}, "sem_10_part_uk": {1, ddl.PartitionKey},
	"sem_11_part_order": {1, ddl.PartitionRule}, "sem_12_part_ts_fn": {1, ddl.PartitionRule},
	"sem_13_part_fk": {1, ddl.PartitionRule}, "sem_14_fk_type": {1, ddl.BadForeignKey},
	"sem_15_fk_missing_table": {1, ddl.BadForeignKey}, "sem_16_fk_noindex_parent": {1, ddl.BadForeignKey},
	"sem_17_gen_unknown": {1, ddl.UnknownColumn}, "sem_18_check_unknown": {1, ddl.UnknownColumn},
	"sem_19_row_size": {1, ddl.RowSize}, "sem_20_default_invalid": {1, ddl.BadDefault},
	"sem_21_notnull_default_null": {1, ddl.NotNullNull}, "sem_22_bad_collation": {1, ddl.BadCharset},
	"sem_23_unknown_collation": {1, ddl.BadCharset}, "sem_24_decimal_bad": {1, ddl.BadType},
	"sem_25_enum_dup": {1, ddl.BadType}, "sem_26_partition_dup_name": {1, ddl.DuplicateName},
	"sem_27_on_update_date": {1, ddl.BadDefault}, "sem_28_name_too_long": {1, ddl.BadName},
	"sem_29_comment_too_long": {1, ddl.LongComment}, "sem_30_unknown_engine": {1, ddl.BadEngine},
}

var postgresWanted = map[string]wanted{
	"bad_01_mysql_style": {2, ddl.OtherDialect}, "bad_02_backtick": {1, ddl.OtherDialect},
	"bad_03_trailing": {3, ddl.TrailingComma}, "bad_04_fullwidth": {2, ddl.FullWidth},
	"bad_05_reserved": {1, ddl.ReservedWord}, "bad_06_inline_index": {3, ddl.OtherDialect},
	"bad_07_smart": {1, ddl.FullWidth}, "bad_08_unterminated": {1, ddl.Syntax},
	"sem_01_datetime": {1, ddl.OtherDialect}, "sem_02_unsigned": {1, ddl.OtherDialect},
	"sem_03_dupcol": {1, ddl.DuplicateCol}, "sem_04_pk_part": {1, ddl.PartitionKey},
	"sem_05_fk_missing": {1, ddl.BadForeignKey}, "sem_06_idx_col": {1, ddl.UnknownColumn},
	"sem_07_two_pk": {1, ddl.TwoPrimary}, "sem_08_overlap": {1, ddl.PartitionRule},
	"sem_09_default_type": {1, ddl.BadDefault}, "sem_10_dup_constraint": {1, ddl.DuplicateName},
}

func TestCorpus(t *testing.T) {
	for _, side := range []struct {
		dir     string
		dialect ddl.Dialect
		broken  map[string]wanted
	}{{"mysql", ddl.MySQL, mysqlWanted}, {"pg", ddl.PostgreSQL, postgresWanted}} {
		files, _ := filepath.Glob("testdata/corpus/" + side.dir + "/*.sql")
		if len(files) < len(side.broken) {
			t.Fatalf("%s: only %d files", side.dir, len(files))
		}
		for _, f := range files {
			name := strings.TrimSuffix(filepath.Base(f), ".sql")
			src, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(side.dir+"/"+name, func(t *testing.T) {
				want, broken := side.broken[name]
				if !broken && !strings.HasPrefix(name, "ok_") {
					t.Fatal("no row for this file")
				}
				ps := refused(side.dialect, "", string(src))
				switch {
				case !broken && len(ps) > 0:
					t.Errorf("refused: %+v", ps[0])
				case broken && len(ps) == 0:
					t.Error("accepted")
				case broken && (ps[0].Line != want.line || ps[0].Code != want.code):
					t.Errorf("first problem = %d %s %q, want %d %s", ps[0].Line, ps[0].Code, ps[0].Message, want.line, want.code)
				}
			})
		}
	}
}

// Our own golden chapter must not be refused.
func TestGoldenTablesAccepted(t *testing.T) {
	for file, d := range map[string]ddl.Dialect{"parking.sql": ddl.MySQL, "device_events.sql": ddl.ClickHouse} {
		src, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if s := ddl.Parse(d, string(src)); len(s.Problems) > 0 || len(s.Tables) == 0 {
			t.Errorf("%s: %d tables, problems %+v", file, len(s.Tables), s.Problems)
		}
	}
}

// corpusText is one file of the corpus.
type corpusText struct {
	dialect ddl.Dialect
	text    string
}

func corpusTexts(tb testing.TB) []corpusText {
	tb.Helper()
	var out []corpusText
	for dir, d := range map[string]ddl.Dialect{"mysql": ddl.MySQL, "pg": ddl.PostgreSQL} {
		files, _ := filepath.Glob("testdata/corpus/" + dir + "/*.sql")
		for _, f := range files {
			src, err := os.ReadFile(f)
			if err != nil {
				tb.Fatal(err)
			}
			out = append(out, corpusText{d, string(src)})
		}
	}
	return out
}
