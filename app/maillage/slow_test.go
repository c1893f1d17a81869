package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestWhoIsTooSlowIsCutOff(t *testing.T) {
	server := hasty(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err == nil {
			w.WriteHeader(http.StatusOK)
		}
	}))
	for name, limit := range map[string]time.Duration{"ReadHeaderTimeout": server.ReadHeaderTimeout, "ReadTimeout": server.ReadTimeout, "WriteTimeout": server.WriteTimeout, "IdleTimeout": server.IdleTimeout} {
		if limit <= 0 || limit > 2*time.Minute {
			t.Errorf("%s = %v, want a limit, of minutes at most", name, limit)
		}
	}
	server.ReadHeaderTimeout, server.ReadTimeout, server.IdleTimeout = 30*time.Millisecond, 60*time.Millisecond, 30*time.Millisecond
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- answer(ctx, listener, server) }()
	for name, sent := range map[string]string{
		"nothing":           "",
		"half a header":     "GET / HTTP/1.1\r\nHost: maillage.te",
		"half a form":       "POST / HTTP/1.1\r\nHost: maillage.test\r\nContent-Length: 1000\r\n\r\nnom=",
		"nothing more":      "GET / HTTP/1.1\r\nHost: maillage.test\r\n\r\n",
		"too long a header": "GET / HTTP/1.1\r\nHost: maillage.test\r\nX: " + strings.Repeat("x", 100<<10) + "\r\n\r\n",
	} {
		c, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, sent) // the server may hang up while it still comes
		if _, err := io.ReadAll(c); isTimeout(err) {
			t.Errorf("who sends %s keeps the connection", name)
		}
		c.Close()
	}
	stop()
	if err := <-served; err != nil {
		t.Errorf("stopping: %v", err)
	}
}

func isTimeout(err error) bool {
	late, ok := err.(net.Error) //nolint:errorlint // what a connection returns is not wrapped
	return ok && late.Timeout()
}
