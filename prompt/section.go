package prompt

import (
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
)

// maxContext is the most of one other section that is shown as context, in
// characters.
const maxContext = 20_000

// Section asks for some sections of a chapter that exists; findings are the
// checker's messages to be mended.
//
// The words begin with those of Whole and go on from what changes least to
// what changes most, so that a provider's cache serves the common part.
func Section(r brief.Resolved, current chapter.Chapter, hint string, findings []string, want ...chapter.Section) Prompt {
	want = inOrder(want)
	var b strings.Builder
	b.WriteString(words(r))
	b.WriteString("\n\n以上是整章的任务、输入信息和示例格式。这一次只写其中的一部分，格式要求不变。\n")
	writeContext(&b, current, want)
	writeOld(&b, current, want)
	if len(findings) > 0 {
		b.WriteString("\n检查发现以下问题，请在新的内容中改正：\n")
		for _, f := range findings {
			b.WriteString("- " + oneLine(f) + "\n")
		}
	}
	if hint = clean(hint); hint != "" {
		b.WriteString("\n修改要求：" + hint + "\n")
	}
	b.WriteString("\n" + order(want))
	return Prompt{Text: b.String(), Brief: r, Sections: want, Hint: hint, Current: current}
}

// inOrder are the wanted sections in the order of the document, each once; all
// seven when none is named.
func inOrder(want []chapter.Section) []chapter.Section {
	var out []chapter.Section
	for _, s := range chapter.Sections() {
		if len(want) == 0 || wanted(want, s) {
			out = append(out, s)
		}
	}
	return out
}

func wanted(want []chapter.Section, s chapter.Section) bool {
	for _, w := range want {
		if w == s {
			return true
		}
	}
	return false
}

// writeContext shows the sections that stay as they are.
func writeContext(b *strings.Builder, current chapter.Chapter, want []chapter.Section) {
	first := true
	for _, s := range chapter.Sections() {
		part, ok := current.Section(s)
		if !ok || wanted(want, s) || strings.TrimSpace(part.Text) == "" {
			continue
		}
		if first {
			b.WriteString("\n其余小节已经定稿，仅供参考：表名、列名、服务名、实例名、分片数必须与它们一致，不要输出它们。\n\n【定稿开始】\n")
			first = false
		}
		b.WriteString(strings.TrimSpace(cut(part.Text, maxContext)) + "\n\n")
	}
	if !first {
		b.WriteString("【定稿结束】\n")
	}
}

// writeOld shows what the wanted sections say now.
func writeOld(b *strings.Builder, current chapter.Chapter, want []chapter.Section) {
	for _, s := range want {
		part, ok := current.Section(s)
		if !ok || strings.TrimSpace(part.Text) == "" {
			continue
		}
		b.WriteString("\n【" + s.Title() + "】现在的内容，将被你写的新内容替换：\n\n" + strings.TrimSpace(part.Text) + "\n")
	}
}

// order is the last sentence: what to output and nothing else.
func order(want []chapter.Section) string {
	if len(want) == len(chapter.Sections()) {
		return "请重新输出完整的七个小节，从“### " + want[0].Title() + "”开始，不要输出前言、解释或总结。"
	}
	titles := make([]string, len(want))
	for i, s := range want {
		titles[i] = "“### " + s.Title() + "”"
	}
	return "请只输出" + strings.Join(titles, "、") + "：第一行就是“### " + want[0].Title() +
		"”，写完" + titles[len(titles)-1] + "这一节就结束；标题、四级标题、表格和加粗条目的格式与示例一致，不要输出其他小节、前言、解释或总结。"
}
