package wire

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// Event is one message of a stream.
type Event struct {
	Name  string // of event:, "" for none
	Data  []byte
	Whole bool // the whole answer came as one JSON document instead of a stream
	Cut   bool // the stream ended inside this event
}

// errTooLong ends a stream whose one event is longer than maxEvent.
var errTooLong = errors.New("event longer than 1 MB")

// lineReader reads lines that end in LF, CRLF or CR. A CR at the end of what
// arrived so far ends its line at once: waiting for a possible LF would hold
// the event back.
type lineReader struct {
	in     *bufio.Reader
	skipLF bool
	first  bool
	buf    []byte
	limit  int
}

func newLineReader(r io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(r, 32<<10), first: true, limit: maxEvent}
}

// next is the next line without its end; ended says that an end was there.
func (l *lineReader) next() (line []byte, ended bool, err error) {
	l.buf = l.buf[:0]
	for {
		if _, err := l.in.Peek(1); err != nil {
			return l.buf, false, err
		}
		have, _ := l.in.Peek(l.in.Buffered())
		half := l.skipLF && have[0] == '\n' // the second half of a CRLF
		l.skipLF = false
		if half {
			_, _ = l.in.Discard(1)
			continue
		}
		if i := bytes.IndexAny(have, "\r\n"); i >= 0 {
			have, ended = have[:i+1], true
		}
		l.buf = append(l.buf, have...)
		_, _ = l.in.Discard(len(have))
		switch {
		case len(l.buf) > l.limit:
			return nil, false, errTooLong
		case ended:
			end := len(l.buf) - 1
			l.skipLF = l.buf[end] == '\r'
			l.buf = l.buf[:end]
			return l.strip(), true, nil
		}
	}
}

// strip takes a byte order mark off the first line.
func (l *lineReader) strip() []byte {
	if l.first {
		l.first = false
		return bytes.TrimPrefix(l.buf, []byte("\ufeff"))
	}
	return l.buf
}

// events reads server-sent events: comments are skipped, several data lines
// become one, a missing last blank line is forgiven.
type events struct{ lines *lineReader }

// next is the next event with data; io.EOF ends the stream.
func (e events) next() (Event, error) {
	var ev Event
	has := false
	for {
		line, ended, err := e.lines.next()
		if err != nil && err != io.EOF {
			return ev, err
		}
		if ev.take(line, has) {
			has, ev.Cut = true, !ended
		}
		switch {
		case len(ev.Data) > maxEvent:
			return ev, errTooLong
		case (len(line) == 0 || err == io.EOF) && has:
			return ev, nil
		case err == io.EOF:
			return ev, io.EOF
		case len(line) == 0:
			ev = Event{}
		}
	}
}

// take reads one line into the event; true when it was data, of which further
// lines are appended.
func (ev *Event) take(line []byte, more bool) bool {
	switch name, value := field(line); name {
	case "event":
		ev.Name = string(value)
	case "data":
		if more {
			ev.Data = append(ev.Data, '\n')
		}
		ev.Data = append(ev.Data, value...)
		return true
	}
	return false
}

// field cuts a line at its first colon and one blank after it; a comment has
// no name.
func field(line []byte) (name string, value []byte) {
	n, v, _ := bytes.Cut(line, []byte(":"))
	return string(n), bytes.TrimPrefix(v, []byte(" "))
}

// objects reads one JSON object a line.
type objects struct{ lines *lineReader }

func (o objects) next() (Event, error) {
	for {
		line, ended, err := o.lines.next()
		if err != nil && err != io.EOF {
			return Event{}, err
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return Event{Data: bytes.Clone(line), Cut: !ended}, nil
		}
		if err == io.EOF {
			return Event{}, io.EOF
		}
	}
}

// whole is an answer that came as one document.
type whole struct{ r io.Reader }

func (w *whole) next() (Event, error) {
	if w.r == nil {
		return Event{}, io.EOF
	}
	data, err := io.ReadAll(io.LimitReader(w.r, maxWhole+1))
	w.r = nil
	switch {
	case err != nil:
		return Event{}, err
	case len(data) > maxWhole:
		return Event{}, errTooLong
	}
	return Event{Data: bytes.TrimPrefix(bytes.TrimSpace(data), []byte("\ufeff")), Whole: true}, nil
}

type source interface{ next() (Event, error) }

// shape is what a body turns out to be by its first bytes: servers and
// gateways lie in Content-Type (quirk 3).
type shape int

const (
	streamed shape = iota
	document
	page // HTML
)

// look reads ahead to the first byte that is no blank.
func look(r *bufio.Reader) (shape, error) {
	for n := 1; n <= 512; n++ {
		b, err := r.Peek(n)
		if len(b) < n {
			return streamed, err
		}
		text := strings.TrimLeft(strings.TrimPrefix(string(b), "\ufeff"), " \t\r\n")
		if text == "" || strings.HasPrefix("\ufeff", string(b)) {
			continue
		}
		switch text[0] {
		case '{', '[':
			return document, nil
		case '<':
			return page, nil
		}
		return streamed, nil
	}
	return streamed, nil
}
