package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
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
		return writer{a.offline(house), llm.Info{ID: llm.Offline, Name: a.words.T("离线起草")}, c}, nil
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

// sources gathers what may decide who writes.
func (a *app) sources() (llm.Sources, error) {
	s := llm.Sources{
		Drafter: a.flags.drafter, Model: a.flags.model, BaseURL: a.flags.baseURL, Offline: a.flags.offline,
		Env: a.env.Getenv, Run: run,
	}
	var err error
	if s.File, err = a.settings(a.configFile(), a.flags.config != ""); err != nil {
		return s, err
	}
	if holdsKey(s.File) && openToOthers(a.configFile()) {
		a.note("提示：%s", a.words.T("配置文件 %q 里有密钥，别人也能读它：chmod 600", a.configFile()))
	}
	s.Local, err = a.settings(localConfig, false)
	return s, err
}

// localConfig is the configuration of a working directory; it may choose a
// drafter by name, but neither address nor key (product.md §4).
const localConfig = ".dbchapter.yaml"

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
func (a *app) settings(name string, must bool) (llm.Settings, error) {
	if name == "" {
		return llm.Settings{}, nil
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) && !must {
		return llm.Settings{}, nil
	}
	data, err := a.input(name)
	if err != nil {
		return llm.Settings{}, err
	}
	s, err := llm.ParseSettings(name, data)
	if err != nil {
		return s, configError(err)
	}
	return s, nil
}

// holdsKey says whether a configuration file has a key itself and not only
// where to find one.
func holdsKey(s llm.Settings) bool {
	keys := []string{s.APIKey}
	for _, p := range s.Providers {
		keys = append(keys, p.APIKey)
	}
	return slices.ContainsFunc(keys, func(k string) bool {
		return k != "" && !strings.HasPrefix(k, "env:") && !strings.HasPrefix(k, "cmd:")
	})
}

// openToOthers says whether other users may read a file.
func openToOthers(name string) bool {
	info, err := os.Stat(name)
	return err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}

// run is how a cmd: reference in the user's own configuration gets its key.
func run(command string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "sh", "-c", command).Output()
	return strings.TrimSpace(string(out)), err
}
