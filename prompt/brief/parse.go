package brief

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"dbchapter/prompt/pattern"

	"go.yaml.in/yaml/v3"
)

// Parse reads a dbbrief/v1 document; name is only used in messages. On error
// the result holds what could be read and err is Problems, which then also
// hold what Validate finds, so that everything wrong is said at once.
func Parse(name string, src []byte) (Brief, error) {
	b, r := read(name, src)
	if len(r.problems) == 0 {
		return b, nil
	}
	if !r.unreadable() {
		for _, p := range r.locate(Validate(b).Errors()) {
			if !r.covers(p.Path) {
				r.problems = append(r.problems, p)
			}
		}
	}
	return b, people(inOrder(r.problems), b)
}

// Locate fills in where in a document the problems of its brief stand.
func Locate(name string, src []byte, ps Problems) Problems {
	_, r := read(name, src)
	return inOrder(r.locate(ps))
}

// read goes through a document.
func read(name string, src []byte) (Brief, *reader) {
	var b Brief
	r := &reader{file: name, places: map[string]place{}, budget: maxNodes}
	src = bytes.ReplaceAll(bytes.TrimPrefix(src, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
	dec := yaml.NewDecoder(bytes.NewReader(src))
	var doc, more yaml.Node
	err := dec.Decode(&doc)
	switch {
	case errors.Is(err, io.EOF):
		r.problems = Problems{{Rule: "V00", File: name, Message: "简报是空的", Hint: "第一行写 schema: " + Schema + "，或用 dbchapter brief new -t 预设 生成一份"}}
		return b, r
	case err != nil:
		r.problems = Problems{syntaxProblem(name, err)}
		return b, r
	}
	root := r.follow(doc.Content[0])
	r.mark("", root)
	b.slot().read(r, root, "")
	if _, given := r.places["schema"]; !given && root.Kind == yaml.MappingNode {
		r.complain(root, "schema", "V00", "缺少 schema，请在第一行写 schema: %s", Schema)
	}
	if err := dec.Decode(&more); err == nil {
		r.complain(&more, "", "V00", "一个文件只能有一份简报，这里开始了第二份")
	}
	return b, r
}

// unreadable says whether nothing of a brief was found.
func (r *reader) unreadable() bool { return len(r.places) <= 1 }

// covers says whether a path, or something it is part of, is already reported.
func (r *reader) covers(path string) bool {
	return slices.ContainsFunc(r.problems, func(p Problem) bool {
		return p.Path == path || p.Path != "" && (strings.HasPrefix(path, p.Path+".") || strings.HasPrefix(path, p.Path+"[")) ||
			path != "" && (strings.HasPrefix(p.Path, path+".") || strings.HasPrefix(p.Path, path+"["))
	})
}

// locate gives each problem the place of its path, or of the nearest thing
// around it.
func (r *reader) locate(ps Problems) Problems {
	out := slices.Clone(ps)
	for i := range out {
		p := &out[i]
		p.File = r.file
		for path := p.Path; ; path = parent(path) {
			if at, ok := r.places[path]; ok {
				p.Line, p.Column = at.line, at.column
				break
			}
			if path == "" {
				break
			}
		}
	}
	return out
}

func parent(path string) string { return path[:max(strings.LastIndexAny(path, ".["), 0)] }

// inOrder sorts by place in the document.
func inOrder(ps Problems) Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return ps
}

var yamlLine = pattern.New(`line (\d+)(?:, column (\d+))?: `)

// yamlErrors are the syntax errors people make, in words that help.
var yamlErrors = []struct{ has, zh string }{
	{"mapping values are not allowed", "这一行有多余的冒号；含冒号的内容请加引号"},
	{"tab character", "这一行用制表符缩进了，请改用空格"},
	{"cannot start any token", "这一行有 YAML 不允许的字符，常见的是用制表符缩进；请改用空格"},
	{"did not find expected key", "缩进或引号不对，这里应是“字段: 值”"},
	{"did not find expected '-' indicator", "列表的缩进不一致，每一项都应以“- ”对齐"},
	{"did not find expected ',' or ']'", "方括号没有写完，缺少逗号或 ]"},
	{"did not find expected ',' or '}'", "花括号没有写完，缺少逗号或 }"},
	{"unexpected end of stream", "引号没有配对，内容提前结束"},
	{"could not find expected ':'", "这一行缺少冒号，应写成“字段: 值”"},
	{"unknown anchor", "引用了没有定义的锚点（*…）；含星号的内容请加引号"},
	{"control characters are not allowed", "文件里有不可见的控制字符，请删除"},
	{"invalid", "文件不是 UTF-8 编码，请另存为 UTF-8"},
}

func syntaxProblem(name string, err error) Problem {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	p := Problem{Rule: "V00", File: name, Line: 1, Message: "YAML 语法错误：" + text}
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.Column, _ = strconv.Atoi(m[2])
		p.Message = "YAML 语法错误：" + strings.Replace(text, m[0], "", 1)
	}
	for _, e := range yamlErrors {
		if strings.Contains(text, e.has) {
			p.Message = "YAML 语法错误：" + e.zh
			break
		}
	}
	return p
}

// YAML writes b as dbbrief/v1; Parse gives the same value back.
func (b Brief) YAML() []byte {
	b = b.settled()
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(b.slot().node()); err != nil {
		panic("brief: writing YAML: " + err.Error()) // a bytes.Buffer never fails
	}
	return out.Bytes()
}
