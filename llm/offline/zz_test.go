package offline

import (
	"os"
	"testing"

	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

func TestZZ(t *testing.T) {
	src, _ := os.ReadFile("testdata/parking_brief.yaml")
	b, err := brief.Parse("x", src)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/offline/golden.md", []byte(Chapter(design.New(brief.Complete(b), design.House{}), prompt.Standard)), 0o644)
	for _, p := range brief.Presets() {
		b, _ := brief.Preset(p.ID)
		for _, l := range []prompt.Length{prompt.Brief, prompt.Standard, prompt.Full} {
			d := design.New(brief.Complete(b), design.House{})
			os.WriteFile("/tmp/offline/"+p.ID+"-"+string(l)+".md", []byte(Chapter(d, l)), 0o644)
		}
	}
}
