package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/export"
	"dbchapter/ui/store"
)

// exportCmd writes a chapter in another form.
func (a *app) exportCmd() *cobra.Command {
	var forms []string
	for _, f := range export.Formats() {
		forms = append(forms, fmt.Sprintf("  %-12s %s", f.ID, f.Title))
	}
	var to string
	c := &cobra.Command{
		Use:   "export FILE.md --to FORMAT",
		Short: "把一章变成其他形式",
		Long:  "把一章变成其他形式。--output 是文件；产物不止一个文件时是目录。\n\n形式：\n" + strings.Join(forms, "\n"),
		Args:  cobra.ExactArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return a.export(args[0], to) },
	}
	c.Flags().StringVar(&to, "to", "", "形式（见上）")
	a.flags.registerOutput(c)
	return c
}

func (a *app) export(file, to string) error {
	form, ok := export.ByID(to)
	if !ok {
		return usage("dbchapter export --help 列出全部形式", "没有形式 %q", to)
	}
	data, err := a.input(file)
	if err != nil {
		return err
	}
	var r *brief.Resolved
	if d, err := a.designFor(file); err != nil {
		return err
	} else if d != nil {
		r = &d.Brief
	}
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	if file == "-" {
		name = "chapter"
	}
	src := export.Read(name, string(data), r)
	if len(src.Schema.Tables) == 0 {
		return failure(nil, "检查文件是不是由 dbchapter 保存的章节", "%q 里没有可以导出的表", file)
	}
	files, err := form.Write(src)
	if err != nil {
		return failure(err, "", "导出 %s", to)
	}
	return a.writeFiles(files)
}

// writeFiles puts one file where --output says, and several into that
// directory, or one after the other on standard output.
func (a *app) writeFiles(files []export.File) error {
	out := a.flags.output
	if len(files) == 1 || out == "-" || out == "" {
		var all []byte
		for _, f := range files {
			all = append(all, f.Data...)
		}
		return a.write(all)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return failure(cause(err), "换一个目录", "建立目录 %q", out)
	}
	for _, f := range files {
		if err := a.mayWrite(filepath.Join(out, f.Name)); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := store.WriteFile(filepath.Join(out, f.Name), f.Data, 0o644); err != nil {
			return failure(err, "检查目录权限和剩余空间", "没有写成 %q", f.Name)
		}
		a.note("已写 %s", filepath.Join(out, f.Name))
	}
	return nil
}
