package web_test

import (
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestHistoryOfAPersonTellsNoDetailsToWhoMayNotSeeThem(t *testing.T) {
	s := newSite(t)
	grants := []app.Grant{{Role: app.Coordination, Territory: dbtest.Figeac}, {Role: app.ReadOnly, Territory: dbtest.Cauvaldor}}
	if err := s.db.GiveRoles(t.Context(), dbtest.Admin, dbtest.Reader.Account, grants, s.now); err != nil {
		t.Fatal(err)
	}
	path := "/personnes/" + string(dbtest.Colleague.Person)
	wantRedirect(t, s.as(dbtest.Coordinator).post(path, "prenom", "Léa", "nom", "Cœur", "courriel", "lea.secrete@mission.test", "version", "1"), path)
	reader := s.as(dbtest.Reader)
	wantRedirect(t, reader.post("/territoire", "territoire", string(dbtest.Figeac)), "/")
	page := reader.get(path)
	wantPage(t, page, 200, "Léa Cœur")
	if strings.Contains(page.Body.String(), "lea.secrete@") || strings.Contains(page.Body.String(), dbtest.Colleague.Email) {
		t.Error("the history shows an address that the page hides")
	}
	wantPage(t, s.as(dbtest.Coordinator).get(path), 200, "lea.secrete@mission.test", "a modifié la fiche")
}
