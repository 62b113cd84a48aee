// Package diff compares two texts line by line and shows the result: side by
// side where there is room, else as one column with signs.
package diff

import "strings"

// Op is what happened to a line.
type Op int

// The three operations.
const (
	Same Op = iota
	Del     // only in the old text
	Add     // only in the new text
)

// Row is one line of a comparison.
type Row struct {
	Op   Op
	Text string
}

// maxCells bounds the table of the comparison; beyond it the differing middle
// is shown as all old, then all new.
const maxCells = 4_000_000

// Lines compares two texts; a shortest edit script, old lines before new ones
// where both changed.
func Lines(old, new string) []Row {
	a, b := split(old), split(new)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var rows []Row
	rows = append(rows, all(Same, a[:head])...)
	rows = append(rows, middle(a[head:len(a)-tail], b[head:len(b)-tail])...)
	return append(rows, all(Same, a[len(a)-tail:])...)
}

func split(s string) []string {
	s = strings.TrimRight(s, "\n")
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

func all(op Op, lines []string) []Row {
	out := make([]Row, len(lines))
	for i, l := range lines {
		out[i] = Row{op, l}
	}
	return out
}

// middle finds the longest common subsequence of what differs.
func middle(a, b []string) []Row {
	if len(a)*len(b) > maxCells {
		return append(all(Del, a), all(Add, b)...)
	}
	n := len(b) + 1
	best := make([]int32, (len(a)+1)*n) // best[i*n+j]: LCS of a[i:], b[j:]
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i*n+j] = best[(i+1)*n+j+1] + 1
			} else {
				best[i*n+j] = max(best[(i+1)*n+j], best[i*n+j+1])
			}
		}
	}
	var rows []Row
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			rows = append(rows, Row{Same, a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && best[(i+1)*n+j] >= best[i*n+j+1]:
			rows = append(rows, Row{Del, a[i]})
			i++
		default:
			rows = append(rows, Row{Add, b[j]})
			j++
		}
	}
	return rows
}

// Count says how many lines were added and deleted.
func Count(rows []Row) (added, deleted int) {
	for _, r := range rows {
		switch r.Op {
		case Add:
			added++
		case Del:
			deleted++
		}
	}
	return added, deleted
}
