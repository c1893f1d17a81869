package web_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"maillage/app"
	"maillage/app/sheet"
	"maillage/db"
	"maillage/db/dbtest"
)

// drop sends a file to import.
func (s *site) drop(name, content string) *httptest.ResponseRecorder {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("fichier", name)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		s.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		s.t.Fatal(err)
	}
	return s.send(&body, form.FormDataContentType())
}

func (s *site) send(body *bytes.Buffer, kind string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/structures/imports", body)
	r.Header.Set("Content-Type", kind)
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

const partnersFile = "Annuaire 2026\n\nNom;Commune;Téléphone;Remarques\n" +
	"Foyer rural;Gramat;0565000001;=cmd|' /C calc'!A0\n" +
	"Mission locale du Lot;Souillac;0565999999;\n" +
	"École Clément-Brouqui;Gramat;;\n" +
	"Amis de Figeac;Figeac;;\n" +
	";Gramat;;=1+1\n"

// onImport leads from the file to the address of its import.
func onImport(t *testing.T, s *site) string {
	t.Helper()
	w := s.drop("partenaires.csv", partnersFile)
	at, ok := strings.CutSuffix(w.Header().Get("Location"), "/feuille")
	if w.Code != http.StatusSeeOther || !ok {
		t.Fatalf("the file dropped leads to %q (%d): %.600s", w.Header().Get("Location"), w.Code, mainOf(w.Body.String()))
	}
	return at
}

func TestAFileOfStructuresComesInStepByStep(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	wantPage(t, s.get("/structures"), http.StatusOK, `href="/structures/imports"`)
	wantPage(t, s.get("/structures/imports"), http.StatusOK, "Rien n’est écrit dans l’annuaire avant la dernière étape", "Aucun fichier")
	at := onImport(t, s)
	wantPage(t, s.get(at+"/feuille"), http.StatusOK, "Annuaire 2026", `value="3" checked`)
	wantRedirect(t, s.post(at+"/feuille", "feuille", "0", "titres", "3"), at+"/colonnes")
	wantPage(t, s.get(at+"/colonnes"), http.StatusOK, "Foyer rural · Mission locale", `value="telephone" selected`)
	twice := s.post(at+"/colonnes", "colonne-0", "nom", "colonne-1", "courriel", "colonne-2", "courriel", "existantes", "completer")
	wantPage(t, twice, http.StatusUnprocessableEntity, "est demandé à plusieurs colonnes : « Commune », « Téléphone »")
	wantRedirect(t, s.post(at+"/colonnes", "colonne-0", "nom", "colonne-1", "commune", "colonne-2", "telephone", "colonne-3", "description", "categorie", "vie-sociale", "existantes", "completer"), at+"/apercu")
	wantPage(t, s.get(at+"/apercu"), http.StatusOK, "Nouvelles (1)", "Doublons probables (1)", "Hors du territoire (1)", "Refusées (1)", "Ressemble à", "n’est pas de ce territoire")
	wantRedirect(t, s.post(at+"/decisions", "verdict", "doublon", "toutes", "laisser"), at+"/apercu?verdict=doublon")
	wantRedirect(t, s.post(at+"/decisions", "ligne-5", "remplacer"), at+"/apercu")
	wantPage(t, s.get(at), http.StatusSeeOther)
	wantPage(t, s.get("/structures?q=foyer"), http.StatusOK, "Aucune structure ne correspond")
	writeSeen(t, s, at)
	wantPage(t, s.get(at), http.StatusOK, "Structures ajoutées", "Foyer rural", "05 65 99 99 99", "Annuler cet import")
	wantPage(t, s.get("/structures?q=foyer"), http.StatusOK, "1 structure")
	wantPage(t, s.get("/administration/journal?objet=import"), http.StatusOK, "a importé le fichier « partenaires.csv »")
	wantRedirect(t, s.get(at+"/apercu"), at)
	wantRedirect(t, s.post(at+"/annulation"), at)
	wantPage(t, s.get(at), http.StatusOK, "Structures retirées", "retirée de l’annuaire", ">Retirée<")
	wantPage(t, s.get("/structures?q=foyer"), http.StatusOK, "Aucune structure ne correspond")
	wantPage(t, s.get("/structures/imports"), http.StatusOK, "partenaires.csv", "Annulé")
}

// What is chosen on the page in sight counts when one writes, saved before or not.
func TestAChoiceInSightIsFollowedWhenTheImportIsWritten(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	at := onImport(t, s)
	s.post(at+"/colonnes", "colonne-0", "nom", "colonne-1", "commune", "colonne-2", "telephone", "categorie", "vie-sociale")
	page := s.get(at + "/apercu").Body.String()
	line := regexp.MustCompile(`name="(ligne-\d+)" form="ecrire"[^>]*>(?:<option[^>]*>[^<]*</option>)*?<option value="ajouter" selected`).FindStringSubmatch(page)
	version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(page)
	if line == nil || version == nil {
		t.Fatalf("no line to add is shown: %.3000s", mainOf(page))
	}
	wantPage(t, s.post(at+"/ecriture", "version", version[1], line[1], "corriger"), http.StatusUnprocessableEntity, "ce choix n’est pas possible")
	wantRedirect(t, s.post(at+"/ecriture", "version", version[1], line[1], "laisser"), at)
	wantPage(t, s.get("/structures?q=foyer"), http.StatusOK, "Aucune structure ne correspond")
}

func TestTheLinesLeftAreTakenAwayAndNeverRun(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	at := onImport(t, s)
	s.post(at+"/colonnes", "colonne-0", "nom", "colonne-1", "commune", "colonne-2", "telephone", "categorie", "vie-sociale")
	file := s.get(at + "/lignes-laissees.csv")
	wantPage(t, file, http.StatusOK, "Ligne;Pourquoi;Nom;Commune;Téléphone;Remarques", "8;", ";'=1+1", "Ressemble à « École élémentaire Clément-Brouqui », déjà dans l’annuaire")
	if strings.Contains(file.Body.String(), ";=") {
		t.Errorf("a formula would run: %s", file.Body.String())
	}
}

func TestAFormulaKeptIsWrittenOutWithoutRunning(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	at := onImport(t, s)
	s.post(at+"/colonnes", "colonne-0", "nom", "colonne-1", "commune", "colonne-3", "description", "categorie", "vie-sociale")
	writeSeen(t, s, at)
	file := s.get("/structures.csv").Body.String()
	if !strings.Contains(file, "'=cmd") || strings.Contains(file, ";=cmd") {
		t.Errorf("the list says %s", file)
	}
}

func TestWhatIsNoTableIsToldWhy(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	for content, want := range map[string]string{
		"":                                 "est vide",
		"<html><table>":                    "page web",
		"%PDF-1.7":                         "PDF",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ancienne version d’Excel",
		"A;B\x00C":                         "pas un tableau lisible",
	} {
		wantPage(t, s.drop("<script>.xlsx", content), http.StatusUnprocessableEntity, want)
	}
	wantPage(t, s.post("/structures/imports"), http.StatusUnprocessableEntity, "Choisissez un fichier.")
}

func TestHTMLInAFileIsText(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	w := s.drop("x.csv", "Nom;Commune\n<script>alert(1)</script>;<b>Gramat\n")
	at := strings.TrimSuffix(w.Header().Get("Location"), "/feuille")
	for _, step := range []string{"/feuille", "/colonnes"} {
		if page := s.get(at + step).Body.String(); strings.Contains(page, "<script>alert") || strings.Contains(page, "<b>Gramat") {
			t.Errorf("%s shows it as HTML", step)
		}
	}
}

func TestATooBigFileIsRefusedEarly(t *testing.T) {
	coordinator, colleague := newSite(t).as(dbtest.Coordinator), newSite(t).as(dbtest.Colleague)
	big := strings.Repeat("x", sheet.MaxFile+2<<20)
	wantPage(t, coordinator.drop("gros.csv", big), http.StatusRequestEntityTooLarge, "dépasse 10 Mo")
	wantPage(t, colleague.drop("gros.csv", big[:2<<20]), http.StatusRequestEntityTooLarge)
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/structures/imports", neverRead{t})
	r.ContentLength = 200 << 20
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	for name, value := range coordinator.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	coordinator.handler.ServeHTTP(w, r)
	wantPage(t, w, http.StatusRequestEntityTooLarge, "Rien n’a été enregistré")
}

// neverRead is a body that nobody should read.
type neverRead struct{ t *testing.T }

// Read implements io.Reader.
func (n neverRead) Read([]byte) (int, error) {
	n.t.Error("a file of 200 MB was begun to be read")
	return 0, http.ErrBodyReadAfterClose
}

func TestADirectoryThatMovedShowsTheNewPreview(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	at := onImport(t, s)
	s.post(at+"/colonnes", "colonne-0", "nom", "colonne-1", "commune", "colonne-2", "telephone", "categorie", "vie-sociale")
	seen := versionShown(t, s.get(at+"/apercu").Body.String())
	s.post("/structures", "nom", "Foyer rural", "categorie", "vie-sociale", "commune", string(dbtest.Gramat))
	moved := s.post(at+"/ecriture", "version", seen, "ligne-4", "ajouter", "ligne-5", "remplacer", "ligne-7", "ajouter")
	wantPage(t, moved, http.StatusConflict, "L’annuaire a changé depuis l’aperçu", "Mises à jour (1)", "Disent autre chose (1)")
	for line, want := range map[string]string{"ligne-4": "completer", "ligne-5": "remplacer", "ligne-7": "ajouter"} {
		if got := chosenOf(t, moved.Body.String(), line); got != want {
			t.Errorf("%s is to %q, want %q: what was chosen is kept where it is still possible", line, got, want)
		}
	}
	wantRedirect(t, s.post(at+"/ecriture", "version", versionShown(t, moved.Body.String())), at)
}

// chosenOf returns what the preview has chosen for a line.
func chosenOf(t *testing.T, page, line string) string {
	t.Helper()
	choice := regexp.MustCompile(`(?s)name="` + line + `" form="ecrire"[^>]*>(.*?)</select>`).FindStringSubmatch(page)
	if choice == nil {
		t.Fatalf("nothing is to be chosen for %s", line)
	}
	selected := regexp.MustCompile(`<option value="([^"]*)" selected`).FindStringSubmatch(choice[1])
	if selected == nil {
		t.Fatalf("nothing is chosen for %s", line)
	}
	return selected[1]
}

func TestTheNextPageOfAPreviewKeepsTheChoicesOfThisOne(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	file := "Nom;Commune\n"
	for n := range db.ImportPage + 5 {
		file += fmt.Sprintf("Ludothèque numéro %d;Gramat\n", n+1)
	}
	at := strings.TrimSuffix(s.drop("beaucoup.csv", file).Header().Get("Location"), "/feuille")
	s.post(at+"/colonnes", "colonne-0", "nom", "colonne-1", "commune", "categorie", "vie-sociale")
	first := s.get(at + "/apercu").Body.String()
	next := regexp.MustCompile(`name="suite" value="(\d+)"`).FindStringSubmatch(first)
	if next == nil {
		t.Fatal("no way to the next page")
	}
	second := s.post(at+"/decisions", "suite", next[1], "ligne-3", "laisser")
	wantRedirect(t, second, at+"/apercu?apres="+next[1])
	wantPage(t, s.get(at+"/apercu?apres="+next[1]), http.StatusOK, "Ludothèque numéro 55")
	if got := chosenOf(t, s.get(at+"/apercu").Body.String(), "ligne-3"); got != "laisser" {
		t.Errorf("back on the first page, the line is to %q, want what was chosen", got)
	}
}

func TestAnAbandonedImportIsGone(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	at := onImport(t, s)
	wantRedirect(t, s.post(at+"/abandon"), "/structures/imports")
	wantPage(t, s.get(at), http.StatusNotFound)
	if _, err := s.db.Import(t.Context(), dbtest.Coordinator, app.ImportID(strings.TrimPrefix(at, "/structures/imports/"))); app.KindOf(err) != app.NotFound {
		t.Errorf("it is still kept: %v", err)
	}
}
