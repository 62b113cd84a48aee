package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"dbchapter/ui/safetext"
)

// write puts the product where --output says; an existing file needs --force
// or --backup (product.md §2).
func (a *app) write(data []byte) error {
	name := a.flags.output
	if name == "" || name == "-" {
		return a.print(data)
	}
	if err := a.mayWrite(name); err != nil {
		return err
	}
	return a.replace(name, data, "检查目录是否存在、是否可写，或换一个 --output")
}

// print puts a product on standard output.
func (a *app) print(data []byte) error {
	if _, err := a.env.Stdout.Write(data); err != nil {
		return failure(err, "", "写标准输出")
	}
	return nil
}

// mayWrite says early, before any work, that the target cannot be replaced.
func (a *app) mayWrite(name string) error {
	if name == "" || name == "-" {
		return nil
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return failure(err, "检查路径", "无法写 %q", name)
	case !info.Mode().IsRegular():
		return failure(nil, "换一个文件名", "%q 不是普通文件", name)
	case !a.flags.force && !a.flags.backup:
		return failure(nil, "加 --force 覆盖，或加 --backup 先把它另存为 .bak", "%q 已存在", name)
	}
	return nil
}

// note is a line for people that --quiet silences.
func (a *app) note(format string, args ...any) {
	if !a.flags.quiet {
		a.warn(format, args...)
	}
}

// warn is a line for people that nothing silences.
func (a *app) warn(format string, args ...any) {
	fmt.Fprintln(a.env.Stderr, safetext.Redact(safetext.Clean(a.words.T(format, args...))))
}
