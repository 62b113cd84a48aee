package cli

import (
	"fmt"
	"unicode/utf8"

	"dbchapter/llm/compose"
	"dbchapter/prompt"
	"dbchapter/prompt/chapter"
	"dbchapter/ui"
	"dbchapter/ui/store"
)

// keep puts what was received before a provider failed into a draft, the
// missing sections filled from the rules and named as such, and says where;
// nothing unfinished is ever delivered as a chapter (product.md §5.7).
func (a *app) keep(r compose.Result, p prompt.Prompt) error {
	got := utf8.RuneCountInString(r.Raw)
	s, err := a.store()
	if err != nil {
		if got > 0 {
			a.note("收到了 %d 字，但没有地方保存（HOME 没有设置）", got)
		}
		return r.Err
	}
	d := store.Draft{
		ID: store.NewID(), Name: p.Brief.System.Name, Step: "review",
		Brief: string(a.written.YAML()), Chapter: r.Text(), Partial: r.Raw, Notes: r.Notes,
	}
	for _, section := range chapter.Sections() {
		if r.Origin[section] == compose.ByRules {
			d.Notes = append(d.Notes, fmt.Sprintf("「%s」由离线起草补齐", section.Title()))
		}
	}
	if err := s.Save(d); err != nil {
		a.note("收到的内容没有保存成：%v", err)
		return r.Err
	}
	what := "简报"
	if got > 0 {
		what = fmt.Sprintf("收到的 %d 字和简报", got)
	}
	a.note("%s保存在草稿 %s；运行 dbchapter 可以继续，dbchapter drafts show %s 查看", what, d.ID, d.ID)
	return r.Err
}

// insert puts the chapter between the markers of a larger document.
func (a *app) insert(text string) error {
	doc := a.flags.into
	data, err := a.input(doc)
	if err != nil {
		return err
	}
	if a.flags.backup {
		if err := store.WriteFile(doc+".bak", data, 0o644); err != nil {
			return failure(err, "检查目录权限和剩余空间", "备份 %q", doc)
		}
	}
	if err := store.WriteFile(doc, []byte(ui.Into(string(data), text)), 0o644); err != nil {
		return failure(err, "检查目录权限和剩余空间", "没有写成 %q", doc)
	}
	a.note("已写入 %s 的标记之间", doc)
	return nil
}

// describe says what would be sent, to which host and how large; nothing is.
func (a *app) describe(who writer, p prompt.Prompt) error {
	if who.config.IsOffline() {
		a.note("离线起草：什么都不会发送。")
	} else {
		a.note("将发往 %s（%s，模型 %s），提示词 %d 字、%d 字节，约 %d tokens。没有发送。",
			who.info.Host, who.info.Name, who.info.Model, utf8.RuneCountInString(p.Text), len(p.Text), utf8.RuneCountInString(p.Text)*2/3)
	}
	return a.write([]byte(p.Text))
}
