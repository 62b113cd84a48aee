package save

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"dbchapter/ui/i18n"
	"dbchapter/ui/safetext"
	"dbchapter/ui/screen"
	"dbchapter/ui/theme"
)

// Summary is what the last page tells.
type Summary struct {
	Result  Result
	Decided []string // decisions of size, most important first
	Assumed []string // the most important assumptions
	NAssume int      // how many there are
	Open    []string // to be confirmed
	Score   string   // 93 分，0 错误，2 警告
	Elapsed time.Duration
	Keys    int    // key presses
	Command string // reproduces the chapter

	Forms  []Form                            // other forms the chapter can take
	Export func(id string) ([]string, error) // writes one, gives the paths; runs in a command
}

// Form is one other form of the chapter.
type Form struct{ ID, Title string }

// Done is the last page.
type Done struct {
	theme         theme.Theme
	words         i18n.Words
	keys          doneKeys
	sum           Summary
	notice        string
	wrong         bool // the notice is about a failure
	picking       bool // a form is being chosen
	at            int
	width, height int
}

// exportedMsg says how an export went.
type exportedMsg struct {
	files []string
	err   error
}

// NewDone makes the last page.
func NewDone(t theme.Theme, w i18n.Words, s Summary) Done {
	return Done{theme: t, words: w, keys: newDoneKeys(w), sum: s}
}

// Init does nothing.
func (d Done) Init() tea.Cmd { return nil }

// Update copies the command, begins anew, or leaves.
func (d Done) Update(msg tea.Msg) (screen.Model, tea.Cmd, screen.Event) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		d.width, d.height = msg.Width, msg.Height
	case exportedMsg:
		d.notice, d.wrong = d.words.T("done.exported", strings.Join(msg.files, d.words.T("list.comma"))), false
		if msg.err != nil {
			d.notice, d.wrong = msg.err.Error(), true
		}
	case tea.KeyPressMsg:
		d.notice, d.wrong = "", false
		if d.picking {
			return d.pick(msg)
		}
		return d.press(msg)
	}
	return d, nil, nil
}

func (d Done) press(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, d.keys.Copy):
		d.notice = d.words.T("done.copied")
		return d, tea.SetClipboard(d.sum.Command), nil
	case key.Matches(k, d.keys.Export) && len(d.sum.Forms) > 0:
		d.picking, d.at = true, 0
	case key.Matches(k, d.keys.New):
		return d, nil, screen.Restart{}
	case key.Matches(k, d.keys.Back):
		return d, nil, screen.Back{}
	case key.Matches(k, d.keys.Quit):
		return d, nil, screen.Quit{}
	case key.Matches(k, d.keys.Help):
		return d, nil, screen.Help{}
	}
	return d, nil, nil
}

// pick chooses a form and has it written.
func (d Done) pick(k tea.KeyPressMsg) (screen.Model, tea.Cmd, screen.Event) {
	switch {
	case key.Matches(k, d.keys.Up):
		d.at = max(0, d.at-1)
	case key.Matches(k, d.keys.Down):
		d.at = min(len(d.sum.Forms)-1, d.at+1)
	case key.Matches(k, d.keys.Cancel):
		d.picking = false
	case key.Matches(k, d.keys.Accept):
		d.picking = false
		id, export := d.sum.Forms[d.at].ID, d.sum.Export
		return d, func() tea.Msg {
			files, err := export(id)
			return exportedMsg{files, err}
		}, nil
	}
	return d, nil, nil
}

// Head names the step.
func (d Done) Head() screen.Head { return screen.Head{Step: 8, Done: []int{1, 2, 3, 4, 5, 6, 7, 8}} }

// View tells what was decided, assumed and left open.
func (d Done) View() string {
	w, t, s := d.words, d.theme, d.sum
	saved := w.T("done.saved", safetext.Line(s.Result.Path), size(s.Result.Bytes))
	if s.Result.Sidecar != "" {
		saved = w.T("done.savedtwo", safetext.Line(s.Result.Path), size(s.Result.Bytes), safetext.Line(s.Result.Sidecar))
	}
	out := []string{""}
	for _, l := range theme.Wrap(saved, d.width-4) {
		out = append(out, " "+t.OK.Render(l))
	}
	if s.Result.Backup != "" {
		out = append(out, " "+t.Dim.Render(w.T("done.backup", safetext.Line(s.Result.Backup))))
	}
	out = append(out, "")
	out = append(out, d.facts()...)
	min, sec := int(s.Elapsed.Minutes()), int(s.Elapsed.Seconds())%60
	out = append(out, "", "   "+w.T("done.cost", min, sec, s.Keys))
	for _, l := range theme.Wrap(s.Command, d.width-6) {
		out = append(out, "   "+t.Bold.Render(l))
	}
	if d.notice != "" {
		style := t.OK
		if d.wrong {
			style = t.Error
		}
		out = append(out, "")
		for _, l := range theme.Wrap(safetext.Line(d.notice), d.width-6) {
			out = append(out, "   "+style.Render(l))
		}
	}
	if d.picking {
		out = append([]string{"", "   " + t.Title.Render(w.T("done.forms")), ""}, d.forms()...)
	}
	return t.Box(strings.Join(out, "\n"), d.width, d.height)
}

// facts are what was decided, assumed, left open and found.
func (d Done) facts() []string {
	w, s := d.words, d.sum
	var out []string
	assumed := ""
	if s.NAssume > 0 {
		assumed = w.T("done.assumed.list", s.NAssume, strings.Join(s.Assumed, w.T("list.comma")))
	}
	open := ""
	if len(s.Open) > 0 {
		open = w.T("done.open.list", len(s.Open), strings.Join(s.Open, w.T("list.comma")))
	}
	for _, f := range [][2]string{
		{"done.decided", strings.Join(s.Decided, w.T("list.semicolon"))},
		{"done.assumed", assumed},
		{"done.open", open},
		{"done.score", s.Score},
	} {
		out = append(out, d.fact(w.T(f[0]), f[1])...)
	}
	return out
}

func (d Done) forms() []string {
	var out []string
	for i, f := range d.sum.Forms {
		out = append(out, "   "+d.theme.Row(i == d.at, d.theme.Fit(f.ID, 12)+" "+safetext.Line(f.Title)))
	}
	return out
}

func (d Done) fact(label, text string) []string {
	if text == "" {
		text = d.words.T("done.none")
	}
	var out []string
	for i, l := range theme.Wrap(safetext.Line(text), d.width-20) {
		if i > 0 {
			label = ""
		}
		out = append(out, "   "+d.theme.Dim.Render(d.theme.Fit(label, 14))+l)
	}
	return out
}

func size(n int) string {
	if n < 1000 {
		return thousand(n) + " B"
	}
	return thousand((n+500)/1000) + " KB"
}
