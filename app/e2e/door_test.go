package e2e

import (
	"strings"
	"testing"
)

// meeting returns the address of a workshop to come, by words of its title, from the home page.
func meeting(b *tab, title string) string {
	b.t.Helper()
	b.open("/")
	path := eval[string](b, `[...document.querySelectorAll("main a")].find(a => a.textContent.replaceAll("\u00a0", " ").includes(%s))?.getAttribute("href") ?? ""`, quote(title))
	if path == "" {
		b.fatalf("no workshop called %q on the home page", title)
	}
	for _, end := range []string{"/invitations", "/inscriptions", "/presences"} {
		path = strings.TrimSuffix(path, end)
	}
	return path
}

// Two screens at one door: a tap on one shows on the other, and both can take it back.
func TestATapShowsOnEveryScreenAtTheDoor(t *testing.T) {
	s := newSite(t)
	tablet, phone := s.tab(t, coordination), s.tab(t, coordination)
	path := meeting(tablet, "Écrans et parentalité") + "/presences"
	tablet.resize(768)
	phone.resize(390)
	tablet.open(path)
	phone.open(path)
	tablet.see("12 inscrits, aucune présence notée")
	phone.click("Sylvie Marcilhac")
	phone.see("1 présent pour 12 inscrits, 1 structure")
	phone.wait("what is read out", `document.querySelector("#door-said").textContent.includes("Sylvie Marcilhac")`)
	tablet.see("1 présent pour 12 inscrits, 1 structure")
	tablet.click("Sylvie Marcilhac")
	phone.see("12 inscrits, aucune présence notée")

	phone.fill("Chercher une personne à l’accueil", "orgeix")
	phone.wait("the list to be narrowed", `document.querySelectorAll("#arrivals > li:not([hidden])").length === 1`)
	phone.click("Marie-Hélène d’Orgeix")
	tablet.see("1 présent pour 12 inscrits, 1 structure")
	phone.wait("the list to stay narrowed", `document.querySelectorAll("#arrivals > li:not([hidden])").length === 1`)
	phone.accessible(path)
	phone.fits(path, 390)

	phone.fill("Chercher une personne à l’accueil", "delmas")
	phone.click("Théo Delmas")
	phone.see("Théo Delmas : présent·e")
	tablet.see("2 présents pour 12 inscrits, 2 structures")
	phone.clickIn("#arrivals", "Théo Delmas")
	phone.wait("the walk-in to leave the list", `![...document.querySelectorAll("#arrivals > li")].some(e => e.textContent.includes("Théo Delmas"))`)
	tablet.see("1 présent pour 12 inscrits, 1 structure")
}

// A référent·e answers with a thumb; the coordination, whose filter keeps what is ticked, invites.
func TestInvitingAndAnsweringByThumb(t *testing.T) {
	s := newSite(t)
	phone := s.tab(t, referent)
	path := meeting(phone, "Forum « Grandir ici »")
	phone.resize(390)
	phone.open(path + "/inscriptions")
	phone.click("Nous venons")
	phone.see("votre structure vient")
	phone.click("Théo Delmas")
	phone.click("Inscrire les personnes cochées")
	phone.see("1 personne est inscrite")
	phone.click("Une personne qui n’est pas dans la liste")
	phone.fill("Nom", "D’Œuvre")
	phone.fill("Fonction", "Stagiaire")
	phone.click("Ajouter et inscrire")
	phone.see("D’Œuvre")
	phone.accessible(path + "/inscriptions")
	phone.fits(path+"/inscriptions", 390)

	desk := s.tab(t, coordination)
	desk.resize(1440)
	desk.open(path + "/invitations")
	desk.fillIn(".filters", "Nom, ancien nom ou sigle", "orientation cahors")
	desk.wait("the list to be narrowed", `document.querySelectorAll("#candidates .tick").length < 20`)
	desk.wait("a structure to tick", `(() => { const box = document.querySelector("#candidates input[name=structures]:not(:checked)"); if (!box) return false; box.click(); return true })()`)
	desk.fillIn(".filters", "Nom, ancien nom ou sigle", "msap")
	desk.wait("the ticked one to stay", `document.querySelectorAll("#candidates input[name=structures]:checked").length === 1 && document.querySelectorAll("#candidates .tick").length > 1`)
	desk.clickIn(".ticks__actions", "Inviter les structures cochées")
	desk.see("1 structure est invitée")
	desk.fits(path+"/invitations", 1440)
}
