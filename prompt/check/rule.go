package check

import (
	"fmt"

	"dbchapter/prompt/chapter"
	"dbchapter/prompt/ddl"
	"dbchapter/prompt/design"
)

// A rule is one row: its id, how bad it is, what it says, and the function
// that finds the places. There is one slice of rows for each family:
// formatRules (F), ddlRules (D), crossRules (X), lintRules (L) and
// quantityRules (Q). Adding a rule is adding a row and its table test.
//
//	{"D104", Error, "表 %s 缺少主键", noPrimaryKey}
type rule struct {
	id       string
	severity Severity
	wording  string // for fmt.Sprintf with the args of a hit
	find     func(*input) []hit
}

// A hit is one place that a rule complains about.
type hit struct {
	// Line is 1-based in input.text (not in the file: the caller maps it
	// back); the positions of input.schema are such lines. 0 is no place.
	line int
	// Section may be left empty: then it is the one that holds the line.
	section  chapter.Section
	object   string   // what it is about: orders, orders.status, uk_order_no
	args     []any    // for the wording of the row
	severity Severity // "" means the row's
	wording  string   // "" means the row's
	fix      string   // Chinese: what the fix does, or what to do; "" for nothing
	// Edits repair it without loss (✔): byte offsets in input.text, see
	// input.inBlock. Without edits the fix is only offered (◐). After the
	// edits the same rule must not find the place again.
	edits []ddl.Edit
	// Patch is a change that a person has to agree to (◐); FixOne makes it.
	patch []ddl.Edit
	// Source says that line is already one of the text given, and that the
	// normaliser repairs it.
	source bool
}

// Input is what a rule sees. It never changes while rules run.
type input struct {
	design  *design.Design // nil when there is no brief
	text    string         // the chapter with its structure normalised; SQL as written
	chapter chapter.Chapter
	doc     chapter.Document // the parts of chapter, with their lines
	fences  []fence          // the fences that define tables, in the order of the text
	schema  ddl.Schema       // of fences; Span.Block is an index into fences
	unread  []ddl.Problem    // of schema: what could not be read, nor repaired
	fixed   []chapter.Fixed  // what the normaliser did to get text
	facts   facts            // what several rules of families X, L and Q read
}

// A fence is one code block that defines tables.
type fence struct {
	ddl.Block        // Line is the first line of the code
	offset    int    // of Block.Text in input.text
	title     string // of the subsection around it: 用户表 (users)
	titleLine int
	zh        string // 用户, "" when the title has no such form
	name      string // users, "" when the title has no such form
	titleAt   int    // byte offset of the title's text in input.text
	lang      string
	closed    bool
}

// inBlock turns edits of one fence's text into edits of input.text.
func (in *input) inBlock(block int, edits []ddl.Edit) []ddl.Edit {
	var out []ddl.Edit
	for _, e := range edits {
		at := in.fences[block].offset
		out = append(out, ddl.Edit{Start: e.Start + at, End: e.End + at, New: e.New})
	}
	return out
}

// say is a hit with the row's words.
func say(line int, object string, args ...any) hit {
	return hit{line: line, object: object, args: args}
}

// offer adds what a person would do about it.
func (h hit) offer(format string, args ...any) hit {
	h.fix = fmt.Sprintf(format, args...)
	return h
}

// mend adds a lossless repair.
func (h hit) mend(edits []ddl.Edit, format string, args ...any) hit {
	h.edits = edits
	return h.offer(format, args...)
}

// propose adds a change that FixOne can make.
func (h hit) propose(patch []ddl.Edit) hit {
	h.patch = patch
	return h
}

// as changes the severity.
func (h hit) as(s Severity) hit {
	h.severity = s
	return h
}

// in names the section where the line alone does not.
func (h hit) in(s chapter.Section) hit {
	h.section = s
	return h
}
