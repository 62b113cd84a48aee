package design

import (
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

func atoi(s string) (int, error) { return strconv.Atoi(strings.TrimSpace(s)) }

// listed joins names the Chinese way.
func listed(names []string) string { return strings.Join(names, "、") }
