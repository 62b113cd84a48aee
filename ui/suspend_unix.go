//go:build unix

package ui

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
)

// suspend is ctrl+z: the same way as a stop signal from outside.
func suspend() tea.Msg {
	_ = syscall.Kill(os.Getpid(), syscall.SIGTSTP)
	return nil
}

// watchStop gives the terminal back before the process stops, and takes it
// again when it is continued; restoring before the process has really stopped
// would leave it in the shell's mode after fg.
func watchStop(p *tea.Program) (stop func()) {
	tstp := make(chan os.Signal, 1)
	cont := make(chan os.Signal, 1)
	signal.Notify(tstp, syscall.SIGTSTP)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-tstp:
				_ = p.ReleaseTerminal()
				time.Sleep(settle)
				signal.Notify(cont, syscall.SIGCONT)
				_ = syscall.Kill(0, syscall.SIGSTOP)
				<-cont
				signal.Stop(cont)
				_ = p.RestoreTerminal()
				p.Send(tea.ResumeMsg{})
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(tstp)
		close(done)
	}
}
