package llm

// Tokens estimates generously how many tokens a text has: tokenizers differ,
// and a window too large costs less than a prompt that is cut.
func Tokens(text string) int {
	wide, narrow := letters(text)
	return wide*11/10 + narrow/3 + 1
}

// AtLeast is how many tokens a conversation surely has: no tokenizer in use
// packs text tighter. A server that counts fewer has cut it (models.md §2.21).
func (a Ask) AtLeast() int {
	wide, narrow := 0, 0
	for _, t := range a.Turns {
		w, n := letters(t.Text)
		wide, narrow = wide+w, narrow+n
	}
	return wide*45/100 + narrow/8
}

// letters counts the characters of Chinese and of everything else.
func letters(text string) (wide, narrow int) {
	for _, c := range text {
		if c >= 0x2e80 {
			wide++
		} else {
			narrow++
		}
	}
	return wide, narrow
}
