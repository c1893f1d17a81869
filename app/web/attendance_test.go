package web_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// atTheDoor is a site ten minutes before the workshop, with Bruno and Léa expected, as
// the coordination sees it, with their registrations.
func atTheDoor(t testing.TB) (root, s *site, bruno, lea string) {
	t.Helper()
	root = newSite(t)
	if _, _, err := root.db.Register(t.Context(), dbtest.Coordinator, dbtest.Soon, dbtest.Mission, []app.PersonID{"bruno", "lea"}, root.now); err != nil {
		t.Fatal(err)
	}
	root.now = dbtest.Now.AddDate(0, 0, 7).Add(-10 * time.Minute)
	s = root.as(dbtest.Coordinator)
	ids := regexp.MustCompile(`id="arrivee-([a-z0-9]+)"`).FindAllStringSubmatch(s.get(soon+"/presences").Body.String(), -1)
	if len(ids) != 2 {
		t.Fatalf("the door expects %v, want two people", ids)
	}
	return root, s, ids[1][1], ids[0][1] // by name: Cœur, Delmas
}

func TestATapTicksAndAnotherTakesItBack(t *testing.T) {
	_, s, bruno, _ := atTheDoor(t)
	path := soon + "/presences/" + bruno
	wantPage(t, s.get(soon+"/presences"), 200, "2\u00a0inscrits, aucune présence notée", "Bruno Delmas", `aria-live`)
	for range 2 { // a second finger does nothing more
		ticked := s.do("POST", path, fields("etat", "present"), "HX-Request-Type", "partial")
		wantPage(t, ticked, 200, `id="arrivee-`+bruno+`"`, `aria-pressed="true"`, `hx-target="#counter"`, "1\u00a0présent pour 2\u00a0inscrits, 1\u00a0structure", "Bruno Delmas\u00a0: Présent·e, 9\u00a0h\u00a050")
	}
	undone := s.do("POST", path, fields("etat", "annule"), "HX-Request-Type", "partial")
	wantPage(t, undone, 200, `aria-pressed="false"`, "2\u00a0inscrits, aucune présence notée")
	wantRedirect(t, s.post(path, "etat", "present"), soon+"/presences#arrivee-"+bruno)
	list := s.get(soon+"/presences", "HX-Request-Type", "partial")
	wantPage(t, list, 200, `id="door"`, "1\u00a0présent")
	if strings.Contains(list.Body.String(), "<html") || strings.Contains(list.Body.String(), "@maillage.test") {
		t.Error("the list is a whole page, or shows an address")
	}
	wantPage(t, s.post(path, "etat", "absent"), 409, "une fois l’atelier terminé")
	wantPage(t, s.post(path, "etat", "inconnu"), 422, "à l’accueil")
	wantPage(t, s.post(soon+"/presences/inconnue", "etat", "present"), 404, "inscription")
}

func TestWhoMayKeepTheDoor(t *testing.T) {
	root, _, bruno, _ := atTheDoor(t)
	for name, tt := range map[string]struct {
		viewer app.Viewer
		status int
	}{
		"référent": {dbtest.Referent, 403}, "collègue": {dbtest.Colleague, 403}, "lecture": {dbtest.Reader, 403}, "elsewhere": {dbtest.Stranger, 404},
	} {
		t.Run(name, func(t *testing.T) {
			s := root.as(tt.viewer)
			for _, path := range []string{"/presences", "/presences/direct", "/emargement.pdf", "/presences/" + bruno} {
				wantPage(t, s.get(soon+path), tt.status)
			}
			wantPage(t, s.post(soon+"/presences/"+bruno, "etat", "present"), tt.status)
			wantPage(t, s.post(soon+"/presences", "nom", "Intrus"), tt.status)
		})
	}
	wantRedirect(t, newSiteOn(root).get(soon+"/presences"), "/connexion?suite=%2Fateliers%2Fbientot%2Fpresences")
}

