package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// previewedAt matches the columns of an import as way says what to do with the records there
// are, and returns the version of the preview shown.
func previewedAt(t *testing.T, s *site, at, way string) (version string) {
	t.Helper()
	wantRedirect(t, s.post(at+"/colonnes", "colonne-0", "nom", "colonne-1", "commune", "colonne-2", "telephone", "categorie", "vie-sociale", "existantes", way), at+"/apercu")
	return versionShown(t, s.get(at+"/apercu").Body.String())
}

var shownVersion = regexp.MustCompile(`name="version" value="(\d+)"`)

func versionShown(t *testing.T, page string) string {
	t.Helper()
	found := shownVersion.FindStringSubmatch(page)
	if found == nil {
		t.Fatal("the preview does not say which it is")
	}
	return found[1]
}

// writeSeen writes an import as its preview shows it.
func writeSeen(t *testing.T, s *site, at string) {
	t.Helper()
	wantRedirect(t, s.post(at+"/ecriture", "version", versionShown(t, s.get(at+"/apercu").Body.String())), at)
}

// PostgreSQL refuses numbers that its columns do not hold.
func TestNoNumberOfALineBreaksAnImport(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	at := onImport(t, s)
	for _, line := range []string{"3000000000", "9223372036854775807", "2147483647", "9"} {
		wantPage(t, s.post(at+"/feuille", "feuille", "0", "titres", line), http.StatusUnprocessableEntity, "Cette ligne n’est pas de la feuille")
	}
	version := previewedAt(t, s, at, "completer")
	for _, line := range []string{"3000000000", "9223372036854775807", "99999999999999999999", "-3"} {
		wantPage(t, s.get(at+"/apercu?apres="+line), http.StatusOK)
		wantPage(t, s.post(at+"/decisions", "ligne-"+line, "ajouter"), http.StatusUnprocessableEntity, "ce choix n’est pas possible")
	}
	wantRedirect(t, s.post(at+"/ecriture", "version", version), at)
	wantPage(t, s.get(at+"?apres=3000000000"), http.StatusOK)
}

func TestAnImportIsWrittenAsWhoWritesItPreviewedIt(t *testing.T) {
	s := newSite(t)
	claire, admin := s.as(dbtest.Coordinator), s.as(dbtest.Admin)
	at := onImport(t, claire)
	seen := previewedAt(t, claire, at, "completer")
	for _, since := range []struct {
		name   string
		change func()
	}{
		{"other columns", func() { previewedAt(t, admin, at, "remplacer") }},
		{"other headings, and back", func() {
			admin.post(at+"/feuille", "feuille", "0", "titres", "0")
			admin.post(at+"/feuille", "feuille", "0", "titres", "3")
			previewedAt(t, admin, at, "completer")
		}},
		{"a choice", func() { admin.post(at+"/decisions", "ligne-5", "remplacer") }},
		{"a choice for all", func() { admin.post(at+"/decisions", "verdict", "nouvelle", "toutes", "laisser") }},
	} {
		since.change()
		w := claire.post(at+"/ecriture", "version", seen)
		wantPage(t, w, http.StatusConflict, "Cet import a changé depuis votre aperçu")
		if o, err := s.db.Organisation(t.Context(), dbtest.Coordinator, dbtest.Mission); err != nil || o.Phone != "05 65 00 00 00" {
			t.Errorf("%s since the preview: the telephone is %s, %v; want nothing written", since.name, o.Phone, err)
		}
		seen = versionShown(t, w.Body.String())
	}
	wantPage(t, claire.post(at+"/ecriture"), http.StatusConflict, "Cet import a changé depuis votre aperçu")
	wantRedirect(t, claire.post(at+"/ecriture", "version", seen), at)
	wantRedirect(t, claire.post(at+"/ecriture", "version", seen), at)
}

func TestTheLinesLeftLeaveATraceWhenTheyAreTaken(t *testing.T) {
	s := newSite(t)
	claire := s.as(dbtest.Coordinator)
	at := onImport(t, claire)
	previewedAt(t, claire, at, "completer")
	claire.get(at + "/lignes-laissees.csv")
	lines, err := s.db.Reads(t.Context(), dbtest.Coordinator, db.ReadFilter{}, true, 10)
	if err != nil || len(lines) != 1 || lines[0].Kind != app.SawExport || !strings.Contains(lines[0].Detail, "partenaires.csv") {
		t.Errorf("taking them leaves %+v, %v", lines, err)
	}
}
