package ui_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"dbchapter/ui/ptytest"
)

var picture = flag.String("picture", "", "write a picture of the review screen into this file")

// TestPicture draws the review screen of the example as SVG; .ci/picture keeps
// it for the README.
func TestPicture(t *testing.T) {
	x, _ := wizard(t, 120, 36, "--preset", "parking")
	x.WaitText("第 1/8 步")
	x.Type(ptytest.CtrlG)
	x.WaitText("第 7/8 步", "7 备份恢复")
	x.WaitText("已保存", "整体设计原则")
	x.WaitGone("检查中")
	x.Type("3")
	x.WaitText("▸ 3 ")
	svg := x.SVG()
	if !strings.Contains(svg, "分库分表") || len(svg) > 60<<10 {
		t.Errorf("%d bytes, or the section is not in it", len(svg))
	}
	if *picture != "" {
		if err := os.WriteFile(*picture, []byte(svg), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
