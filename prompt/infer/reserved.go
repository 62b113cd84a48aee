package infer

import (
	"slices"
	"strings"
	"sync"
)

// reserved words as MySQL's manual marks them (R), by the series in which they
// appear; a word of a later series is avoided in every series, so that an
// upgrade breaks no table (domain.md §3.1.1).
const (
	mysql80 = `accessible add all alter analyze and as asc asensitive before between bigint binary blob both by
call cascade case change char character check collate column condition constraint continue convert create cross
cube cume_dist current_date current_time current_timestamp current_user cursor database databases day_hour
day_microsecond day_minute day_second dec decimal declare default delayed delete dense_rank desc describe
deterministic distinct distinctrow div double drop dual each else elseif empty enclosed escaped except exists
exit explain false fetch first_value float float4 float8 for force foreign from fulltext function generated get
grant group grouping groups having high_priority hour_microsecond hour_minute hour_second if ignore in index
infile inner inout insensitive insert int int1 int2 int3 int4 int8 integer intersect interval into
io_after_gtids io_before_gtids is iterate join json_table key keys kill lag last_value lateral lead leading
leave left like limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority
master_bind master_ssl_verify_server_cert match maxvalue mediumblob mediumint mediumtext middleint
minute_microsecond minute_second mod modifies natural not no_write_to_binlog nth_value ntile null numeric of on
optimize optimizer_costs option optionally or order out outer outfile over partition percent_rank precision
primary procedure purge range rank read reads read_write real recursive references regexp release rename repeat
replace require resignal restrict return revoke right rlike row rows row_number schema schemas
second_microsecond select sensitive separator set show signal smallint spatial specific sql sqlexception
sqlstate sqlwarning sql_big_result sql_calc_found_rows sql_small_result ssl starting stored straight_join
system table terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock
unsigned update usage use using utc_date utc_time utc_timestamp values varbinary varchar varcharacter varying
virtual when where while window with write xor year_month zerofill`
	mysql84 = `manual parallel qualify tablesample`
	mysql9  = `library`

	// PostgreSQL 16, reserved in SQL key words appendix, including those that
	// may still name a function or type.
	postgres = `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate
collation column concurrently constraint create cross current_catalog current_date current_role current_schema
current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for
foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral
leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps
placing primary references returning right select session_user similar some symmetric system_user table
tablesample then to trailing true union unique user using variadic verbose when where window with`
)

// suggestions are what to say instead of words that briefs often run into.
const suggestions = `order=orders group=user_group groups=user_groups rank=rank_no system=sys_name key=key_name
keys=key_list desc=remark range=range_value match=matches condition=trigger_condition option=option_item
read=is_read write=is_write release=release_no usage=usage_count index=index_no interval=interval_sec show=is_show
signal=signal_strength lead=leads lag=lag_ms rows=row_count row=row_no function=func_name of=of_type
window=window_size over=is_over cube=cube_code empty=is_empty except=except_type recursive=is_recursive
lateral=lateral_no manual=manual_url parallel=parallel_no qualify=qualify_type tablesample=sample library=lib
left=left_value right=right_value schema=schema_name schemas=schema_list database=db_name databases=db_list
table=table_no column=column_name values=value_list limit=limit_num trigger=trigger_type loop=loop_count
leave=leave_record check=check_result default=is_default character=role_character year_month=biz_month
kill=kill_count grant=grants procedure=procedure_no purge=purge_at exit=exit_at call=call_record
change=change_record force=force_flag inner=in_out outer=in_out int=int_val float=float_val double=double_val
char=char_val user=users end=end_at offset=offset_value full=is_full only=is_only array=array_value
before=before_value lock=is_locked lines=line_count precision=precision_value primary=is_primary unique=is_unique
return=return_no references=reference_list language=language_code sql=sql_text ssl=ssl_enabled starting=started_at
repeat=repeat_count replace=replace_value require=requirement update=updated_at delete=deleted_at insert=inserted_at
load=load_value out=out_value in=in_value to=to_value from=from_value set=set_name case=case_no use=usage_type
authorization=auth_value session_user=session_owner any=any_value all=all_value like=likes`

// wordsets are the reserved words by dialect; the value says since when.
var wordsets = sync.OnceValue(func() map[string]map[string]string {
	my, pg := map[string]string{}, map[string]string{}
	for _, part := range []struct{ words, since string }{{mysql80, "8.0"}, {mysql84, "8.4"}, {mysql9, "9"}} {
		for _, w := range strings.Fields(part.words) {
			my[w] = part.since
		}
	}
	for _, w := range strings.Fields(postgres) {
		pg[w] = "11"
	}
	return map[string]map[string]string{"mysql": my, "postgresql": pg}
})

var replacements = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, pair := range strings.Fields(suggestions) {
		word, better, _ := strings.Cut(pair, "=")
		m[word] = better
	}
	return m
})

// Reserved says whether a word is reserved in the dialect ("mysql",
// "postgresql"; any other dialect counts as mysql) and what to use instead (""
// when nothing better is known).
func Reserved(dialect, word string) (suggestion string, reserved bool) {
	word = strings.ToLower(word)
	if ReservedSince(dialect, word) == "" {
		return "", false
	}
	return replacements()[word], true
}

// ReservedSince is the first server series of the tables (8.0, 8.4, 9) in
// which a word is reserved, "" for a free word.
func ReservedSince(dialect, word string) string {
	words, ok := wordsets()[strings.ToLower(dialect)]
	if !ok {
		words = wordsets()["mysql"]
	}
	return words[strings.ToLower(word)]
}

// ReservedWords lists the words of a dialect in alphabetical order.
func ReservedWords(dialect string) []string {
	var out []string
	for w := range wordsets()[dialect] {
		out = append(out, w)
	}
	slices.Sort(out)
	return out
}
