package compose_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"dbchapter/llm"
	"dbchapter/llm/compose"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/offline"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// shop is a brief, its design and a chapter without errors, as a model could
// have written it.
type shop struct {
	brief  brief.Resolved
	design design.Design
	text   string
}

func open(t *testing.T) shop {
	t.Helper()
	b, ok := brief.Preset("ecommerce")
	if !ok {
		t.Fatal("no preset ecommerce")
	}
	s := shop{brief: brief.Complete(b)}
	s.design = design.New(s.brief, design.House{})
	s.text = offline.Chapter(s.design, prompt.Standard)
	for _, f := range check.Run(&s.design, s.text).Findings {
		if f.Severity == check.Error {
			t.Logf("the rules' own chapter fails %s: %s", f.Rule, f.Message)
		}
	}
	return s
}

func (s shop) part(sec chapter.Section) string {
	p, _ := chapter.Parse(s.text).Section(sec)
	return p.Text
}

func (s shop) options(d llm.Drafter) compose.Options {
	return compose.Options{Drafter: d, Offline: offline.Drafter{}, Design: &s.design}
}

// run gathers the events by kind.
func run(t *testing.T, o compose.Options, p prompt.Prompt) (compose.Result, map[compose.Kind][]compose.Event) {
	t.Helper()
	events := map[compose.Kind][]compose.Event{}
	var last compose.Event
	for e := range compose.Chapter(t.Context(), o, p) {
		events[e.Kind] = append(events[e.Kind], e)
		last = e
	}
	if last.Kind != compose.End || last.Result == nil {
		t.Fatalf("the last event is %+v", last)
	}
	return *last.Result, events
}

func sections(events []compose.Event) []chapter.Section {
	var out []chapter.Section
	for _, e := range events {
		out = append(out, e.Section)
	}
	return out
}

func shown(events []compose.Event) string {
	var b strings.Builder
	for _, e := range events {
		b.WriteString(e.Text)
	}
	return b.String()
}

func TestWholeChapterInOneCall(t *testing.T) {
	s := open(t)
	m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: s.text, Thought: "想一想", Chunk: 7}}}
	r, events := run(t, s.options(m), prompt.Whole(s.brief))
	if r.Err != nil || r.Text() != s.text || len(r.Failing) > 0 || len(r.Unfinished) > 0 {
		t.Errorf("err %v, failing %v, unfinished %v, same text %v", r.Err, r.Failing, r.Unfinished, r.Text() == s.text)
	}
	if len(m.Asks()) != 1 || m.Asks()[0].Turns[0].Text != prompt.Whole(s.brief).Text {
		t.Errorf("%d requests, or not the exact prompt", len(m.Asks()))
	}
	if got := sections(events[compose.Finished]); !slices.Equal(got, chapter.Sections()) {
		t.Errorf("finished %v", got)
	}
	if shown(events[compose.Text]) != s.text || len(events[compose.Thinking]) != 1 {
		t.Error("what was shown is not what was written")
	}
	for _, sec := range chapter.Sections() {
		if r.Origin[sec] != compose.ByModel {
			t.Errorf("%s by %q", sec, r.Origin[sec])
		}
	}
}

// TestWrapping: what models put around a chapter is not shown and not lost
// (models.md §2.23).
func TestWrapping(t *testing.T) {
	s := open(t)
	for name, text := range map[string]string{
		"fence":        "```markdown\n" + s.text + "```\n",
		"preamble":     "好的，以下是数据库设计章节。会员数按假设估算。\n\n" + s.text,
		"offer":        s.text + "\n---\n**需要确认的事项**：① 年增长率是假设值。\n",
		"fence, offer": "好的：\n```md\n" + s.text + "```\n",
	} {
		m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: text, Chunk: 11}}}
		r, events := run(t, s.options(m), prompt.Whole(s.brief))
		if r.Err != nil || r.Text() != s.text {
			t.Errorf("%s: err %v, other text", name, r.Err)
		}
		if got := shown(events[compose.Text]); strings.Contains(got, "好的") || strings.HasPrefix(got, "`") {
			t.Errorf("%s: shown %.60q", name, got)
		}
		notes := strings.Join(r.Notes, "\n")
		if strings.Contains(text, "会员数按假设") && !strings.Contains(notes, "会员数按假设") || strings.Contains(text, "年增长率") && !strings.Contains(notes, "年增长率") {
			t.Errorf("%s: lost from the notes %q", name, notes)
		}
	}
}

