package offline

// DefaultCount is the number of rows that Assumptions chooses from.
func DefaultCount() int { return len(defaults) }
