package web_test

import (
	"net/http"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// Every page and file that shows contact details or attendance of others says so in the
// trace; those that show neither leave none.
func TestShowingPersonalDataLeavesATrace(t *testing.T) {
	for _, tt := range []struct {
		by   app.Viewer
		path string
		kind app.ReadKind // "" for no trace
		of   string       // somebody shown
	}{
		{dbtest.Coordinator, "/personnes/ines", app.SawPerson, "Inès Faure"},
		{dbtest.Coordinator, "/personnes/ines/modifier", app.SawPerson, "Inès Faure"},
		{dbtest.Colleague, "/personnes/bruno", app.SawPerson, "Bruno Delmas"},
		{dbtest.Coordinator, "/structures/ecole", app.SawContacts, "Inès Faure"},
		{dbtest.Coordinator, "/administration", app.SawAccounts, "Léa Cœur"},
		{dbtest.Coordinator, "/administration/comptes/a-lea", app.SawAccounts, "Léa Cœur"},
		{dbtest.Coordinator, "/administration/comptes/nouveau?personne=ines", app.SawAccounts, "Inès Faure"},
		{dbtest.Coordinator, "/administration/comptes.csv", app.SawExport, "Léa Cœur"},
		{dbtest.Coordinator, "/administration/journal.csv", app.SawExport, ""},
		{dbtest.Coordinator, "/administration/consultations.csv", app.SawExport, ""},
		{dbtest.Coordinator, "/ateliers/passe", app.SawAttendance, "Inès Faure"},
		{dbtest.Colleague, "/ateliers/passe", app.SawAttendance, "Bruno Delmas"},
		{dbtest.Reader, "/ateliers/passe", "", ""},
		{dbtest.Coordinator, "/ateliers/passe/presences", app.SawAttendance, "Inès Faure"},
		{dbtest.Coordinator, "/ateliers/passe/inscriptions", app.SawRegistrations, "Inès Faure"},
		{dbtest.Referent, "/ateliers/bientot/inscriptions", app.SawRegistrations, "Léa Cœur"},
		{dbtest.Coordinator, "/ateliers/passe/emargement.pdf", app.SawSheet, "Inès Faure"},
		{dbtest.Referent, "/personnes/bruno", "", ""},
		{dbtest.Referent, "/structures/ecole", "", ""}, // neither her contacts nor her absence are seen
		{dbtest.Referent, "/structures/caf", "", ""},
		{dbtest.Coordinator, "/ateliers/bientot", "", ""},
		{dbtest.Coordinator, "/structures.csv", "", ""},
		{dbtest.Coordinator, "/structures/mission/doublons/ecole", "", ""},
		{dbtest.Coordinator, "/recherche?q=faure", "", ""},
		{dbtest.Stranger, "/personnes/ines", "", ""},
	} {
		s := newSite(t)
		s.as(tt.by).get(tt.path)
		lines, err := s.db.Reads(t.Context(), dbtest.Coordinator, db.ReadFilter{}, true, 10)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case tt.kind == "" && len(lines) > 0:
			t.Errorf("%s shown to %s leaves %+v, want no trace", tt.path, tt.by.Name, lines)
		case tt.kind != "" && (len(lines) != 1 || lines[0].Kind != tt.kind || lines[0].Actor != tt.by.Name || !strings.Contains(lines[0].Names, tt.of)):
			t.Errorf("%s shown to %s leaves %+v, want one line %q with %s", tt.path, tt.by.Name, lines, tt.kind, tt.of)
		}
	}
}

func TestEachPersonSeesWhoLooked(t *testing.T) {
	s := newSite(t)
	s.as(dbtest.Coordinator).get("/personnes/bruno")
	s.as(dbtest.Coordinator).get("/ateliers/passe/emargement.pdf")
	bruno := s.as(dbtest.Referent)
	wantPage(t, bruno.get("/personnes/bruno"), http.StatusOK, "/personnes/bruno/consultations")
	wantPage(t, bruno.get("/personnes/bruno/consultations"), http.StatusOK, "Claire Bonnet", `a consulté la fiche de <a href="/personnes/bruno">Bruno Delmas</a>`, "a édité la feuille d’émargement de l’atelier", "Aller vers les jeunes")
	s.as(dbtest.Coordinator).get("/personnes/ines")
	wantPage(t, s.as(dbtest.Coordinator).get("/administration/consultations"), http.StatusOK, `a consulté la fiche d’<a href="/personnes/ines">Inès Faure</a>`)
	wantPage(t, s.as(dbtest.Colleague).get("/personnes/bruno/consultations"), http.StatusForbidden)
	wantPage(t, s.as(dbtest.Coordinator).get("/administration/consultations?personne=faure"), http.StatusOK, "Claire Bonnet", "2 personnes", "Inès Faure")
	wantPage(t, s.as(dbtest.Coordinator).get("/administration/consultations?personne=loin&du=hier"), http.StatusOK, "Aucune consultation ici")
	file := s.as(dbtest.Coordinator).get("/administration/consultations.csv?quoi=emargement")
	wantPage(t, file, http.StatusOK, "Feuille d’émargement", "Bruno Delmas")
	if strings.Contains(file.Body.String(), "Fiche d’une personne") {
		t.Errorf("the file holds more than was asked for: %s", file.Body)
	}
}
