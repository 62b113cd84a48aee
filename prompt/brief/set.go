package brief

import (
	"fmt"
	"strings"

	"dbchapter/prompt/pattern"
)

var pathPart = pattern.New(`^([^.\[\]]*)((?:\[[^\[\]]*\])*)$`)

// Set changes the value at path (system.dau=80万); the error is a Problem. An
// index one past the end of a list adds an item.
func (b *Brief) Set(path, value string) error {
	c := b.Clone()
	if message := c.setAt(path, value); message != "" {
		return Problem{Rule: "V00", Path: path, Message: message}
	}
	*b = c
	return nil
}

// setAt walks down the path; the message is empty when all went well.
func (b *Brief) setAt(path, value string) string {
	var at slot = b.slot()
	for _, part := range strings.Split(path, ".") {
		m := pathPart.FindStringSubmatch(part)
		if m == nil || m[1] == "" {
			return fmt.Sprintf("路径应写成 system.dau 或 entities[0].volume.rows_per_day，而不是 %q", clipped(path))
		}
		k, ok := at.(keyed)
		if !ok {
			return fmt.Sprintf("%q 之前已经是单个值，没有下级字段", m[1])
		}
		if at, ok = k.child(m[1]); !ok {
			return unknownField(m[1], nearest(m[1], k.keys()), k.keys())
		}
		for _, index := range strings.FieldsFunc(m[2], func(r rune) bool { return r == '[' || r == ']' }) {
			l, ok := at.(indexed)
			if !ok {
				return fmt.Sprintf("%q 不是列表，不能用下标", m[1])
			}
			var err error
			if at, err = l.at(index); err != nil {
				return m[1] + " " + err.Error()
			}
		}
	}
	if err := at.set(value); err != nil {
		return err.Error()
	}
	return ""
}
