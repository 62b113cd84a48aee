package safetext_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"dbchapter/ui/safetext"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"订单 order\n\t行": "订单 order\n\t行",
		"a\r\nb\rc":     "a\nb\nc",
		"\x1b[2J":       "␛[2J",
		"\x07\x7f":      "␇␡",
		"\u009b31m":     "\ufffd31m",
		"\xff\xfe":      "\ufffd\ufffd",
		"a\u202eb":      "a⟨U+202E⟩b",
		"零\u200b宽":      "零⟨U+200B⟩宽",
		"\u2028":        "⟨U+2028⟩",
		"\U000e0041":    "⟨U+E0041⟩",
		"👩\u200d💻":      "👩\u200d💻",
		"x\u200dy":      "x⟨U+200D⟩y",
		"文\ufe0f":       "文⟨U+FE0F⟩",
		"z\u0301":       "z\u0301",
		"“引号”…—·①→":     "“引号”…—·①→",
	} {
		if got := safetext.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := safetext.Clean("z" + strings.Repeat("\u0301", 100)); utf8.RuneCountInString(got) != 9 {
		t.Errorf("zalgo: %d marks", utf8.RuneCountInString(got)-1)
	}
}

func TestFilterANSI(t *testing.T) {
	for in, want := range map[string]string{
		"\x1b[1m粗\x1b[m":                        "\x1b[1m粗\x1b[m",
		"\x1b[38;5;109mX\x1b[0m":                "\x1b[38;5;109mX\x1b[0m",
		"\x1b[38;2;8;5;8mX":                     "\x1b[38;2;8;5;8mX",
		"\x1b[5mblink":                          "blink",
		"\x1b[8mgone":                           "gone",
		"\x1b[2Ja\x1b[Hb":                       "ab",
		"\x1b]52;c;aGk=\x07x":                   "x",
		"\x1b]8;;http://a\x1b\\t\x1b]8;;\x1b\\": "t",
		"\x1bPq#0\x1b\\x":                       "x",
		"a\tb\n":                                "a    b\n",
		"a\u202eb":                              "a⟨U+202E⟩b",
	} {
		if got := safetext.FilterANSI(in); got != want {
			t.Errorf("FilterANSI(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRedact(t *testing.T) {
	for in, gone := range map[string]string{
		"key sk-abcdefgh12345678 end":          "abcdefgh",
		"Authorization: Bearer abcdefghijklmn": "abcdefghijklmn",
		"https://x/y?key=SECRETVALUE&a=1":      "SECRETVALUE",
	} {
		got := safetext.Redact(in)
		if strings.Contains(got, gone) || !strings.Contains(got, safetext.Hidden) {
			t.Errorf("Redact(%q) = %q", in, got)
		}
	}
	if got := safetext.Redact("task-sk-1 订单"); got != "task-sk-1 订单" {
		t.Errorf("too eager: %q", got)
	}
}

func TestShort(t *testing.T) {
	if got := safetext.Short("一\n二\t三四五", 4); got != "一 二…" {
		t.Errorf("%q", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"订单", "\x1b]0;x\x07", "\u202e", "👩\u200d💻", "\xc2", "z\u0301\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := safetext.Clean(s)
		if !utf8.ValidString(c) {
			t.Fatalf("not UTF-8: %q", c)
		}
		for _, r := range c {
			if r != '\n' && r != '\t' && (unicode.IsControl(r) || r == 0x2028 || r == 0x202e || r == 0x200b) {
				t.Fatalf("%U left of %q", r, s)
			}
		}
		if again := safetext.Clean(c); again != c {
			t.Fatalf("not idempotent: %q then %q", c, again)
		}
	})
}

func FuzzFilterANSI(f *testing.F) {
	for _, s := range []string{"\x1b[31m红\x1b[m", "\x1b]52;c;x\x07", "\x1bPq\x1b\\", "\x9b31m", "\x1b[38;5m"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rest := safetext.FilterANSI(s)
		for {
			i := strings.IndexByte(rest, 0x1b)
			if i < 0 {
				break
			}
			end := strings.IndexByte(rest[i:], 'm')
			if !strings.HasPrefix(rest[i:], "\x1b[") || end < 0 || strings.Trim(rest[i+2:i+end], "0123456789;:") != "" {
				t.Fatalf("%q leaves %q", s, rest[i:])
			}
			rest = rest[:i] + rest[i+end+1:]
		}
		for _, r := range rest {
			if r != '\n' && unicode.IsControl(r) {
				t.Fatalf("%q leaves %U", s, r)
			}
		}
	})
}
