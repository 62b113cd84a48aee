package llm

import (
	"context"
	"iter"

	"dbchapter/prompt"
)

// Role is who says a turn.
type Role string

// The roles that every protocol knows.
const (
	User      Role = "user"
	Assistant Role = "assistant"
)

// Turn is one message of a conversation.
type Turn struct {
	Role Role
	Text string
}

// Ask is a request below the level of a prompt: the turns so far, the last one
// of the user. It is how a cut answer is continued, because a prefilled
// assistant turn is refused by most services (models.md §2.22).
type Ask struct {
	Turns     []Turn
	Stable    int  // leading bytes of the first turn that other asks share, for caches
	NoThink   bool // insist on an answer without thinking, beyond what the configuration asks for
	MaxTokens int  // of the answer; 0 is the configured number
	Parts     int  // sections wanted, which scale the time allowed; 0 is one
}

// AskOf is the conversation of one turn that a prompt starts.
func AskOf(p prompt.Prompt) Ask {
	parts := len(p.Sections)
	if parts == 0 {
		parts = 7
	}
	return Ask{Turns: []Turn{{User, p.Text}}, Parts: parts}
}

// An Asker is a Drafter that can hold a conversation; every wire protocol is
// one, the rules are not.
type Asker interface {
	Drafter
	Ask(ctx context.Context, a Ask) iter.Seq2[Delta, error]
}
