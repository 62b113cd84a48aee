package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"dbchapter/llm"
	"dbchapter/prompt/design"
	"dbchapter/ui/screen/providers"
)

// writer is who drafts, with how people know it.
type writer struct {
	drafter llm.Drafter
	info    llm.Info
	config  llm.Config
}

// offline is the drafter by rules with an organisation's own defaults.
func (a *app) offline(h design.House) llm.Drafter { return a.env.Offline(h) }

// drafter decides who writes: flag, environment, configuration, the rules.
func (a *app) drafter() (writer, error) {
	s, err := a.sources()
	if err != nil {
		return writer{}, err
	}
	choice, err := llm.Resolve(s)
	if err != nil {
		return writer{}, configError(err)
	}
	for _, n := range choice.Notes {
		a.note("提示：%s", n)
	}
	return a.open(choice.Config)
}

// configError is a setting that is wrong, as an error of usage: nothing was
// sent to anybody yet.
func configError(err error) error {
	var e *llm.Error
	if errors.As(err, &e) {
		return &Error{Code: ExitUsage, Msg: e.Message, Hint: e.Hint}
	}
	return err
}

func (a *app) open(c llm.Config) (writer, error) {
	if c.IsOffline() {
		house, err := a.loadHouse()
		if err != nil {
			return writer{}, err
		}
		return writer{a.offline(house), llm.Info{ID: llm.Offline, Name: "离线起草"}, c}, nil
	}
	d, err := a.env.Open(c)
	if err != nil {
		return writer{}, configError(err)
	}
	return writer{d, c.Info(), c}, nil
}

// openByID is what the provider screen calls when somebody picked a drafter.
func (a *app) openByID(id string) (llm.Drafter, llm.Info, error) {
	s, err := a.sources()
	if err != nil {
		return nil, llm.Info{}, err
	}
	c, err := s.Open(id)
	if err != nil {
		return nil, llm.Info{}, err
	}
	w, err := a.open(c)
	if err != nil {
		return nil, llm.Info{}, err
	}
	return a.checked(w), w.info, nil
}

// choices are the rows of the provider screen.
func (a *app) choices() []providers.Choice {
	s, err := a.sources()
	if err != nil || a.flags.offline {
		return nil
	}
	var out []providers.Choice
	for _, o := range s.Offers() {
		out = append(out, providers.Choice{Info: o.Info, Ready: o.Ready, Why: o.Why})
	}
	return out
}

// providers is the doctor's view of the same rows: never a key.
func (a *app) providers() []diagnosis {
	var out []diagnosis
	for _, c := range a.choices() {
		d := diagnosis{ok: c.Ready, what: "起草 " + c.Info.ID, seen: c.Info.Name}
		if c.Ready {
			d.seen += "，" + c.Why
		} else {
			d.todo = c.Why
		}
		out = append(out, d)
	}
	return out
}

// sources gathers what may decide who writes.
func (a *app) sources() (llm.Sources, error) {
	s := llm.Sources{
		Drafter: a.flags.drafter, Model: a.flags.model, BaseURL: a.flags.baseURL, Offline: a.flags.offline,
		Env: a.env.Getenv, Run: run,
	}
	var err error
	if s.File, err = settings(a.configFile(), a.flags.config != ""); err != nil {
		return s, err
	}
	s.Local, err = settings(".dbchapter.yaml", false)
	return s, err
}

func (a *app) configFile() string {
	if a.flags.config != "" {
		return a.flags.config
	}
	if dir := a.configDir(); dir != "" {
		return filepath.Join(dir, "config.yaml")
	}
	return ""
}

// settings reads one configuration file; a missing one is empty unless it was
// named on the command line.
func settings(name string, must bool) (llm.Settings, error) {
	if name == "" {
		return llm.Settings{}, nil
	}
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !must:
		return llm.Settings{}, nil
	case err != nil:
		return llm.Settings{}, usage("检查 --config 的路径", "读不到配置文件 %q：%v", name, cause(err))
	}
	s, err := llm.ParseSettings(name, data)
	if err != nil {
		return s, configError(err)
	}
	return s, nil
}

// run is how a cmd: reference in the user's own configuration gets its key.
func run(command string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "sh", "-c", command).Output()
	return strings.TrimSpace(string(out)), err
}
