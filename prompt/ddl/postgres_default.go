package ddl

import (
	"slices"
	"strings"
)

// postgresFamily groups the types whose values become each other without a
// cast.
var postgresFamily = pairs(`smallint=int int=int bigint=int numeric=numeric real=float double=float text=text varchar=text
	char=text name=text citext=text date=time timestamp=time timestamptz=time boolean=bool uuid=uuid inet=net cidr=net
	bytea=bytea json=json jsonb=json time=clock timetz=clock interval=interval money=money xml=xml point=point bit=bit
	varbit=bit tsvector=tsvector`)

// assignable are the families a value may be stored in besides its own; all
// of them can be stored as text.
var assignable = map[string]string{
	"int": "numeric float money", "numeric": "int float money", "float": "int numeric", "time": "clock", "interval": "clock", "clock": "interval",
}

// noPostgresFunction are functions of other databases and what to call.
var noPostgresFunction = map[string]string{
	"uuid": "gen_random_uuid()", "rand": "random()", "getdate": "now()", "newid": "gen_random_uuid()", "curdate": "CURRENT_DATE",
	"curtime": "CURRENT_TIME", "sysdate": "now()", "unix_timestamp": "extract(epoch FROM now())", "utc_timestamp": "now()",
	"ifnull": "coalesce()", "uuid_to_bin": "gen_random_uuid()", "json_array": "'[]'", "json_object": "'{}'",
}

// postgresResults are the families that functions give.
var postgresResults = pairs(`gen_random_uuid=uuid uuid_generate_v4=uuid uuidv7=uuid now=time clock_timestamp=time
	transaction_timestamp=time statement_timestamp=time current_date=time current_timestamp=time localtimestamp=time
	current_time=clock localtime=clock random=float nextval=int md5=text lower=text upper=text to_char=text
	current_user=text session_user=text jsonb_build_object=json json_build_object=json`)

// postgresDefaults is errors 22P02, 42804, 42P10 and 42883.
func postgresDefaults(k *tableCheck) {
	for _, c := range k.Columns {
		if c.Default != nil && !c.AutoIncrement {
			k.postgresDefault(c, c.Default)
		}
	}
}

func (k *tableCheck) postgresDefault(c *Column, d *Expr) {
	bad := func(code Code, format string, args ...any) {
		var fix []Edit
		if code == NotNullNull {
			fix = []Edit{{c.DefaultSpan.Start, c.DefaultSpan.End, ""}}
		}
		k.failFix(fix, code, d.Pos, c.Block, k.Name+"."+c.Name, format, args...)
	}
	better := noPostgresFunction[d.Value]
	switch called := d.Kind == Func || d.Kind == ColRef; {
	case called && better != "":
		bad(OtherDialect, "PostgreSQL 没有函数 %s，请用 %s", d.Value, better)
	case len(d.Columns) > 0:
		bad(BadDefault, "列 %s 的默认值不能引用列 %s", c.Name, d.Columns[0])
	case d.Kind == NullWord && c.Null == NotNull:
		// The server takes it, and then no row without the column.
		bad(NotNullNull, "列 %s.%s 同时声明 NOT NULL 与 DEFAULT NULL", k.Name, c.Name)
	case !k.postgresFits(c.Type, d):
		bad(BadDefault, "列 %s.%s 的默认值 %s 与类型 %s 不匹配", k.Name, c.Name, shown(d.Text), c.Type.Written)
	}
}

// postgresFits says whether a value can be stored in a column of the type.
// What has to be computed is taken on trust.
func (k *tableCheck) postgresFits(t Type, d *Expr) bool {
	if t.Array {
		return exprFamily(d) == "" && d.Kind != Number && d.Kind != Bool && d.Kind != Now && (d.Kind != String || strings.HasPrefix(strings.TrimSpace(d.Value), "{"))
	}
	from := exprFamily(d)
	if t.User {
		values := k.types[t.Name]
		return len(values) == 0 || from == "" && (d.Kind != String || slices.Contains(values, d.Value))
	}
	to := postgresFamily[t.Name]
	switch {
	case to == "":
		return true
	case d.Kind == String:
		return postgresLiteral(t, to, strings.TrimSpace(d.Value))
	}
	return from == "" || from == to || to == "text" || slices.Contains(strings.Fields(assignable[from]), to)
}

