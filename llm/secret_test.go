package llm_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"dbchapter/llm"
)

const canary = "sk-CANARY-9876543210+/zyx"

func TestSecretNeverPrints(t *testing.T) {
	s := llm.NewSecret(canary)
	type nest struct {
		Open   llm.Secret
		closed llm.Secret
		List   []llm.Secret
		Map    map[string]llm.Secret
	}
	n := nest{s, s, []llm.Secret{s}, map[string]llm.Secret{"k": s}}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p"} {
		fmt.Fprintf(&out, verb+verb+verb, s, n, &n)
	}
	j, _ := json.Marshal(n)
	y, _ := yaml.Marshal(n)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "k", s, "n", n)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "k", s, "n", n)
	c := llm.Config{ID: "x", Key: s}
	fmt.Fprintf(&out, "%v %+v %#v", c, c, &c)
	all := out.String() + string(j) + string(y) + log.String()
	if strings.Contains(all, "CANARY") || strings.Contains(all, fmt.Sprintf("%x", canary[:6])) {
		t.Errorf("a key was printed: %s", all)
	}
	if !strings.Contains(all, llm.Hidden) {
		t.Error("nothing says that a key was hidden")
	}
}

func TestHide(t *testing.T) {
	s := llm.NewSecret(canary)
	for _, text := range []string{
		"Incorrect API key provided: " + canary,
		"key=" + url.QueryEscape(canary),
		"basic " + base64.StdEncoding.EncodeToString([]byte(canary)),
		"masked " + canary[:12] + "****",
		"Authorization: Bearer " + canary,
	} {
		if got := s.Hide(text); strings.Contains(got, "CANARY") || !strings.Contains(got, llm.Hidden) {
			t.Errorf("Hide(%q) = %q", text, got)
		}
	}
	other := "Incorrect API key provided: sk-proj-****wxyz1234, see https://x.example/?api_key=abcdef"
	if got := (llm.Secret{}).Hide(other); strings.Contains(got, "wxyz1234") || strings.Contains(got, "abcdef") {
		t.Errorf("Hide = %q", got)
	}
	if got := s.Hide("分库分表策略 sk 值"); got != "分库分表策略 sk 值" {
		t.Errorf("Hide changed a plain text to %q", got)
	}
}