// TestRealReplies: every sentence of a real answer is in the chapter or in the
// notes.
func TestRealReplies(t *testing.T) {
	for _, name := range []string{"hotel", "library"} {
		raw, err := os.ReadFile("testdata/" + name + ".reply.md")
		if err != nil {
			t.Fatal(err)
		}
		for _, chunk := range []int{3, 64 << 10} {
			s := llmtest.Serve(t, llmtest.Events(llmtest.OpenAI(string(raw), chunk)))
			d := overHTTP(t, s.URL)
			r, events := run(t, compose.Options{Drafter: d, NoRepair: true}, prompt.Prompt{Text: "x"})
			if r.Err != nil || r.Raw != string(raw) {
				t.Fatalf("%s: %v, raw %d of %d bytes", name, r.Err, len(r.Raw), len(raw))
			}
			all := fold(r.Text() + strings.Join(r.Notes, "\n"))
			for line := range strings.Lines(string(raw)) {
				if f := fold(line); f != "" && !strings.HasPrefix(line, "#") && // headings get the form of the contract
					!strings.Contains(all, f) {
					t.Errorf("%s: lost %q", name, line)
				}
			}
			if len(events[compose.Finished]) != 7 {
				t.Errorf("%s: finished %v", name, sections(events[compose.Finished]))
			}
		}
	}
}

// fold is a line without what the normaliser may change: marks, blanks, width
// of punctuation, dashes of tables.
func fold(s string) string {
	s = strings.NewReplacer("：", "", ":", "", "*", "", "#", "", ">", "", "|", "", "-", "", "`", "", "　", "", "（", "(", "）", ")", "，", ",").Replace(s)
	return strings.Join(strings.Fields(s), "")
}

// breakCache spoils one section so that the checker finds an error in it.
func (s shop) breakCache(t *testing.T) string {
	t.Helper()
	bad := chapter.Parse(s.text).With(chapter.Performance, "### 性能优化\n- **索引优化**：合理\n").String()
	for _, f := range check.Run(&s.design, bad).Findings {
		if f.Severity == check.Error && f.Section == chapter.Performance {
			return bad
		}
	}
	t.Fatal("the spoiled section has no error")
	return ""
}

func TestRepairAsksForTheFailingSectionOnly(t *testing.T) {
	s := open(t)
	m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: s.breakCache(t)}, {Text: "好的：\n" + s.part(chapter.Performance)}}}
	r, events := run(t, s.options(m), prompt.Whole(s.brief))
	if r.Err != nil || r.Text() != s.text || len(r.Failing) > 0 {
		t.Errorf("err %v, failing %v", r.Err, r.Failing)
	}
	if got := sections(events[compose.Repaired]); !slices.Equal(got, []chapter.Section{chapter.Performance}) {
		t.Errorf("repaired %v", got)
	}
	asks := m.Asks()
	if len(asks) != 2 {
		t.Fatalf("%d requests", len(asks))
	}
	words := asks[1].Turns[0].Text
	if !strings.HasPrefix(words, prompt.Whole(s.brief).Text) || !strings.Contains(words, "性能优化") || !strings.Contains(words, "SQL优化") {
		t.Errorf("the repair does not begin like the first prompt or does not name the finding:\n%s", words[len(prompt.Whole(s.brief).Text):])
	}
}

func TestRepairGivesUp(t *testing.T) {
	s := open(t)
	bad := s.breakCache(t)
	part, _ := chapter.Parse(bad).Section(chapter.Performance)
	m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: bad}, {Text: part.Text}}}
	r, events := run(t, s.options(m), prompt.Whole(s.brief))
	if len(m.Asks()) != 3 || len(r.Failing) == 0 || r.Err != nil {
		t.Errorf("%d requests, failing %v, err %v", len(m.Asks()), r.Failing, r.Err)
	}
	if got := sections(events[compose.Kept]); !slices.Equal(got, []chapter.Section{chapter.Performance}) {
		t.Errorf("kept %v", got)
	}
	o := s.options(&llmtest.Drafter{Answers: []llmtest.Answer{{Text: bad}}})
	o.NoRepair = true
	if r, _ := run(t, o, prompt.Whole(s.brief)); len(r.Failing) == 0 || len(o.Drafter.(*llmtest.Drafter).Asks()) != 1 {
		t.Error("NoRepair repaired")
	}
}

