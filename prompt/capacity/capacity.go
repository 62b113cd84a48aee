// Package capacity is the arithmetic of domain.md §3.6: bytes of a column, a
// row, an index entry; rows at the end of the horizon; gigabytes, peak writes;
// and how each of these is written for people.
//
//	type → bytes → row → × rows → GB          (storage.go, growth.go)
//	rows a day → peak writes, outbox, cache    (growth.go, load.go)
//	number → 14.8亿行, 855GB, 1127             (display.go)
//
// Every function is pure arithmetic. A GB is 10^9 bytes; nothing is rounded
// before it is displayed.
package capacity
