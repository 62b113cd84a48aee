package wire

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"dbchapter/llm"
	"dbchapter/prompt/pattern"
)

// problem is an error of ours in words for people.
func (s *session) problem(kind llm.ErrorKind, format string, args ...any) *llm.Error {
	return s.hinted(&llm.Error{Kind: kind, Message: s.who() + fmt.Sprintf(format, args...)})
}

// who begins a message: the service's name and a colon.
func (s *session) who() string { return s.config.Name + "：" }

// plain makes a text from outside fit for a message: one line, no control or
// invisible characters, no key, 200 characters at most.
func (s *session) plain(text string) string { return plainText(text, s.config.Key) }

func (s *session) hinted(e *llm.Error) *llm.Error {
	if e.Hint == "" {
		e.Hint = hint(e, s.config)
	}
	return e
}

// fault explains why a request gave no answer, or none to its end.
func (s *session) fault(ctx context.Context, err error) error {
	switch cause := context.Cause(ctx); {
	case cause == errStalled:
		return s.problem(llm.Stalled, "%d 秒没有收到任何数据", int(s.dog.limit.Seconds()))
	case cause == errTooSlow:
		return s.problem(llm.Stalled, "超过 %d 分钟还没有写完", int(s.config.Total.Minutes())*max(1, s.ask.Parts))
	case ctx.Err() != nil:
		return ctx.Err()
	}
	if errors.Is(err, errEncoding) || strings.Contains(err.Error(), "response headers exceeded") {
		return s.problem(llm.BadReply, "答复不合 HTTP 的规矩（%s）", s.plain(bare(err)))
	}
	e := s.problem(llm.Network, "%s", s.reason(err))
	e.Err = netError{err}
	if isTLS(err) {
		e.Kind, e.Hint = llm.BadConfig, "确认地址无误；自签名证书请把 CA 加入系统，或设 SSL_CERT_FILE"
	}
	return e
}

// netError keeps the class of a cause for retries without its text, which may
// hold an address with a secret.
type netError struct{ err error }

func (netError) Error() string   { return "network" }
func (e netError) Unwrap() error { return e.err }

// reason puts a network error into words.
func (s *session) reason(err error) string {
	var dns *net.DNSError
	var proxy *net.OpError
	switch {
	case errors.As(err, &dns):
		return fmt.Sprintf("找不到主机 %s", s.plain(dns.Name))
	case errors.As(err, &proxy) && proxy.Op == "proxyconnect":
		return fmt.Sprintf("代理连不上（%s）", s.plain(proxy.Err.Error()))
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Sprintf("%s 没有服务在监听", s.base.Host)
	case isTLS(err):
		return fmt.Sprintf("%s 的证书不可信（%s）", s.base.Host, s.plain(bare(err)))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return fmt.Sprintf("%s 断开了连接", s.base.Host)
	}
	return fmt.Sprintf("连不上 %s（%s）", s.base.Host, s.plain(bare(err)))
}

// bare is the cause inside net/http's wrapping, which repeats the address.
func bare(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return err.Error()
}

func isTLS(err error) bool {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	return errors.As(err, &unknown) || errors.As(err, &name) || errors.As(err, &invalid) || errors.As(err, &verify) || errors.As(err, &record)
}

// refused explains an answer that is not 2xx.
func (s *session) refused(ctx context.Context, resp *http.Response, dog *watchdog) error {
	if resp.StatusCode < 400 {
		return s.redirect(resp)
	}
	body, err := plain(resp, dog)
	if err != nil {
		return s.fault(ctx, err)
	}
	text, err := io.ReadAll(io.LimitReader(body, maxErrorBody))
	if err != nil && len(text) == 0 && ctx.Err() != nil {
		return s.fault(ctx, err)
	}
	e := s.explain(read(text).hide(s.config.Key), resp.StatusCode)
	e.After = retryAfter(resp.Header)
	return s.hinted(e)
}

// redirect names where a server wanted us to go with the key (T9).
func (s *session) redirect(resp *http.Response) error {
	target := "别处"
	if to, err := resp.Location(); err == nil {
		target = to.Scheme + "://" + to.Host + to.Path
	}
	e := s.problem(llm.BadConfig, "HTTP %d 把请求转到 %s；为保护密钥不跟随", resp.StatusCode, s.plain(target))
	e.Status = resp.StatusCode
	e.Hint = "若新地址可信，把服务地址（base_url）改成它"
	return e
}

var pageTitle = pattern.New(`(?is)<title[^>]*>(.*?)</title>`)

// webPage explains an HTML page where an answer should be: a login page of a
// proxy, or a wrong address (quirk 3).
func (s *session) webPage(status int, body []byte) error {
	title := ""
	if m := pageTitle.FindSubmatch(body); m != nil {
		title = "「" + s.plain(string(m[1])) + "」"
	}
	e := s.problem(llm.BadReply, "返回的是网页%s，不是模型的答复", title)
	e.Status = status
	return e
}

// inStream explains an error object that came inside a stream, and an event
// that could not be read.
func (s *session) inStream(e *llm.Error) error {
	var c complaint
	if errors.As(e.Err, &c) {
		return s.hinted(s.explain(c.detail, 0))
	}
	return s.problem(e.Kind, "答复的格式不对（%s）", s.plain(e.Err.Error()))
}

// explain classes what the server said.
func (s *session) explain(d detail, status int) *llm.Error {
	if status == 0 {
		status = d.status
	}
	said := s.plain(d.text())
	message := s.who()
	if status > 0 {
		message += fmt.Sprintf("HTTP %d", status)
	} else {
		message += "服务报错"
	}
	if said != "" {
		message += "，" + said
	}
	return &llm.Error{Kind: classify(d, status), Status: status, Message: message, Err: complaint{d}}
}

// complaint keeps what the server said, for adapting; it prints nothing.
type complaint struct{ detail detail }

func (complaint) Error() string { return "provider" }

// join puts a path behind the base address.
func join(base *url.URL, path string) string { return strings.TrimRight(base.String(), "/") + path }
