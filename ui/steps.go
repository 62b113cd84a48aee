package ui

import (
	"slices"

	"dbchapter/ui/screen/brief"
)

// The places a draft may have stopped at, as they are kept on disk.
const (
	stepStart    = "start"
	stepGenerate = "generate"
	stepReview   = "review"
	stepSave     = "save"
	stepDone     = "done"
)

// steps are the eight steps in their order, as kept on disk; their labels are
// under "step." + the name.
func steps() []string {
	return []string{"system", "databases", "services", "entities", "assumptions", stepGenerate, stepReview, stepSave}
}

// briefStep is the step of the brief a draft stopped at.
func briefStep(step string) brief.Step {
	i := slices.Index(steps()[:5], step)
	return brief.Step(max(0, i) + 1)
}
