package brief

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/infer"
	"dbchapter/prompt/pattern"
)

const kindMessage = "类别应为 master、config、txn、detail、ledger、relation、event、log、counter、snapshot 之一"

// noEntities is what is said when prose named none (domain.md §1.8).
const noEntities = "没有从文本中识别到业务实体，离线起草器需要至少 1 个实体；可选择预设或逐行输入"

// checkEntities is V40…V54 (domain.md §1.5).
func (v *validation) checkEntities() {
	switch {
	case len(v.full.Entities) > 0:
	case v.Raw.Entities != "" || v.Raw.System != "":
		v.bad("V40w", "entities", noEntities)
	default:
		v.bad("V40", "entities", "至少需要 1 个业务实体，每行写一个，如 订单: 订单号#, 用户, 总金额, 状态(待支付/已支付)").Hint = "在 entities 下逐行写实体，或用 --preset 选一个预设"
	}
	names, tables := map[string]int{}, map[string]int{}
	for i, e := range v.Entities {
		path := fmt.Sprintf("entities[%d].", i)
		v.length("V40", path+"name", e.Name, 2, 16, "实体名称需为2~16个字")
		v.unique("V40", path+"name", "实体名称", v.full.Entities[i].Name, names)
		v.unique("V41", path+"table", "表名", e.Table, tables)
		if safe, changed := infer.Safe(e.Table); e.Table != "" && changed {
			v.bad("V41w", path+"table", "表名 %q 是保留字或不合规，将改为 %s", clipped(e.Table), safe)
		}
		v.checkOwner(path, e)
		if e.Kind != "" && !slices.Contains(Kinds(), e.Kind) {
			v.bad("V43", path+"kind", "%s", kindMessage)
		}
		v.checkVolume(path, i)
		v.checkAttrs(i)
		v.checkAccess(i)
		for j, tag := range e.Tags {
			v.oneOf("V43", fmt.Sprintf("%stags[%d]", path, j), tag, "特征", Tags())
		}
	}
}

func (v *validation) checkOwner(path string, e Entity) {
	if e.Service == "" {
		return
	}
	if _, ok := v.full.serviceNamed(e.Service); ok || v.Raw.Services != "" && len(v.Services) == 0 {
		return
	}
	var codes []string
	for _, s := range v.full.Services {
		codes = append(codes, s.Code)
	}
	v.bad("V42", path+"service", "服务 %q 不存在%s", clipped(e.Service), instead(e.Service, codes))
}

func (v *validation) checkVolume(path string, i int) {
	vol := v.Entities[i].Volume
	v.within(path+"volume.", []bound{
		{"V44", "rows_now", vol.RowsNow.Set, float64(vol.RowsNow.V), 0, 1e15, "现有行数应为不小于0的整数"},
		{"V44", "rows_per_day", vol.RowsPerDay.Set, float64(vol.RowsPerDay.V), 0, 1e13, "日增行数应为不小于0的整数"},
		{"V45", "retention_days", vol.RetentionDays.Set, float64(vol.RetentionDays.V), 0, 36500, "在线保留天数应为0到36500，0表示长期"},
		{"V46", "archive_days", vol.ArchiveDays.Set, float64(vol.ArchiveDays.V), 0, 36500, "归档天数应为0到36500"},
		{"V47", "writes_per_row", vol.WritesPerRow.Set, vol.WritesPerRow.V, 1, 100, "每行写入次数应在1到100之间"},
	})
	keep := vol.RetentionDays.V
	if vol.ArchiveDays.Set && keep > 0 && vol.ArchiveDays.V < keep {
		v.bad("V46", path+"volume.archive_days", "归档天数应不少于在线保留的 %d 天", keep)
	}
	protected := slices.Contains(v.System.Compliance, "等保二级") || slices.Contains(v.System.Compliance, "等保三级")
	if v.full.Entities[i].Kind == Log && vol.RetentionDays.Set && keep > 0 && keep < 184 && protected {
		v.bad("V45w", path+"volume.retention_days", "网络日志留存不得少于六个月（最长184天）")
	}
}

// checkAttrs is V48…V53.
func (v *validation) checkAttrs(i int) {
	e := v.Entities[i]
	path := fmt.Sprintf("entities[%d].attrs", i)
	if len(e.Attrs) > 60 {
		v.bad("V48", path, "一个实体最多60个字段，现在有 %d 个，请拆成几个实体", len(e.Attrs))
	}
	columns, names := map[string]int{}, map[string]int{}
	for j, a := range e.Attrs {
		at := fmt.Sprintf("%s[%d].", path, j)
		if strings.TrimSpace(a.Name) == "" {
			v.bad("V48", at+"name", "字段缺少名称")
		}
		v.unique("V48", at+"name", "字段名称", title(a.Name), names)
		v.unique("V48", at+"column", "列名", a.Column, columns)
		if safe, changed := infer.Safe(a.Column); a.Column != "" && changed {
			v.bad("V48w", at+"column", "列名 %q 是保留字或不合规，将改为 %s", clipped(a.Column), safe)
		}
		if message := typeProblem(a.Type); message != "" {
			v.bad("V49", at+"type", "%s", message)
		}
		if a.Len.Set && (a.Len.V < 1 || a.Len.V > 65535) {
			v.bad("V49", at+"len", "长度应为1到65535")
		}
		v.checkEnum(at, a.Enum)
		v.checkRef(at, i, j)
		v.oneOf("V52", at+"pii", a.PII, "敏感级别", []string{"auto", "none", "P1", "P2", "P3"})
		if infer.Column(a.Name, a.Column).Rejected {
			v.bad("V53", at+"name", "禁止存储卡安全码（PCI DSS 3.3）")
		}
	}
}

