package web_test

import (
	"net/http"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestErasingAPersonAsksFirstAndCannotBeUndone(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	at := "/personnes/" + string(dbtest.Ines)
	wantPage(t, s.get(at), http.StatusOK, "Inès Faure", at+"/effacement")
	if other := s.get("/personnes/" + string(dbtest.Reader.Person)).Body.String(); strings.Contains(other, "/effacement") {
		t.Error("the page of somebody known on two territories leads to erasing them, want it not to")
	}
	wantPage(t, s.get(at+"/effacement"), http.StatusOK, "Effacer une personne", "1 fonction", "1 présence ou inscription passée", "Effacer définitivement")
	wantPage(t, s.post(at+"/effacement"), http.StatusUnprocessableEntity, "Cochez cette case pour confirmer.")
	wantPage(t, s.get(at), http.StatusOK, "Inès Faure")
	wantRedirect(t, s.post(at+"/effacement", "confirmer", "oui"), "/structures")
	for _, path := range []string{at, at + "/effacement"} {
		if w := s.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d once erased, want 404", path, w.Code)
		}
	}
	for _, path := range []string{"/structures/" + string(dbtest.School), "/ateliers/" + string(dbtest.Past) + "/presences", "/administration/journal", "/recherche?q=faure"} {
		if w := s.get(path); w.Code != http.StatusOK || strings.Contains(mainOf(w.Body.String()), "Faure") && !strings.HasPrefix(path, "/recherche") {
			t.Errorf("%s answers %d and still names her: %v", path, w.Code, strings.Contains(w.Body.String(), "Faure"))
		}
	}
	wantPage(t, s.get("/ateliers/"+string(dbtest.Past)+"/presences"), http.StatusOK, app.ErasedName)
}

func TestWhoIsAloneToAnswerForAStructureIsNotErased(t *testing.T) {
	s := newSite(t).as(dbtest.Admin)
	at := "/personnes/" + string(dbtest.Referent.Person) + "/effacement"
	w := s.get(at)
	wantPage(t, w, http.StatusOK, "C’est la seule personne référente de « Mission locale du Lot »")
	if strings.Contains(w.Body.String(), "Effacer définitivement") {
		t.Error("the page offers to erase, want no button")
	}
	wantPage(t, s.post(at, "confirmer", "oui"), http.StatusConflict, "seule personne référente")
}

func TestTheAdministrationSetsHowLongDataIsKept(t *testing.T) {
	s := newSite(t).as(dbtest.Admin)
	const at = "/administration/conservation"
	wantPage(t, s.get(at), http.StatusOK, "Comptes inactifs", `value="24"`, "30 jours", "Démonstration : les personnes sont inventées", "Dernier passage")
	s.now = dbtest.Now.AddDate(0, 0, 1)
	wantPage(t, s.get(at+"?essai=oui"), http.StatusOK, "Ce qui se passerait maintenant, et d’ici 30 jours")
	values := []string{"version", "0", "comptes", "12", "contacts", "12", "fiches", "36", "presences", "24", "journal", "6", "courriels", "3"}
	wantRedirect(t, s.post(at, values...), at)
	wantPage(t, s.get(at), http.StatusOK, `value="3"`, "a changé les durées de conservation")
	values[1], values[3] = "1", "240"
	wantPage(t, s.post(at, values...), http.StatusUnprocessableEntity, `value="240"`, "Choisissez entre 6 et 36 mois.")
	values[3] = "<script>"
	wantPage(t, s.post(at, values...), http.StatusUnprocessableEntity, "Écrivez un nombre de mois.", "&lt;script&gt;")
	if w := newSiteOn(s).as(dbtest.Coordinator).get(at); w.Code != http.StatusForbidden {
		t.Errorf("%s answers %d to who coordinates, want 403", at, w.Code)
	}
}

func TestOfTwoAdministratorsWhoSetTheTimesAtOnceTheSecondSeesBothVersions(t *testing.T) {
	s := newSite(t).as(dbtest.Admin)
	const at = "/administration/conservation"
	wantPage(t, s.get(at), http.StatusOK, `name="version" value="0"`)
	wantRedirect(t, s.post(at, "version", "0", "comptes", "12", "contacts", "12", "fiches", "36", "presences", "12", "journal", "12", "courriels", "6"), at)
	mine := []string{"version", "0", "comptes", "24", "contacts", "12", "fiches", "36", "presences", "12", "journal", "12", "courriels", "3"}
	w := s.post(at, mine...)
	wantPage(t, w, http.StatusConflict, "Quelqu’un d’autre", "L’autre version", "Comptes inactifs", "12 mois", "24 mois", "Courriels envoyés", "6 mois", `name="version" value="1"`, `value="24"`)
	wantPage(t, s.get(at), http.StatusOK, `name="comptes" type="number" min="6" max="36" value="12"`)
	mine[1] = "1"
	wantRedirect(t, s.post(at, mine...), at)
	wantPage(t, s.get(at), http.StatusOK, `name="comptes" type="number" min="6" max="36" value="24"`)
}
