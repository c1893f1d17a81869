package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A tiny site with one fault of each kind, to see the harness find it.
const tinyPage = `<!doctype html><html lang="fr"><head><title>Essai</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><script src="/script.js" defer></script></head><body><main><h1>Essai</h1>%s</main></body></html>`

func tinySite(t *testing.T, body string) string {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data: http:")
		fmt.Fprintf(w, tinyPage, body)
	})
	mux.HandleFunc("GET /script.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `document.querySelector("button")?.addEventListener("click", () => { document.querySelector("output").textContent = "Bonjour\u00a0! " + document.querySelector("input").value })`)
	})
	mux.HandleFunc("POST /suite", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, tinyPage, "<p>Reçu "+r.PostFormValue("nom")+"</p>")
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// listener is a testing.TB that keeps the complaints it is given.
type listener struct {
	testing.TB
	said []string
}

func (l *listener) Errorf(format string, args ...any) {
	l.said = append(l.said, fmt.Sprintf(format, args...))
}

func TestTheBrowserFillsClicksAndSees(t *testing.T) {
	b := newTab(t, tinySite(t, `<form method="post" action="/suite"><label>Nom de la structure <input name="nom"></label>
		<button type="button">Dire bonjour</button><input type="submit" value="Envoyer"></form><output></output>`))
	b.resize(390)
	b.open("/")
	b.fill("Nom de la structure", "Crèche « L’Îlot »")
	b.click("Dire bonjour")
	b.see("Bonjour ! Crèche « L’Îlot »")
	b.click("Envoyer")
	b.at("/suite")
	b.see("Reçu Crèche")
	b.accessible("/suite")
	b.fits("/suite", 390)
}

func TestTheBrowserFindsFaults(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"a script in the page", `<script>alert(1)</script>`, "security: "},
		{"a style in the page", `<p style="color: red">Rouge</p>`, "security: "},
		{"a third party", `<img src="http://tiers.invalid/x.png" alt="">`, "asked a third party for http://tiers.invalid/x.png"},
		{"a missing file", `<img src="/x.png" alt="">`, "/x.png answered 404"},
		{"an image without words", `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="50" height="50">`, "image-alt"},
		{"a wide page", `<svg width="800" height="10" aria-hidden="true"></svg>`, "scrolls sideways"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			heard := &listener{TB: t}
			b := newTab(t, tinySite(t, tt.body))
			b.t = heard
			b.resize(390)
			b.open("/")
			b.accessible("/")
			b.fits("/", 390)
			b.report()
			if got := strings.Join(heard.said, "\n"); !strings.Contains(got, tt.want) {
				t.Errorf("the harness said %q, want it to say %q", got, tt.want)
			}
		})
	}
}

func TestTheCrawlFindsFaults(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"a dead link", `<a href="/nulle-part">Nulle part</a>`, "/nulle-part, linked from /, answers 404"},
		{"a dead fragment", `<a href="/#rien">Rien</a>`, "/ links to #rien on /, which is not there"},
		{"a link to nothing", `<a href="#">Rien</a>`, "the link “Rien” leads nowhere"},
		{"a second title", `<h1>Encore</h1>`, "2 h1"},
		{"an id twice", `<p id="a"></p><p id="a"></p>`, `two elements have the id "a"`},
		{"a button for JavaScript alone", `<button hx-post="/suite">Agir</button>`, "does nothing without JavaScript"},
		{"a form without a button", `<form method="post" action="/suite"><input name="nom"></form>`, "has no button"},
		{"a form the server does not expect", `<form method="post" action="/"><button>Envoyer</button></form>`, "sent as it stands answers 405"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			heard := &listener{TB: t}
			walk(newVisitor(heard, tinySite(t, tt.body)), "/").submitAll(heard)
			if got := strings.Join(heard.said, "\n"); !strings.Contains(got, tt.want) {
				t.Errorf("the crawl said %q, want it to say %q", got, tt.want)
			}
		})
	}
}
