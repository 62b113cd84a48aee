package ui

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/prompt/design"
	"dbchapter/ui/safetext"
	briefscreen "dbchapter/ui/screen/brief"
	"dbchapter/ui/screen/edit"
	"dbchapter/ui/screen/review"
	"dbchapter/ui/store"
)

// maxFile is the largest file that is read.
const maxFile = 5 << 20

// loadedMsg is what was behind a door: a brief, a chapter with or without its
// brief, or a whole draft.
type loadedMsg struct {
	brief   *brief.Brief
	chapter string
	design  *design.Design
	draft   *store.Draft
	path    string
	guesses []brief.Assumption // what of the brief was read out of a text
	err     error
}

// load reads a file and says what it is by its ending; what is no YAML and no
// chapter is prose or DDL, and the rules take it apart.
func (m model) load(path string) tea.Cmd {
	house, words := m.House, m.words
	return func() tea.Msg {
		data, err := readFile(path)
		if err != nil {
			return loadedMsg{err: fmt.Errorf("%s", words.T("load.unreadable", path, reason(err)))}
		}
		text := safetext.Clean(strings.TrimPrefix(string(data), "\uFEFF"))
		switch strings.ToLower(filepath.Ext(path)) {
		case ".yaml", ".yml", ".json":
			b, err := brief.Parse(path, []byte(text))
			return loadedMsg{brief: &b, err: err}
		case ".md", ".markdown":
			return loadChapter(path, text, house)
		}
		return extracted(text)
	}
}

// extracted is the brief the rules read out of a text.
func extracted(text string) loadedMsg {
	b, guesses := brief.Extract(text)
	return loadedMsg{brief: &b, guesses: guesses}
}

// loadChapter reads a saved chapter with the brief in front of it or beside
// it, when there is one. A text without any section of ours is prose.
func loadChapter(path, text string, house design.House) tea.Msg {
	front, text := splitFront(text)
	known := false
	for _, p := range chapter.Parse(text).Parts {
		known = known || p.Section != ""
	}
	if !known {
		return extracted(text)
	}
	msg := loadedMsg{chapter: text, path: path}
	side, data := path, []byte(front)
	if front == "" {
		var err error
		side = sidecar(path)
		if data, err = readFile(side); err != nil {
			return msg // no brief: the chapter can still be read and edited
		}
	}
	b, err := brief.Parse(side, data)
	if err != nil {
		return msg
	}
	msg.brief, msg.design = &b, designOf(b, house)
	return msg
}

// splitFront takes the brief between two lines of dashes off the beginning of
// a chapter; front is "" when there is none.
func splitFront(text string) (front, rest string) {
	head, body, ok := strings.Cut(text, "\n")
	if !ok || strings.TrimRight(head, "\r ") != "---" {
		return "", text
	}
	at := 0
	for line := range strings.Lines(body) {
		if strings.TrimRight(line, "\r\n ") == "---" {
			front = body[:at]
			break
		}
		at += len(line)
	}
	if !strings.Contains(front, "schema: "+brief.Schema) {
		return "", text
	}
	_, rest, _ = strings.Cut(body[at:], "\n")
	return front, strings.TrimLeft(rest, "\r\n")
}

// sidecar is where the brief of a saved chapter lives.
func sidecar(path string) string {
	return strings.TrimSuffix(path, filepath.Ext(path)) + ".brief.yaml"
}

// designOf is the design of a brief without errors, else nil.
func designOf(b brief.Brief, house design.House) *design.Design {
	if len(brief.Validate(b).Errors()) > 0 {
		return nil
	}
	d := design.New(brief.Complete(b), house)
	return &d
}

func readFile(path string) ([]byte, error) {
	path = expand(path)
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%q is not a regular file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("%q is larger than %d MB", path, maxFile>>20)
	}
	return data, err
}

// expand reads ~/ as the home directory, as shells do.
func expand(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// resume loads a draft.
func (m model) resume(id string) tea.Cmd {
	s, house, words := m.Store, m.House, m.words
	if s == nil {
		return nil
	}
	return func() tea.Msg {
		var locked *store.LockedError
		if err := s.Claim(id); errors.As(err, &locked) {
			return loadedMsg{err: errors.New(words.T("draft.locked"))}
		}
		d, err := s.Load(id)
		if err != nil {
			return loadedMsg{err: err}
		}
		if d.Chapter == "" && d.Partial != "" {
			d.Chapter, d.Unfinished = d.Partial, ids(cutShort(d.Partial))
		}
		msg := loadedMsg{draft: &d, chapter: d.Chapter}
		b, err := brief.Parse("draft "+id, []byte(d.Brief))
		if err != nil && d.Chapter == "" {
			return loadedMsg{err: err}
		}
		msg.brief = &b
		if msg.chapter != "" {
			msg.design = designOf(b, house)
		}
		return msg
	}
}

// loaded goes where what was loaded belongs.
func (m model) loaded(msg loadedMsg) (tea.Model, tea.Cmd) {
	if msg.err != nil {
		return m.restart(m.words.T("load.failed", reason(msg.err)))
	}
	if msg.draft != nil {
		m.draft = *msg.draft
		m.saving.ever = true
	}
	if msg.brief != nil {
		m.brief, m.given = *msg.brief, true
	}
	if m.brief.BaseDate == "" {
		m.brief.BaseDate = m.Today
	}
	if msg.chapter == "" {
		m.step = "system"
		if msg.draft == nil {
			m.draft.Guesses = guessesOf(msg.guesses)
		}
		if msg.draft != nil {
			m.step = msg.draft.Step
			return m.resumeBrief()
		}
		return m.briefing(briefscreen.Board)
	}
	m.design, m.writer = msg.design, m.brief
	r := m.reopen(msg.chapter)
	m.review = &r
	if m.result.Saved == "" {
		m.result.Saved = msg.path
	}
	if e := m.draft.Editing; e != nil {
		s := edit.New(m.theme, m.words, chapter.Section(e.Section), m.review.Part(chapter.Section(e.Section)))
		return m.show(s.With(e.Text))
	}
	return m.reviewing()
}

// cutShort is the section a text that was being received ends in.
func cutShort(text string) []chapter.Section {
	parts := chapter.Parse(text).Parts
	if n := len(parts); n > 0 && parts[n-1].Section != "" {
		return []chapter.Section{parts[n-1].Section}
	}
	return nil
}

// reopen makes the review of a chapter with what its draft remembers.
func (m model) reopen(text string) review.Model {
	o := m.reviewOptions(text)
	o.Locked, o.Unfinished, o.Edited = locks(m.draft.Locked), sections(m.draft.Unfinished), sections(m.draft.Edited)
	for _, v := range m.draft.Versions {
		o.Versions = append(o.Versions, review.Version{Section: chapter.Section(v.Section), Origin: review.Origin(v.Origin), Text: v.Text})
	}
	return review.New(o)
}

// reason is the text of an error for people, in one clean line.
func reason(err error) string { return safetext.Short(err.Error(), 400) }
