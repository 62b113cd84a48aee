//go:build unix

package cli_test

import (
	"bytes"
	"os/exec"
	"testing"

	"dbchapter/llm"
	"dbchapter/llm/offline"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
)

// TestSameBytes: the same brief gives the same bytes, from process to process
// and a hundred times in one (product.md §5.11), in an environment without
// anything.
func TestSameBytes(t *testing.T) {
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	var first []byte
	for i := range 20 {
		cmd := exec.Command(bin, "draft", "-t", "ecommerce", "--set", "base_date=2027-01-01", "-q")
		cmd.Dir = t.TempDir()
		cmd.Env = []string{}
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("run %d: %v", i, err)
		}
		if first == nil {
			first = out
		}
		if !bytes.Equal(first, out) {
			t.Fatalf("run %d differs", i)
		}
	}
	b, _ := brief.Preset("ecommerce")
	b.BaseDate = "2027-01-01"
	for i := range 100 {
		text, _, err := llm.Collect(t.Context(), offline.Drafter{}, prompt.Whole(brief.Complete(b.Clone())))
		if err != nil || text != string(first) {
			t.Fatalf("draft %d in one process differs (%v)", i, err)
		}
	}
}
