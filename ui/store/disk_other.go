//go:build !unix

package store

import (
	"errors"
	"io/fs"
)

func ours(fs.FileInfo) bool { return true }

func links(fs.FileInfo) int { return 1 }

func chown(string, fs.FileInfo) {}

func unsupported(err error) bool { return errors.Is(err, errors.ErrUnsupported) }
