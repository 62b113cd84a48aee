//go:build !unix

package ui

import tea "charm.land/bubbletea/v2"

// suspend does nothing where there is no job control.
func suspend() tea.Msg { return nil }

func watchStop(*tea.Program) (stop func()) { return func() {} }
