package web_test

import (
	"net/http"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db/dbtest"
)

// Whoever neither coordinates nor belongs to the same structure finds nobody's address or
// telephone, on no page and in no file, until that person makes them visible.
func TestContactDetailsStayWithOnesStructureAndTheCoordination(t *testing.T) {
	s := newSite(t)
	const email, phone = "ines@ecole.test", "65 11 22 33"
	p := app.Person{ID: dbtest.Ines, FirstName: "Inès", LastName: "Faure", Email: email, Phone: "05 65 11 22 33", Version: 1}
	if err := s.db.EditPerson(t.Context(), dbtest.Coordinator, p, func(string) app.Mail { return app.Mail{} }, s.now); err != nil {
		t.Fatal(err)
	}
	paths := []string{
		"/", "/personnes/ines", "/structures", "/structures/ecole", "/structures.csv", "/recherche?q=faure", "/recherche?q=ines", "/ateliers", "/ateliers.csv", "/ateliers.ics",
		"/ateliers/passe", "/ateliers/passe.ics", "/ateliers/bientot", "/ateliers/bientot.ics", "/ateliers/passe/inscriptions", "/ateliers/passe/inscriptions?structure=ecole",
		"/ateliers/passe/presences", "/ateliers/passe/emargement.pdf", "/convention.csv", "/reseau/carte", "/reseau/carte.csv", "/reseau/graphe", "/reseau/graphe.json",
		"/reseau/graphe.csv", "/reseau/indicateurs", "/reseau/indicateurs.csv", "/administration/comptes.csv", "/administration/journal", "/administration/journal.csv",
		"/administration/consultations", "/administration/consultations.csv", "/personnes/ines/consultations", "/personnes/ines/modifier",
	}
	for name, by := range map[string]app.Viewer{"référent·e d’une autre structure": dbtest.Referent, "collègue d’une autre": dbtest.Colleague, "lecture": dbtest.Reader, "ailleurs": dbtest.Stranger} {
		browser := s.as(by)
		for _, path := range paths {
			if body := browser.get(path).Body.String(); strings.Contains(body, email) || strings.Contains(plain(body), phone) {
				t.Errorf("%s shows the contact details of Inès to %s", path, name)
			}
		}
	}
	// The registrations and the door are kept by who may see them, and still show none.
	for _, path := range []string{"/ateliers/passe", "/ateliers/passe/inscriptions", "/ateliers/passe/presences", "/ateliers/passe.ics", "/reseau/graphe.json"} {
		if body := s.as(dbtest.Coordinator).get(path).Body.String(); strings.Contains(body, email) || strings.Contains(plain(body), phone) {
			t.Errorf("%s holds contact details", path)
		}
	}
	wantPage(t, s.as(dbtest.Coordinator).get("/personnes/ines"), http.StatusOK, email, phone)
	link := s.linked()
	wantRedirect(t, s.post(link, "version", "2", "prenom", "Inès", "nom", "Faure", "courriel", email, "telephone", "05 65 11 22 33", "visible", "oui"), link)
	wantPage(t, s.as(dbtest.Reader).get("/personnes/ines"), http.StatusOK, email, phone)
}
