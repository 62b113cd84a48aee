package cli

import (
	"os"
	"path/filepath"
	"strconv"
	"unicode/utf8"

	"dbchapter/llm/compose"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
	"dbchapter/ui/store"
)

// keep puts what was received before a provider failed into a draft, the
// missing sections filled from the rules and named as such, and says where;
// nothing unfinished is ever delivered as a chapter (product.md §5.7).
func (a *app) keep(r compose.Result, w work) error {
	d := store.Draft{
		ID: store.NewID(), Name: w.prompt.Brief.System.Name, Step: "review",
		Brief: string(w.brief.YAML()), Chapter: r.Text(), Partial: r.Raw, Notes: r.Notes,
	}
	for _, section := range chapter.Sections() {
		if r.Origin[section] == compose.ByRules {
			d.Notes = append(d.Notes, a.words.T("「%s」由离线起草补齐", section.Title()))
		}
	}
	for _, section := range r.Unfinished {
		d.Unfinished = append(d.Unfinished, string(section))
	}
	dir, err := a.keepIn(d)
	if err != nil {
		a.warn("收到的内容没有保存成：%s", a.words.reason(err))
		return r.Err
	}
	what := a.words.T("简报")
	if got := utf8.RuneCountInString(r.Raw); got > 0 {
		what = a.words.T("收到的 %d 字和简报", got)
	}
	at := ""
	if dir != a.stateDir() || a.flags.stateDir != "" {
		at = " --state-dir " + dir
	}
	a.warn("%s保存在草稿 %s；dbchapter drafts show %s%s 查看，dbchapter%s 继续", what, d.ID, d.ID, at, at)
	return r.Err
}

// keepBrief keeps the answers of somebody who left the line mode before its
// end.
func (a *app) keepBrief(b brief.Brief) {
	d := store.Draft{ID: store.NewID(), Name: b.System.Name, Step: "system", Brief: string(b.YAML())}
	if _, err := a.keepIn(d); err != nil {
		a.warn("收到的内容没有保存成：%s", a.words.reason(err))
		return
	}
	a.warn("草稿已保留：%s（dbchapter drafts show %s）", d.ID, d.ID)
}

// keepIn saves a draft where drafts live, else in a directory of ours among
// the temporary files: without a home nothing should be lost either.
func (a *app) keepIn(d store.Draft) (dir string, err error) {
	for _, dir = range a.keepDirs() {
		var s *store.Store
		if s, err = store.Open(dir); err != nil {
			continue
		}
		if err = s.Save(d); err == nil {
			return dir, s.Close()
		}
	}
	return dir, err
}

// keepDirs are the places for what must not be lost, the best first.
func (a *app) keepDirs() []string {
	temp := filepath.Join(os.TempDir(), "dbchapter-"+strconv.Itoa(os.Getuid()))
	if dir := a.stateDir(); dir != "" {
		return []string{dir, temp}
	}
	return []string{temp}
}
