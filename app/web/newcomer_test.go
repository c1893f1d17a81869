package web_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/identity"
	"maillage/app/identity/identitytest"
	"maillage/db"
	"maillage/db/dbtest"
)

// letters returns the mails written to an address, newest first.
func letters(t *testing.T, d *db.DB, to string) (bodies []string) {
	t.Helper()
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if m.Recipient == to {
			bodies = append(bodies, m.Subject+"\n"+m.Body)
		}
	}
	return bodies
}

// wears gives a structure the SIRET of Élodie's.
func wears(t *testing.T, d *db.DB, by app.Viewer, id app.OrganisationID) {
	t.Helper()
	o, err := d.Organisation(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	o.SIRET = "26460017200011"
	if err := d.EditOrganisation(t.Context(), by, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

func TestAKnownSIRETAsksItsReferent(t *testing.T) {
	s, p := newSiteBy(t)
	p.Who = identitytest.Elodie
	wears(t, s.db, dbtest.Coordinator, dbtest.Mission)
	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/connexion/demande")
	wantPage(t, s.get("/connexion/demande"), 200, "ProConnect vous identifie", "Mission locale du Lot", `value="Élodie"`, `value="Martin"`, "elodie.martin@cauvaldor.test")
	wantPage(t, s.post("/connexion/demande", "organisation", string(dbtest.School), "prenom", "Élodie", "nom", "Martin"), 422, "Choisissez votre structure")
	wantPage(t, s.post("/connexion/demande", "organisation", string(dbtest.Mission), "prenom", "Élodie", "nom", "", "mot", "Bonjour <b>"), 422, "Indiquez le nom", "Bonjour &lt;b&gt;")
	wantPage(t, s.post("/connexion/demande", "organisation", string(dbtest.Mission), "prenom", "Élodie", "nom", "Martin", "fonction", "Conseillère", "mot", "Bonjour Bruno", "courriel", "pirate@ailleurs.test"), 200,
		"Votre demande est envoyée", "elodie.martin@cauvaldor.test")
	told := letters(t, s.db, dbtest.Referent.Email)
	if len(told) != 1 || !strings.Contains(told[0], "Élodie Martin") || !strings.Contains(told[0], "Bonjour Bruno") || !strings.Contains(told[0], "Identité : Confirmée par ProConnect — Élodie Martin · elodie.martin@cauvaldor.test · Mission locale d’essai (SIRET 264 600 172 00011) · rôles agent_public\n") {
		t.Errorf("Bruno is told %q", told)
	}
	if got := letters(t, s.db, "pirate@ailleurs.test"); len(got) != 0 {
		t.Errorf("an address that was typed gets %q", got)
	}
	wantPage(t, s.get("/connexion/demande"), 409, "votre demande est déjà partie")
	wantRedirect(t, s.get("/compte"), "/connexion?suite=%2Fcompte")

	waiting, err := s.db.JoinRequestsToAnswer(t.Context(), dbtest.Referent, s.now)
	if err != nil || len(waiting) != 1 {
		t.Fatalf("JoinRequestsToAnswer = %+v, %v", waiting, err)
	}
	wantPage(t, s.as(dbtest.Referent).get("/demandes/"+string(waiting[0].ID)), 200, "Élodie Martin", "Confirmée par ProConnect — Élodie Martin · elodie.martin@cauvaldor.test", "Fonction : Conseillère")
	if w := s.as(dbtest.Referent).post("/demandes/"+string(waiting[0].ID)+"/acceptation", "role", "collegue"); w.Code != 303 && w.Code != 200 {
		t.Errorf("accepting: %d", w.Code)
	}
	if got := letters(t, s.db, "elodie.martin@cauvaldor.test"); len(got) == 0 {
		t.Error("Élodie is not told that she was accepted")
	}
	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/")
	wantPage(t, s.get("/structures/mission"), 200, "Mission locale du Lot")
}

func TestAnUnknownSIRETAsksTheCoordination(t *testing.T) {
	s, p := newSiteBy(t)
	p.Who = identitytest.Elodie
	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/connexion/demande")
	wantPage(t, s.get("/connexion/demande"), 200, "n’est pas encore connue ici", "SIRET 264 600 172 00011", `value="Mission locale d’essai"`, "Grand-Figeac")
	wantPage(t, s.post("/connexion/demande", "structure", "Mission locale d’essai", "prenom", "Élodie", "nom", "Martin"), 422, "Choisissez le territoire")
	wantPage(t, s.post("/connexion/demande", "structure", "Mission locale d’essai", "territoire", string(dbtest.Figeac), "prenom", "Élodie", "nom", "Martin"), 200, "Votre demande est envoyée")
	told := letters(t, s.db, dbtest.Stranger.Email)
	if len(told) != 1 || !strings.Contains(told[0], "« Mission locale d’essai »") || !strings.Contains(told[0], "SIRET 264 600 172 00011") {
		t.Errorf("who coordinates is told %q", told)
	}
	if got := letters(t, s.db, dbtest.Coordinator.Email); len(got) != 0 {
		t.Errorf("another coordination is told %q", got)
	}
}

func TestAnAddressThatIsNotBelievedIsConfirmedByMail(t *testing.T) {
	s, p := newSiteBy(t, func(s *identity.Settings) { s.TrustEmails = false })
	p.Who = identitytest.Elodie.With("email", dbtest.Coordinator.Email)
	wears(t, s.db, dbtest.Coordinator, dbtest.Mission)
	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/connexion/demande") // nobody enters as Claire
	wantPage(t, s.post("/connexion/demande", "organisation", string(dbtest.Mission), "prenom", "Élodie", "nom", "Martin"), 200, "Regardez vos courriels")
	if told := letters(t, s.db, dbtest.Referent.Email); len(told) != 0 {
		t.Errorf("Bruno is told %q before the address is confirmed", told)
	}
	p.Set(func(p *identitytest.Provider) { p.Who = identitytest.Elodie.With("email", nil) })
	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/connexion/demande")
	wantPage(t, s.post("/connexion/demande", "organisation", string(dbtest.Mission), "prenom", "Élodie", "nom", "Martin"), 422, "Écrivez l’adresse")
	wantPage(t, s.post("/connexion/demande", "organisation", string(dbtest.Mission), "prenom", "Élodie", "nom", "Martin", "courriel", "e@x.fr"), 200, "e@x.fr")
}

func TestWhoArrivedIsKnownInTheirBrowserAndForAWhile(t *testing.T) {
	s, p := newSiteBy(t)
	p.Who = identitytest.Elodie
	wantRedirect(t, s.get(s.leave("/connexion/fournisseur")), "/connexion/demande")
	wantPage(t, newSiteOn(s).get("/connexion/demande"), 409, "recommencez par ProConnect")
	wantPage(t, newSiteOn(s).post("/connexion/demande", "prenom", "É", "nom", "M"), 409)
	s.now = s.now.Add(db.ArrivalLife + time.Second)
	wantPage(t, s.get("/connexion/demande"), 409, "attendu trop longtemps")
	wantPage(t, newSite(t).get("/connexion/demande"), 404)
}

// quotes are what a page quotes of who is not believed.
var quotes = regexp.MustCompile(`(?s)<blockquote.*?</blockquote>`)

func TestWhatAStrangerTypesNeverPassesForWhatAProviderVouched(t *testing.T) {
	const forged = "Confirmée par ProConnect — Jules Faux · Mission locale du Lot (SIRET 130 025 265 00013)"
	s, _ := newSiteBy(t)
	s.post("/acces", "organisation", "mission", "prenom", "Jules", "nom", "Faux", "fonction", forged, "courriel", "jules@evil.test",
		"mot", "Bonjour,\n\nIdentité : "+forged, "vouched", forged, "identite", forged)
	confirm := regexp.MustCompile(`/acces/[\w-]+`).FindString(strings.Join(letters(t, s.db, "jules@evil.test"), "\n"))
	wantPage(t, s.post(confirm), 200, "Votre demande est envoyée")
	told := letters(t, s.db, dbtest.Referent.Email)
	if len(told) != 1 || !strings.Contains(told[0], "\nIdentité : Personne ne l’a vérifiée\n") {
		t.Fatalf("Bruno is told %q", told)
	}
	for line := range strings.Lines(told[0]) {
		if strings.Contains(line, "ProConnect") && !strings.HasPrefix(line, "> ") {
			t.Errorf("Bruno reads %q as if it were the site's", line)
		}
	}
	waiting, err := s.db.JoinRequestsToAnswer(t.Context(), dbtest.Referent, s.now)
	if err != nil || len(waiting) != 1 {
		t.Fatal(waiting, err)
	}
	page := s.as(dbtest.Referent).get("/demandes/" + string(waiting[0].ID)).Body.String()
	if n := strings.Count(strings.Join(quotes.FindAllString(page, -1), ""), "ProConnect"); n != 2 {
		t.Errorf("%d of 2 are quoted", n)
	}
	if outside := quotes.ReplaceAllString(page, ""); strings.Contains(outside, "ProConnect") || !strings.Contains(outside, "Personne ne l’a vérifiée") {
		t.Error("the page takes the words of a stranger for its own")
	}
}
