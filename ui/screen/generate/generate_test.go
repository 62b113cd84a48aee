package generate_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dbchapter/llm"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/ui/i18n"
	"dbchapter/ui/markdown"
	"dbchapter/ui/screen"
	"dbchapter/ui/screen/generate"
	"dbchapter/ui/screen/screentest"
	"dbchapter/ui/theme"
)

// script is a drafter that says what it is told; asked keeps the prompts.
type script struct {
	deltas []llm.Delta
	err    error
	hang   bool // wait for the context in the end
	asked  *[]prompt.Prompt
}

func (s script) Draft(ctx context.Context, p prompt.Prompt) iter.Seq2[llm.Delta, error] {
	if s.asked != nil {
		*s.asked = append(*s.asked, p)
	}
	return func(yield func(llm.Delta, error) bool) {
		for _, d := range s.deltas {
			if !yield(d, nil) {
				return
			}
		}
		if s.hang {
			<-ctx.Done()
			yield(llm.Delta{}, ctx.Err())
			return
		}
		if s.err != nil {
			yield(llm.Delta{}, s.err)
		}
	}
}

type panics struct{}

func (panics) Draft(context.Context, prompt.Prompt) iter.Seq2[llm.Delta, error] {
	return func(func(llm.Delta, error) bool) { panic("坏了\x1b[2J") }
}

