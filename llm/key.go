package llm

import (
	"fmt"
	"strings"
)

// key finds the key: our own variable, the service's variables, the file.
func (s Sources) key(p Preset, env func(string) string, inFile string) (Secret, error) {
	if v := env("DBCHAPTER_API_KEY"); v != "" {
		return NewSecret(v), nil
	}
	for _, name := range p.KeyEnv {
		if v := s.env(name); v != "" {
			return NewSecret(v), nil
		}
	}
	return s.reference(p.ID, inFile)
}

// reference reads a key as a configuration file may write it.
func (s Sources) reference(id, value string) (Secret, error) {
	value = strings.TrimSpace(value)
	if name, ok := strings.CutPrefix(value, "env:"); ok {
		v := s.env(strings.TrimSpace(name))
		if v == "" {
			return Secret{}, &Error{
				Kind: BadConfig, Message: fmt.Sprintf("%q 的密钥写作 %q，但没有这个环境变量", id, value),
				Hint: fmt.Sprintf("设环境变量 %s，或改配置文件", strings.TrimSpace(name)),
			}
		}
		return NewSecret(v), nil
	}
	command, ok := strings.CutPrefix(value, "cmd:")
	if !ok {
		return NewSecret(value), nil
	}
	if s.Run == nil {
		return Secret{}, &Error{Kind: BadConfig, Message: fmt.Sprintf("%q 的密钥要运行命令取得，这里不运行命令", id), Hint: "改用 env:变量名"}
	}
	out, err := s.Run(strings.TrimSpace(command))
	line, _, _ := strings.Cut(strings.TrimLeft(out, "\r\n"), "\n")
	if err != nil || strings.TrimSpace(line) == "" {
		return Secret{}, &Error{
			Kind: BadConfig, Err: err, Message: fmt.Sprintf("取 %q 的密钥的命令没有给出密钥", id),
			Hint: "在终端里单独运行配置文件里 cmd: 后的命令，看它输出什么",
		}
	}
	return NewSecret(line), nil
}
