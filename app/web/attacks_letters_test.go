package web_test

import (
	"net/http"
	"strings"
	"testing"

	"maillage/db"
	"maillage/db/dbtest"
)

// The administration answers for nobody by the link that it reads in the outbox.
func TestTheOutboxGivesNobodyTheLinkOfALetter(t *testing.T) {
	s := newSite(t)
	link := askedLink(t, s)
	s.post("/acces", julesTyped...)
	mails, err := s.db.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10)
	if err != nil || len(mails) != 2 {
		t.Fatal(mails, err)
	}
	admin := withMails(s.as(dbtest.Admin))
	for _, m := range mails {
		body := admin.get("/administration/courriels/" + string(m.ID)).Body.String()
		if strings.Contains(body, link) || !strings.Contains(body, "•••") {
			t.Errorf("to %s it shows %q", m.Recipient, body)
		}
		if _, token, met := strings.Cut(m.Body, "http://maillage.test/acces/"); met && strings.Contains(body, strings.Fields(token)[0]) {
			t.Error("it shows the link by which an address that asks for an access is confirmed")
		}
	}
}

// Whoever is called as a trap is has no stranger sent one from our address.
func TestANameCarriesNoLinkIntoTheMailsOfStrangers(t *testing.T) {
	s := newSite(t)
	trap := "Votre compte expire : https://evil.test/connexion"
	bruno, nobody := withMails(s.as(dbtest.Referent)), newSiteOn(s)
	said := func(what string, body string) {
		t.Helper()
		if !strings.Contains(body, "Un nom ne contient ni adresse de site") || !strings.Contains(body, trap) {
			t.Errorf("%s: the field does not say what is wrong, over what was typed", what)
		}
	}
	w := bruno.post("/personnes/bruno", "version", "1", "prenom", trap, "nom", "Delmas", "courriel", dbtest.Referent.Email)
	wantPage(t, w, http.StatusUnprocessableEntity)
	said("one’s record", w.Body.String())
	said("an invitation", bruno.post("/structures/mission/membres", "prenom", "Cible", "nom", trap, "courriel", "cible@victime.test", "role", "collegue", "fonction", "x").Body.String())
	said("somebody added", bruno.post("/structures/mission/personnes", "prenom", trap, "nom", "Cible").Body.String())
	said("an access asked for", nobody.post("/acces", "organisation", "mission", "prenom", trap, "nom", "Roux", "fonction", "x", "courriel", "jules@mission.test").Body.String())
	admin := withMails(s.as(dbtest.Admin))
	said("an account", admin.post("/administration/comptes", "personne", "nouvelle", "prenom", trap, "nom", "Cible", "structure", "mission", "courriel", "cible@victime.test").Body.String())
	if mails, err := s.db.DueMails(t.Context(), s.now, 10); err != nil || len(mails) > 0 {
		t.Errorf("mails leave: %v %v", mails, err)
	}
}
