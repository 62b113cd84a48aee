package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"

	"dbchapter/prompt/brief"
	"dbchapter/ui"
	"dbchapter/ui/store"
)

// deliver writes the chapter, and its brief in front of it or beside it.
func (a *app) deliver(text string, w work) error {
	if a.flags.into != "" {
		return a.insert(text)
	}
	changed := len(a.flags.sets) > 0
	switch {
	case w.doc.brief != nil && changed:
		text = withFront(w.brief, text)
	case a.flags.frontMatter && w.doc.brief == nil:
		text = withFront(w.brief, w.doc.with(text))
	case a.flags.chapter != "":
		text = w.doc.with(text)
	}
	if err := a.write([]byte(text)); err != nil {
		return err
	}
	if a.flags.frontMatter || w.doc.brief != nil || a.flags.noSidecar || a.flags.output == "-" || a.flags.output == "" {
		return nil
	}
	return a.writeSidecar(w.brief)
}

// writeSidecar keeps the brief beside the chapter, so that the chapter can be
// checked and made again; the file the brief came from stays as it is.
func (a *app) writeSidecar(b brief.Brief) error {
	side := sidecar(a.flags.output)
	if len(a.flags.sets) == 0 && (sameFile(side, a.flags.brief) || a.flags.brief == "" && a.flags.chapter != "" && sameFile(side, sidecar(a.flags.chapter))) {
		return nil
	}
	old, err := os.ReadFile(side)
	switch {
	case err == nil && bytes.Equal(old, b.YAML()):
		return nil
	case err == nil && !a.flags.force && !a.flags.backup:
		a.note("提示：%q 已存在，没有改动它；加 --force 更新", side)
		return nil
	}
	return a.replace(side, b.YAML(), "章节已经写好；检查目录权限")
}

// sameFile says whether two names lead to one file.
func sameFile(a, b string) bool {
	if b == "" {
		return false
	}
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	x, err := os.Stat(a)
	y, err2 := os.Stat(b)
	return err == nil && err2 == nil && os.SameFile(x, y)
}

// insert puts the chapter between the markers of a larger document.
func (a *app) insert(text string) error {
	doc := a.flags.into
	data, err := a.bytes(doc)
	if err != nil {
		return err
	}
	next := []byte(ui.Into(string(data), text))
	if bytes.Equal(next, data) {
		a.note("%s 已经是最新的", doc)
		return nil
	}
	if err := a.replace(doc, next, "检查目录权限和剩余空间"); err != nil {
		return err
	}
	a.note("已写入 %s 的标记之间", doc)
	return nil
}

// replace writes a file whole; with --backup the old one is kept beside it.
func (a *app) replace(name string, data []byte, hint string) error {
	if a.flags.backup {
		if err := a.keepOld(name); err != nil {
			return err
		}
	}
	if err := store.WriteFile(name, data, 0o644); err != nil {
		return failure(err, hint, "没有写成 %q", name)
	}
	return nil
}

// keepOld copies what is there to the first free NAME.bak, NAME.bak.2 …
func (a *app) keepOld(name string) error {
	old, err := os.ReadFile(name)
	if err != nil {
		return nil // nothing to keep
	}
	bak := name + ".bak"
	for n := 2; exists(bak); n++ {
		bak = name + ".bak." + strconv.Itoa(n)
	}
	if err := store.WriteFile(bak, old, 0o644); err != nil {
		return failure(err, "检查目录权限和剩余空间", "备份 %q", name)
	}
	a.note("原来的内容在 %s", bak)
	return nil
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
