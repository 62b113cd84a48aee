package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"syscall"

	"dbchapter/ui/i18n"
)

// words say things in the language of the interface. The Chinese sentence is
// the key of its English one, so that the code reads like what people see; a
// test holds the table against every sentence in this package.
type words struct {
	lang i18n.Lang
	en   map[string]string
}

func newWords(l i18n.Lang) words {
	w := words{lang: l}
	if l == i18n.EN {
		w.en = englishHelp()
		maps.Copy(w.en, englishMessages())
	}
	return w
}

// T is a sentence, formatted with args when there are any. What has no English
// words (names, values, messages of the rules) stays as it is.
func (w words) T(zh string, args ...any) string {
	if en, ok := w.en[zh]; ok {
		zh = en
	}
	if len(args) == 0 {
		return zh
	}
	return fmt.Sprintf(zh, args...)
}

// reasons are what systems answer, in words that everybody knows.
func reasons() []struct {
	err error
	zh  string
} {
	return []struct {
		err error
		zh  string
	}{
		{fs.ErrNotExist, "没有这个文件或目录"},
		{fs.ErrPermission, "没有权限"},
		{syscall.EISDIR, "这是一个目录"},
		{syscall.ENOTDIR, "路径中间有一段不是目录"},
		{syscall.ENOSPC, "磁盘已满"},
		{syscall.EROFS, "文件系统只读"},
		{syscall.EPIPE, "读的一方已经关闭"},
		{syscall.ENAMETOOLONG, "文件名太长"},
	}
}

// reason is the cause of a failure in the language of the interface.
func (w words) reason(err error) string {
	for _, r := range reasons() {
		if errors.Is(err, r.err) {
			return w.T(r.zh)
		}
	}
	return cause(err).Error()
}