func sample(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("testdata/shop.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// says cuts a text into small deltas, as models do.
func says(text string) []llm.Delta {
	var out []llm.Delta
	r := []rune(text)
	for len(r) > 0 {
		n := min(7, len(r))
		out = append(out, llm.Delta{Kind: llm.Text, Text: string(r[:n])})
		r = r[n:]
	}
	return out
}

func done(f llm.Finish) llm.Delta {
	return llm.Delta{Kind: llm.Done, Finish: f, Usage: llm.Usage{Input: 1200, Output: 900}}
}

func open(d llm.Drafter, rules llm.Drafter, want ...chapter.Section) generate.Model {
	th := theme.New(theme.Options{NoColor: true})
	return generate.New(generate.Options{
		Theme: th, Words: i18n.New(i18n.ZH), Renderer: markdown.New(th), Drafter: d, Offline: rules,
		Info: llm.Info{ID: "qwen", Name: "通义", Model: "qwen3.6-plus", Host: "dashscope.aliyuncs.com"}, Prompt: prompt.Prompt{Sections: want},
	})
}

// run settles the whole generation.
func run(m screen.Model) (screen.Model, []screen.Event) {
	m, _, _ = m.Update(tea.WindowSizeMsg{Width: 80, Height: 20})
	return screentest.Settle(m, m.Init())
}

func TestWhole(t *testing.T) {
	src := sample(t)
	_, events := run(open(script{deltas: append(says(src), done(llm.Stop))}, nil))
	if want := []screen.Event{screen.Drafted{Text: src}}; !reflect.DeepEqual(events, want) {
		t.Errorf("%#v", events)
	}
}

// TestReplaced: a repaired version takes the place of what was streamed, and
// what stood around the chapter reaches the draft.
func TestReplaced(t *testing.T) {
	src := sample(t)
	end := done(llm.Stop)
	end.Notes = []string{"需要我再展开吗？"}
	deltas := append(says(strings.Replace(src, "缓存", "换存", 3)), llm.Delta{Kind: llm.Replace, Text: src}, end)
	_, events := run(open(script{deltas: deltas}, nil))
	if want := []screen.Event{screen.Drafted{Text: src, Notes: end.Notes}}; !reflect.DeepEqual(events, want) {
		t.Errorf("%#v", events)
	}
}

// TestBroken: whatever ends a stream early, what is finished stays finished,
// what is not is named, and the rest can be written by the rules alone.
func TestBroken(t *testing.T) {
	src := sample(t)
	cut := strings.Index(src, "### 缓存设计") + len("### 缓存设计\n#### Redis")
	for name, s := range map[string]script{
		"error":    {deltas: says(src[:cut]), err: &llm.Error{Kind: llm.Network, Message: "连接中断\x1b[2J", Hint: "检查网络后重试"}},
		"no done":  {deltas: says(src[:cut])},
		"length":   {deltas: append(says(src[:cut]), done(llm.Length))},
		"filtered": {deltas: append(says(src[:cut]), done(llm.Filtered))},
		"plain":    {deltas: says(src[:cut]), err: errors.New("boom\x1b]0;x\x07")},
	} {
		t.Run(name, func(t *testing.T) {
			var asked []prompt.Prompt
			rest := src[strings.Index(src, "### 缓存设计"):]
			rules := script{deltas: append(says(rest), done(llm.Stop)), asked: &asked}
			m, events := run(open(s, rules))
			if len(events) != 0 {
				t.Fatalf("events %#v", events)
			}
			v := m.View()
			if strings.Contains(v, "\x1b[2J") || strings.Contains(v, "\x1b]") {
				t.Error("a control sequence is left")
			}
			if !strings.Contains(v, "未完成") || !strings.Contains(v, "没有写到") {
				t.Errorf("the state is not told:\n%s", ansi.Strip(v))
			}
			kept := screentest.Press(m, "<enter>").(screen.Drafted)
			want := []chapter.Section{chapter.Cache, chapter.Sync, chapter.Performance, chapter.Backup}
			if !reflect.DeepEqual(kept.Unfinished, want) || kept.Text != src[:cut] {
				t.Errorf("kept %v", kept.Unfinished)
			}
			_, events = screentest.Play(m, "o")
			if len(asked) != 1 || !reflect.DeepEqual(asked[0].Sections, want) {
				t.Fatalf("the rules were asked for %v", asked)
			}
			d, ok := events[0].(screen.Drafted)
			if !ok || len(d.Unfinished) != 0 || d.Text != src {
				t.Errorf("completed: %#v", events)
			}
		})
	}
}

// TestMissing: a drafter that says stop but leaves sections out has finished
// those it wrote.
func TestMissing(t *testing.T) {
	src := sample(t)
	short := src[:strings.Index(src, "### 备份恢复")]
	m, events := run(open(script{deltas: append(says(short), done(llm.Stop))}, nil))
	if len(events) != 0 {
		t.Fatalf("%#v", events)
	}
	if d := screentest.Press(m, "<enter>").(screen.Drafted); !reflect.DeepEqual(d.Unfinished, []chapter.Section{chapter.Backup}) {
		t.Errorf("%v", d.Unfinished)
	}
}

// TestStop: esc ends the drafter's context and keeps what is there; a single
// section that gave nothing goes back to the review.
func TestStop(t *testing.T) {
	src := sample(t)
	cut := strings.Index(src, "### 分库分表策略")
	m := screen.Model(open(script{deltas: says(src[:cut+40]), hang: true}, nil))
	m, _, _ = m.Update(tea.WindowSizeMsg{Width: 80, Height: 20})
	// One command of the batch waits for ever on a hanging drafter: run them
	// by hand and stop after the first delta.
	batch := m.Init()().(tea.BatchMsg)
	m, _, _ = m.Update(batch[0]())
	m, _, _ = m.Update(batch[1]())
	_, cmd, e := m.Update(screentest.Parse("<esc>")[0])
	if cmd != nil || e != nil && !reflect.DeepEqual(e, screen.Back{}) {
		t.Fatalf("esc: %#v", e)
	}
	if e := screentest.Press(open(script{hang: true}, nil, chapter.Cache), "<esc>"); e != (screen.Stopped{}) {
		t.Errorf("a single section: %#v", e)
	}
}

// TestPanic: a drafter that panics is an error on the screen.
func TestPanic(t *testing.T) {
	m, events := run(open(panics{}, nil))
	if len(events) != 0 || !strings.Contains(ansi.Strip(m.View()), "坏了") {
		t.Errorf("%#v\n%s", events, ansi.Strip(m.View()))
	}
}

// TestRetry asks the same drafter for what is missing, with what there is.
func TestRetry(t *testing.T) {
	src := sample(t)
	var asked []prompt.Prompt
	cut := strings.Index(src, "### 性能优化") + 30
	m, _ := run(open(script{deltas: says(src[:cut]), asked: &asked}, nil))
	screentest.Play(m, "r")
	if len(asked) != 2 || !reflect.DeepEqual(asked[1].Sections, []chapter.Section{chapter.Performance, chapter.Backup}) {
		t.Fatalf("asked for %v", asked)
	}
	if _, ok := asked[1].Current.Section(chapter.Cache); !ok {
		t.Error("the finished sections were not given")
	}
}

// TestReasoning is counted and never part of the text; a notice is shown.
func TestReasoning(t *testing.T) {
	m, _ := run(open(script{deltas: []llm.Delta{{Kind: llm.Reasoning, Text: "想一想"}, {Kind: llm.Retry, Text: "服务繁忙，3 秒后重试"}}, err: errors.New("x")}, nil))
	if v := ansi.Strip(m.View()); !strings.Contains(v, "思考，3 字") {
		t.Errorf("\n%s", v)
	}
	if got := m.(generate.Model).Text(); got != "" {
		t.Errorf("text %q", got)
	}
}

func TestGolden(t *testing.T) {
	src := sample(t)
	for name, c := range map[string]struct {
		text          string
		lang          i18n.Lang
		width, height int
	}{
		"cut.zh.80":  {src[:strings.Index(src, "#### Redis")], i18n.ZH, 80, 20},
		"cut.en.120": {src[:strings.Index(src, "#### Redis")], i18n.EN, 120, 35},
		"none.zh.80": {"", i18n.ZH, 80, 20},
	} {
		th := theme.New(theme.Options{NoColor: true})
		m := screen.Model(generate.New(generate.Options{
			Theme: th, Words: i18n.New(c.lang), Renderer: markdown.New(th),
			Drafter: script{deltas: says(c.text)}, Offline: script{}, Info: llm.Info{ID: "x", Name: "通义"},
		}))
		m, _, _ = m.Update(tea.WindowSizeMsg{Width: c.width, Height: c.height})
		m, _ = screentest.Settle(m, m.Init())
		t.Run(name, func(t *testing.T) { screentest.Golden(t, name, m.View(), c.width, c.height) })
	}
}