// TestRepairNeverWorse: a repair that brings more errors is not taken.
func TestRepairNeverWorse(t *testing.T) {
	s := open(t)
	bad := s.breakCache(t)
	m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: bad}, {Text: "### 性能优化\n没有条目，见 `no_such_table`\n"}}}
	r, _ := run(t, s.options(m), prompt.Whole(s.brief))
	if part, _ := r.Chapter.Section(chapter.Performance); !strings.Contains(part.Text, "索引优化") {
		t.Errorf("the section is now %q", part.Text)
	}
}

func TestLockedIsNeverTouched(t *testing.T) {
	s := open(t)
	mine := "### 性能优化\n- **索引优化**：我自己写的\n"
	p := prompt.Whole(s.brief)
	p.Current = chapter.Parse(s.text).With(chapter.Performance, mine)
	m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: s.text}}}
	o := s.options(m)
	o.Locked = map[chapter.Section]bool{chapter.Performance: true}
	r, events := run(t, o, p)
	part, _ := r.Chapter.Section(chapter.Performance)
	if strings.TrimSpace(part.Text) != strings.TrimSpace(mine) || r.Origin[chapter.Performance] != compose.Before || r.Err != nil {
		t.Errorf("the locked section is %q by %q, err %v", part.Text, r.Origin[chapter.Performance], r.Err)
	}
	if slices.Contains(sections(events[compose.Repairing]), chapter.Performance) {
		t.Error("a locked section was asked for again")
	}
	if order := m.Asks()[0].Turns[0].Text; strings.Contains(order[strings.LastIndex(order, "请只输出"):], "性能优化") {
		t.Error("the prompt asks for the locked section")
	}
}

func TestOneSectionWithoutItsHeading(t *testing.T) {
	s := open(t)
	p := prompt.Section(s.brief, chapter.Parse(s.text), "改写", nil, chapter.Backup)
	_, body, _ := strings.Cut(s.part(chapter.Backup), "\n")
	m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: body}}}
	r, _ := run(t, s.options(m), p)
	if r.Err != nil || r.Text() != s.text {
		t.Errorf("err %v; %q", r.Err, r.Text()[len(r.Text())-200:])
	}
}

func TestMissingSectionIsAskedFor(t *testing.T) {
	s := open(t)
	without := strings.Replace(s.text, s.part(chapter.Sync), "", 1)
	m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: without}, {Text: s.part(chapter.Sync)}}}
	r, _ := run(t, s.options(m), prompt.Whole(s.brief))
	if r.Err != nil || r.Text() != s.text {
		t.Errorf("err %v, unfinished %v", r.Err, r.Unfinished)
	}
}

// TestFallback: what was finished stays, the rules write the rest.
func TestFallback(t *testing.T) {
	s := open(t)
	broken := &llm.Error{Kind: llm.Truncated, Message: "断了"}
	at := strings.Index(s.text, "### 缓存设计") + 60
	m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: s.text[:at], Err: broken}}}
	r, events := run(t, s.options(m), prompt.Whole(s.brief))
	if !errors.Is(r.Err, broken) || len(r.Unfinished) > 0 || r.Text() != s.text {
		t.Errorf("err %v, unfinished %v, complete %v", r.Err, r.Unfinished, r.Text() == s.text)
	}
	for i, sec := range chapter.Sections() {
		want := compose.ByModel
		if i >= 3 {
			want = compose.ByRules
		}
		if r.Origin[sec] != want {
			t.Errorf("%s by %q", sec, r.Origin[sec])
		}
	}
	if !strings.Contains(r.Partial, "缓存设计") || len(m.Asks()) != 1 {
		t.Errorf("partial %q, %d requests", r.Partial, len(m.Asks()))
	}
	if got := sections(events[compose.Failed]); !slices.Equal(got, []chapter.Section{chapter.Cache}) {
		t.Errorf("failed %v", got)
	}
	o := s.options(m)
	o.NoFallback = true
	r, _ = run(t, o, prompt.Whole(s.brief))
	if len(r.Unfinished) != 4 || r.Unfinished[0] != chapter.Cache || r.Err == nil {
		t.Errorf("without fallback: unfinished %v, err %v", r.Unfinished, r.Err)
	}
}

