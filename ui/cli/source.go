package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// source is a brief before --set, with where it came from.
type source struct {
	brief    brief.Brief
	name     string // for messages
	data     []byte // the YAML it was read from, nil when it was none
	problems brief.Problems
}

// nowhere is the name of a brief that only consists of flags.
const nowhere = "--set"

// loadBrief reads the brief that the flags name and puts the --set values in.
// Everything that is wrong comes back at once, each with its place, its path
// and the flag that sets it.
func (a *app) loadBrief() (brief.Brief, error) {
	var errs several
	s, err := a.briefSource()
	errs.add(err)
	if err != nil && s.name != nowhere {
		return s.brief, err
	}
	b, err := a.settle(s)
	errs.add(err)
	return b, errs.err()
}

// settle puts the --set values into a brief and validates it.
func (a *app) settle(s source) (brief.Brief, error) {
	before := brief.Validate(s.brief).Errors()
	b, wrong := s.brief, brief.Problems(nil)
	touched := map[string]string{}
	for _, set := range a.flags.sets {
		path, ps := apply(&b, set)
		touched[path] = set
		wrong = append(wrong, ps...)
	}
	if b.BaseDate == "" {
		b.BaseDate = a.today()
	}
	found := brief.Validate(b)
	errs := s.standing(before, found.Errors())
	errs = append(errs, wrong...)
	for i := range errs {
		p := &errs[i]
		if set, ok := touched[p.Path]; ok {
			p.File, p.Line, p.Column = "--set "+set, 0, 0
		}
		if p.Hint == "" {
			p.Hint = flagFor(p.Path)
		}
	}
	if len(errs) > 0 {
		return b, errs
	}
	for _, w := range s.located(found.Warnings()) {
		a.note("提示：%s", w.Error())
	}
	return b, nil
}

func (a *app) today() string { return a.env.Now().Format("2006-01-02") }

// apply does one --set.
func apply(b *brief.Brief, set string) (path string, wrong brief.Problems) {
	path, value, ok := strings.Cut(set, "=")
	if path = strings.TrimSpace(path); !ok {
		return path, brief.Problems{{Path: path, Message: "--set 需要 路径=值", Hint: "例如 --set system.dau=80万"}}
	}
	var many brief.Problems
	var one brief.Problem
	switch err := b.Set(path, value); {
	case errors.As(err, &many):
		return path, many
	case errors.As(err, &one):
		return path, brief.Problems{one}
	case err != nil:
		return path, brief.Problems{{Path: path, Message: err.Error()}}
	}
	return path, nil
}

// standing are the problems left after --set: what is wrong with the form of
// the document, and what validation still finds. A document that could not be
// read at all has only the former.
func (s source) standing(before, after brief.Problems) brief.Problems {
	var out brief.Problems
	for _, p := range s.problems {
		if !has(before, p) {
			out = append(out, p)
		}
	}
	for _, p := range s.located(after) {
		if len(s.problems) == 0 || has(s.problems, p) || !has(before, p) {
			out = append(out, p)
		}
	}
	return out
}

func has(ps brief.Problems, p brief.Problem) bool {
	return slices.ContainsFunc(ps, func(q brief.Problem) bool { return q.Rule == p.Rule && q.Path == p.Path })
}

// located gives problems their places in the document.
func (s source) located(ps brief.Problems) brief.Problems {
	if s.data != nil {
		return brief.Locate(s.name, s.data, ps)
	}
	for i := range ps {
		ps[i].File = s.name
	}
	return ps
}

// flagFor names the flag that sets a missing field.
func flagFor(path string) string {
	switch path {
	case "":
		return ""
	case "entities":
		return "--set 'entities[0]=订单: 订单号#, 用户, 总金额'，或 --preset ID"
	}
	return "--set " + path + "=…"
}

