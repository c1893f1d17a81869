package e2e

import (
	"fmt"
	"regexp"
	"testing"
)

// states are what scripts make of pages, and no address shows.
var states = []struct {
	name, account, path string
	make                func(b *tab)
}{
	{"the quick search finds", coordination, "/aide", func(b *tab) {
		b.put("#recherche", "mission")
		b.wait("what is found", `document.querySelectorAll("#trouvailles .item").length > 0 && document.querySelector("#trouvailles").checkVisibility()`)
	}},
	{"the quick search finds nothing", reader, "/aide", func(b *tab) {
		b.put("#recherche", "zzzz")
		b.seeIn("#trouvailles", "Rien trouvé")
	}},
	{"the page of the search, typed in", colleague, "/recherche", func(b *tab) {
		b.put("#champ-q", "atelier")
		b.wait("what is found", `document.querySelectorAll("#resultats .item").length > 0`)
	}},
	{"the directory, typed in", reader, "/structures", func(b *tab) {
		b.put("#champ-q", "zzzz")
		b.seeIn("#structures", "Aucune structure")
	}},
	{"the accounts, typed in", admin, "/administration", func(b *tab) {
		b.put("main input[type=search]", "zzzz")
		b.wait("nobody", `document.querySelectorAll("#comptes tbody tr").length === 0`)
	}},
	{"the network fails", referent, "/aide", func(b *tab) {
		eval[bool](b, `(window.fetch = () => Promise.reject(new TypeError("coupé")), true)`)
		b.put("#recherche", "mission")
		b.seeIn("#alert", "La connexion a manqué")
		b.heard() // htmx says so on the console, rightly
	}},
	{"a structure on the map", reader, "/reseau/carte?categorie=education", func(b *tab) {
		b.wait("the map", `document.querySelectorAll(".map__count:not(.map__count--many)").length > 0`)
		eval[bool](b, `(document.querySelector(".map__count:not(.map__count--many)").focus(), true)`)
		b.keys("\r")
		b.focused(".leaflet-popup a")
	}},
	{"nobody of this name at the door", coordination, "", func(b *tab) {
		b.open(meeting(b, "Écrans et parentalité") + "/presences")
		b.put("#champ-arrivee", "zzzz")
		b.seeIn("[data-filter-none]", "Personne de ce nom")
	}},
	{"somebody of the directory at the door", coordination, "", func(b *tab) {
		b.open(meeting(b, "Écrans et parentalité") + "/presences")
		b.put("#champ-arrivee", "delmas")
		b.seeIn("#strangers", "Théo Delmas")
	}},
}

// put puts words in a field as a person who types them does.
func (b *tab) put(field, words string) {
	b.t.Helper()
	eval[bool](b, `(() => {
		const e = document.querySelector(%s);
		e.focus();
		e.value = %s;
		return e.dispatchEvent(new Event("input", {bubbles: true}));
	})()`, quote(field), quote(words))
}

// What scripts make of a page breaks no rule either, and fits.
func TestEveryStateThatScriptsMakeIsAccessible(t *testing.T) {
	s := newSite(t)
	for _, state := range states {
		t.Run(state.name, func(t *testing.T) {
			t.Parallel()
			b := s.tab(t, state.account)
			for _, width := range []int64{1440, 390} {
				b.resize(width)
				b.open(state.path)
				state.make(b)
				b.fits(state.name, width)
				for _, scheme := range []string{"light", "dark"} {
					b.scheme(scheme)
					b.accessible(fmt.Sprintf("%s, %d px, %s", state.name, width, scheme))
				}
			}
		})
	}
}

// scripts are the elements that bring scripts to a page.
var scripts = regexp.MustCompile(`<script[^>]*></script>`)

// The map and the graph that the server draws stand where no script runs; axe-core, which
// is one, reads them in pages that bring none of their own.
func TestWhatTheServerDrawsIsAccessible(t *testing.T) {
	s := newSite(t)
	v, b := s.visitor(t, reader), newTab(t, s.url)
	for _, path := range []string{"/reseau/carte", "/reseau/graphe?categorie=education"} {
		d := v.documents("lecture", v.get(path))[0]
		d.body = scripts.ReplaceAll(d.body, nil)
		forget := b.show(d)
		b.open(path)
		b.wait("the drawing", `document.querySelector("[data-map] svg, [data-graph] svg").checkVisibility() && document.scripts.length === 0`)
		for _, w := range windows {
			b.resize(w.width)
			b.scheme(w.scheme)
			where := fmt.Sprintf("%s without scripts, %d px, %s", path, w.width, w.scheme)
			b.fits(where, w.width)
			b.accessible(where)
		}
		forget()
	}
}
