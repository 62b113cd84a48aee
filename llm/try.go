package llm

import (
	"context"
	"errors"
	"time"
)

// tryTime is how long a connection test may take.
const tryTime = 10 * time.Second

// Try asks a drafter for a word or two, in a real streaming call: that finds a
// wrong key, a wrong model, an empty balance and a wrong region, which a list
// of models does not (models.md §4.3). It gives the time to the first answer.
// A server on this machine gets a minute, it may have to load its model.
func Try(ctx context.Context, d Asker, c Config) (time.Duration, error) {
	limit := tryTime
	if c.Local() {
		limit = time.Minute
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errTry)
	defer cancel()
	began := time.Now()
	ask := Ask{Turns: []Turn{{User, "这是连接测试，只回答一个字：好"}}, MaxTokens: 16}
	for delta, err := range d.Ask(ctx, ask) {
		var e *Error
		switch {
		case errors.As(err, &e) && e.Kind == Empty: // it answered, thinking took the few tokens
			return time.Since(began), nil
		case err != nil && context.Cause(ctx) == errTry:
			return 0, &Error{Kind: Stalled, Message: c.Name + "：连接测试没有在时限内得到回答", Hint: "检查网络和服务状态，或跳过检查", Err: err}
		case err != nil:
			return 0, err
		case delta.Kind == Text || delta.Kind == Reasoning || delta.Kind == Done:
			return time.Since(began), nil
		}
	}
	return 0, &Error{Kind: Truncated, Message: c.Name + "：连接测试没有得到回答", Hint: "检查服务地址和协议"}
}

var errTry = errors.New("connection test timed out")
