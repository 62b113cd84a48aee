package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"dbchapter/ui/safetext"
	"dbchapter/ui/store"
)

// draftsCmd lists drafts; show prints one, rm deletes one.
func (a *app) draftsCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "drafts",
		Short: "列出草稿；drafts show/rm ID",
		Args:  nothing,
		RunE:  func(*cobra.Command, []string) error { return a.listDrafts() },
	}
	part := ""
	show := &cobra.Command{
		Use:               "show ID",
		Short:             "打印一份草稿的章节；还没有章节时打印简报",
		Args:              one,
		ValidArgsFunction: a.completeDrafts,
		RunE:              func(_ *cobra.Command, args []string) error { return a.showDraft(args[0], part) },
	}
	show.Flags().StringVar(&part, "part", "", "只打印 chapter（章节）、brief（简报）、received（模型没写完的原文）或 notes（附注）")
	c.AddCommand(show, &cobra.Command{
		Use:               "rm ID...",
		Short:             "删除草稿",
		Args:              some,
		ValidArgsFunction: a.completeDrafts,
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.store()
			if err != nil {
				return err
			}
			var errs several
			for _, id := range args {
				if err := a.removeDraft(s, id); err != nil {
					errs.add(err)
				}
			}
			return errs.err()
		},
	})
	return c
}

func (a *app) listDrafts() error {
	s, err := a.store()
	if err != nil {
		return err
	}
	all, err := s.List()
	if err != nil {
		return failure(err, "", "列出草稿")
	}
	if len(all) == 0 {
		a.note("没有草稿。向导里的每一步都会自动保存到 %s", a.stateDir())
	}
	var b strings.Builder
	for _, d := range all {
		more := ""
		if d.Partial != "" || len(d.Unfinished) > 0 {
			more = a.words.T("（有未完成的内容）")
		}
		fmt.Fprintf(&b, "%s  %s  %-8s %s%s\n", d.ID, d.Updated.Format("2006-01-02 15:04"), safetext.Line(d.Step), safetext.Line(d.Name), more)
	}
	return a.print([]byte(b.String()))
}

// loadDraft reads a draft; what is wrong with its id is an error of usage.
func (a *app) loadDraft(id string) (store.Draft, error) {
	s, err := a.store()
	if err != nil {
		return store.Draft{}, err
	}
	d, err := s.Load(id)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, store.ErrID):
		return d, failure(nil, "dbchapter drafts 列出草稿", "没有草稿 %q", id)
	case err != nil:
		return d, failure(err, "", "读草稿 %q", id)
	}
	if d.Repair != nil {
		a.note("提示：草稿 %s 有损坏，已从备份恢复", id)
	}
	return d, nil
}

// showDraft prints a part of a draft; what a model wrote has its control
// characters shown.
func (a *app) showDraft(id, part string) error {
	d, err := a.loadDraft(id)
	if err != nil {
		return err
	}
	text := ""
	switch part {
	case "":
		text = firstOf(d.Chapter, d.Partial, d.Brief)
	case "chapter":
		text = d.Chapter
	case "brief":
		text = d.Brief
	case "received":
		text = d.Partial
	case "notes":
		text = strings.Join(d.Notes, "\n")
	default:
		return usage("可用 chapter、brief、received、notes", "草稿没有 %q 这一部分", part)
	}
	if part == "" && d.Partial != "" {
		a.note("这份草稿有模型没写完的原文：dbchapter drafts show %s --part received", id)
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return a.print([]byte(safetext.Clean(text)))
}

func (a *app) removeDraft(s *store.Store, id string) error {
	if _, err := a.loadDraft(id); err != nil {
		return err
	}
	var locked *store.LockedError
	err := s.Remove(id)
	switch {
	case errors.As(err, &locked):
		return failure(nil, "先在那个窗口里离开", "草稿 %q 正在另一个窗口编辑", id)
	case err != nil:
		return failure(err, "", "没有删除草稿 %q", id)
	}
	a.note("已删除草稿 %s", id)
	return nil
}

func (a *app) completeDrafts(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	s, err := a.store()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	all, _ := s.List()
	var out []string
	for _, d := range all {
		out = append(out, d.ID+"\t"+safetext.Line(d.Name))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// stateDir is where drafts live: --state-dir, $XDG_STATE_HOME/dbchapter, or
// ~/.local/state/dbchapter; "" when there is no home.
func (a *app) stateDir() string {
	return a.xdg(a.flags.stateDir, "XDG_STATE_HOME", ".local/state")
}

// configDir is where config.yaml and house.yaml live.
func (a *app) configDir() string {
	return a.xdg("", "XDG_CONFIG_HOME", ".config")
}

// xdg is the explicit directory, else the XDG one, else the one below home. A
// relative XDG path is ignored, as the specification says.
func (a *app) xdg(explicit, env, below string) string {
	if explicit != "" {
		return explicit
	}
	if dir := a.env.Getenv(env); filepath.IsAbs(dir) {
		return filepath.Join(dir, "dbchapter")
	}
	if home := a.env.Getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, below, "dbchapter")
	}
	return ""
}

// store opens the drafts, once; without a home there is nowhere to keep them.
func (a *app) store() (*store.Store, error) {
	if a.drafts != nil {
		return a.drafts, nil
	}
	dir := a.stateDir()
	if dir == "" {
		return nil, failure(nil, "用 --state-dir 指定一个目录", "没有可以保存草稿的目录（HOME 没有设置）")
	}
	s, err := store.Open(dir)
	if err != nil {
		return nil, failure(err, "检查目录权限，或用 --state-dir 换一个", "打开草稿目录 %q", dir)
	}
	a.drafts = s
	return s, nil
}
