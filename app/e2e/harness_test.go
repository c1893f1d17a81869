package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
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

// Between pages made alike one is looked at, and none that shows what the others do not is left out.
func TestALookMissesNoState(t *testing.T) {
	page := func(path, body string) document {
		doc, err := html.Parse(strings.NewReader("<main>" + body + "</main>"))
		if err != nil {
			t.Fatal(err)
		}
		return document{answer: answer{path: path, status: http.StatusOK, body: []byte(body), doc: doc}}
	}
	tests := []struct {
		name  string
		other document
		want  bool // it is looked at
	}{
		{"other words", page("/structures/2", `<h2>Crèche</h2><p class="badge">Publié</p>`), false},
		{"more of the same", page("/structures/2", `<h2>Mairie</h2><p class="badge">Publié</p><p class="badge">Publié</p>`), false},
		{"another class", page("/structures/2", `<h2>Mairie</h2><p class="badge badge--bad">Annulé</p>`), true},
		{"another attribute", page("/structures/2", `<h2>Mairie</h2><p class="badge" hidden>Publié</p>`), true},
		{"another place", page("/structures/2", `<h2>Mairie</h2><div><p class="badge">Publié</p></div>`), true},
		{"nothing to read", page("/structures/2", `<h2>Mairie</h2><p class="badge"></p>`), true},
		{"another order of headings", page("/structures/2", `<h2>Mairie</h2><p class="badge">Publié</p><h2>Mairie</h2>`), true},
		{"another kind of address", page("/ateliers", `<h2>Mairie</h2><p class="badge">Publié</p>`), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := page("/structures/1", `<h2>Mairie</h2><p class="badge">Publié</p>`)
			looks := choose([]document{a, tt.other}, newSight(), windows)
			looked := slices.ContainsFunc(looks, func(l look) bool { return l.path == tt.other.path })
			if looked != tt.want {
				t.Errorf("the other page is looked at: %v, want %v", looked, tt.want)
			}
		})
	}
	folded := choose([]document{page("/", `<details><summary>Plus</summary><p>Dedans</p></details>`)}, newSight(), windows)
	if len(folded) != 1 || len(folded[0].open) != 1 {
		t.Errorf("a page with a fold is looked at as %v, want once more with the fold open", folded)
	}
}
