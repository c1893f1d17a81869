package web_test

import (
	"net/http"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

// Bruno answers for the Mission locale and is a colleague at the school: written down at his
// structure, its director is still not his to edit, and no link to her data leaves for him.
func TestAColleagueReadsNobodysOwnData(t *testing.T) {
	s := newSite(t)
	if err := s.db.GiveRoles(t.Context(), dbtest.Admin, dbtest.Referent.Account, []app.Grant{{Role: app.Referent, Organisation: dbtest.Mission}, {Role: app.Colleague, Organisation: dbtest.School}}, s.now); err != nil {
		t.Fatal(err)
	}
	bruno := s.as(dbtest.Referent)
	typed := []string{"version", "1", "prenom", "Inès", "nom", "Faure", "courriel", "bruno.bis@evil.test"}
	wantPage(t, bruno.post("/personnes/ines", typed...), http.StatusForbidden)
	wantRedirect(t, bruno.post("/structures/mission/personnes", "personne", "ines", "fonction", "Présidente"), "/structures/mission")
	wantPage(t, bruno.post("/personnes/ines", typed...), http.StatusForbidden)
	newSiteOn(s).post("/mes-donnees", "courriel", "bruno.bis@evil.test")
	if m := lastMail(t, s); m.Recipient == "bruno.bis@evil.test" || personalLink.MatchString(m.Body) {
		t.Errorf("he was written: %+v", m)
	}
}
