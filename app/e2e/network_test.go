package e2e

import (
	"testing"

	cdp "github.com/chromedp/chromedp"
)

// What markers and clusters show together, and what the server drew.
const (
	shown = `[...document.querySelectorAll(".leaflet-marker-icon")].reduce((n, e) => n + (Number(e.textContent.trim()) || 1), 0)`
	drawn = `[...document.querySelectorAll("svg.atlas [data-count]")].reduce((n, e) => n + Number(e.dataset.count), 0)`
)

func TestTheMapMovesAndLosesNobody(t *testing.T) {
	b := newSite(t).tab(t, coordination)
	for _, width := range []int64{1440, 390} {
		b.resize(width)
		b.open("/reseau/carte")
		b.wait("the map", `document.querySelectorAll(".leaflet-marker-icon").length > 5`)
		if on, of := eval[int](b, shown), eval[int](b, drawn); on != of || of < 100 {
			t.Errorf("%d px: the map shows %d structures, want the %d that the server drew", width, on, of)
		}
		if nameless := eval[int](b, `[...document.querySelectorAll(".leaflet-marker-icon")].filter(e => !e.getAttribute("aria-label")).length`); nameless > 0 {
			t.Errorf("%d px: %d marks have no name", width, nameless)
		}
		b.fits("the map", width)
		b.accessible("the map")
	}
}

func TestTheMapOpensByTheKeyboard(t *testing.T) {
	b := newSite(t).tab(t, referent)
	b.open("/reseau/carte?categorie=education")
	b.wait("the map", `document.querySelectorAll(".map__count:not(.map__count--many)").length > 0`)
	eval[bool](b, `(document.querySelector(".map__count:not(.map__count--many)").focus(), true)`)
	b.keys("\r")
	b.focused(".leaflet-popup a")
	b.keys("\x1b")
	b.focused(".map__count")
}

func TestTheGraphAnswersThePointer(t *testing.T) {
	b := newSite(t).tab(t, coordination)
	for _, scheme := range []string{"light", "dark"} {
		b.scheme(scheme)
		b.open("/reseau/graphe")
		b.wait("the graph", `!!document.querySelector(".graph__stage canvas")`)
		b.see("Touchez une structure")
		b.do(centreOf(b, ".graph__stage")...)
		b.seeIn("[data-graph-panel]", "partenaires rencontrés")
		b.accessible("the graph, " + scheme)
		b.clickIn("[data-graph-panel]", "Ses partenaires")
		b.see("Autour de")
		b.see("Ateliers ensemble")
	}
}

func TestTheNetworkIsReadWithoutScripts(t *testing.T) {
	b := newSite(t).tab(t, coordination)
	b.withoutScripts()
	for _, width := range []int64{1440, 390} {
		b.resize(width)
		b.open("/reseau/carte")
		b.see("La carte en tableau")
		b.fits("the map without scripts", width)
		b.open("/reseau/graphe")
		b.see("Le graphe en tableau")
		b.fits("the graph without scripts", width)
		b.open("/reseau/indicateurs")
		b.see("Sur 100 paires de structures possibles")
		b.fits("the indicators", width)
	}
	b.open("/reseau/graphe")
	b.fillIn(".filters", "Catégorie", "Éducation") // asking the names of all links takes the browser too long
	b.clickIn(".filters", "Filtrer")
	b.see("Tout afficher")
}

// centreOf clicks, as a hand does, the organisation that met the most others.
func centreOf(b *tab, stage string) []action {
	b.t.Helper()
	at := eval[[]float64](b, `(async () => {
		const e = document.querySelector(%s), frame = () => new Promise(requestAnimationFrame);
		e.scrollIntoView({block: "center", behavior: "instant"});
		await frame(); await frame(); // until the graph knows that it moved
		const r = e.getBoundingClientRect(), best = e._cyreg.cy.nodes().max(n => n.degree()).ele.renderedPosition();
		return [r.left + best.x, r.top + best.y];
	})()`, quote(stage))
	return []action{cdp.MouseClickXY(at[0], at[1])}
}

type action = cdp.Action[cdp.Void]
