package web_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"maillage/db/dbtest"
)

func TestHeadAnswersAsGetWithoutABody(t *testing.T) {
	s := newSite(t)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for path, status := range map[string]int{"/healthz": 200, "/connexion": 200, "/ateliers": 303, "/rien": 404} {
		r, err := client.Head(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		if r.StatusCode != status || len(body) > 0 || err != nil {
			t.Errorf("HEAD %s answers %d with %d bytes (%v), want %d and none", path, r.StatusCode, len(body), err, status)
		}
	}
}

// broken is a form that stops arriving.
type broken struct{ leave func() }

func (b broken) Read([]byte) (int, error) {
	b.leave()
	return 0, io.ErrUnexpectedEOF
}

func TestFormThatNeverArrivesIsSaidSo(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	ctx, leave := context.WithCancel(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/ateliers", io.MultiReader(strings.NewReader("titre=Vivre"), broken{leave}))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	wantPage(t, w, http.StatusUnprocessableEntity, "arrivé incomplet")
}

func TestWhoLeavesBeforeTheAnswerBreaksNothing(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	ctx, leave := context.WithCancel(t.Context())
	leave()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/ateliers", nil)
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	if s.handler.ServeHTTP(w, r); w.Code >= http.StatusInternalServerError {
		t.Errorf("status %d for who has left, want no failure of ours", w.Code)
	}
}
