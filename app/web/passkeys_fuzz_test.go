package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"maillage/app/secret"
	"maillage/db/dbtest"
)

// FuzzPasskeys answers what a passkey is asked by anything, "CHALLENGE" being what was
// asked: nobody gets in by it, no key is kept, and none breaks.
func FuzzPasskeys(f *testing.F) {
	d := dbtest.New(f)
	now, asks := dbtest.Now, 0
	r, err := engine(Config{DB: d, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }, BaseURL: "http://localhost"})
	if err != nil {
		f.Fatal(err)
	}
	token := secret.Token()
	if _, err := d.BeginSession(f.Context(), dbtest.Referent.Account, secret.Digest(token), "Essai", now); err != nil {
		f.Fatal(err)
	}
	post := func(t *testing.T, path, session string, values url.Values) *httptest.ResponseRecorder {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(values.Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.RemoteAddr = fmt.Sprintf("[2001:db8::%x]:1", asks%0xffff) // never throttled
		if session != "" {
			request.AddCookie(&http.Cookie{Name: "maillage", Value: session})
		}
		w := httptest.NewRecorder()
		r.ServeHTTP(w, request)
		return w
	}
	client := `eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFBQSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3QifQ`
	for _, seed := range []string{
		"", "{}", "null", "[]", `{"id":"AA","rawId":"AA","type":"public-key","response":{}}`,
		`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"` + client + `","authenticatorData":"` + strings.Repeat("A", 50) + `","signature":"AA","userHandle":"YS1icnVubw"}}`,
		`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"` + client + `","attestationObject":"o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVgA"}}`,
		`{"id":"CHALLENGE","rawId":"CHALLENGE","type":"public-key","response":{"clientDataJSON":"CHALLENGE","attestationObject":"v/8","authenticatorData":"","signature":""}}`,
	} {
		f.Add(seed, "webauthn.get", false)
		f.Add(seed, "webauthn.create", true)
	}
	f.Fuzz(func(t *testing.T, answer, kind string, adding bool) {
		asks++
		offer, path, session := "/connexion/cle/defi", "/connexion/cle", ""
		if adding {
			offer, path, session = "/compte/cles/defi", "/compte/cles", token
		}
		var asked struct{ Challenge string }
		_ = json.Unmarshal(post(t, offer, session, url.Values{}).Body.Bytes(), &asked)
		client, _ := json.Marshal(map[string]string{"type": kind, "challenge": asked.Challenge, "origin": "http://localhost"})
		answer = strings.ReplaceAll(answer, "CHALLENGE", base64.RawURLEncoding.EncodeToString(client))
		w := post(t, path, session, url.Values{"reponse": {answer}, "nom": {"Clé"}})
		if w.Code >= http.StatusInternalServerError || w.Code < http.StatusBadRequest && path == "/connexion/cle" {
			t.Errorf("%s with %q answers %d", path, answer, w.Code)
		}
		for _, cookie := range w.Result().Cookies() {
			if strings.HasPrefix(cookie.Name, "maillage") && cookie.Value != "" {
				t.Errorf("%q gets somebody in", answer)
			}
		}
	})
}
