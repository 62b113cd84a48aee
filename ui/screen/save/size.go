package save

import "strconv"

// thousand writes 12345 as 12,345.
func thousand(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
