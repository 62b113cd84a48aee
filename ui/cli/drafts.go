package cli

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"dbchapter/ui/safetext"
	"dbchapter/ui/store"
)

// draftsCmd lists drafts; show prints one, rm deletes one.
func (a *app) draftsCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "drafts",
		Short: "列出草稿；drafts show/rm ID",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
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
			for _, d := range all {
				fmt.Fprintf(a.env.Stdout, "%s  %s  %-8s %s\n", d.ID, d.Updated.Format("2006-01-02 15:04"), d.Step, safetext.Clean(d.Name))
			}
			return nil
		},
	}
	c.AddCommand(&cobra.Command{
		Use:   "show ID",
		Short: "打印一份草稿的章节；还没有章节时打印简报",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.store()
			if err != nil {
				return err
			}
			d, err := s.Load(args[0])
			if err != nil {
				return failure(cause(err), "dbchapter drafts 列出草稿", "没有草稿 %q", args[0])
			}
			text := d.Chapter
			if text == "" {
				text = d.Brief
			}
			_, err = fmt.Fprint(a.env.Stdout, text)
			return err
		},
	}, &cobra.Command{
		Use:   "rm ID",
		Short: "删除一份草稿",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.store()
			if err != nil {
				return err
			}
			if err := s.Remove(args[0]); err != nil {
				return failure(cause(err), "dbchapter drafts 列出草稿", "没有删除草稿 %q", args[0])
			}
			return nil
		},
	})
	return c
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

// store opens the drafts; without a home there is nowhere to keep them.
func (a *app) store() (*store.Store, error) {
	dir := a.stateDir()
	if dir == "" {
		return nil, failure(nil, "用 --state-dir 指定一个目录", "没有可以保存草稿的目录（HOME 没有设置）")
	}
	s, err := store.Open(dir)
	if err != nil {
		return nil, failure(err, "检查目录权限，或用 --state-dir 换一个", "打开草稿目录 %q", dir)
	}
	return s, nil
}