var typeText = pattern.New(`(?i)^([a-z][a-z0-9]*(?: precision)?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?(?:\s+(unsigned|zerofill))*$`)

// sqlTypes are the column types of V49: those of MySQL and the usual ones of
// the other engines.
const sqlTypes = ` TINYINT SMALLINT MEDIUMINT INT INTEGER BIGINT DECIMAL NUMERIC NUMBER FLOAT DOUBLE REAL BIT BOOL BOOLEAN CHAR VARCHAR VARCHAR2
 TINYTEXT TEXT MEDIUMTEXT LONGTEXT BINARY VARBINARY TINYBLOB BLOB MEDIUMBLOB LONGBLOB CLOB DATE TIME DATETIME TIMESTAMP YEAR JSON
 JSONB UUID BYTEA SERIAL BIGSERIAL SMALLSERIAL TIMESTAMPTZ INET STRING UINT8 UINT16 UINT32 UINT64 INT8 INT16 INT32 INT64 FLOAT32 FLOAT64 DATETIME64 
 POINT GEOMETRY VECTOR `

func typeProblem(t string) string {
	t = strings.TrimSpace(t)
	m := typeText.FindStringSubmatch(t)
	name := ""
	if m != nil {
		name = strings.TrimSuffix(strings.ToUpper(m[1]), " PRECISION")
	}
	switch {
	case t == "":
		return ""
	case strings.HasPrefix(strings.ToUpper(t), "ENUM"), strings.HasPrefix(strings.ToUpper(t), "SET("):
		return "不用 ENUM/SET 类型，请在 enum 里列出取值"
	case m == nil || !strings.Contains(strings.ReplaceAll(sqlTypes, "\n", " "), " "+name+" "):
		return fmt.Sprintf("看不懂类型 %q，如 VARCHAR(50)、DECIMAL(18,2)、BIGINT、DATETIME", clipped(t))
	case (name == "VARCHAR" || name == "VARBINARY") && m[2] == "":
		return name + " 需要写长度，如 " + name + "(50)"
	}
	return ""
}

// enumCode is an enumeration value that is not a number.
var enumCode = pattern.New(`^[A-Za-z0-9_-]{1,32}$`)

// checkEnum is V50.
func (v *validation) checkEnum(at string, values []EnumValue) {
	codes := map[string]int{}
	for k, e := range values {
		path := fmt.Sprintf("%senum[%d]", at, k)
		n, err := strconv.Atoi(e.Code)
		switch {
		case err == nil && (n < 0 || n > 127):
			v.bad("V50", path, "枚举值 %s 应在0到127之间", e.Code)
		case err != nil && !enumCode.MatchString(e.Code):
			v.bad("V50", path, "枚举值 %q 应为0到127的整数，或不超过32个字符的英文代码", clipped(e.Code))
		case strings.TrimSpace(e.Label) == "":
			v.bad("V50", path, "枚举值 %s 缺少名称", e.Code)
		}
		v.unique("V50", path, "枚举值", e.Code, codes)
	}
}

// checkRef is V51.
func (v *validation) checkRef(at string, i, j int) {
	ref := v.Entities[i].Attrs[j].Ref
	if ref == "" {
		return
	}
	if _, ok := v.full.entityNamed(v.full.Entities[i].Attrs[j].Ref); ok {
		return
	}
	var known []string
	for _, e := range v.full.Entities {
		known = append(known, e.Table, e.Name)
	}
	v.bad("V51", at+"ref", "引用的实体 %q 不存在%s", clipped(ref), didYouMean(ref, known))
}

// checkAccess is V54.
func (v *validation) checkAccess(i int) {
	e := v.Entities[i]
	for j, a := range e.Access {
		at := fmt.Sprintf("entities[%d].access[%d].", i, j)
		if !slices.Contains(Ops(), a.Op) {
			v.bad("V54", at+"op", "查询方式应为 get、uk、list、scan、search、agg 之一，而不是 %q", clipped(a.Op))
		}
		if len(a.Eq) == 0 && (a.Op == "get" || a.Op == "uk") {
			v.bad("V54", at+"eq", "%s 需要至少一个等值列", a.Op)
		}
		if a.QPS.Set && a.QPS.V < 0 {
			v.bad("V54", at+"qps", "QPS 应不小于0")
		}
		for k, c := range a.Eq {
			v.checkColumn(fmt.Sprintf("%seq[%d]", at, k), i, c)
		}
		for k, c := range a.Select {
			v.checkColumn(fmt.Sprintf("%sselect[%d]", at, k), i, c)
		}
		v.checkColumn(at+"sort", i, a.Sort)
		v.checkColumn(at+"range", i, a.Range)
	}
}

func (v *validation) checkColumn(at string, i int, name string) {
	if name == "" {
		return
	}
	if _, ok := v.full.columnOf(i, name); ok {
		return
	}
	var known []string
	for _, a := range v.full.Entities[i].Attrs {
		known = append(known, a.Column, a.Name)
	}
	v.bad("V54", at, "查询用到的列 %q 不在「%s」的字段里%s", clipped(name), v.full.Entities[i].Name, didYouMean(name, known))
}