func TestAnAnimatorIsToldWhenTheDoorOpens(t *testing.T) {
	root := newSite(t)
	err := root.db.Load(t.Context(), func(l *db.Loader) error {
		return l.Workshop(app.Workshop{
			ID: "anime", Territory: dbtest.Cauvaldor, Convention: dbtest.CTG, Kind: "atelier", Title: "Animer", Status: app.Published,
			StartsAt: dbtest.Now.Add(3 * time.Hour), EndsAt: dbtest.Now.Add(5 * time.Hour), CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now,
		}, dbtest.Referent.Person)
	})
	if err != nil {
		t.Fatal(err)
	}
	s := root.as(dbtest.Referent)
	wantPage(t, s.get("/ateliers/anime/presences"), 200, "L’accueil ouvre le 02/03/2026 à 11\u00a0h")
	wantPage(t, s.post("/ateliers/anime/presences", "nom", "Tôt"), 409, "L’accueil ouvre")
	root.now = dbtest.Now.Add(2 * time.Hour)
	wantPage(t, s.get("/ateliers/anime/presences"), 200, "Une personne qui n’était pas annoncée")
}

func TestAWalkInInSeconds(t *testing.T) {
	_, s, _, _ := atTheDoor(t)
	wantPage(t, s.get(soon+"/presences?q=huart"), 200, "Personne de ce nom n’est attendu", "Paul d’Huart", "Ajouter, présent·e")
	found := s.get(soon+"/presences/recherche?q=hua", "HX-Request-Type", "partial")
	wantPage(t, found, 200, `id="strangers"`, `value="paul"`)
	wantRedirect(t, s.get(soon+"/presences/recherche?q=hua"), soon+"/presences?q=hua")

	added := s.post(soon+"/presences", "personne", "paul", "structure", "caf")
	if added.Code != 303 || !strings.HasPrefix(added.Header().Get("Location"), soon+"/presences#arrivee-") {
		t.Fatalf("the walk-in: %d to %q, want the list at their line", added.Code, added.Header().Get("Location"))
	}
	wantPage(t, s.get(soon+"/presences"), 200, "Paul d’Huart\u00a0: présent·e.", "1\u00a0présent pour 2\u00a0inscrits, 1\u00a0structure", "dont 1\u00a0personne sans inscription")
	s.post(soon+"/presences", "prenom", "Zoé", "nom", "<b>Œuvrard<b>", "fonction", "Élue")
	wantPage(t, s.get(soon+"/presences"), 200, "&lt;b&gt;Œuvrard&lt;b&gt;", "au-delà de la jauge (4 / 3\u00a0inscrits, complet)")
	_, line, _ := strings.Cut(added.Header().Get("Location"), "#arrivee-")
	gone := s.do("POST", soon+"/presences/"+line, fields("etat", "annule"), "HX-Request-Type", "partial")
	if gone.Header().Get("HX-Reswap") != "delete" || strings.Contains(gone.Body.String(), "<li") {
		t.Errorf("undoing a walk-in: %v %s; want the row to go", gone.Header(), gone.Body)
	}
	wantPage(t, s.post(soon+"/presences", "prenom", "Zoé", "structure", "caf"), 422, "Indiquez le nom", `value="Zoé"`, `<option value="caf" selected`)
	wantPage(t, s.post(soon+"/presences", "nom", "Zed", "structure", "ailleurs"), 422, "n’est pas dans l’annuaire du territoire")
}

