package offline

import (
	"fmt"
	"strings"

	"dbchapter/prompt"
)

// wish is what of a hint the rules can do.
type wish struct {
	length     prompt.Length
	localCache bool
}

// hints are the words of a hint that rules can follow.
var hints = []struct {
	words []string
	grant func(*wish)
}{
	{[]string{"更短", "精简", "简短", "短一点", "短一些", "简洁", "简化"}, func(w *wish) { w.length = prompt.Brief }},
	{[]string{"更详细", "更长", "详细", "详尽", "展开", "完整"}, func(w *wish) { w.length = prompt.Full }},
	{[]string{"多级缓存", "本地缓存", "二级缓存", "两级缓存"}, func(w *wish) { w.localCache = true }},
}

// fillers are words around a wish that ask for nothing themselves.
var fillers = []string{
	"改用", "改成", "改为", "改得", "写得", "请", "帮我", "把", "再", "一点", "一些", "写", "加上", "增加", "使用", "采用", "用", "内容", "的", "和", "并", "且", "更", "些", "要",
	"，", "。", "、", "；", ",", ".", ";", " ",
}

// readHint splits a hint into what the rules can do and a notice about the
// rest, "" when nothing is left over.
func readHint(hint string) (wish, string) {
	var w wish
	rest := hint
	for _, h := range hints {
		for _, word := range h.words {
			if strings.Contains(rest, word) {
				h.grant(&w)
				rest = strings.ReplaceAll(rest, word, "")
			}
		}
	}
	for _, f := range fillers {
		rest = strings.ReplaceAll(rest, f, "")
	}
	if strings.TrimSpace(rest) == "" {
		return w, ""
	}
	return w, fmt.Sprintf("离线起草器按规则写作，做不到“%s”；已按简报重写本节，可改简报，或换用模型起草", inline(hint))
}
