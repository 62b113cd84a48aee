//go:build unix

package cli_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// server is what a transcript knows of its scripted server.
type server struct {
	half chan struct{} // gets a value when half of a slow answer was sent
	mu   sync.Mutex
	n    int // requests so far
}

type serverKey struct{}

var key serverKey

func state(ts *testscript.TestScript) *server { return ts.Value(key).(*server) }

// serve starts a scripted OpenAI-compatible server on loopback and puts its
// address in $DBCHAPTER_BASE_URL: serve MODE [FILE...]. The n-th request gets
// the n-th file, the last one again and again; each request is kept in the
// file request.json, without its header.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	var texts []string
	for _, name := range args[1:] {
		texts = append(texts, ts.ReadFile(name))
	}
	s := state(ts)
	s.n = 0
	kept := ts.MkAbs("request.json")
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		_ = os.WriteFile(kept, body, 0o600)
		text := ""
		if len(texts) > 0 {
			text = texts[min(s.n, len(texts)-1)]
		}
		s.n++
		s.mu.Unlock()
		answer(w, r, args[0], text, s.half)
	}))
	ts.Defer(func() { srv.CloseClientConnections(); srv.Close() })
	ts.Setenv("DBCHAPTER_BASE_URL", srv.URL+"/v1")
	ts.Setenv("DBCHAPTER_MODEL", "recite-1")
	ts.Setenv("DBCHAPTER_API_KEY", canary)
}

// requests compares how often the server was asked: requests N, or N+ for at
// least.
func requests(ts *testscript.TestScript, _ bool, args []string) {
	s := state(ts)
	s.mu.Lock()
	defer s.mu.Unlock()
	want, err := strconv.Atoi(strings.TrimSuffix(args[0], "+"))
	ts.Check(err)
	if more := strings.HasSuffix(args[0], "+"); s.n < want || s.n > want && !more {
		ts.Fatalf("%d requests, want %s", s.n, args[0])
	}
}

// answer plays one mode of a server: stream (to the end), cut (no finish
// reason), slow (half, then nothing), html, jsonerror, denied.
func answer(w http.ResponseWriter, r *http.Request, mode, text string, half chan struct{}) {
	switch mode {
	case "html":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><body>Welcome to the hotel wifi</body></html>")
		return
	case "jsonerror":
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"error":{"message":"model recite-1 is not loaded","code":"model_not_found"}}`)
		return
	case "denied":
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, `{"error":{"message":"Incorrect API key provided: %s\u001b]0;x\u0007"}}`, canary)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	runes := []rune(text)
	if mode == "cut" || mode == "slow" {
		runes = runes[:len(runes)/2]
	}
	for len(runes) > 0 {
		n := min(400, len(runes))
		piece, _ := json.Marshal(string(runes[:n]))
		fmt.Fprintf(w, "data: {\"choices\":[{\"delta\":{\"content\":%s}}]}\n\n", piece)
		runes = runes[n:]
	}
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
	switch mode {
	case "slow":
		// Far more comments than the sockets hold: once they are written, the
		// client has read the text before them.
		fmt.Fprint(w, strings.Repeat(strings.Repeat(": keep-alive\n", 80)+"\n", 20_000))
		half <- struct{}{}
		<-r.Context().Done()
	case "stream":
		fmt.Fprint(w, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
	}
}
