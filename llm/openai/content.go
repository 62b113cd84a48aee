package openai

import "encoding/json"

// content is text as a string, as null, or as a list of blocks of which some
// are thinking (Mistral, quirk 8).
type content []block

type block struct {
	text    string
	thought bool
}

// UnmarshalJSON never fails: an odd block is not worth an answer.
func (c *content) UnmarshalJSON(data []byte) error {
	var s string
	if json.Unmarshal(data, &s) == nil {
		*c = content{{text: s}}
		return nil
	}
	var list []struct {
		Type           string
		Text, Thinking json.RawMessage
	}
	_ = json.Unmarshal(data, &list)
	for _, b := range list {
		if len(b.Thinking) > 0 {
			var inner content
			_ = inner.UnmarshalJSON(b.Thinking)
			*c = append(*c, block{inner.text(), true})
			continue
		}
		var text string
		_ = json.Unmarshal(b.Text, &text)
		*c = append(*c, block{text, b.Type == "thinking" || b.Type == "reasoning"})
	}
	return nil
}

func (c content) text() string {
	out := ""
	for _, b := range c {
		out += b.text
	}
	return out
}