// exprFamily is the family of a value, "" for a string literal, which takes any,
// and for what would have to be computed.
func exprFamily(d *Expr) string {
	switch d.Kind {
	case Number:
		return numberFamily(d.Value)
	case Bool:
		return "bool"
	case Now, Func:
		return postgresResults[d.Value]
	case Other:
		return sumFamily(d.Text)
	}
	return ""
}

func numberFamily(v string) string {
	if strings.ContainsAny(v, ".eE") {
		return "numeric"
	}
	return "int"
}

// sumFamily is the family of arithmetic on plain numbers.
func sumFamily(s string) string {
	family := ""
	for _, t := range lex(PostgreSQL, s) {
		switch {
		case t.kind == number:
			family = numberFamily(t.text)
		case t.kind != punct || !strings.Contains("+-*/()", t.text):
			return ""
		}
	}
	return family
}

// booleans are the spellings PostgreSQL reads as a truth value; any beginning
// of the longer ones counts.
var booleans = strings.Fields("t true y yes on 1 f false n no off 0 tr tru ye fa fal fals of")

// momentWords are texts that a date or time reads.
var momentWords = strings.Fields("now today tomorrow yesterday epoch infinity -infinity")

// postgresLiteral says whether the input function of a type takes a text.
func postgresLiteral(t Type, family, v string) bool {
	n, numeric := numeral(v)
	digits := strings.ContainsAny(v, "0123456789")
	switch family {
	case "int":
		bits := map[string]int{"smallint": 15, "int": 31, "bigint": 63}[t.Name]
		return numeric && n.IsInt() && !strings.ContainsAny(v, ".eE") && n.Num().BitLen() <= bits
	case "numeric", "float":
		return numeric || slices.Contains([]string{"nan", "infinity", "-infinity"}, strings.ToLower(v))
	case "money":
		return digits && !strings.Contains(strings.TrimPrefix(v, "-"), "-")
	case "bool":
		return slices.Contains(booleans, strings.ToLower(v))
	case "time":
		return slices.Contains(momentWords, strings.ToLower(strings.TrimSuffix(v, "()"))) || postgresMoment(v)
	case "clock":
		return v == "now" || strings.Contains(v, ":") || postgresMoment(v) && len(v) > 10
	case "interval":
		return digits && !strings.HasPrefix(v, "{") && !(postgresMoment(v) && len(v) >= len("2025-01-01"))
	case "uuid":
		hex := strings.NewReplacer("-", "", "{", "", "}", "").Replace(v)
		return len(hex) == 32 && strings.Trim(strings.ToLower(hex), "0123456789abcdef") == ""
	case "json":
		return validJSON(v)
	case "net":
		return address(v)
	case "bit":
		return strings.Trim(v, "01") == ""
	case "point":
		return strings.Contains(v, ",") && digits
	}
	return true
}

// postgresMoment reads the dates that people write; those with names of months
// are taken on trust.
func postgresMoment(v string) bool {
	if strings.ContainsAny(v, "{}") {
		return false
	}
	if strings.ContainsAny(strings.ToLower(v), "abcdefghijklmnopqrsuvwxy") {
		return strings.ContainsAny(v, "0123456789") && len(v) > 5
	}
	v, _, _ = strings.Cut(v, "+")
	if _, ok := readMoment(v); !ok || len(v) < 6 {
		return false
	}
	return true
}

// address reads an IPv4 address with its mask; what has a colon is taken for
// an IPv6 one.
func address(v string) bool {
	if strings.Contains(v, ":") {
		return !strings.ContainsAny(v, " {}\"")
	}
	host, _, _ := strings.Cut(v, "/")
	parts := strings.Split(host, ".")
	for _, p := range parts {
		if n, ok := atoi(p); !ok || n > 255 {
			return false
		}
	}
	return len(parts) == 4
}
