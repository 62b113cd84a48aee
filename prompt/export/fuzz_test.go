package export_test

import (
	"os"
	"strings"
	"testing"

	"dbchapter/prompt/export"
)

// FuzzForms writes any text in every form: nothing panics, Office files stay
// well-formed, pages hold nothing but harmless elements.
func FuzzForms(f *testing.F) {
	text, err := os.ReadFile("testdata/parking.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add("parking", string(text[:6000]))
	f.Add(hostile().Name, hostile().Text)
	f.Add("x", "### 核心表设计\n#### 甲集合 (a)\n```javascript\ndb.createCollection(\"a\", {})\n```\n1. x\n   - y\n\n     z\n\n| a |\n|---|\n| \x00\\| |\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		src := export.Read(name, text, nil)
		for _, form := range export.Formats() {
			for _, file := range write(t, form.ID, src) {
				switch {
				case form.Binary:
					unpacked(t, file)
				case form.ID == "html":
					if live := active.FindString(strings.ToLower(string(file.Data))); live != "" {
						t.Errorf("the page holds %s", live)
					}
				}
			}
		}
	})
}
