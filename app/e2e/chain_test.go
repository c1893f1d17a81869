package e2e

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"maillage/app"
)

// mission is the structure of the demonstration's référente.
const mission = "Mission locale du Lot — Souillac"

// The chain nobody else has: the coordination plans and invites, a partner says on a
// phone who comes, the door checks them in and adds a walk-in, the sheet is printed, and
// the convention's numbers and the network move.
func TestFromTheInvitationToTheNetwork(t *testing.T) {
	s := newSite(t)
	tomorrow := s.now().In(app.Paris).AddDate(0, 0, 1)
	at := func(hour, minute int) time.Time {
		return time.Date(tomorrow.Year(), tomorrow.Month(), tomorrow.Day(), hour, minute, 0, 0, app.Paris)
	}

	desk := s.tab(t, coordination)
	before := desk.readNumbers()
	path := desk.planAndInvite(tomorrow)

	phone := s.tab(t, referent)
	phone.resize(390)
	names := phone.answerFor(path)

	s.forward(at(14, 5))
	door := s.tab(t, coordination)
	door.resize(768)
	door.checkIn(path, names)
	door.printSheet(s, path)

	s.forward(at(17, 0))
	after := desk.readNumbers()
	if after.workshops <= before.workshops { // others may end on that day
		t.Errorf("the convention counts %d workshops after one more, %d before", after.workshops, before.workshops)
	}
	if after.participants <= before.participants {
		t.Errorf("the convention counts %d participants after a newcomer, %d before", after.participants, before.participants)
	}
	if after.came != before.came+1 {
		t.Errorf("the graph's table has the Mission locale at %d workshops after one more, %d before", after.came, before.came)
	}
	if after.met != before.met+1 {
		t.Errorf("the graph's table has the Mission locale at %d encounters after one more, %d before", after.met, before.met)
	}
}

// planAndInvite plans a workshop on that day from 14 h to 16 h, publishes it, invites the
// Mission locale and returns the workshop's address.
func (b *tab) planAndInvite(day time.Time) string {
	b.t.Helper()
	b.open("/ateliers")
	b.click("Préparer un atelier")
	b.at("/ateliers/nouveau")
	b.fill("Titre", "L’essai du bout à l’autre")
	b.fill("Date", day.Format(time.DateOnly))
	b.fill("Début", "14:00")
	b.fill("Fin", "16:00")
	b.fill("Lieu", "Salle des fêtes")
	b.click("Enregistrer le brouillon")
	b.see("Ce brouillon n’est vu que par la coordination")
	path := b.path()
	b.click("Publier")
	b.wait("the publication", `!document.body.innerText.includes("Ce brouillon")`)
	b.open(path + "/invitations")
	b.fillIn(".filters", "Nom, ancien nom ou sigle", "mission locale")
	b.wait("the list to be narrowed", `document.querySelectorAll("#candidates .tick").length < 10`)
	b.clickIn("#candidates", mission)
	b.clickIn(".ticks__actions", "Inviter les structures cochées")
	b.see("1 structure est invitée")
	return path
}

// answerFor answers the invitation found on the home page, names the two first people of
// the structure and returns their names.
func (b *tab) answerFor(path string) []string {
	b.t.Helper()
	b.open("/")
	b.see("L’essai du bout à l’autre")
	b.open(path + "/inscriptions")
	b.click("Nous venons")
	b.see("votre structure vient")
	names := eval[[]string](b, `[...document.querySelectorAll("#answer .tick")].filter(e => e.querySelector("input[type=checkbox]:enabled")).map(e => e.querySelector(".tick__name").textContent.trim()).slice(0, 2)`)
	if len(names) < 2 {
		b.fatalf("the structure has %d people to name, want two", len(names))
	}
	for _, name := range names {
		b.click(name)
	}
	b.click("Inscrire les personnes cochées")
	b.see("2 personnes sont inscrites")
	b.accessible(path + "/inscriptions")
	b.fits(path+"/inscriptions", 390)
	return names
}

// checkIn ticks those who were named and adds somebody who was not.
func (b *tab) checkIn(path string, names []string) {
	b.t.Helper()
	b.open(path + "/presences")
	b.see("2 inscrits, aucune présence notée")
	for i, name := range names {
		b.click(name)
		b.see(fmt.Sprintf("%d présent", i+1))
	}
	b.click("Une personne qui n’était pas annoncée")
	b.fillIn(".door__walkin", "Prénom", "Maïté")
	b.fillIn(".door__walkin", "Nom", "D’Arvor")
	b.fillIn(".door__walkin", "Structure", "Caf du Lot — siège")
	b.clickIn(".door__walkin", "Ajouter")
	b.see("3 présents")
	b.see("D’Arvor")
}

// printSheet downloads the sheet by the link on the page, with the tab's cookies.
func (b *tab) printSheet(s *site, path string) {
	b.t.Helper()
	href := eval[string](b, `document.querySelector("main a[href*='emargement.pdf']").getAttribute("href")`)
	a := s.visitor(b.t, coordination).get(href)
	if a.status != 200 || !strings.HasPrefix(string(a.body), "%PDF") {
		b.t.Errorf("%s answers %d and begins with %.10q, want a PDF", href, a.status, a.body)
	}
	if !strings.HasPrefix(href, path) {
		b.t.Errorf("the door of %s links to the sheet %s", path, href)
	}
}

// numbers are what the convention and the network say.
type numbers struct{ workshops, participants, came, met int }

func (b *tab) readNumbers() (n numbers) {
	b.t.Helper()
	b.open("/convention")
	sentence := eval[string](b, `document.querySelector(".testimony__sentence").innerText`)
	figures := regexp.MustCompile(`(\d+)[\s\x{a0}\x{202f}]+(?:ateliers?|participants?)\b`).FindAllStringSubmatch(sentence, 2)
	if len(figures) != 2 {
		b.fatalf("the convention says %q, want workshops and participants", sentence)
	}
	n.workshops, _ = strconv.Atoi(figures[0][1])
	n.participants, _ = strconv.Atoi(figures[1][1])
	b.open("/reseau/graphe?" + url.Values{"tri": {"nom"}}.Encode())
	row := eval[[]int](b, `(() => {
		const row = [...document.querySelectorAll("tbody tr")].find(r => r.querySelector("th").innerText.includes(%s));
		return ["Ateliers", "Rencontres"].map(label => Number(row.querySelector("[data-label=" + label + "]").innerText));
	})()`, quote(mission))
	n.came, n.met = row[0], row[1]
	return n
}
