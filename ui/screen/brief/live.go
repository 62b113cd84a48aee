package brief

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// live is what the rules make of the brief as it stands. It is computed by a
// command; an answer to an older question is dropped by its number.
type live struct {
	number   int
	problems brief.Problems
	resolved brief.Resolved
	design   design.Design
	ddl      map[string]string // by table
	entities []int             // index in resolved.Entities of each entity of the brief, -1 when it is left out
	ready    bool              // resolved and design are there
}

// liveMsg carries an answer back.
type liveMsg struct{ live live }

// ask starts computing what the rules make of b, which nobody may change.
func ask(number int, b brief.Brief) tea.Cmd {
	return func() tea.Msg { return liveMsg{compute(number, b)} }
}

func compute(number int, b brief.Brief) live {
	l := live{number: number, problems: brief.Validate(b)}
	errs := l.problems.Errors()
	shown, index := presentable(b, errs)
	l.entities = index
	if len(errs) > 0 && !tellable(shown) {
		return l
	}
	l.resolved = brief.Complete(shown)
	l.design = design.New(l.resolved, design.House{})
	l.ddl = make(map[string]string, len(l.design.Tables))
	for _, t := range l.design.Tables {
		l.ddl[t.Name] = l.design.DDL(t)
	}
	l.ready = true
	return l
}

// tellable says whether the rules can be asked: nothing is wrong, or only the
// entities are missing, without which load and instances can still be told.
func tellable(b brief.Brief) bool {
	for _, p := range brief.Validate(b).Errors() {
		if p.Path != "entities" {
			return false
		}
	}
	return true
}

// placeholder texts keep the panel alive while the first answers are missing;
// they never leave this file.
const (
	placeholderName    = "未命名系统"
	placeholderSummary = "尚未填写系统说明，先按规则推算"
)

// madeUp says that the rules took a value from a placeholder.
func (m *Model) madeUp(path string) bool {
	return path == "system.code" && m.live.resolved.System.Name == placeholderName
}

// presentable leaves out what is wrong, so that the rest can be shown: what
// the completion of a brief asks for is that it is valid.
func presentable(b brief.Brief, errs brief.Problems) (brief.Brief, []int) {
	b = b.Clone()
	bad := map[string]bool{} // entities
	for _, p := range errs {
		if list, i, ok := item(p.Path); ok && list == "entities" {
			bad[entitySubject(i).base] = true
			continue
		}
		_ = b.Set(p.Path, "") // what cannot be emptied stays wrong, and nothing is shown
	}
	b.System.Name = first(b.System.Name, placeholderName)
	b.System.Summary = first(b.System.Summary, placeholderSummary)
	index := make([]int, len(b.Entities))
	var kept []brief.Entity
	for i, e := range b.Entities {
		index[i] = -1
		if !bad[entitySubject(i).base] {
			index[i] = len(kept)
			kept = append(kept, e)
		}
	}
	b.Entities = kept
	return b, index
}

// at are the problems at a path or below it.
func (l live) at(path string) brief.Problems {
	var out brief.Problems
	for _, p := range l.problems {
		if p.Path == path || strings.HasPrefix(p.Path, path+".") || strings.HasPrefix(p.Path, path+"[") {
			out = append(out, p)
		}
	}
	return out
}

// entity is the completed form of entity i of the brief.
func (l live) entity(i int) (brief.Entity, bool) {
	if !l.ready || i < 0 || i >= len(l.entities) || l.entities[i] < 0 || l.entities[i] >= len(l.resolved.Entities) {
		return brief.Entity{}, false
	}
	return l.resolved.Entities[l.entities[i]], true
}

// original is the place in the brief of entity i of the completed one.
func (l live) original(i int) int { return max(0, slices.Index(l.entities, i)) }

// table is the design of entity i of the brief.
func (l live) table(i int) (*design.Table, bool) {
	e, ok := l.entity(i)
	if !ok {
		return nil, false
	}
	return l.design.Table(e.Table)
}
