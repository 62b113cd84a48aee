package wire

import (
	"strings"

	"dbchapter/llm"
)

// finishes are the reasons that servers give, beyond the four of OpenAI
// (quirk 17). A reason of kind error says that the server gave up.
var finishes = map[string]struct {
	finish llm.Finish
	kind   llm.ErrorKind
}{
	"stop": {finish: llm.Stop}, "end_turn": {finish: llm.Stop}, "stop_sequence": {finish: llm.Stop}, "eos": {finish: llm.Stop},
	"eos_token": {finish: llm.Stop}, "complete": {finish: llm.Stop}, "completed": {finish: llm.Stop}, "done": {finish: llm.Stop},
	"length": {finish: llm.Length}, "max_tokens": {finish: llm.Length}, "max_output_tokens": {finish: llm.Length},
	"model_length": {finish: llm.Length}, "model_context_window_exceeded": {finish: llm.Length},
	"content_filter": {finish: llm.Filtered}, "content_filtered": {finish: llm.Filtered}, "sensitive": {finish: llm.Filtered},
	"refusal": {finish: llm.Filtered}, "safety": {finish: llm.Filtered}, "recitation": {finish: llm.Filtered}, "prohibited_content": {finish: llm.Filtered},
	"insufficient_system_resource": {kind: llm.Server}, "network_error": {kind: llm.Server}, "error": {kind: llm.Server},
	"engine_overloaded": {kind: llm.Server}, "abort": {kind: llm.Server}, "cancelled": {kind: llm.Server},
}

// finishOf normalises a reason; an unknown one counts as stop, but is said.
func finishOf(reason string) (f llm.Finish, kind llm.ErrorKind, known bool) {
	row, known := finishes[strings.ToLower(strings.TrimSpace(reason))]
	if !known {
		return llm.Stop, "", false
	}
	return row.finish, row.kind, true
}
