//go:build race

package ddl_test

// raceFactor is how much slower the race detector may make a test.
const raceFactor = 15
