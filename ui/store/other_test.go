//go:build !unix

package store_test

import "testing"

func kinds(*testing.T, string) map[string]string { return nil }

func osChildren() map[string]func(string) int { return map[string]func(string) int{} }
