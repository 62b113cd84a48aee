package compose_test

import (
	"strings"
	"testing"

	"dbchapter/llm"
	"dbchapter/llm/compose"
	"dbchapter/llm/llmtest"
	"dbchapter/prompt"
)

const private = "主库 10.2.3.4 与 fe80::1:2，DSN jdbc:mysql://10.2.3.4:3306/db?user=root&password=Passw0rd，" +
	"应用连接 root:s3cret@tcp(10.9.9.9:3306)/app，联系 zhang.san@corp.example 或 13812345678、+86 139-1234-5678，密码：hunter22，MySQL 8.0.36"

func TestMaskHidesAndRestores(t *testing.T) {
	m := compose.NewMask()
	hidden := m.Hide(private)
	for _, secret := range []string{"10.2.3.4", "fe80", "Passw0rd", "s3cret", "10.9.9.9", "zhang.san", "13812345678", "1234-5678", "hunter22", "jdbc"} {
		if strings.Contains(hidden, secret) {
			t.Errorf("%q is left in %q", secret, hidden)
		}
	}
	if !strings.Contains(hidden, "MySQL 8.0.36") {
		t.Errorf("a version was hidden: %q", hidden)
	}
	if got := m.Restore(hidden); got != private {
		t.Errorf("restored %q", got)
	}
	if again := m.Hide(private); m.Hide(hidden) != hidden || again != hidden {
		t.Error("names are not stable")
	}
	if got := m.Restore("[[ IP_1 ]] [[IP_99]] [[x]]"); strings.Contains(got, "IP_1 ") || !strings.Contains(got, "[[IP_99]] [[x]]") {
		t.Errorf("restored %q", got)
	}
}

// TestMaskedStream cuts the answer everywhere: names are put back all the same.
func TestMaskedStream(t *testing.T) {
	for chunk := 1; chunk < 30; chunk++ {
		m := &llmtest.Drafter{Reply: func(a llm.Ask) llmtest.Answer {
			return llmtest.Answer{Text: "答 " + a.Turns[0].Text + " [ [[ 完", Chunk: chunk}
		}}
		text, _, err := llm.Collect(t.Context(), compose.Masked(m), prompt.Prompt{Text: private})
		if err != nil || text != "答 "+private+" [ [[ 完" {
			t.Fatalf("chunk %d: %q, %v", chunk, text, err)
		}
		if strings.Contains(m.Asks()[0].Turns[0].Text, "10.2.3.4") {
			t.Fatal("the address was sent")
		}
	}
}
