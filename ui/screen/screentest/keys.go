package screentest

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// Parse turns a string of keys into key presses.
func Parse(keys string) []tea.KeyPressMsg {
	var out []tea.KeyPressMsg
	for len(keys) > 0 {
		if name, rest, ok := named(keys); ok {
			out = append(out, press(name))
			keys = rest
			continue
		}
		r := []rune(keys)[0]
		keys = keys[len(string(r)):]
		out = append(out, char(r))
	}
	return out
}

func named(keys string) (name, rest string, ok bool) {
	if !strings.HasPrefix(keys, "<") {
		return "", "", false
	}
	return strings.Cut(keys[1:], ">")
}

func char(r rune) tea.KeyPressMsg {
	k := tea.Key{Text: string(r), Code: r}
	if unicode.IsUpper(r) {
		k.Code, k.ShiftedCode, k.Mod = unicode.ToLower(r), r, tea.ModShift
	}
	return tea.KeyPressMsg(k)
}

// special are the names of keys that are no characters.
func special(name string) (rune, bool) {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"f1": tea.KeyF1,
	}
	c, ok := codes[name]
	return c, ok
}

// press reads modifiers and the key's name; an unknown name panics, because
// the test is wrong.
func press(name string) tea.KeyPressMsg {
	var k tea.Key
	mods := map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift}
	parts := strings.Split(name, "+")
	for _, p := range parts[:len(parts)-1] {
		m, ok := mods[p]
		if !ok {
			panic("screentest: unknown modifier in <" + name + ">")
		}
		k.Mod |= m
	}
	last := parts[len(parts)-1]
	if last == "lt" {
		return char('<')
	}
	if code, ok := special(last); ok {
		k.Code = code
		if code == tea.KeySpace && k.Mod == 0 {
			k.Text = " "
		}
		return tea.KeyPressMsg(k)
	}
	r := []rune(last)
	if len(r) != 1 || k.Mod == 0 {
		panic("screentest: unknown key <" + name + ">")
	}
	k.Code = r[0]
	return tea.KeyPressMsg(k)
}
