package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

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
