// Package screen is the contract between the wizard and its screens: what a
// screen is, and the events by which it asks to go elsewhere. Screens never
// import each other; flow.go in package ui alone knows what comes next.
package screen

import (
	"charm.land/bubbles/v2/help"
	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/chapter"
)

// A Model is one screen of the wizard.
//
// Update decides and returns commands that do; a nil Event means stay. The
// window size a screen gets is already that of its own box. View gives lines
// no wider than the box; the root alone makes a tea.View.
type Model interface {
	Init() tea.Cmd
	Update(tea.Msg) (Model, tea.Cmd, Event)
	View() string
	help.KeyMap
}

// Cursored is a screen that may have a text caret: the hardware cursor must
// stand there so that an input method opens its window at the caret. The
// position is relative to the screen's own box; nil means no caret now.
type Cursored interface {
	Cursor() *tea.Cursor
}

// Headed is a screen that says what the frame's first lines show. The root
// draws them: line one with the system's name, the step and what is said here;
// on steps 1…5 a second line with all eight steps.
type Headed interface {
	Head() Head
}

// Head is where a screen stands in the wizard.
type Head struct {
	Step  int    // 1…8; 0 when the screen is no step
	Title string // shown instead of the step's name; "" for the name
	Name  string // the system's name when the screen knows a newer one than the root
	Note  string // at the right, before the saved state: 93 分 · 2 警告
	Done  []int  // steps that are complete
}

// An Event is what a screen wants from the wizard; the set is sealed.
type Event interface{ event() }

// Back leaves a screen towards where the person came from.
type Back struct{}

// Quit leaves the wizard; the draft is kept.
type Quit struct{}

// Open is a door of the first screen.
type Open struct {
	Door Door
	Arg  string // preset id, file path or draft id, by door
}

// Door is a way in (product.md §3).
type Door string

// The doors of the first screen.
const (
	DoorQuick   Door = "quick"
	DoorGuided  Door = "guided"
	DoorPreset  Door = "preset"
	DoorImport  Door = "import"
	DoorOpen    Door = "open"
	DoorExample Door = "example"
	DoorResume  Door = "resume"
)

// BriefChanged reports every completed change of the brief, for autosave; the
// screen stays.
type BriefChanged struct{ Brief brief.Brief }

// BriefReady says the brief is good enough to generate from.
type BriefReady struct{ Brief brief.Brief }

// Help asks for the help page of the screen: its full key map and the
// glossary. Every screen returns it on "?" unless a field takes the letter.
type Help struct{}

// PickDrafter asks for the provider screen.
type PickDrafter struct{}

// UseDrafter is the choice made on the provider screen.
type UseDrafter struct{ ID string }

// Stopped says a generation that was to give one section gave nothing to keep.
type Stopped struct{}

// Drafted is a finished generation; Unfinished names sections without an end.
type Drafted struct {
	Text       string
	Unfinished []chapter.Section
	Notes      []string
	Notice     string // what of the hint was not followed, "" when all was
}

// Compare asks for the other drafter's version of a section.
type Compare struct{ Section chapter.Section }

// Rework asks for one section again, with the person's hint.
type Rework struct {
	Section chapter.Section
	Hint    string
}

// ReworkAll asks for everything that is not locked.
type ReworkAll struct{}

// Edit asks for the editor on one section.
type Edit struct {
	Section  chapter.Section
	External bool   // $VISUAL or $EDITOR
	Text     string // what was typed so far; "" for the section as it is
}

// Edited is a section as the person left it.
type Edited struct {
	Section chapter.Section
	Text    string
}

// ChapterChanged reports a change of the chapter made on the screen (lock,
// undo, accepted diff, applied fix), for autosave; the screen stays.
type ChapterChanged struct {
	Text   string
	Locked map[chapter.Section]bool
}

// ToBrief goes back to the brief from review.
type ToBrief struct{}

// ToSave goes to the save screen.
type ToSave struct{}

// Saved says the chapter is on disk.
type Saved struct {
	Path    string
	Sidecar string // the brief beside it, "" for none
	Backup  string // what was replaced, "" for none
	Bytes   int
}

// Restart begins another chapter from the first screen.
type Restart struct{}

func (Back) event()           {}
func (Quit) event()           {}
func (Open) event()           {}
func (BriefChanged) event()   {}
func (BriefReady) event()     {}
func (Help) event()           {}
func (UseDrafter) event()     {}
func (Stopped) event()        {}
func (Compare) event()        {}
func (PickDrafter) event()    {}
func (Drafted) event()        {}
func (Rework) event()         {}
func (ReworkAll) event()      {}
func (Edit) event()           {}
func (Edited) event()         {}
func (ChapterChanged) event() {}
func (ToBrief) event()        {}
func (ToSave) event()         {}
func (Restart) event()        {}
func (Saved) event()          {}
