package check_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

func file(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// parking is the design of the golden brief.
func parking(t testing.TB) *design.Design {
	t.Helper()
	return designOf(t, file(t, "parking_brief.yaml"))
}

func designOf(t testing.TB, yaml string) *design.Design {
	t.Helper()
	b, err := brief.Parse("brief.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	d := design.New(brief.Complete(b), design.House{})
	return &d
}

func TestGoldenHasNoFindings(t *testing.T) {
	text := file(t, "parking.md")
	for name, d := range map[string]*design.Design{"with its brief": parking(t), "without": nil} {
		r := check.Run(d, text)
		for _, f := range r.Findings {
			if d != nil || f.Severity == check.Error {
				t.Errorf("%s: line %d %s %s %s", name, f.Line, f.Severity, f.Rule, f.Message)
			}
		}
		if len(r.Fixed) > 0 {
			t.Errorf("%s: fixed %v", name, r.Fixed)
		}
		if r.Score.Total < 93 || r.Score.Capped != "" {
			t.Errorf("%s: score %+v", name, r.Score)
		}
	}
}

// TestSeedDefects holds the seed's own example against domain.md §4.6: its
// form is perfect, its design is not.
func TestSeedDefects(t *testing.T) {
	r := check.Run(nil, file(t, "seed_example.md"))
	got := map[string]int{}
	for _, f := range r.Findings {
		got[f.Rule]++
		if f.Rule[0] == 'F' {
			t.Errorf("line %d: %s %s", f.Line, f.Rule, f.Message)
		}
	}
	want := map[string]int{
		"X201": 6, "L308": 5, "Q407": 4, "L330": 4, "L309": 4, "X206": 3, "L322": 3, "L315": 3, "L301": 3, "Q408": 2, "Q401": 2, "L314": 2, "L302": 2,
		"X216": 1, "X211": 1, "X205": 1, "Q410": 1, "Q406": 1, "Q404": 1, "Q403": 1, "L327": 1, "L321": 1, "L316": 1, "L310": 1, "L305": 1, "L304": 1, "L331": 1,
	}
	for rule, n := range want {
		if got[rule] < n {
			t.Errorf("%s found %d times, want at least %d", rule, got[rule], n)
		}
	}
	if r.Score.Total < 30 || r.Score.Total > 45 || r.Score.Capped != "X205" {
		t.Errorf("score %+v", r.Score)
	}
}

// TestRepliesAreReadable: real answers have no error but what the outline asks
// for and they lack, what stands outside the chapter, and faults of their own.
func TestRepliesAreReadable(t *testing.T) {
	for name, allowed := range map[string][]string{
		"hotel.reply.md":   {"F008", "F013", "F016", "F023", "X202", "D102"},
		"library.reply.md": {"F008", "F013", "F004"},
	} {
		for _, f := range check.Run(nil, file(t, name)).Findings {
			if f.Severity == check.Error && !slices.Contains(allowed, f.Rule) {
				t.Errorf("%s:%d: %s %s", name, f.Line, f.Rule, f.Message)
			}
		}
	}
}

func TestFindingsAreSortedAndPlaced(t *testing.T) {
	for _, name := range []string{"seed_example.md", "hotel.reply.md", "library.reply.md"} {
		text := file(t, name)
		lines := strings.Count(text, "\n") + 1
		found := check.Run(nil, text).Findings
		if !slices.IsSortedFunc(found, func(a, b check.Finding) int {
			if s := a.Section.Number() - b.Section.Number(); s != 0 {
				return s
			}
			if a.Line != b.Line {
				return a.Line - b.Line
			}
			return strings.Compare(a.Rule, b.Rule)
		}) {
			t.Errorf("%s: not sorted", name)
		}
		for _, f := range found {
			if f.Line < 1 || f.Line > lines {
				t.Errorf("%s: %s on line %d of %d", name, f.Rule, f.Line, lines)
			}
			if strings.Contains(f.Message, "%!") || f.Fix != nil && strings.Contains(*f.Fix, "%!") {
				t.Errorf("%s: %s says %q", name, f.Rule, f.Message)
			}
		}
		if again := check.Run(nil, text).Findings; !reflect.DeepEqual(found, again) {
			t.Errorf("%s: another run finds other things", name)
		}
	}
}

func TestLinesAreOfTheTextGiven(t *testing.T) {
	text := "好的，如下。\n\n" + strings.ReplaceAll(file(t, "seed_example.md"), "### 缓存设计", "### 四、缓存设计")
	lines := strings.Split(text, "\n")
	for _, f := range check.Run(nil, text).Findings {
		want := map[string]string{"X205": "user_id取模", "F007": "四、缓存设计", "F008": "好的", "X216": "备份保留", "L310": "email"}[f.Rule]
		if want != "" && !strings.Contains(lines[f.Line-1], want) {
			t.Errorf("%s is on line %d: %s", f.Rule, f.Line, lines[f.Line-1])
		}
	}
}

func TestBrokenTexts(t *testing.T) {
	d := parking(t)
	golden := file(t, "parking.md")
	for _, text := range []string{"", "\n", "### ", "### 缓存设计", "```", "| |", golden[:len(golden)/2], golden[:len(golden)/3], strings.Repeat("### 数据库架构\n", 50)} {
		r := check.Run(d, text)
		if r.Score.Total > 60 {
			t.Errorf("%.20q… scores %d", text, r.Score.Total)
		}
		if len(r.Findings) == 0 {
			t.Errorf("%.20q… has no findings", text)
		}
		check.Reviewed(d, text)
	}
}

func TestJSONShape(t *testing.T) {
	data, err := json.Marshal(check.Run(nil, file(t, "seed_example.md")))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Findings []map[string]any
		Score    map[string]any
		Fixed    []any
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"rule", "severity", "section", "line", "object", "message", "fix"} {
		if _, ok := got.Findings[0][key]; !ok {
			t.Errorf("a finding has no %q", key)
		}
	}
	if got.Score["total"] == nil || got.Fixed == nil {
		t.Errorf("score %v, fixed %v", got.Score, got.Fixed)
	}
}

func TestSARIF(t *testing.T) {
	r := check.Run(nil, file(t, "seed_example.md"))
	data, err := check.SARIF("docs/数据库 设计.md", r)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "2.1.0" || len(got.Runs) != 1 || len(got.Runs[0].Results) != len(r.Findings) {
		t.Fatalf("version %q, %d runs", got.Version, len(got.Runs))
	}
	levels := map[check.Severity]string{check.Error: "error", check.Warn: "warning", check.Info: "note"}
	for i, x := range got.Runs[0].Results {
		f := r.Findings[i]
		place := x.Locations[0].PhysicalLocation
		if x.RuleID != f.Rule || got.Runs[0].Tool.Driver.Rules[x.RuleIndex].ID != f.Rule || x.Level != levels[f.Severity] || place.Region.StartLine != f.Line {
			t.Errorf("result %d is %+v, finding %+v", i, x, f)
		}
		if place.ArtifactLocation.URI != "docs/%E6%95%B0%E6%8D%AE%E5%BA%93%20%E8%AE%BE%E8%AE%A1.md" {
			t.Fatalf("uri %q", place.ArtifactLocation.URI)
		}
	}
}

func TestText(t *testing.T) {
	text := file(t, "seed_example.md")
	out := check.Text("seed.md", text, check.Run(nil, text))
	for _, want := range []string{
		"seed.md:58: 错误 X205 路由使用的列 user_id 在 users 的建表语句中不存在\n    - **分库规则**：按user_id取模分库\n",
		"    可自动修复：删除索引 idx_email\n", "个错误，", "因 X205 封顶60分\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	golden := file(t, "parking.md")
	if out := check.Text("a.md", golden, check.Run(parking(t), golden)); !strings.HasPrefix(out, "a.md：没有发现问题；得分 ") || strings.Count(out, "\n") != 1 {
		t.Errorf("golden: %q", out)
	}
}

func TestReview(t *testing.T) {
	r := check.Reviewed(nil, file(t, "seed_example.md"))
	if r.Verdict != check.Fail || len(r.Points) != 3 || r.Points[0].Rule != "X205" || !strings.Contains(r.Points[0].Quote, "user_id") || r.Points[0].Mend == "" {
		t.Errorf("seed: %s %+v", r.Verdict, r.Points)
	}
	open := 0
	for _, q := range r.Questions {
		if !q.Answered {
			open++
		}
	}
	if len(r.Questions) != 7 || open < 3 {
		t.Errorf("seed: %d of %d questions open", open, len(r.Questions))
	}
	golden := file(t, "parking.md")
	lines := strings.Split(golden, "\n")
	r = check.Reviewed(parking(t), golden)
	if r.Verdict != check.Pass || len(r.Points) != 0 {
		t.Errorf("golden: %s %+v", r.Verdict, r.Points)
	}
	for _, q := range r.Questions {
		if !q.Answered || !strings.Contains(lines[q.Line-1], strings.Trim(strings.SplitN(q.Quote, "：", 2)[0], "*")) {
			t.Errorf("golden: %q answered by line %d %q", q.Ask, q.Line, q.Quote)
		}
	}
	text := check.ReviewText(check.Reviewed(nil, file(t, "seed_example.md")))
	for _, want := range []string{"评审预检：不通过", "怎么改：", "未回答", "第58行"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	middling := strings.Replace(golden, "- **连接池**", "- **连接**", 1)
	if got := check.Reviewed(parking(t), middling).Verdict; got != check.PassAfter {
		t.Errorf("one error: %s", got)
	}
}

func TestScoreDimensions(t *testing.T) {
	golden := file(t, "parking.md")
	d := parking(t)
	full := check.Run(d, golden).Score
	sum := 0
	for _, p := range check.Points() {
		got, ok := full.Dimensions[p.Dimension]
		if !ok || got > p.Most {
			t.Errorf("%s: %d of %d", p.Dimension, got, p.Most)
		}
		sum += p.Most
	}
	if sum != 86 || full.Grade != "A" {
		t.Errorf("%d points in all, grade %s", sum, full.Grade)
	}
	if _, ok := check.Run(nil, golden).Score.Dimensions[check.Coverage]; ok {
		t.Error("coverage without a brief")
	}
	for _, x := range []struct{ dimension, old, now string }{
		{check.Coverage, "#### 退款单表 (refunds)", "#### 别的表 (others)"},
		{check.Correctness, "id BIGINT PRIMARY KEY COMMENT '停车记录ID", "id BIGINT PRIMARY KEY AUTO_INCREMENT COMMENT '停车记录ID"},
		{check.Format, "- **连接池**", "- **连接**"},
	} {
		text := strings.ReplaceAll(golden, x.old, x.now)
		if x.dimension == check.Coverage {
			text = strings.ReplaceAll(text, "refunds", "others")
			text = strings.ReplaceAll(text, "退款单", "别的")
		}
		if got := check.Run(d, text).Score.Dimensions[x.dimension]; got >= full.Dimensions[x.dimension] {
			t.Errorf("%s is still %d", x.dimension, got)
		}
	}
	// Many numbers in one long bullet and many further bullets gain nothing.
	spam := golden + strings.Repeat("- **指标**：owners 1 2 3 4 5 6 7 8 9\n", 40)
	more := golden + strings.Repeat("- **指标**：owners 1 2 3 4 5 6 7 8 9\n", 12)
	if a, b := check.Run(d, spam).Score.Total, check.Run(d, more).Score.Total; a > b {
		t.Errorf("40 further bullets score %d, 12 score %d", a, b)
	}
}

func BenchmarkThousandTables(b *testing.B) {
	doc := chapter.Parse(file(b, "parking.md")).Document()
	first := doc.Tables[2]
	for i := range 1000 {
		t := first
		t.Name = "table_" + string(rune('a'+i%26)) + strings.Repeat("x", i%7) + itoa(i)
		t.Zh = "表" + itoa(i)
		t.Code = strings.ReplaceAll(t.Code, first.Name, t.Name)
		doc.Tables = append(doc.Tables, t)
		doc.Instances[0].Tables = append(doc.Instances[0].Tables, t.Name)
	}
	text := doc.String()
	d := parking(b)
	b.ResetTimer()
	for b.Loop() {
		check.Run(d, text)
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}
