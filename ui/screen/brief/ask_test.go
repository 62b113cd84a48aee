package brief_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"dbchapter/prompt/brief"
	"dbchapter/ui/i18n"
	screenbrief "dbchapter/ui/screen/brief"
)

// answers are the lines of a person who says the least.
const answers = "图书借阅\n读者借书还书，馆员上架与盘点\n\n读者、馆员\n2万\n\n\n1,2\n\n\n\n\n\nMySQL 8.4, Redis 7.2\n\n\n读者: 证号#, 姓名\n借阅记录: 借阅号#, 读者ID\n\n"

func TestAskOverAPipe(t *testing.T) {
	var out bytes.Buffer
	b, err := screenbrief.Ask(iotest.OneByteReader(strings.NewReader(answers+strings.Repeat("\n", 5))), &out, brief.Brief{}, i18n.ZH)
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if b.System.Name != "图书借阅" || b.System.DAU.V != 20_000 || names(b) != "读者 借阅记录" || len(b.Databases) != 2 {
		t.Errorf("%+v", b)
	}
	if got := strings.Join(b.System.Compliance, " "); got != "PIPL 等保二级" {
		t.Errorf("compliance %q", got)
	}
	if s := out.String(); strings.ContainsAny(s, "\x1b\r") {
		t.Error("the line mode uses control characters")
	}
}

func TestAskSaysWhatWouldBeRight(t *testing.T) {
	in := "\n图\n图书借阅\n?\n读者借书还书，馆员上架与盘点\n99\n<\n<\n新图书借阅\n" // wrong, wrong, right, why, …, no such option, back twice
	var out bytes.Buffer
	b, err := screenbrief.Ask(strings.NewReader(in), &out, brief.Brief{}, i18n.ZH)
	if !errors.Is(err, screenbrief.ErrLeft) {
		t.Errorf("error %v", err)
	}
	if b.System.Name != "新图书借阅" || b.System.Summary != "读者借书还书，馆员上架与盘点" {
		t.Errorf("%q %q", b.System.Name, b.System.Summary)
	}
	for _, want := range []string{"系统名称必须填写", "2~40", "没有「99」", "起草时靠这句话"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

// TestAskKeepsWhatThereIs: enter all the way gives the same brief back.
func TestAskKeepsWhatThereIs(t *testing.T) {
	want := shop(t)
	got, err := screenbrief.Ask(strings.NewReader(strings.Repeat("\n", 40)), io.Discard, want, i18n.EN)
	if err != nil {
		t.Fatal(err)
	}
	if string(got.YAML()) != string(want.YAML()) {
		t.Errorf("changed:\n%s\nwas\n%s", got.YAML(), want.YAML())
	}
}

func TestAskReportsAClosedOutput(t *testing.T) {
	r, w := io.Pipe()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := screenbrief.Ask(strings.NewReader(answers), w, brief.Brief{}, i18n.ZH); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v", err)
	}
}