// TestFailureAnywhere breaks the answer at every section and in its middle: no
// finished section is lost, no unfinished one is called finished.
func TestFailureAnywhere(t *testing.T) {
	s := open(t)
	for i, sec := range chapter.Sections() {
		for _, off := range []int{0, 5, 100} {
			at := strings.Index(s.text, "### "+sec.Title()) + off
			m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: s.text[:at], Open: true, Chunk: 50}}}
			o := s.options(m)
			o.NoFallback = true
			r, _ := run(t, o, prompt.Whole(s.brief))
			// Before the next heading nothing says that a section is whole.
			done := max(0, i-1)
			if off == 100 {
				done = i
			}
			if off == 5 { // half a heading is no heading yet
				done = max(0, i-1)
			}
			for j, x := range chapter.Sections() {
				p, ok := r.Chapter.Section(x)
				if ok != (j < done) || ok && strings.TrimSpace(p.Text) != strings.TrimSpace(s.part(x)) {
					t.Errorf("cut %d bytes into %s: %s there %v", off, sec, x, ok)
				}
			}
			if r.Err == nil {
				t.Errorf("cut in %s: no error", sec)
			}
		}
	}
}

func TestContinues(t *testing.T) {
	s := open(t)
	one, two := len(s.text)/3, len(s.text)*2/3
	line := func(at int) int { return strings.LastIndex(s.text[:at], "\n") + 1 }
	m := &llmtest.Drafter{Answers: []llmtest.Answer{
		{Text: s.text[:one], Finish: llm.Length},
		{Text: s.text[line(line(one)-2):two], Finish: llm.Length}, // repeats a line
		{Text: s.text[line(two):]},
	}}
	r, events := run(t, s.options(m), prompt.Whole(s.brief))
	if r.Err != nil || r.Text() != s.text || r.Raw != s.text {
		t.Errorf("err %v, raw same %v", r.Err, r.Raw == s.text)
	}
	if shown(events[compose.Text]) != s.text {
		t.Error("what was shown is not what was written")
	}
	asks := m.Asks()
	if len(asks) != 3 || len(asks[1].Turns) != 3 || asks[1].Turns[1].Role != llm.Assistant || asks[1].Turns[2].Role != llm.User {
		t.Errorf("%d requests", len(asks))
	}
}

func TestContinuesTwiceAtMost(t *testing.T) {
	s := open(t)
	m := &llmtest.Drafter{Reply: func(a llm.Ask) llmtest.Answer {
		if strings.Contains(a.Turns[0].Text, "请只输出") {
			return llmtest.Answer{Text: s.text}
		}
		if len(a.Turns) > 1 {
			return llmtest.Answer{Text: "- 又是一行说明，每次都到长度上限为止，没有尽头\n", Finish: llm.Length}
		}
		return llmtest.Answer{Text: s.text[:strings.Index(s.text, "### 缓存设计")+90], Finish: llm.Length}
	}}
	r, _ := run(t, s.options(m), prompt.Whole(s.brief))
	first := 0
	for _, a := range m.Asks() {
		if !strings.Contains(a.Turns[0].Text, "请只输出") {
			first++
		}
	}
	if first > 3 || r.Err != nil || len(r.Unfinished) > 0 {
		t.Errorf("%d requests for the whole, err %v", first, r.Err)
	}
}

func TestParallel(t *testing.T) {
	s := open(t)
	m := &llmtest.Drafter{Reply: func(a llm.Ask) llmtest.Answer {
		words := a.Turns[0].Text
		order := words[strings.LastIndex(words, "请只输出"):]
		for _, sec := range chapter.Sections() {
			if strings.Contains(order, sec.Title()) {
				return llmtest.Answer{Text: s.part(sec), Chunk: 9}
			}
		}
		return llmtest.Answer{Err: errors.New("what?")}
	}}
	o := s.options(m)
	o.Parallel = 3
	r, events := run(t, o, prompt.Whole(s.brief))
	if r.Err != nil || r.Text() != s.text {
		t.Errorf("err %v, unfinished %v, failing %v", r.Err, r.Unfinished, r.Failing)
	}
	if len(m.Asks()) != 7 || !slices.Equal(sections(events[compose.Finished]), chapter.Sections()) {
		t.Errorf("%d requests, finished %v", len(m.Asks()), sections(events[compose.Finished]))
	}
	var order []chapter.Section
	for _, e := range events[compose.Text] {
		if len(order) == 0 || order[len(order)-1] != e.Section {
			order = append(order, e.Section)
		}
	}
	if !slices.Equal(order, chapter.Sections()) {
		t.Errorf("text came in the order %v", order)
	}
	prefix := prompt.Whole(s.brief).Text
	for _, a := range m.Asks() {
		if !strings.HasPrefix(a.Turns[0].Text, prefix+"\n\n各小节共用") || a.Stable < len(prefix) {
			t.Errorf("stable %d of %d", a.Stable, len(prefix))
		}
	}
}

