package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// salvage puts a draft together when neither the snapshot nor its backup is
// whole: the fields that can still be read, and the texts, which stand alone.
func (s *Store) salvage(id string, f found, damaged [][]byte) (found, error) {
	aside, err := s.corrupt(id)
	if err != nil {
		return f, err
	}
	if len(damaged)+len(aside) == 0 {
		return f, fs.ErrNotExist
	}
	for _, data := range append(damaged, aside...) {
		if part := tolerant(data); part.Draft.Brief != "" || len(part.Parts) > 0 {
			f.snap = part
			break
		}
	}
	for _, data := range damaged {
		f.snap.Gen = max(f.snap.Gen, tolerant(data).Gen)
	}
	if len(f.snap.History) == 0 {
		f.snap.History = s.histories(id)
	}
	if len(f.snap.Parts) == 0 {
		for _, h := range f.snap.History {
			f.snap.Parts = append(f.snap.Parts, textRef{Section: h.Section, Sum: h.sum()})
		}
	}
	if f.snap.Draft.Brief == "" && len(f.snap.Parts) == 0 {
		return f, fmt.Errorf("%q: %w", s.path(id, mainName), ErrDamaged)
	}
	f.from = fromRest
	f.snap.Format, f.snap.ID, f.snap.Draft.ID = format, id, id
	return f, nil
}

// corrupt reads the snapshots that were moved aside earlier, latest first.
func (s *Store) corrupt(id string) ([][]byte, error) {
	entries, err := s.disk.ReadDir(s.path(id))
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for _, e := range slices.Backward(entries) {
		if !strings.HasPrefix(e.Name(), mainName) || !strings.Contains(e.Name(), corruptInfix) {
			continue
		}
		if data, err := s.disk.ReadFile(s.path(id, e.Name()), maxSnapshot); err == nil {
			out = append(out, data)
		}
	}
	return out, nil
}

// tolerant reads of a damaged snapshot what is there; what makes no sense is
// left out.
func tolerant(data []byte) snapshot {
	var s snapshot
	top, rest := fields(data)
	s.Gen, _ = read[uint64](top["gen"])
	s.Created, _ = read[time.Time](top["created"])
	s.Parts, _ = read[[]textRef](top["parts"])
	s.Versions, _ = read[[]textRef](top["versions"])
	s.History, _ = read[[]*history](top["history"])
	inner, ok := top["draft"]
	if !ok {
		inner = rest["draft"]
	}
	if d, ok := read[Draft](inner); ok {
		s.Draft = d
	} else {
		some, _ := fields(inner)
		s.Draft.Name, _ = read[string](some["name"])
		s.Draft.Step, _ = read[string](some["step"])
		s.Draft.Brief, _ = read[string](some["brief"])
		s.Draft.Partial, _ = read[string](some["partial"])
		s.Draft.Saved, _ = read[string](some["saved"])
	}
	s.Draft.Chapter, s.Draft.Versions = "", nil
	s.Draft.Gen = s.Gen
	bad := func(r textRef) bool { return !isSum(r.Sum) }
	s.Parts, s.Versions = slices.DeleteFunc(s.Parts, bad), slices.DeleteFunc(s.Versions, bad)
	s.History = slices.DeleteFunc(s.History, func(h *history) bool { return h == nil || !h.valid() })
	return s
}

func read[T any](data []byte) (T, bool) {
	var v T
	if json.Unmarshal(data, &v) != nil {
		var zero T
		return zero, false
	}
	return v, true
}

// fields reads an object as far as it goes: its whole fields, and the rest of
// the one that was cut off.
func fields(data []byte) (whole, rest map[string]json.RawMessage) {
	whole, rest = map[string]json.RawMessage{}, map[string]json.RawMessage{}
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return whole, rest
	}
	for dec.More() {
		key, err := dec.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			break
		}
		after := bytes.TrimLeft(data[dec.InputOffset():], ": \n")
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			rest[name] = after
			break
		}
		whole[name] = value
	}
	return whole, rest
}

// histories makes the histories of a draft from its texts alone, in the order
// in which they were written. It is the one place that has to trust the clock
// of the file system.
func (s *Store) histories(id string) []*history {
	entries, _ := s.disk.ReadDir(s.path(id, objectsDir))
	type object struct {
		sum, section string
		at           time.Time
	}
	var objects []object
	for _, e := range entries {
		sum := strings.TrimSuffix(e.Name(), objectExt)
		text, err := s.text(id, sum)
		if err != nil || text == "" {
			continue
		}
		o := object{sum: sum, section: s.parts(text)[0].Section}
		if info, err := e.Info(); err == nil {
			o.at = info.ModTime().UTC()
		}
		objects = append(objects, o)
	}
	slices.SortStableFunc(objects, func(a, b object) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.sum, b.sum))
	})
	var all snapshot
	for _, o := range objects {
		all.history(o.section).add(o.sum, "", o.at)
	}
	return all.History
}
