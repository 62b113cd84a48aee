package cli

import (
	"errors"
	"slices"
	"strings"

	"dbchapter/prompt/brief"
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
	if len(errs) > 0 {
		return b, errs.err()
	}
	for _, w := range s.located(brief.Validate(b).Warnings()) {
		a.note("提示：%s", w.Error())
	}
	return b, nil
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
	errs := s.standing(before, brief.Validate(b).Errors())
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
