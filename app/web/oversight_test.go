package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"maillage/db/dbtest"
)

func TestTheAdministrationEndsAnySessionAndLiftsAWait(t *testing.T) {
	s := newSite(t)
	admin, bruno := s.as(dbtest.Admin), s.as(dbtest.Referent)
	const at = "/administration/instance"
	for range 6 {
		s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", "faux")
	}
	s.post("/connexion", "courriel", "inconnue@ailleurs.test", "mot_de_passe", "faux")
	w := admin.get(at)
	wantPage(t, w, http.StatusOK, "Bruno Delmas", "essais manqués", "Attend jusqu’à", "seul le nombre est connu : 1", "Structures sans référent·e", "http://maillage.test", "Cet appareil")
	if strings.Contains(w.Body.String(), "inconnue@") {
		t.Error("the page names an address without account, want its number only")
	}
	wantRedirect(t, admin.post(at+"/attentes/"+string(dbtest.Referent.Account)+"/fin"), at)
	if w := s.post("/connexion", "courriel", dbtest.Referent.Email, "mot_de_passe", dbtest.Password); w.Code != http.StatusSeeOther {
		t.Errorf("signing in answers %d once the wait was lifted, want 303", w.Code)
	}
	for range 3 {
		path := regexp.MustCompile(at + `/connexions/[0-9a-f]+/fin`).FindString(admin.get(at).Body.String())
		if path == "" {
			break
		}
		wantRedirect(t, admin.post(path), at)
	}
	if w := bruno.get("/compte"); w.Code != http.StatusSeeOther {
		t.Errorf("/compte answers %d to who was signed out, want to sign in", w.Code)
	}
	wantPage(t, admin.get("/administration/comptes/"+string(dbtest.Referent.Account)), http.StatusOK, "a mis fin à une connexion", "a levé l’attente")
	if w := s.as(dbtest.Coordinator).get(at); w.Code != http.StatusForbidden {
		t.Errorf("%s answers %d to who coordinates, want 403", at, w.Code)
	}
}

func TestAWrongSecondFactorIsCountedAsItsAccounts(t *testing.T) {
	s := newSite(t)
	enrol(t, s, dbtest.Coordinator)
	half := signIn(s, dbtest.Coordinator)
	for range 6 {
		half.post("/connexion/verification", "code", "000000")
	}
	lost := newSiteOn(s)
	lost.post("/connexion/lien", "courriel", dbtest.Colleague.Email)
	lost.post("/connexion/code", "code", "ABCDEFGH")
	admin := s.as(dbtest.Admin)
	const at = "/administration/instance"
	wantPage(t, admin.get(at), http.StatusOK, "Claire Bonnet", "Attend jusqu’à", "seul le nombre est connu : 0")
	wantRedirect(t, admin.post(at+"/attentes/"+string(dbtest.Coordinator.Account)+"/fin"), at)
	wantPage(t, half.post("/connexion/verification", "code", "000000"), 422, "pas le bon")
}
