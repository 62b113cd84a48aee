package compose_test

import (
	"testing"

	"dbchapter/llm"
	"dbchapter/llm/llmtest"
	"dbchapter/llm/openai"
)

func overHTTP(t *testing.T, url string) llm.Drafter {
	t.Helper()
	d, err := openai.New(llmtest.Config(llm.OpenAI, url+"/v1"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}
