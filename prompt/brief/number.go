package brief

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"dbchapter/prompt/pattern"

	"golang.org/x/text/unicode/norm"
)

// units are the words after a number and the power of ten they stand for; w is
// 万 (decisions.md 7).
var units = []struct {
	word  string
	power int
}{
	{"百", 2},
	{"千", 3},
	{"万", 4},
	{"亿", 8},
	{"k", 3},
	{"w", 4},
	{"m", 6},
	{"b", 9},
	{"%", -2},
}

var plainNumber = pattern.New(`^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$`)

// ParseNumber reads 20万, 1.5亿, 300k, 1,200, 30% and full-width digits
// (domain.md §1.1, decisions.md 7).
func ParseNumber(s string) (float64, error) {
	digits := strings.ToLower(strings.TrimSpace(norm.NFKC.String(s)))
	power := 0
	for cut := true; cut; {
		cut = false
		for _, u := range units {
			if rest, ok := strings.CutSuffix(digits, u.word); ok {
				digits, power, cut = strings.TrimSpace(rest), power+u.power, true
			}
		}
	}
	if !plainNumber.MatchString(digits) || power > 18 {
		return 0, numberError(s)
	}
	// One conversion with an exponent, so that 1.1亿 is exactly 110000000.
	v, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", "")+"e"+strconv.Itoa(power), 64)
	if err != nil {
		return 0, numberError(s)
	}
	return v, nil
}

func numberError(s string) error {
	return fmt.Errorf("看不懂数字 %q，可写 1200、20万、1.5亿、300k", clipped(s))
}

// ParseCount is ParseNumber for things that come in whole numbers.
func ParseCount(s string) (int64, error) {
	v, err := ParseNumber(s)
	if err != nil {
		return 0, err
	}
	if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
		return 0, fmt.Errorf("需为整数，而不是 %q", clipped(s))
	}
	return int64(v), nil
}

// clipped keeps a quotation in a message short.
func clipped(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// FormatCount writes a number as people say it: 20万, 1.5亿, 1200. At most two
// decimals are kept.
func FormatCount(n int64) string {
	v := math.Abs(float64(n))
	switch {
	case v >= 1e8-5e3:
		return trimmed(float64(n)/1e8) + "亿"
	case v >= 1e4:
		return trimmed(float64(n)/1e4) + "万"
	}
	return strconv.FormatInt(n, 10)
}

func trimmed(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// exactCount is a count for the DSL, never rounded: 2.4M, 8.5k, 12345.
func exactCount(n int64) string {
	for _, u := range []struct {
		word  string
		power int64
	}{{"B", 1e9}, {"M", 1e6}, {"k", 1e3}} {
		if n >= u.power && n%(u.power/1000) == 0 {
			s := strconv.FormatFloat(float64(n)/float64(u.power), 'f', -1, 64)
			if len(s) <= 5 {
				return s + u.word
			}
		}
	}
	return strconv.FormatInt(n, 10)
}
