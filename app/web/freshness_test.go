package web_test

import (
	"net/http"
	"strings"
	"testing"

	"maillage/db/dbtest"
)

func TestARecordIsConfirmedInOneTap(t *testing.T) {
	s := newSite(t)
	referent := s.as(dbtest.Referent)
	wantPage(t, referent.get("/structures/mission"), http.StatusOK, "Personne n’a encore confirmé cette fiche.", "Jamais vérifiée", "C’est toujours juste")
	wantRedirect(t, referent.post("/structures/mission/confirmation", "version", "1"), "/structures/mission")
	wantPage(t, referent.get("/structures/mission"), http.StatusOK, "C’est noté", "Confirmée le 2 mars 2026 par Bruno Delmas.", "À vérifier de nouveau le 2 mars 2027 (tous les ans).")
	wantPage(t, s.as(dbtest.Coordinator).get("/structures?verification=jamais"), http.StatusOK, "3 structures", "Jamais vérifiée")
	file := s.as(dbtest.Coordinator).get("/structures.csv").Body.String()
	for _, words := range []string{"Vérifiée le;Vérifiée par;À vérifier;Prochaine vérification", "02/03/2026;Bruno Delmas;tous les ans;02/03/2027"} {
		if !strings.Contains(file, words) {
			t.Errorf("the file does not hold %q: %.600s", words, file)
		}
	}
}

func TestWhoConfirmsWhatJustChangedReadsItAgain(t *testing.T) {
	s := newSite(t)
	s.as(dbtest.Coordinator).post("/structures/mission", "nom", "Mission locale du Lot", "categorie", "emploi", "telephone", "0565111111", "version", "1")
	wantPage(t, s.as(dbtest.Referent).post("/structures/mission/confirmation", "version", "1"), http.StatusConflict,
		"relisez-la, puis confirmez", "05 65 11 11 11", "Personne n’a encore confirmé cette fiche.")
}

func TestSavingSaysWhetherItConfirms(t *testing.T) {
	s := newSite(t)
	referent := s.as(dbtest.Referent)
	record := []string{"nom", "Mission locale du Lot", "categorie", "emploi", "commune", "46309", "version"}
	referent.post("/structures/mission", append(record, "1")...)
	wantPage(t, referent.get("/structures/mission"), http.StatusOK, "La fiche est enregistrée.", "Personne n’a encore confirmé")
	referent.post("/structures/mission", append(record, "2", "juste", "oui")...)
	wantPage(t, referent.get("/structures/mission"), http.StatusOK, "La fiche est enregistrée et confirmée.", "Confirmée le 2 mars 2026")
}

func TestTheRhythmIsTheCoordinations(t *testing.T) {
	s := newSite(t)
	coordination := s.as(dbtest.Coordinator)
	wantRedirect(t, coordination.post("/structures/mission/rythme", "rythme", "3"), "/structures/mission")
	wantPage(t, coordination.get("/structures/mission"), http.StatusOK, "à vérifier tous les 3 mois")
	wantPage(t, coordination.post("/structures/mission/rythme", "rythme", "5"), http.StatusUnprocessableEntity)
	wantPage(t, s.as(dbtest.Referent).post("/structures/mission/rythme", "rythme", "1"), http.StatusForbidden)
}
