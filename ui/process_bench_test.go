//go:build unix

package ui_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"dbchapter/prompt/brief"
)

// binary is the program as it is given to people. DBCHAPTER_BIN names one that
// is there already.
func binary(b *testing.B) string {
	b.Helper()
	if bin := os.Getenv("DBCHAPTER_BIN"); bin != "" {
		return bin
	}
	bin := filepath.Join(b.TempDir(), "dbchapter")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bin, "dbchapter")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

func command(dir, bin string, args ...string) *exec.Cmd {
	cmd := exec.Command(bin, args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "LANG=zh_CN.UTF-8", "TERM=xterm-256color"}
	return cmd
}

// times runs a program again and again: from exec to exit, what it used up and
// the most memory it held, or the parent did before exec. An exit code 3 says that there are findings.
func times(b *testing.B, bin string, args ...string) {
	b.Helper()
	dir := b.TempDir()
	var wall, cpu []time.Duration
	most := int64(0)
	for b.Loop() {
		cmd := command(dir, bin, args...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		start := time.Now()
		if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 3 {
			b.Fatalf("%v\n%s", err, stderr.String())
		}
		wall = append(wall, time.Since(start))
		used := cmd.ProcessState
		cpu = append(cpu, used.UserTime()+used.SystemTime())
		if u, ok := used.SysUsage().(*syscall.Rusage); ok {
			most = max(most, kilobytes(u.Maxrss))
		}
	}
	b.ReportMetric(quantile(wall, 50), "p50-ms")
	b.ReportMetric(quantile(wall, 95), "p95-ms")
	b.ReportMetric(quantile(cpu, 50), "cpu-p50-ms")
	b.ReportMetric(float64(most)/1024, "rss-MB")
}

// kilobytes of a maximum that Darwin gives in bytes.
func kilobytes(n int64) int64 {
	if runtime.GOOS == "darwin" {
		return n / 1024
	}
	return n
}

func BenchmarkProcessVersion(b *testing.B) { times(b, binary(b), "--version") }

func BenchmarkProcessPreset(b *testing.B) {
	out := filepath.Join(b.TempDir(), "chapter.md")
	times(b, binary(b), "draft", "--preset", "parking", "--force", "--output", out)
}

// BenchmarkProcessThousand drafts and checks the parking preset with 1,000
// entities.
func BenchmarkProcessThousand(b *testing.B) {
	bin, dir := binary(b), b.TempDir()
	given, ok := brief.Preset("parking")
	if !ok {
		b.Fatal("no preset parking")
	}
	own := given.Entities
	for round := 1; len(given.Entities) < 1000; round++ {
		for _, e := range own {
			e.Name, e.Table = fmt.Sprint(e.Name, round), fmt.Sprint(e.Table, "_v", round)
			given.Entities = append(given.Entities, e)
		}
	}
	file, out := filepath.Join(dir, "thousand.yaml"), filepath.Join(dir, "thousand.md")
	if err := os.WriteFile(file, given.YAML(), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("draft", func(b *testing.B) { times(b, bin, "draft", "--brief", file, "--force", "--output", out) })
	b.Run("check", func(b *testing.B) { times(b, bin, "check", "--brief", file, out) })
}

// BenchmarkFirstFrame is from exec to the first screen of the wizard, in a
// terminal that answers no query.
func BenchmarkFirstFrame(b *testing.B) {
	bin, dir := binary(b), b.TempDir()
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		cmd := command(dir, bin)
		f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
		if err != nil {
			b.Fatal(err)
		}
		seen, buf := "", make([]byte, 32<<10)
		for !strings.Contains(seen, "从预设开始") {
			n, err := f.Read(buf)
			if seen += string(buf[:n]); err != nil {
				b.Fatalf("%v\n%q", err, seen)
			}
		}
		took = append(took, time.Since(start))
		_ = cmd.Process.Kill()
		_ = f.Close()
		_ = cmd.Wait()
	}
	b.ReportMetric(quantile(took, 50), "p50-ms")
	b.ReportMetric(quantile(took, 95), "p95-ms")
}
