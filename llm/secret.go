package llm

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"

	"dbchapter/prompt/pattern"
)

// Hidden stands where a secret was, wherever one is printed.
const Hidden = "‹已隐藏›"

// A Secret is a key that no way of printing shows: String, every verb of fmt,
// JSON, YAML and slog all give Hidden (reliability.md T8). Only Reveal gives
// the value, and only the wire calls it. The key stands behind a pointer so
// that %+v of a struct with an unexported Secret prints an address.
type Secret struct{ value *string }

// NewSecret takes a key without the blanks and line ends that pasting adds.
func NewSecret(key string) Secret {
	key = strings.TrimSpace(key)
	return Secret{&key}
}

// Reveal is the key itself.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Set says whether there is a key at all.
func (s Secret) Set() bool { return s.Reveal() != "" }

// Sound says why a key can't be one, in Chinese, or "": a key is printable
// ASCII without blanks, 512 bytes at most.
func (s Secret) Sound() string {
	v := s.Reveal()
	switch {
	case len(v) > 512:
		return "密钥过长，可能粘贴了别的内容"
	case strings.ContainsFunc(v, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		return "密钥中间有空格或换行，请重新粘贴"
	case strings.ContainsFunc(v, func(r rune) bool { return r > 0x7e }):
		return "密钥含有全角或非英文字符，请重新粘贴"
	}
	return ""
}

// String is Hidden, or nothing when there is no key.
func (s Secret) String() string {
	if !s.Set() {
		return ""
	}
	return Hidden
}

// GoString hides the key from %#v.
func (s Secret) GoString() string { return fmt.Sprintf("llm.Secret(%q)", s.String()) }

// Format hides the key from every other verb, %x among them.
func (s Secret) Format(f fmt.State, verb rune) {
	out := s.String()
	if verb == 'v' && f.Flag('#') {
		out = s.GoString()
	}
	_, _ = io.WriteString(f, out)
}

// MarshalJSON hides the key from JSON.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// MarshalText hides the key from everything that writes text: XML, map keys.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalYAML hides the key from YAML.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }

// LogValue hides the key from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Hide replaces the key in text by Hidden: as it is, escaped for a URL, in
// base64, and the ends of it that servers print when they mask the middle.
func (s Secret) Hide(text string) string {
	if !s.Set() {
		return hidePatterns(text)
	}
	for _, form := range s.forms() {
		text = strings.ReplaceAll(text, form, Hidden)
	}
	return hidePatterns(text)
}

// forms are the ways a server may give the key back.
func (s Secret) forms() []string {
	v := s.Reveal()
	out := []string{
		v, url.QueryEscape(v), url.PathEscape(v),
		base64.StdEncoding.EncodeToString([]byte(v)), base64.URLEncoding.EncodeToString([]byte(v)),
		strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(v)), "="),
	}
	if quoted, err := json.Marshal(v); err == nil {
		out = append(out, strings.Trim(string(quoted), `"`))
	}
	if len(v) >= 16 {
		out = append(out, v[:12], v[len(v)-8:])
	}
	return out
}

// keyLike is what keys of the known vendors look like, also half masked, and
// keys in headers and query strings.
var keyLike = pattern.New(`(?i)\b(?:sk|pk|rk|ak|gsk|xai|hf)[-_][A-Za-z0-9_*.-]{8,}|\bAKIA[0-9A-Z]{12,}|\bAIza[0-9A-Za-z_*-]{16,}|` +
	`(\bBearer\s+)[A-Za-z0-9._~+/=*-]{8,}|([?&](?:api[_-]?key|key|token|access_token)=)[^&\s"'<>]+`)

func hidePatterns(text string) string { return keyLike.ReplaceAllString(text, "${1}${2}"+Hidden) }
