package brief_test

import (
	"testing"

	"dbchapter/prompt/brief"
)

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]float64{
		"1200": 1200, "1,200": 1200, "1，200": 1200, "12,345,678": 12345678, "20万": 200000, "20 万": 200000,
		"1.5亿": 150000000, "1.1亿": 110000000, "300k": 300000, "300K": 300000, "2M": 2000000, "2.4B": 2400000000,
		"3w": 30000, "8千": 8000, "3百万": 3000000, "2千万": 20000000, "1万亿": 1e12, "１２万": 120000, "０．３": 0.3,
		"30%": 0.3, "30％": 0.3, "-5": -5, " 42 ": 42, "0": 0,
	} {
		got, err := brief.ParseNumber(text)
		if err != nil || got != want {
			t.Errorf("ParseNumber(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "很多", "1,20", "12,3456", "1.2.3", "0x10", "1e5", "inf", "NaN", "万", "k", "1_000", "--1", "20万人", "9万亿亿亿"} {
		if got, err := brief.ParseNumber(text); err == nil {
			t.Errorf("ParseNumber(%q) = %v, want an error", text, got)
		}
	}
}

func TestFormatCount(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 1: "1", 1200: "1200", 9999: "9999", 10000: "1万", 12345: "1.23万", 200000: "20万", 2400000: "240万",
		100000000: "1亿", 150000000: "1.5亿", 99999999: "1亿", 99994000: "9999.4万", -30000: "-3万",
	} {
		if got := brief.FormatCount(n); got != want {
			t.Errorf("FormatCount(%d) = %q, want %q", n, got, want)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"20万", "1.5亿", "1,200", "30%", "１２", "", "k"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := brief.ParseNumber(s)
		if err != nil {
			return
		}
		if n := int64(v); float64(n) == v && n > -1e15 && n < 1e15 {
			if back, err := brief.ParseNumber(brief.FormatCount(n)); err != nil {
				t.Errorf("%q: FormatCount(%d) = %q cannot be read back: %v", s, n, brief.FormatCount(n), err)
			} else if d := back - v; d > 5e5 || d < -5e5 {
				t.Errorf("%q: FormatCount(%d) reads back as %v", s, n, back)
			}
		}
	})
}
