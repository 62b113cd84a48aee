package check_test

import (
	"testing"

	"dbchapter/llm/offline"
	"dbchapter/prompt"
	"dbchapter/prompt/brief"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// TestPresetsHaveNoFindings: the chapters that are written without a model are
// right, so that an error or a warning about one is a false alarm.
func TestPresetsHaveNoFindings(t *testing.T) {
	for _, p := range brief.Presets() {
		for _, dau := range []string{"", "2000", "50000", "500000"} {
			if testing.Short() && dau != "" {
				continue
			}
			t.Run(p.ID+"/"+dau, func(t *testing.T) {
				t.Parallel()
				b, ok := brief.Preset(p.ID)
				if !ok {
					t.Fatal("no such preset")
				}
				if dau != "" {
					if err := b.Set("system.dau", dau); err != nil {
						t.Fatal(err)
					}
				}
				d := design.New(brief.Complete(b), design.House{})
				for _, f := range check.Run(&d, offline.Chapter(d, prompt.Standard)).Findings {
					if f.Severity != check.Info {
						t.Errorf("line %d: %s %s %s", f.Line, f.Severity, f.Rule, f.Message)
					}
				}
			})
		}
	}
}
