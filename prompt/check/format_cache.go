package check

import (
	"fmt"
	"strings"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

func missingCache(in *input) []hit {
	p, ok := in.chapter.Section(chapter.Cache)
	if !ok {
		return nil
	}
	s, ok := p.Sub(chapter.CacheSub)
	if !ok {
		return nil
	}
	want := 3
	if in.design != nil {
		want = min(3, len(in.design.Brief.Entities)+1)
	}
	switch n := len(in.doc.Cache); {
	case n == 0:
		return []hit{say(s.Head.Line, chapter.CacheSub).offer("重新生成「缓存设计」一节")}
	case n < want:
		h := say(s.Head.Line, chapter.CacheSub).as(Warn)
		h.wording = fmt.Sprintf("缓存条目只有%d个，至少应有%d个", n, want)
		return []hit{h}
	}
	return nil
}

// entryName is how a message calls a cache entry.
func entryName(e chapter.CacheEntry) string {
	if e.Title != "" {
		return e.Title
	}
	return e.Key
}

func missingFields(in *input) []hit {
	var out []hit
	for _, e := range in.doc.Cache {
		var missing []string
		for _, f := range []struct{ name, value string }{{"KEY", e.Key}, {"VALUE", e.Value}, {"TTL", e.TTL}} {
			if f.value == "" {
				missing = append(missing, f.name)
			}
		}
		if len(missing) > 0 {
			out = append(out, say(e.Line, e.Key, entryName(e), strings.Join(missing, "、")))
		}
	}
	return out
}

var keyForm = pattern.New(`^[a-z][a-z0-9_]*(?::(?:[a-z0-9_.-]+|\{[a-z][a-z0-9_]*\}))+$`)

func badKeys(in *input) []hit {
	out := in.repaired("F022")
	for _, e := range in.doc.Cache {
		switch {
		case e.Key != "" && !keyForm.MatchString(e.Key):
			out = append(out, in.formKey(e, say(e.KeyLine, e.Key, e.Key)))
		case e.Title == "":
			h := say(e.Line, e.Key).offer("在条目上方补一行「# 标题」")
			h.wording = fmt.Sprintf("缓存条目「%s」没有标题行", e.Key)
			out = append(out, h)
		}
	}
	return out
}

var angleKey = pattern.New(`<([a-z][a-z0-9_]*)>`)

// formKey mends a key whose only fault is <column> for {column}.
func (in *input) formKey(e chapter.CacheEntry, h hit) hit {
	want := angleKey.ReplaceAllString(e.Key, "{$1}")
	start := in.lineOffset(e.KeyLine)
	i := strings.Index(in.text[start:], e.Key)
	if !keyForm.MatchString(want) || i < 0 || strings.Contains(in.text[start:start+i], "\n") {
		return h.offer("改成 域:用途:{列名} 的形式")
	}
	start += i
	return h.mend([]ddl.Edit{{Start: start, End: start + len(e.Key), New: want}}, "占位符写成 %s", want)
}
