package web_test

import (
	"strings"
	"testing"

	"maillage/db/dbtest"
)

// confirmIn is the address of the link in the last mail to an address.
func (s *site) confirmIn(t *testing.T, email string) string {
	t.Helper()
	mails := s.letters(email)
	if len(mails) == 0 {
		t.Fatalf("nothing was written to %s", email)
	}
	return personalLink.FindString(mails[0].Body)
}

func TestOnesOwnAccountMovesOnceTheNewAddressIsConfirmed(t *testing.T) {
	s := newSite(t)
	bruno := s.as(dbtest.Referent)
	wantPage(t, bruno.post("/compte/adresse", "courriel", "pas une adresse"), 422, "n’est pas complète", `value="pas une adresse"`)
	wantPage(t, bruno.post("/compte/adresse", "courriel", dbtest.Referent.Email), 422, "C’est déjà votre adresse")
	wantRedirect(t, bruno.post("/compte/adresse", "courriel", "Bruno@Nouvelle.test"), "/compte")
	wantPage(t, bruno.get("/compte"), 200, "envoyé à bruno@nouvelle.test", dbtest.Referent.Email)
	if told := s.letters(dbtest.Referent.Email); len(told) != 1 || !strings.Contains(told[0].Body, "une autre adresse de connexion a été demandée") {
		t.Errorf("the present address is told %+v", told)
	}
	wantPage(t, newSiteOn(s).post("/connexion", "courriel", "bruno@nouvelle.test", "mot_de_passe", dbtest.Password), 422)

	confirm, elsewhere := s.confirmIn(t, "bruno@nouvelle.test"), newSiteOn(s)
	wantPage(t, elsewhere.get(confirm), 200, "Confirmer mon adresse")
	wantRedirect(t, elsewhere.post(confirm), "/connexion")
	wantPage(t, elsewhere.get("/connexion"), 200, "connectez-vous avec elle")
	wantPage(t, elsewhere.post(confirm), 404)
	wantRedirect(t, bruno.get("/compte"), "/connexion?suite=%2Fcompte")
	wantRedirect(t, elsewhere.post("/connexion", "courriel", "bruno@nouvelle.test", "mot_de_passe", dbtest.Password), "/")
	if told := s.letters(dbtest.Referent.Email); len(told) != 2 || !strings.Contains(told[0].Body, "avec une autre adresse") {
		t.Errorf("the address that was left is told %+v", told)
	}
	wantPage(t, s.as(dbtest.Admin).get("/administration/comptes/a-bruno"), 200, "a confirmé sa nouvelle adresse de connexion", "bruno@nouvelle.test")
}

func TestTheAddressOfAnotherAccountIsTakenByNobodyAndToldToNobody(t *testing.T) {
	s := newSite(t)
	bruno := s.as(dbtest.Referent)
	wantRedirect(t, bruno.post("/compte/adresse", "courriel", dbtest.Colleague.Email), "/compte")
	wantPage(t, newSiteOn(s).post(s.confirmIn(t, dbtest.Colleague.Email)), 409, "Un autre compte a déjà cette adresse")
	wantPage(t, bruno.get("/compte"), 200, dbtest.Referent.Email)
}

func TestNobodyWritesToManyNewAddresses(t *testing.T) {
	s := newSite(t)
	bruno := s.as(dbtest.Referent)
	for _, one := range []string{"un", "deux", "trois"} {
		wantRedirect(t, bruno.post("/compte/adresse", "courriel", one+"@ailleurs.test"), "/compte")
	}
	wantPage(t, bruno.post("/compte/adresse", "courriel", "quatre@ailleurs.test"), 422, "réessayez dans une heure")
}

func TestSigningTheOthersOutEndsTheMoveTheyAskedFor(t *testing.T) {
	for name, end := range map[string]func(s, bruno *site){
		"password": func(_, bruno *site) {
			bruno.post("/compte/mot-de-passe", "actuel", dbtest.Password, "nouveau", "Un-autre-mot-2026!")
		},
		"devices":        func(_, bruno *site) { bruno.post("/compte/connexions/fin") },
		"administration": func(s, _ *site) { s.as(dbtest.Admin).post("/administration/comptes/a-bruno/deconnexion") },
		"move": func(s, _ *site) {
			s.as(dbtest.Admin).post("/administration/comptes/a-bruno/adresse", "courriel", "vrai@mission.test")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			bruno := s.as(dbtest.Referent)
			wantRedirect(t, bruno.post("/compte/adresse", "courriel", "pirate@evil.test"), "/compte")
			end(s, bruno)
			wantPage(t, newSiteOn(s).post(s.confirmIn(t, "pirate@evil.test")), 404)
		})
	}
}

func TestOnesOwnAddressIsNotChangedInTheAdministration(t *testing.T) {
	s := newSite(t)
	adele := s.as(dbtest.Admin)
	if page := adele.get("/administration/comptes/a-admin").Body.String(); strings.Contains(page, "/a-admin/adresse") {
		t.Error("the page offers it")
	}
	wantPage(t, adele.post("/administration/comptes/a-admin/adresse", "courriel", "adele@faute-de-frape.test"), 409, "se change dans Mon compte")
	if r, err := s.db.Account(t.Context(), dbtest.Admin, "a-admin", s.now); err != nil || r.Email != dbtest.Admin.Email {
		t.Errorf("the only administrator is at %s, %v", r.Email, err)
	}
}
