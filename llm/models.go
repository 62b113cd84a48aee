package llm

import "dbchapter/prompt/pattern"

// ModelsPath is where a server lists its models, behind the base address.
func (p Protocol) ModelsPath() string {
	if p == Ollama {
		return "/api/tags"
	}
	return "/models"
}

// ModelList is how servers list their models: data (OpenAI, Anthropic) or
// models (Ollama).
type ModelList struct {
	Data   []struct{ ID string }
	Models []struct{ Name, ID string }
}

// Names are the models in the server's order. A name comes from outside and is
// printed and sent: one that could not be a name is left out.
func (l ModelList) Names() []string {
	var out []string
	add := func(name string) {
		if len(name) <= 128 && modelName.MatchString(name) {
			out = append(out, name)
		}
	}
	for _, m := range l.Data {
		add(m.ID)
	}
	for _, m := range l.Models {
		add(first(m.Name, m.ID))
	}
	return out
}

// mute are models that can't write.
var mute = pattern.New(`(?i)embed|rerank|whisper|\bbge\b|\btts\b`)

// First is the first model that can write, "" for none.
func (l ModelList) First() string {
	for _, m := range l.Names() {
		if !mute.MatchString(m) {
			return m
		}
	}
	return ""
}
