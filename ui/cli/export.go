package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/export"
)

// exportCmd writes a chapter in another form.
func (a *app) exportCmd() *cobra.Command {
	var forms []string
	for _, f := range export.Formats() {
		forms = append(forms, fmt.Sprintf("  %-12s %s", f.ID, f.Title))
	}
	var to string
	var schema bool
	c := &cobra.Command{
		Use:   "export FILE.md --to FORMAT",
		Short: "把一章变成其他形式",
		Long:  "把一章变成其他形式。--output 是文件或已有的目录；产物不止一个文件时是目录，不存在则新建。\n\n形式：\n" + strings.Join(forms, "\n"),
		Args: func(c *cobra.Command, args []string) error {
			if schema {
				return nothing(c, args)
			}
			return one(c, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if schema {
				return a.write(export.Schema())
			}
			return a.export(args[0], to)
		},
	}
	c.Flags().StringVar(&to, "to", "", "形式（见上）")
	c.Flags().BoolVar(&schema, "schema", false, "打印 --to json 的 JSON Schema")
	a.flags.registerOutput(c)
	return c
}

func (a *app) export(file, to string) error {
	form, ok := export.ByID(to)
	switch {
	case to == "":
		return usage("dbchapter export --help 列出全部形式", "export 需要 --to FORMAT")
	case !ok:
		return usage("dbchapter export --help 列出全部形式", "没有形式 %q", to)
	}
	src, err := a.exportSource(file)
	if err != nil {
		return err
	}
	files, err := form.Write(src)
	if err != nil {
		return failure(err, "", "导出 %s", to)
	}
	if form.Binary && a.toStdout() && a.env.StdoutTTY {
		return usage("加 --output FILE", "%q 不能显示在终端上", to)
	}
	return a.writeFiles(files)
}

// exportSource is the chapter in a file, with its brief when there is one.
func (a *app) exportSource(file string) (export.Source, error) {
	doc, err := a.openDocument(file)
	if err != nil {
		return export.Source{}, err
	}
	var r *brief.Resolved
	d, err := a.designFor(file)
	if err != nil {
		return export.Source{}, err
	}
	if d != nil {
		r = &d.Brief
	}
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	if file == "-" {
		name = "chapter"
	}
	src := export.Read(name, doc.chapter, r)
	if len(src.Schema.Tables) == 0 {
		return src, failure(nil, "检查文件是不是由 dbchapter 保存的章节", "%q 里没有可以导出的表", file)
	}
	if n := len(src.Schema.Problems); n > 0 {
		a.warn("建表语句有 %d 处问题，导出可能不完整，请先运行 dbchapter check", n)
	}
	return src, nil
}

func (a *app) toStdout() bool { return a.flags.output == "" || a.flags.output == "-" }

// writeFiles puts one file where --output says, and several into that
// directory, or one after the other on standard output. Nothing is written
// when one of them may not be replaced.
func (a *app) writeFiles(files []export.File) error {
	out := a.flags.output
	if a.toStdout() {
		for _, f := range files {
			if err := a.print(f.Data); err != nil {
				return err
			}
		}
		return nil
	}
	info, err := os.Stat(out)
	directory := err == nil && info.IsDir()
	if len(files) == 1 && !directory {
		return a.write(files[0].Data)
	}
	if !directory {
		if err := os.MkdirAll(out, 0o755); err != nil {
			return failure(err, "换一个目录", "建立目录 %q", out)
		}
	}
	for _, f := range files {
		if err := a.mayWrite(filepath.Join(out, f.Name)); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := a.replace(filepath.Join(out, f.Name), f.Data, "检查目录权限和剩余空间"); err != nil {
			return err
		}
		a.note("已写 %s", filepath.Join(out, f.Name))
	}
	return nil
}
