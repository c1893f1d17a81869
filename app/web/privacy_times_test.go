package web_test

import (
	"net/http"
	"testing"

	"maillage/db/dbtest"
)

func TestWhatOneIsToldOfTheTimesIsWhatTheSettingsSay(t *testing.T) {
	s := newSite(t)
	admin := s.as(dbtest.Admin)
	link := s.linked()
	wantPage(t, s.get(link), http.StatusOK, "36 mois au plus sans nouvelles", "24 mois sans connexion", "12 mois après la fin de la convention")
	wantRedirect(t, admin.post("/administration/conservation", "version", "0", "comptes", "18", "contacts", "12", "fiches", "20", "presences", "0", "journal", "6", "courriels", "3"), "/administration/conservation")
	for _, at := range []string{link, link + "/mes-donnees.txt", link + "/mes-donnees.json"} {
		wantPage(t, s.get(at), http.StatusOK, "20 mois au plus sans nouvelles", "18 mois sans connexion", "jusqu’à la fin de la convention", "3 mois")
	}
	wantPage(t, admin.get("/administration/information"), http.StatusOK, "20 mois au plus sans nouvelles", "{durees}")
	wantPage(t, admin.get("/administration/registre"), http.StatusOK, "20 mois", "18 mois")
	wantPage(t, s.get("/donnees-personnelles"), http.StatusOK, "20 mois", "18 mois")
	const own = "Bonjour {nom}, vos données sont gardées trois ans. {lien}"
	wantRedirect(t, admin.post("/administration/information", "texte", own), "/administration/information")
	wantPage(t, admin.get("/administration/information"), http.StatusOK, "n’emploie pas {durees}")
}
