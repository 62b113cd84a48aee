package form

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"dbchapter/ui/theme"
)

// line is a huh field with its label to the left.
type line struct {
	huh.Field
	theme   theme.Theme
	label   string
	labels  int // cells of the widest label
	focused bool
	wrong   bool

	text string
	some []string
	yes  bool
	kind Kind
}

func newLine(r Row, labels int, t theme.Theme) *line {
	l := &line{theme: t, label: r.Label, labels: labels, kind: r.Kind, text: r.Value}
	switch r.Kind {
	case Choice:
		l.Field = huh.NewSelect[string]().Key(r.Key).Inline(true).Options(options(r)...).Value(&l.text)
	case Many:
		if r.Value != "" {
			l.some = strings.Split(r.Value, Sep)
		}
		l.Field = huh.NewMultiSelect[string]().Key(r.Key).Options(options(r)...).Value(&l.some)
	case YesNo:
		l.yes = r.Value == Yes
		l.Field = huh.NewConfirm().Key(r.Key).Inline(true).Value(&l.yes).
			Affirmative(r.Options[0].Label).Negative(r.Options[1].Label)
	default:
		limit := r.Limit
		if limit == 0 {
			limit = LineLimit
		}
		l.Field = huh.NewInput().Key(r.Key).Prompt("").CharLimit(limit).Value(&l.text)
	}
	return l
}

func options(r Row) []huh.Option[string] {
	opts := slices.Clone(r.Options)
	values := []string{r.Value}
	if r.Kind == Many {
		values = strings.Split(r.Value, Sep)
	}
	for _, v := range values { // keep what we do not know
		known := slices.ContainsFunc(opts, func(o Option) bool { return o.Value == v })
		if !known && (v != "" || r.Kind == Choice) {
			opts = append(opts, Option{v, v})
		}
	}
	out := make([]huh.Option[string], len(opts))
	for i, o := range opts {
		out[i] = huh.NewOption(o.Label, o.Value)
	}
	return out
}

func (l *line) value() string {
	switch l.kind {
	case Many:
		return strings.Join(l.some, Sep)
	case YesNo:
		if l.yes {
			return Yes
		}
		return No
	default:
		return l.text
	}
}

// Update, Focus, Blur and the With methods keep the label around the field.

func (l *line) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	m, cmd := l.Field.Update(msg)
	l.Field = m.(huh.Field)
	return l, cmd
}

func (l *line) Focus() tea.Cmd {
	l.focused = true
	return l.Field.Focus()
}

func (l *line) Blur() tea.Cmd {
	l.focused = false
	return l.Field.Blur()
}

func (l *line) WithTheme(t huh.Theme) huh.Field {
	l.Field = l.Field.WithTheme(t)
	return l
}

func (l *line) WithKeyMap(k *huh.KeyMap) huh.Field {
	l.Field = l.Field.WithKeyMap(k)
	return l
}

func (l *line) WithWidth(w int) huh.Field {
	l.Field = l.Field.WithWidth(max(4, w-l.indent()))
	return l
}

// WithHeight is for huh alone: our rows know how high they are.
func (l *line) WithHeight(int) huh.Field { return l }

func (l *line) WithPosition(p huh.FieldPosition) huh.Field {
	l.Field = l.Field.WithPosition(p)
	return l
}

func (l *line) indent() int { return l.labels + 6 }

func (l *line) View() string {
	mark, style := "  ", l.theme.Plain
	if l.focused {
		mark, style = l.theme.Accent.Render(l.theme.Glyph.Pointer)+" ", l.theme.Bold
	}
	if l.wrong {
		style = l.theme.Error
	}
	head := mark + style.Render(l.theme.Fit(l.label, l.labels)) + "  "
	if l.wrong {
		head += l.theme.Error.Render("! ")
	} else {
		head += "  "
	}
	return lipgloss.JoinHorizontal(lipgloss.Top, head, l.Field.View())
}
