package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// maxInput is the largest file we read (reliability.md §3.4).
const maxInput = 5 << 20

// input reads a file, or standard input for "-".
func (a *app) input(name string) ([]byte, error) {
	r, shown := a.env.Stdin, "标准输入"
	if name != "-" {
		shown = name
		info, err := os.Stat(name)
		if err != nil {
			return nil, &Error{Code: ExitUsage, Msg: fmt.Sprintf("读不到 %q", name), Hint: "检查路径和权限", Err: cause(err)}
		}
		if !info.Mode().IsRegular() {
			return nil, usage("请给一个普通文件", "%q 不是普通文件", name)
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, &Error{Code: ExitUsage, Msg: fmt.Sprintf("读不到 %q", name), Hint: "检查路径和权限", Err: cause(err)}
		}
		defer func() { _ = f.Close() }()
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err != nil {
		return nil, failure(err, "", "读取 %q", shown)
	}
	if len(data) > maxInput {
		return nil, usage("请拆成几个文件", "%q 超过 %d MB", shown, maxInput>>20)
	}
	return data, nil
}

// cause is the reason in an *os.PathError, without the path said twice.
func cause(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// loadBrief reads the brief that the flags name and puts the --set values in.
func (a *app) loadBrief() (brief.Brief, error) {
	b, name, err := a.briefSource()
	if err != nil {
		return b, err
	}
	var problems brief.Problems
	for _, s := range a.flags.sets {
		path, value, ok := strings.Cut(s, "=")
		if !ok {
			problems = append(problems, brief.Problem{Path: s, Message: "--set 需要 路径=值", Hint: "例如 --set system.dau=80万"})
			continue
		}
		var many brief.Problems
		var one brief.Problem
		switch err := b.Set(strings.TrimSpace(path), value); {
		case errors.As(err, &many):
			problems = append(problems, many...)
		case errors.As(err, &one):
			problems = append(problems, one)
		case err != nil:
			problems = append(problems, brief.Problem{Path: path, Message: err.Error()})
		}
	}
	if len(problems) > 0 {
		return b, problems
	}
	if b.BaseDate == "" {
		b.BaseDate = a.env.Now().Format("2006-01-02")
	}
	found := brief.Validate(b)
	for i := range found {
		if found[i].File == "" {
			found[i].File = name
		}
		if found[i].Hint == "" {
			found[i].Hint = flagFor(found[i].Path)
		}
	}
	for _, w := range found.Warnings() {
		a.note("提示：%s", w.Error())
	}
	if errs := found.Errors(); len(errs) > 0 {
		return b, errs
	}
	return b, nil
}

// flagFor names the flag that sets a missing field.
func flagFor(path string) string {
	switch {
	case path == "":
		return ""
	case strings.HasPrefix(path, "entities"), strings.HasPrefix(path, "services"), strings.HasPrefix(path, "databases"):
		return "在简报文件里补上，或用 --preset 选一个预设"
	}
	return "--set " + path + "=…"
}

// briefSource is the brief before --set, and the name to use in messages.
func (a *app) briefSource() (brief.Brief, string, error) {
	switch f := a.flags; {
	case f.brief != "":
		data, err := a.input(f.brief)
		if err != nil {
			return brief.Brief{}, f.brief, err
		}
		name := f.brief
		if name == "-" {
			name = "<stdin>"
		}
		b, err := parseBrief(name, data)
		return b, name, err
	case f.preset != "":
		b, ok := brief.Preset(f.preset)
		if !ok {
			return b, "", usage("dbchapter presets 列出全部预设", "没有预设 %q", f.preset)
		}
		return b, "preset " + f.preset, nil
	case f.chapter != "":
		side := sidecar(f.chapter)
		data, err := a.input(side)
		if err != nil {
			return brief.Brief{}, side, usage("用 --brief 给出这一章的简报", "没有找到 %q 的简报 %q", f.chapter, side)
		}
		b, err := parseBrief(side, data)
		return b, side, err
	}
	return brief.Brief{}, "", usage("用 --brief FILE、--preset ID，或运行 dbchapter 打开向导", "没有简报")
}

// sidecar is where the brief of a saved chapter lives: NAME.brief.yaml.
func sidecar(chapter string) string {
	return strings.TrimSuffix(chapter, filepath.Ext(chapter)) + ".brief.yaml"
}

// parseBrief reads YAML, or takes prose apart when it is not YAML of ours.
func parseBrief(name string, data []byte) (brief.Brief, error) {
	if looksLikeProse(data) {
		b, _ := brief.Extract(string(data))
		return b, nil
	}
	return brief.Parse(name, data)
}

// looksLikeProse says whether no line of the text begins with a key of a brief.
func looksLikeProse(data []byte) bool {
	keys := []string{"schema:", "system:", "entities:", "databases:", "services:", "base_date:", "preset:", "{"}
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\uFEFF"))) {
		for _, k := range keys {
			if bytes.HasPrefix(line, []byte(k)) {
				return false
			}
		}
	}
	return len(bytes.TrimSpace(data)) > 0
}

// loadHouse reads the house file of --house, or house.yaml beside the config.
func (a *app) loadHouse() (design.House, error) {
	name := a.flags.house
	if name == "" {
		name = filepath.Join(a.configDir(), "house.yaml")
		if _, err := os.Stat(name); err != nil {
			return design.House{}, nil
		}
	}
	data, err := a.input(name)
	if err != nil {
		return design.House{}, err
	}
	return design.ParseHouse(name, data)
}
