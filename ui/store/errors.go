package store

import (
	"errors"
	"fmt"
	"time"
)

var (
	// ErrExists says the target is there and nobody allowed to replace it.
	ErrExists = errors.New("file exists")
	// ErrID says that a text cannot be the id of a draft.
	ErrID = errors.New("not a draft id: letters, digits, - and _ only")
	// ErrName says that a text cannot be a file name or the id of a section.
	ErrName = errors.New("not a plain name")
	// ErrNewer says that a newer version of the program wrote the draft, so
	// that this one neither reads nor writes it.
	ErrNewer = errors.New("written by a newer version of dbchapter")
	// ErrDamaged says that a file is not what was written.
	ErrDamaged = errors.New("damaged")
	// ErrStale says that another process saved the draft after it was read.
	ErrStale = errors.New("saved by another process meanwhile")
	// ErrNoVersion says that there is no version to go to.
	ErrNoVersion = errors.New("no such version")
	// ErrTooLarge says that a file is longer than anything we write.
	ErrTooLarge = errors.New("file too large")
)

// Holder is the process that works on a draft; the zero Holder is nobody.
type Holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Started time.Time `json:"started"`
}

// LockedError says that another process works on the draft.
type LockedError struct {
	ID     string
	Holder Holder // zero when it could not be read
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("draft %q is open in another window (pid %d, host %q)", e.ID, e.Holder.PID, e.Holder.Host)
}

// ConflictError says that a draft was saved, but as a copy of its own, because
// the original belongs to another process now. Nothing is lost: the copy can be
// listed, loaded and saved under its own id, and further saves of the original
// go there too.
type ConflictError struct {
	ID   string // the draft that was not touched
	Copy string // the draft that was written instead
	Err  error  // a *LockedError, or ErrStale
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("draft %q: %v; kept as draft %q", e.ID, e.Err, e.Copy)
}

func (e *ConflictError) Unwrap() error { return e.Err }

// OwnerError says that a directory belongs to another user, who could read and
// change what is kept there.
type OwnerError struct{ Path string }

func (e *OwnerError) Error() string { return fmt.Sprintf("%q belongs to another user", e.Path) }

// KindError says that a path is no regular file, so that it is neither read
// nor replaced.
type KindError struct {
	Path string
	Kind string // "directory", "named pipe", "socket", "device", "symbolic link"
}

func (e *KindError) Error() string {
	return fmt.Sprintf("%q is a %s, not a regular file", e.Path, e.Kind)
}

// ChangedError says that a file is not as it was when we wrote it, or when the
// person looked at it.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string { return fmt.Sprintf("%q changed meanwhile", e.Path) }

// Repair says what was damaged in a draft and what became of it.
type Repair struct {
	From        string   // "backup" or "rest": what the draft was read from; "" when the snapshot was whole
	Quarantined []string // paths of the damaged files, moved aside
	Lost        []string // sections whose latest text is gone; they show an earlier one, or nothing
}
