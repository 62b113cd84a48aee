package store

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// far is the high half of the offset of the locked byte.
const far = 1 << 30

// flock takes the lock of an open file without waiting. The locked byte lies
// far behind the note, which others may read.
func flock(f *os.File) error {
	at := windows.Overlapped{OffsetHigh: far}
	flags := uint32(windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY)
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrHeld
	}
	return err
}

func funlock(f *os.File) error {
	at := windows.Overlapped{OffsetHigh: far}
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, &at)
}
