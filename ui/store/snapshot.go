package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
)

// format is the version of draft.json. A change that an older program would
// misread gets a higher one.
const format = 1

// snapshot is draft.json: one generation of a draft, its texts by their sums.
// The order of the fields is the order of their worth, because a file that was
// cut off is read as far as it goes.
type snapshot struct {
	Format   int        `json:"format"`
	ID       string     `json:"id"`
	Gen      uint64     `json:"gen"`
	Created  time.Time  `json:"created"`
	Draft    Draft      `json:"draft"` // without Chapter and Versions
	Parts    []textRef  `json:"parts"` // the chapter
	Versions []textRef  `json:"versions,omitempty"`
	History  []*history `json:"history,omitempty"`
}

// textRef is the text of a section by its sum.
type textRef struct {
	Section string `json:"section"`
	Sum     string `json:"sum"`
	Origin  string `json:"origin,omitempty"`
}

// sumOf is the SHA-256 of data in hex.
func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// isSum says whether s is what sumOf makes, which alone may become a file name.
func isSum(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size && hex.EncodeToString(b) == s
}

const (
	sumOpen  = ",\n \"sum\": \"sha256:"
	sumClose = "\"\n}\n"
)

// encode writes a snapshot with the sum of its own bytes as the last field.
func encode(s snapshot) ([]byte, error) {
	body, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return nil, err
	}
	sum := sumOf(body)
	out := append(bytes.TrimSuffix(body, []byte("\n}")), sumOpen...)
	return append(append(out, sum...), sumClose...), nil
}

// decode reads a snapshot. What is not what encode wrote is ErrDamaged; a
// whole file this program does not know is ErrNewer.
func decode(data []byte) (snapshot, error) {
	var s snapshot
	i := bytes.LastIndex(data, []byte(sumOpen))
	if i < 0 {
		return s, fmt.Errorf("no checksum: %w", ErrDamaged)
	}
	body := append(slices.Clone(data[:i]), "\n}"...)
	if string(data[i:]) != sumOpen+sumOf(body)+sumClose {
		return s, fmt.Errorf("checksum does not match: %w", ErrDamaged)
	}
	var head struct{ Format int }
	if err := json.Unmarshal(body, &head); err != nil {
		return s, fmt.Errorf("%w: %w", err, ErrDamaged)
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil || head.Format != format {
		return snapshot{}, fmt.Errorf("format %d: %w", head.Format, ErrNewer)
	}
	if _, err := dec.Token(); err != io.EOF || !s.valid() {
		return snapshot{}, fmt.Errorf("inconsistent: %w", ErrDamaged)
	}
	return s, nil
}

// valid says whether everything the snapshot points at can be a file of ours.
func (s snapshot) valid() bool {
	for _, r := range slices.Concat(s.Parts, s.Versions) {
		if !isSum(r.Sum) {
			return false
		}
	}
	for _, h := range s.History {
		if h == nil || !h.valid() {
			return false
		}
	}
	return true
}

// history finds the history of a section, and makes it when it is missing.
func (s *snapshot) history(section string) *history {
	for _, h := range s.History {
		if h.Section == section {
			return h
		}
	}
	h := &history{Section: section}
	s.History = append(s.History, h)
	return h
}

// clone is a copy whose histories can change alone.
func (s snapshot) clone() snapshot {
	s.Parts, s.Versions = slices.Clone(s.Parts), slices.Clone(s.Versions)
	s.History = slices.Clone(s.History)
	for i, h := range s.History {
		c := *h
		c.Revisions = slices.Clip(c.Revisions)
		s.History[i] = &c
	}
	return s
}
