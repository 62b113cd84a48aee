package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	liveDir     = "live"
	partialExt  = ".partial.md"
	streamDelay = time.Second // within which text that arrived is durable
	maxPartial  = 16 << 20
)

// Stream is a file that a text is appended to as it arrives. What Write
// returned from survives kill -9, and a power loss after one second.
type Stream struct {
	name  string
	disk  Disk
	delay time.Duration

	mu    sync.Mutex
	f     File
	timer *time.Timer
	err   error // of a sync nobody waited for
}

// Stream begins a new text of a section of a draft that has been saved.
// section is an id of letters, digits, - and _.
func (s *Store) Stream(id, section string) (*Stream, error) {
	if err := errors.Join(checkID(id), checkSection(section)); err != nil {
		return nil, err
	}
	h := s.handle(id)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.copy != "" {
		id = h.copy // where everything of this draft goes
	} else if !s.exists(s.path(id)) {
		return nil, wrap(id, fs.ErrNotExist)
	} else if err := s.own(h); err != nil {
		return nil, wrap(id, err)
	}
	dir := s.path(id, liveDir)
	if err := s.mkdirs(dir); err != nil {
		return nil, wrap(id, err)
	}
	for n := 1; ; n++ {
		name := filepath.Join(dir, fmt.Sprintf("%s.%d%s", section, n, partialExt))
		f, err := s.disk.Append(name, privateFile)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			err = errors.Join(f.Chmod(privateFile), s.disk.SyncDir(dir))
		}
		if err != nil {
			return nil, wrap(id, err)
		}
		return &Stream{name: name, disk: s.disk, delay: streamDelay, f: f}, nil
	}
}

// checkSection refuses what cannot be part of a file name.
func checkSection(section string) error {
	if err := checkID(section); err != nil {
		return fmt.Errorf("section %q: %w", short(section), ErrName)
	}
	return nil
}

// Write appends text. An error of an earlier sync is told here.
func (st *Stream) Write(text []byte) (int, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.f == nil {
		return 0, fmt.Errorf("append to %q: %w", st.name, fs.ErrClosed)
	}
	n, err := st.f.Write(text)
	if err = errors.Join(st.err, err); err != nil {
		return n, fmt.Errorf("append to %q: %w", st.name, err)
	}
	if st.timer == nil {
		st.timer = time.AfterFunc(st.delay, st.sync)
	}
	return n, nil
}

func (st *Stream) sync() {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.timer = nil
	if st.f != nil {
		st.err = st.f.Sync()
	}
}

// Close makes the text durable and keeps it.
func (st *Stream) Close() error {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.f == nil {
		return nil
	}
	if st.timer != nil {
		st.timer.Stop()
		st.timer = nil
	}
	err := errors.Join(st.err, st.f.Sync(), st.f.Close())
	st.f = nil
	return err
}

// Done removes the text: it has become part of a draft that was saved.
func (st *Stream) Done() error {
	err := st.Close()
	if gone := st.disk.Remove(st.name); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		return errors.Join(err, gone)
	}
	return nil
}

// Partial is a text whose stream was never done.
type Partial struct {
	Section string
	N       int // counts the streams of a section, from 1
	Text    string
	At      time.Time // of the last byte, as the file system says
}

// Partials gives what streams left behind: the rest of a crash, or of a
// generation that was stopped. Text that was cut within a character is given
// up to there.
func (s *Store) Partials(id string) ([]Partial, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	entries, err := s.disk.ReadDir(s.path(id, liveDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []Partial
	for _, e := range entries {
		p, ok := partialName(e.Name())
		if !ok {
			continue
		}
		data, readErr := s.disk.ReadFile(s.path(id, liveDir, e.Name()), maxPartial)
		if readErr != nil {
			err = errors.Join(err, readErr)
			continue
		}
		if info, infoErr := e.Info(); infoErr == nil {
			p.At = info.ModTime()
		}
		p.Text = strings.ToValidUTF8(string(data), "")
		out = append(out, p)
	}
	return out, wrap(id, err)
}

// DropPartial removes one of them: it was taken over, or is not wanted.
func (s *Store) DropPartial(id string, p Partial) error {
	if err := errors.Join(checkID(id), checkSection(p.Section)); err != nil {
		return err
	}
	return wrap(id, s.disk.Remove(s.path(id, liveDir, fmt.Sprintf("%s.%d%s", p.Section, p.N, partialExt))))
}

func partialName(name string) (Partial, bool) {
	stem, ok := strings.CutSuffix(name, partialExt)
	section, n, cut := strings.Cut(stem, ".")
	number, err := strconv.Atoi(n)
	return Partial{Section: section, N: number}, ok && cut && err == nil && checkSection(section) == nil
}
