package e2e

import (
	"strings"
	"testing"
)

// The demonstration has a France services and the maison de services au public that it was.
const (
	msap           = "Maison de services au public de Biars-sur-Cère"
	franceServices = "France services Cauvaldor — Biars-sur-Cère"
)

// A coordinator on a phone finds two doubles, makes one of them, follows the old address, and
// makes two of it again.
func TestTwoDoublesBecomeOneAndTwoAgainOnAPhone(t *testing.T) {
	s := newSite(t)
	b := s.tab(t, coordination)
	b.resize(390)
	b.open("/structures/nouvelle")
	b.fill("Nom", "Maison de services au public Biars")
	b.see("Existe-t-elle déjà")
	b.see(msap)
	b.accessible("a new structure that exists already")
	b.fits("a new structure that exists already", 390)

	b.open("/structures")
	b.click("Doublons")
	b.see("Nom proche, même téléphone, même commune")
	b.accessible("/structures/doublons")
	b.fits("/structures/doublons", 390)
	address := eval[string](b, `[...document.querySelectorAll("main a")].find(a => a.textContent.includes("France services Cauvaldor")).getAttribute("href")`)
	b.press("the comparison", `document.querySelector("main .item a.button")`)
	b.see("Quelle fiche reste")
	b.see(franceServices)
	b.accessible("the comparison")
	b.fits("the comparison", 390)
	b.click("Réunir les deux fiches")
	b.see("n’en font plus qu’une")
	b.see("a été réunie à cette fiche")
	b.accessible("the kept record")
	b.fits("the kept record", 390)

	b.open(address)
	b.see("La fiche que vous cherchiez a été réunie à celle-ci")
	if here := eval[string](b, `location.pathname`); here == address || !strings.HasPrefix(here, "/structures/") {
		t.Errorf("the old address leads to %s", here)
	}
	b.press("undoing", `[...document.querySelectorAll("main a")].find(a => a.textContent.startsWith("Défaire"))`)
	b.see("Rien n’a changé depuis qui empêche de tout rendre")
	b.accessible("the merge")
	b.fits("the merge", 390)
	b.click("Défaire la fusion")
	b.see("ce sont de nouveau deux structures")
	b.open(address)
	b.at(address)
	b.see(franceServices)
}
