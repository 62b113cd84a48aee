package chapter_test

import (
	"fmt"
	"strings"
	"testing"

	"dbchapter/prompt/chapter"
)

// wide is a chapter with very many tables.
func wide(tables int) string {
	d := chapter.Parse(seedExample).Document()
	first := d.Tables[0]
	d.Tables = nil
	for i := range tables {
		t := first
		t.Name = fmt.Sprintf("users_%d", i)
		t.Code = strings.ReplaceAll(t.Code, "users", t.Name)
		d.Tables = append(d.Tables, t)
	}
	return d.String()
}

func BenchmarkNormalize(b *testing.B) {
	text := wide(1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		chapter.Normalize(text)
	}
}

func BenchmarkParse(b *testing.B) {
	text := wide(1000)
	for b.Loop() {
		chapter.Parse(text).Document()
	}
}
