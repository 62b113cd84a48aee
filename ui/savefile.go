package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/check"
	"dbchapter/prompt/export"
	"dbchapter/ui/screen"
	"dbchapter/ui/screen/save"
	"dbchapter/ui/store"
)

// toSave opens the last step.
func (m model) toSave() (tea.Model, tea.Cmd) {
	m = m.stash()
	m.step = stepSave
	next, cmd := m.show(save.New(save.Options{
		Theme: m.theme, Words: m.words, File: m.target(), Into: m.Into,
		Look: m.look(), Write: m.writePlan(),
	}))
	n, keep := next.keep()
	return n, tea.Batch(cmd, keep)
}

// target is the proposed file: where it was saved before, else named by the
// system's code.
func (m model) target() string {
	switch {
	case m.draft.Saved != "":
		return m.draft.Saved
	case m.result.Saved != "":
		return m.result.Saved
	}
	code := m.brief.System.Code
	if m.design != nil {
		code = m.design.Brief.System.Code
	}
	if code == "" {
		return "database-design.md"
	}
	return slug(code) + "-database-design.md"
}

// slug keeps of a code what is safe in a file name everywhere.
func slug(code string) string {
	out := []rune{}
	for _, r := range code {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return "system"
	}
	return string(out)
}

// look says what a save would do to the disk; it runs in a command.
func (m model) look() func(string, bool) (save.Plan, error) {
	text, b, given, words := m.review.Text(), m.brief, m.given, m.words
	return func(path string, into bool) (save.Plan, error) {
		p := save.Plan{Path: path, Into: into, New: text}
		old, err := readFile(path)
		switch {
		case err == nil:
			p.Exists, p.Old = true, string(old)
		case !errors.Is(err, fs.ErrNotExist):
			return p, fmt.Errorf("%s", words.T("load.unreadable", path, reason(err)))
		case into:
			return p, fmt.Errorf("%s", words.T("save.nodoc", path))
		}
		if into {
			p.New = Into(p.Old, text)
			p.Same = p.New == p.Old
			return p, nil
		}
		p.Same = p.New == p.Old
		if given {
			p.Sidecar, p.Brief = sidecar(path), string(b.YAML())
			if side, err := readFile(p.Sidecar); err == nil {
				p.OldBrief, p.HasBrief = string(side), true
				if p.OldBrief != p.Brief {
					p.Exists, p.Same = true, false
				}
			}
		}
		return p, nil
	}
}

// writePlan does what was looked at and agreed to, unless the disk changed
// meanwhile.
func (m model) writePlan() func(save.Plan) (save.Result, error) {
	words := m.words
	return func(p save.Plan) (save.Result, error) {
		r := save.Result{Path: p.Path, Bytes: len(p.New)}
		now, err := readFile(p.Path)
		if err == nil && string(now) != p.Old || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return r, errors.New(words.T("save.changed", p.Path))
		}
		if p.Backup && err == nil {
			r.Backup = expand(p.Path) + ".bak"
			if err := put(r.Backup, p.Old); err != nil {
				return r, fmt.Errorf("%s", words.T("save.failed", r.Backup, reason(err)))
			}
		}
		if err := put(p.Path, p.New); err != nil {
			return r, fmt.Errorf("%s", words.T("save.failed", p.Path, reason(err)))
		}
		if p.Sidecar == "" {
			return r, nil
		}
		if p.Backup && p.HasBrief && p.OldBrief != p.Brief {
			if err := put(p.Sidecar+".bak", p.OldBrief); err != nil {
				return r, fmt.Errorf("%s", words.T("save.failed", p.Sidecar+".bak", reason(err)))
			}
		}
		if err := put(p.Sidecar, p.Brief); err != nil {
			return r, fmt.Errorf("%s", words.T("save.failed", p.Sidecar, reason(err)))
		}
		r.Sidecar = p.Sidecar
		return r, nil
	}
}

// put writes to a path, through a link to its target, keeping the mode of what
// was there.
func put(path, text string) error {
	path = expand(path)
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	return store.WriteFile(path, []byte(text), mode)
}

// saved shows the last page.
func (m model) saved(e screen.Saved) (tea.Model, tea.Cmd) {
	m.draft.Saved, m.result.Saved = e.Path, e.Path
	if abs, err := filepath.Abs(expand(e.Path)); err == nil {
		m.draft.Saved = abs
	}
	m.step = stepDone
	next, cmd := m.show(save.NewDone(m.theme, m.words, m.summary(e)))
	n, keep := next.keep()
	return n, tea.Batch(cmd, keep)
}

// summary collects what the last page tells.
func (m model) summary(e screen.Saved) save.Summary {
	s := save.Summary{
		Result:  save.Result{Path: e.Path, Sidecar: e.Sidecar, Backup: e.Backup, Bytes: e.Bytes},
		Elapsed: m.Now().Sub(m.began), Keys: m.presses,
		Command: "dbchapter check " + quote(e.Path),
	}
	if e.Sidecar != "" {
		s.Command = "dbchapter draft --brief " + quote(e.Sidecar) + " -o " + quote(e.Path) + " --force"
	}
	if m.review != nil {
		s.Score = m.score(m.review.Report())
		s.Export = m.export(e.Path)
		for _, f := range export.Formats() {
			s.Forms = append(s.Forms, save.Form{ID: f.ID, Title: f.Title})
		}
	}
	if m.design == nil {
		return s
	}
	s.Decided = m.decided()
	s.Assumed, s.NAssume, s.Open = assumed(m.design.Assumptions)
	return s
}

// export writes another form of the chapter beside it; it runs in a command.
// What is there and says something else is not overwritten.
func (m model) export(path string) func(string) ([]string, error) {
	text, d, words := m.review.Text(), m.design, m.words
	return func(id string) ([]string, error) {
		form, ok := export.ByID(id)
		if !ok {
			return nil, fmt.Errorf("no format %q", id)
		}
		var r *brief.Resolved
		if d != nil {
			r = &d.Brief
		}
		stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		files, err := form.Write(export.Read(stem, text, r))
		if err != nil {
			return nil, err
		}
		var names []string
		for _, f := range files {
			name := filepath.Join(filepath.Dir(expand(path)), filepath.Base(f.Name))
			old, err := readFile(name)
			switch {
			case err == nil && string(old) == string(f.Data):
			case !errors.Is(err, fs.ErrNotExist):
				return names, errors.New(words.T("done.exists", name))
			default:
				if err := store.WriteFile(name, f.Data, 0o644); err != nil {
					return names, errors.New(words.T("save.failed", name, reason(err)))
				}
			}
			names = append(names, filepath.Base(name))
		}
		return names, nil
	}
}

func (m model) score(r check.Report) string {
	errors, warns := 0, 0
	for _, f := range r.Findings {
		switch f.Severity {
		case check.Error:
			errors++
		case check.Warn:
			warns++
		}
	}
	return m.words.T("done.score.text", r.Score.Total, errors, warns)
}

// quote makes a path one word of a shell.
func quote(path string) string {
	for _, r := range path {
		plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r > 0x7f
		if !plain && r != '.' && r != '/' && r != '-' && r != '_' {
			return shellQuote(path)
		}
	}
	return path
}
