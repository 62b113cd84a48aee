package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// maxInput is the largest file we read (reliability.md §3.4).
const maxInput = 5 << 20

// input reads a text file, or standard input for "-", without its byte order
// mark. Standard input is read once and kept.
func (a *app) input(name string) ([]byte, error) {
	data, err := a.bytes(name)
	if err != nil {
		return nil, err
	}
	if name == "-" {
		name = a.words.T("标准输入")
	}
	return text(name, data)
}

// bytes are what a file holds.
func (a *app) bytes(name string) ([]byte, error) {
	if name == "-" {
		return a.readStdin()
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	if !info.Mode().IsRegular() {
		return nil, usage("请给一个普通文件；管道用 - 从标准输入读", "%q 不是普通文件", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer func() { _ = f.Close() }()
	return limited(name, f)
}

func unreadable(name string, err error) error {
	return &Error{Code: ExitUsage, Msg: "读不到 %q", Args: []any{name}, Hint: "检查路径和权限", Err: err}
}

func (a *app) readStdin() ([]byte, error) {
	if a.read {
		return a.stdin, nil
	}
	data, err := limited(a.words.T("标准输入"), a.env.Stdin)
	a.stdin, a.read = data, err == nil
	return data, err
}

func limited(name string, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err != nil {
		return nil, unreadable(name, err)
	}
	if len(data) > maxInput {
		return nil, usage("请拆成几个文件", "%q 超过 %d MB", name, maxInput>>20)
	}
	return data, nil
}

// text is data as UTF-8 without a byte order mark, or what is wrong with it.
func text(name string, data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	switch {
	case wide(data):
		return nil, usage("用编辑器另存为 UTF-8，或 iconv -f UTF-16 -t UTF-8", "%q 是 UTF-16 编码，只读 UTF-8", name)
	case bytes.IndexByte(data, 0) >= 0:
		return nil, usage("请给文本文件：简报、章节、SQL 或文字", "%q 是二进制文件", name)
	case utf8.Valid(data):
		return data, nil
	case chinese(data):
		return nil, usage("用编辑器另存为 UTF-8，或 iconv -f GB18030 -t UTF-8", "%q 像是 GBK 编码，只读 UTF-8", name)
	}
	return nil, usage("用编辑器另存为 UTF-8", "%q 不是 UTF-8 文本", name)
}

// wide says whether data is marked as UTF-16.
func wide(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xFE, 0xFF}) || bytes.HasPrefix(data, []byte{0xFF, 0xFE})
}

// chinese says whether data reads as GB18030 without a fault.
func chinese(data []byte) bool {
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	return err == nil && !bytes.ContainsRune(out, utf8.RuneError)
}

// cause is the reason in an *os.PathError, without the path said twice.
func cause(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
