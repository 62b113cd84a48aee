//go:build !race

package ddl_test

const raceFactor = 1
