package store_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"dbchapter/ui/store"
)

// TestKeepReport: a report is its owner's alone, and old ones go.
func TestKeepReport(t *testing.T) {
	s, err := store.Open(filepath.Join(t.TempDir(), "state"))
	if err != nil {
		t.Fatal(err)
	}
	var last string
	for range 13 {
		if last, err = s.KeepReport("goroutine 1 [running]"); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(last)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(last)
	all, _ := filepath.Glob(filepath.Join(filepath.Dir(last), "*"))
	if err != nil || len(all) != 10 || string(data) != "goroutine 1 [running]" {
		t.Errorf("%d reports, the last %q, %v", len(all), data, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}
