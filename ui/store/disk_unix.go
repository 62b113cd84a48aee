//go:build unix

package store

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// ours says whether this user owns what info describes.
func ours(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return !ok || int(st.Uid) == os.Geteuid()
}

// links is how many names a file has.
func links(info fs.FileInfo) int {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(st.Nlink)
	}
	return 1
}

// chown gives name the owner and group of like; only a privileged user can
// always do that, and others go on without.
func chown(name string, like fs.FileInfo) {
	if st, ok := like.Sys().(*syscall.Stat_t); ok && os.Chown(name, int(st.Uid), int(st.Gid)) != nil {
		_ = os.Chown(name, -1, int(st.Gid))
	}
}

// unsupported says that a file system cannot do a thing, in contrast to having
// failed at it.
func unsupported(err error) bool {
	return errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) || errors.Is(err, syscall.ENOSYS)
}
