package brief

import (
	"fmt"
	"strings"
)

// A Problem is one thing wrong with a brief: a V rule of domain.md §1 broken.
type Problem struct {
	Rule    string // V00…V54, with w for a warning (V06w)
	Path    string // entities[2].attrs[0]
	File    string // as the user named it; "" when there is no file
	Line    int    // 1-based; 0 when unknown
	Column  int    // 1-based, in characters
	Where   string // 第 3 个实体「停车记录」; may be empty
	Message string // Chinese, says what would be right
	Hint    string // the flag or the fix, may be empty
	Warning bool
}

// Error is file:line:column: path（where）: message.
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, "%d:", p.Column)
		}
	}
	if b.Len() > 0 {
		b.WriteString(" ")
	}
	switch {
	case p.Path != "" && p.Where != "":
		b.WriteString(p.Path + "（" + p.Where + "）: ")
	case p.Path != "":
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// Problems is every problem of a brief, in the order of the document.
type Problems []Problem

// Error lists them one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Errors are those that are not warnings.
func (ps Problems) Errors() Problems {
	var out Problems
	for _, p := range ps {
		if !p.Warning {
			out = append(out, p)
		}
	}
	return out
}

// Warnings are the others.
func (ps Problems) Warnings() Problems {
	var out Problems
	for _, p := range ps {
		if p.Warning {
			out = append(out, p)
		}
	}
	return out
}