func TestAfterwardsTheSheetIsFilledIn(t *testing.T) {
	root, s, bruno, lea := atTheDoor(t)
	s.post(soon+"/presences/"+bruno, "etat", "present")
	wantPage(t, s.get(soon+"/presences/"+lea), 409, "une fois l’atelier terminé")
	root.now = dbtest.Now.AddDate(0, 0, 8)
	wantPage(t, s.get(soon+"/presences"), 200, "Excusé·e", "Absent·e", "Autre…", "Noter 1\u00a0personne restante absente")
	wantPage(t, s.get(soon+"/presences/"+lea), 200, "Léa Cœur", "Bruno Delmas", "Si représenté·e, par qui")
	wantPage(t, s.post(soon+"/presences/"+lea, "etat", "represente", "par", lea), 422, "elle-même")
	wantRedirect(t, s.post(soon+"/presences/"+lea, "etat", "represente", "par", bruno), soon+"/presences#arrivee-"+lea)
	wantPage(t, s.get(soon+"/presences"), 200, "Représenté·e par Bruno Delmas")
	wantPage(t, s.do("POST", soon+"/presences/"+lea, fields("etat", "excuse"), "HX-Request-Type", "partial"), 200, `value="inscrit" aria-pressed="true">Excusé·e`)
	wantRedirect(t, s.post(soon+"/presences/"+lea, "etat", "inscrit"), soon+"/presences#arrivee-"+lea)
	wantRedirect(t, s.post(soon+"/presences/absents"), soon+"/presences")
	wantPage(t, s.get(soon+"/presences"), 200, "1\u00a0personne est notée absente")
	wantRedirect(t, s.post(soon+"/presences/absents"), soon+"/presences")
	wantPage(t, s.get(soon+"/presences"), 200, "plus rien à noter")
}

func TestTheSheetIsAPDFAndTakingItIsNoted(t *testing.T) {
	_, s, _, _ := atTheDoor(t)
	w := s.get(soon + "/emargement.pdf")
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(w.Body.String(), "%PDF-") || !strings.Contains(w.Header().Get("Content-Disposition"), "emargement-2026-03-09.pdf") {
		t.Errorf("the sheet: %d %v, %.20q; want a PDF", w.Code, w.Header(), w.Body)
	}
	history, err := s.db.History(t.Context(), app.OfWorkshop, string(dbtest.Soon), 1)
	if err != nil || len(history) != 1 || history[0].Act != "a édité la feuille d’émargement" {
		t.Errorf("history = %+v, %v; want that the sheet was taken", history, err)
	}
}

// Two screens are open; each hears of a tick made on a third.
func TestEveryOpenScreenHearsOfATick(t *testing.T) {
	root, s, bruno, _ := atTheDoor(t)
	server := httptest.NewServer(root.handler)
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var screens []*bufio.Scanner
	for range 2 {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+soon+"/presences/direct", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(&http.Cookie{Name: "maillage", Value: s.cookies["maillage"]})
		answer, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
			t.Fatalf("the stream: %d %s", answer.StatusCode, answer.Header.Get("Content-Type"))
		}
		screen := bufio.NewScanner(answer.Body)
		heard(t, screen, ": ouvert")
		screens = append(screens, screen)
	}
	s.post(soon+"/presences/"+bruno, "etat", "present")
	for _, screen := range screens {
		heard(t, screen, "event: change")
	}
	// Another process: nothing is said here, the database is asked.
	if _, err := root.db.UndoCheckIn(t.Context(), dbtest.Coordinator, dbtest.Soon, app.RegistrationID(bruno), root.now); err != nil {
		t.Fatal(err)
	}
	for _, screen := range screens {
		heard(t, screen, "event: change")
	}
}

// heard reads a stream up to a line.
func heard(t *testing.T, stream *bufio.Scanner, line string) {
	t.Helper()
	for stream.Scan() {
		if stream.Text() == line {
			return
		}
	}
	t.Fatalf("the stream ended without %q: %v", line, stream.Err())
}

func BenchmarkDoorPage(b *testing.B) {
	root, s, _, _ := atTheDoor(b)
	err := root.db.Load(b.Context(), func(l *db.Loader) error {
		for i := range 60 {
			id := "foule" + string(rune('a'+i/10)) + string(rune('a'+i%10))
			if err := l.Person(app.Person{ID: app.PersonID(id), FirstName: "Camille", LastName: "Foule " + id, CreatedAt: root.now, UpdatedAt: root.now}); err != nil {
				return err
			}
			if err := l.Registration(app.Registration{ID: app.RegistrationID(id), Workshop: dbtest.Soon, Person: app.PersonID(id), Organisation: dbtest.Mission, State: app.Registered, CreatedAt: root.now, UpdatedAt: root.now}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if w := s.get(soon + "/presences"); w.Code != 200 {
			b.Fatal(w.Code)
		}
	}
}
