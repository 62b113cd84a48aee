package ddl

import "sort"

// lines finds the line and column of byte offsets in a block, however long its
// lines are.
type lines struct {
	src    string
	first  int   // line number of the block's first line
	starts []int // offset of every line
	counts []int // characters before every stretch of bytes
}

// stretch is how many bytes are counted anew for a position.
const stretch = 512

func newLines(src string, first int) *lines {
	l := &lines{src: src, first: max(first, 1), starts: []int{0}}
	n := 0
	for i := range len(src) {
		if i%stretch == 0 {
			l.counts = append(l.counts, n)
		}
		if src[i] == '\n' {
			l.starts = append(l.starts, i+1)
		}
		n += startsCharacter(src[i])
	}
	l.counts = append(l.counts, n)
	return l
}

// startsCharacter is 1 for every byte but those that continue a character.
func startsCharacter(b byte) int {
	if b&0xC0 == 0x80 {
		return 0
	}
	return 1
}

// pos is the place of a byte offset; columns count characters.
func (l *lines) pos(offset int) Pos {
	offset = min(max(offset, 0), len(l.src))
	n := sort.SearchInts(l.starts, offset+1) - 1
	return Pos{Line: l.first + n, Column: l.before(offset) - l.before(l.starts[n]) + 1}
}

// before is the number of characters before an offset.
func (l *lines) before(offset int) int {
	at := offset / stretch
	n := l.counts[at]
	for i := at * stretch; i < offset; i++ {
		n += startsCharacter(l.src[i])
	}
	return n
}