// TestParallelTooFast: what a service refused for its rate is asked for again,
// alone.
func TestParallelTooFast(t *testing.T) {
	s := open(t)
	m := &llmtest.Drafter{}
	refused := 0
	m.Reply = func(a llm.Ask) llmtest.Answer {
		words := a.Turns[0].Text
		order := words[strings.LastIndex(words, "请只输出"):]
		for _, sec := range chapter.Sections() {
			if !strings.Contains(order, sec.Title()) {
				continue
			}
			if sec == chapter.Cache && refused == 0 {
				refused++
				return llmtest.Answer{Err: &llm.Error{Kind: llm.Rate, Message: "慢一点"}}
			}
			return llmtest.Answer{Text: s.part(sec)}
		}
		return llmtest.Answer{}
	}
	o := s.options(m)
	o.Parallel = 4
	if r, _ := run(t, o, prompt.Whole(s.brief)); r.Err != nil || r.Text() != s.text || len(m.Asks()) != 8 {
		t.Errorf("%d requests, err %v, origin %v", len(m.Asks()), r.Err, r.Origin)
	}
}

func TestParallelFailureOfOne(t *testing.T) {
	s := open(t)
	m := &llmtest.Drafter{Reply: func(a llm.Ask) llmtest.Answer {
		words := a.Turns[0].Text
		order := words[strings.LastIndex(words, "请只输出"):]
		for _, sec := range chapter.Sections() {
			if strings.Contains(order, sec.Title()) {
				if sec == chapter.Cache {
					return llmtest.Answer{Text: s.part(sec)[:40], Open: true}
				}
				return llmtest.Answer{Text: s.part(sec)}
			}
		}
		return llmtest.Answer{}
	}}
	o := s.options(m)
	o.Parallel = 2
	r, _ := run(t, o, prompt.Whole(s.brief))
	if r.Origin[chapter.Cache] != compose.ByRules || r.Origin[chapter.Sync] != compose.ByModel || r.Text() != s.text || r.Err == nil {
		t.Errorf("origin %v, err %v", r.Origin, r.Err)
	}
}

// TestLeaving stops the iteration at every event: nothing hangs.
func TestLeaving(t *testing.T) {
	s := open(t)
	for _, parallel := range []int{0, 3} {
		for _, stop := range []int{0, 1, 2, 5, 17, 60} {
			o := s.options(&llmtest.Drafter{Answers: []llmtest.Answer{{Text: s.text, Chunk: 50}}})
			o.Parallel = parallel
			n := 0
			for range compose.Chapter(t.Context(), o, prompt.Whole(s.brief)) {
				if n++; n > stop {
					break
				}
			}
		}
	}
}

func TestCancelled(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last compose.Event
	for e := range compose.Chapter(ctx, s.options(&llmtest.Drafter{Answers: []llmtest.Answer{{Text: s.text, Chunk: 5}}}), prompt.Whole(s.brief)) {
		if e.Kind == compose.Started && e.Section == chapter.Cache {
			cancel()
		}
		last = e
	}
	r := last.Result
	if last.Kind != compose.End || !errors.Is(r.Err, context.Canceled) || len(r.Unfinished) != 4 || r.Origin[chapter.Sharding] != compose.ByModel {
		t.Errorf("%+v", last)
	}
}

func TestDrafter(t *testing.T) {
	s := open(t)
	m := &llmtest.Drafter{Answers: []llmtest.Answer{{Text: "好的，如下：\n```markdown\n" + s.breakCache(t) + "```"}, {Text: s.part(chapter.Performance)}}}
	text, done, err := llm.Collect(t.Context(), compose.Drafter(s.options(m)), prompt.Whole(s.brief))
	if err != nil || text != s.text || done.Finish != llm.Stop || !strings.Contains(strings.Join(done.Notes, ""), "好的") {
		t.Errorf("err %v, done %+v, same %v", err, done, text == s.text)
	}
	o := s.options(&llmtest.Drafter{Answers: []llmtest.Answer{{Text: s.text[:len(s.text)/2], Open: true}}})
	o.NoFallback = true
	text, _, err = llm.Collect(t.Context(), compose.Drafter(o), prompt.Whole(s.brief))
	if err == nil || !strings.HasPrefix(text, s.text[:1000]) {
		t.Errorf("err %v, %d bytes", err, len(text))
	}
}
