package brief

import "strings"

// vague are words that sound like an answer and decide nothing. Each is asked
// back once, under brief.vague.<key>.
var vague = []struct{ word, key string }{
	{"高性能", "speed"},
	{"高并发", "load"},
	{"高可用", "sla"},
	{"海量", "count"},
	{"大量", "count"},
	{"很多", "count"},
	{"超大", "count"},
	{"百万级", "count"},
	{"千万级", "count"},
	{"亿级", "count"},
	{"实时", "delay"},
	{"快速", "speed"},
	{"很快", "speed"},
	{"安全", "secure"},
	{"稳定", "sla"},
	{"可扩展", "growth"},
	{"弹性", "growth"},
	{"等等", "list"},
	{"之类", "list"},
	{"若干", "list"},
}

// doubtful are the answers vague words are asked back about; in a name they
// may be meant.
var doubtful = map[string]bool{
	"system.summary": true, "system.dau": true, "system.peak_read_qps": true,
	"system.growth": true, "system.rpo_minutes": true, "system.rto_minutes": true,
}

// vagueIn is the first vague word of a text and the key of what to ask.
func vagueIn(text string) (word, key string, found bool) {
	for _, v := range vague {
		if strings.Contains(text, v.word) {
			return v.word, v.key, true
		}
	}
	return "", "", false
}
