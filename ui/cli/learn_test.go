package cli

import (
	"slices"
	"testing"
	"time"

	"dbchapter/llm"
	"dbchapter/llm/offline"
	"dbchapter/prompt/check"
	"dbchapter/prompt/design"
)

// TestExercise: every mistake is in the exercise, the checker finds each on a
// line of its own, and the right chapter has none.
func TestExercise(t *testing.T) {
	a := &app{env: Env{Now: time.Now, Offline: func(h design.House) llm.Drafter { return offline.Drafter{House: h} }}}
	x, err := a.exercise(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(x.plants) != len(mistakes()) || len(x.plants) != 10 {
		t.Fatalf("%d of %d mistakes planted", len(x.plants), len(mistakes()))
	}
	if found := check.Run(&x.design, x.right).Findings; len(found) > 0 {
		t.Errorf("the right chapter: %v", found)
	}
	var lines []int
	for _, p := range x.plants {
		if len(p.findings) == 0 {
			t.Errorf("%s: the checker does not find it", p.about)
			continue
		}
		t.Logf("%3d %v %s", p.line, p.rules(), p.about)
		if slices.Contains(lines, p.line) {
			t.Errorf("%s: another mistake is on line %d", p.about, p.line)
		}
		lines = append(lines, p.line)
	}
	if g := x.grade(x.right); g.score() != 10 || g.surplus != 0 {
		t.Errorf("the right chapter: %+v", g)
	}
	if g := x.grade(x.wrong); g.score() != 0 || g.surplus != 0 {
		t.Errorf("the exercise untouched: %+v", g)
	}
	if g := x.grade("### 数据库架构\n"); g.surplus == 0 {
		t.Errorf("a chapter that was emptied: %+v", g)
	}
}