// briefSource is the brief that --brief, --preset or the chapter of --chapter
// gives; without any of them it is empty and all of it may come from --set.
func (a *app) briefSource() (source, error) {
	switch f := a.flags; {
	case f.brief != "" && f.preset != "":
		return source{}, usage("只留一个；预设可以用 brief new -t 写成文件再改", "--brief 和 --preset 不能一起用")
	case f.brief != "":
		data, err := a.input(f.brief)
		if err != nil {
			return source{}, err
		}
		return a.readSource(f.brief, data), nil
	case f.preset != "":
		b, ok := brief.Preset(f.preset)
		if !ok {
			return source{}, usage("dbchapter presets 列出全部预设", "没有预设 %q%s", f.preset, nearestPreset(f.preset))
		}
		return source{brief: b, name: "preset " + f.preset}, nil
	case f.chapter != "":
		return a.chapterSource(f.chapter)
	case len(f.sets) == 0:
		return source{name: nowhere}, usage("用 --brief FILE（- 是标准输入）、--preset ID，或运行 dbchapter 打开向导", "没有简报，下列各项必须给出")
	}
	return source{name: nowhere}, nil
}

func nearestPreset(id string) string {
	best, least := "", 3
	for _, p := range brief.Presets() {
		if d := distance(id, p.ID); d < least {
			best, least = p.ID, d
		}
	}
	if best == "" {
		return ""
	}
	return "（" + best + "？）"
}

// chapterSource is the brief in the front matter of a chapter, or beside it.
func (a *app) chapterSource(file string) (source, error) {
	doc, err := a.openDocument(file)
	if err != nil {
		return source{}, err
	}
	if doc.brief != nil {
		return doc.source(file), nil
	}
	side := sidecar(file)
	if _, err := os.Stat(side); err != nil {
		return source{}, usage("用 --brief 给出这一章的简报", "没有找到 %q 的简报 %q", file, side)
	}
	data, err := a.input(side)
	if err != nil {
		return source{}, err
	}
	return a.readSource(side, data), nil
}

// sidecar is where the brief of a saved chapter lives: NAME.brief.yaml.
func sidecar(chapter string) string {
	return strings.TrimSuffix(chapter, filepath.Ext(chapter)) + ".brief.yaml"
}

// readSource reads YAML, a saved chapter with its brief inside, DDL or prose.
func (a *app) readSource(name string, data []byte) source {
	shown := name
	if name == "-" {
		shown = "<stdin>"
	}
	if doc := readDocument(data); doc.brief != nil {
		return doc.source(shown)
	}
	if isYAML(name, data) {
		s := source{name: shown, data: data}
		var err error
		if s.brief, err = brief.Parse(shown, data); err != nil {
			errors.As(err, &s.problems)
		}
		return s
	}
	b, found := brief.Extract(string(data))
	for _, x := range found {
		a.note("识别：%s = %s", x.Label, x.Value)
	}
	return source{brief: b, name: shown}
}

// isYAML says by the ending, else by the first lines, whether a file is a
// brief in YAML; everything else is taken apart as text.
func isYAML(name string, data []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	case ".txt", ".md", ".markdown", ".sql":
		return false
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return true // so that it is said to be empty
	}
	keys := []string{"schema:", "system:", "entities:", "databases:", "services:", "base_date:", "preset:", "raw:", "---", "{"}
	for line := range bytes.Lines(data) {
		for _, k := range keys {
			if bytes.HasPrefix(line, []byte(k)) {
				return true
			}
		}
	}
	return false
}

// loadHouse reads the house file of --house, or house.yaml beside the config.
func (a *app) loadHouse() (design.House, error) {
	name := a.flags.house
	if name == "" {
		if a.configDir() == "" {
			return design.House{}, nil
		}
		name = filepath.Join(a.configDir(), "house.yaml")
		if _, err := os.Stat(name); err != nil {
			return design.House{}, nil
		}
	}
	data, err := a.input(name)
	if err != nil {
		return design.House{}, err
	}
	h, err := design.ParseHouse(name, data)
	var problems brief.Problems
	if err != nil && !errors.As(err, &problems) {
		err = &Error{Code: ExitUsage, Msg: "规则文件 %q 有错", Args: []any{name}, Hint: "检查 --house 的文件", Err: err}
	}
	return h, err
}
