package web_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/web"
	"maillage/db"
	"maillage/db/dbtest"
	"maillage/views"
)

func TestTheNetworkIsForThoseOfTheTerritory(t *testing.T) {
	s := newSite(t)
	paths := []string{
		"/reseau/carte", "/reseau/carte.csv", "/reseau/graphe", "/reseau/graphe.json", "/reseau/graphe.csv",
		"/reseau/indicateurs", "/reseau/indicateurs.csv",
	}
	for _, path := range paths {
		wantRedirect(t, s.get(path), "/connexion?suite="+strings.ReplaceAll(path, "/", "%2F"))
		for name, v := range dbtest.Viewers {
			w := s.as(v).get(path)
			if w.Code != http.StatusOK {
				t.Errorf("%s opens %s: status %d, want 200", name, path, w.Code)
			}
			if ours := strings.Contains(w.Body.String(), "Mission locale"); ours != (name != "ailleurs") {
				t.Errorf("%s opens %s: sees the Mission locale %v", name, path, ours)
			}
		}
	}
}

func TestTheMapTellsWhatItKnowsOfEachPlace(t *testing.T) {
	s := newSite(t).as(dbtest.Reader)
	wantPage(t, s.get("/reseau/carte"), http.StatusOK,
		"4\u00a0structures\u00a0: 3\u00a0dont on ne connaît que la commune, 1\u00a0dont le lieu n’est pas connu.",
		"<title>Souillac\u00a0: 2\u00a0structures, adresse non connue</title>", `data-count="2"`, "La carte en tableau", `<a href="/structures/mission">`)
	wantPage(t, s.get("/reseau/carte?categorie=education&tri=-nom"), http.StatusOK, "1\u00a0structure, ", "Clément-Brouqui", "Tout afficher")
	wantPage(t, s.get("/reseau/carte?categorie=education&theme=emploi"), http.StatusOK, "Aucune structure ne répond à ces filtres")
	wantPage(t, s.get("/reseau/carte?categorie=inconnue"), http.StatusOK, "4\u00a0structures")
}

func TestTheGraphTellsWhoMetWhom(t *testing.T) {
	s := newSite(t).as(dbtest.Colleague)
	wantPage(t, s.get("/reseau/graphe"), http.StatusOK,
		"1\u00a0atelier, 2\u00a0structures qui en ont rencontré d’autres, 1\u00a0lien.", "Sur 100 paires de structures possibles, 17 se sont rencontrées.",
		"Mission locale du Lot, Emploi et insertion\u00a0· 1\u00a0partenaire rencontré", "Pas encore rencontrées")
	wantPage(t, s.get("/reseau/graphe?structure=mission&pas=2"), http.StatusOK,
		"Mission locale du Lot a rencontré 1\u00a0partenaire.", "Autour de Mission locale du Lot", "2 janvier 2026")
	wantPage(t, s.get("/reseau/graphe?phase=phase2"), http.StatusOK, "Aucune rencontre avec ces filtres")
	wantPage(t, s.get("/reseau/graphe?du=2026-02-01"), http.StatusOK, "Aucune rencontre avec ces filtres")
	wantPage(t, s.get("/reseau/graphe?structure=inconnue&pas=99&tri=rien&rencontres=x&du=hier"), http.StatusOK, "Le graphe en tableau")
	wantPage(t, newSite(t).as(dbtest.Stranger).get("/reseau/graphe"), http.StatusOK, "Personne ne s’est encore rencontré", `href="/ateliers"`)
}

func TestTheGraphAsDataIsTheOneOnThePage(t *testing.T) {
	w := newSite(t).as(dbtest.Reader).get("/reseau/graphe.json?structure=mission&pas=1")
	var data views.GraphData
	if err := json.Unmarshal(w.Body.Bytes(), &data); err != nil {
		t.Fatal(err)
	}
	if len(data.Nodes) != 4 || len(data.Ties) != 1 || data.Ties[0][2] != 1 {
		t.Fatalf("data = %+v, want four nodes and one tie of one meeting", data)
	}
	for _, n := range data.Nodes {
		near := n.Key == dbtest.Mission || n.Key == dbtest.CC
		if n.Far == near || n.URL != "/structures/"+string(n.Key) {
			t.Errorf("%+v: far, or leading elsewhere", n)
		}
	}
}

func TestTheIndicatorsSaySentencesAndWhoIsBehind(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	wantPage(t, s.get("/reseau/indicateurs"), http.StatusOK,
		"Sur 100 paires de structures possibles, 17 se sont rencontrées.", "2\u00a0structures n’ont encore rencontré personne.",
		"Sur 100 liens, 100 réunissent des structures de catégories différentes.", "Aucune structure n’est à relancer.")
	wantPage(t, s.get("/reseau/indicateurs?mois=1"), http.StatusOK,
		"2\u00a0structures sont à relancer", "vue pour la dernière fois le 2 janvier 2026", `value="1" selected`)
	wantPage(t, s.get("/reseau/indicateurs?mois=0&invitations=-3"), http.StatusOK, "Aucune structure n’est à relancer.")
}

func TestTheNetworkIsDownloadedAsItIsShown(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	for path, want := range map[string]string{
		"/reseau/carte.csv?categorie=emploi":         "\ufeffStructure;Catégorie;Commune;Code INSEE;Sur la carte;Latitude;Longitude\r\nMission locale du Lot;",
		"/reseau/graphe.csv?tri=-nom":                "\ufeffStructure;Catégorie;Commune;Partenaires;Rencontres;Ateliers;Passerelle (%);Groupe\r\nMission locale du Lot;",
		"/reseau/indicateurs.csv?categorie=emploi":   ";À relancer",
		"/reseau/indicateurs.csv?theme=enfance":      ";Jamais invitée;",
		"/reseau/graphe.csv?structure=mission&pas=1": "Communauté de communes Cauvaldor;",
	} {
		if strings.Contains(want, "relancer") {
			path += "&mois=1"
		}
		w := s.get(path)
		if got := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(got, want) {
			t.Errorf("%s = %d %q, want it to hold %q", path, w.Code, got, want)
		}
		if got := w.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment; filename=") {
			t.Errorf("%s is not downloaded: %q", path, got)
		}
	}
}

func TestTheNetworkMovesWithAttendance(t *testing.T) {
	s := newSite(t).as(dbtest.Reader)
	wantPage(t, s.get("/reseau/graphe"), http.StatusOK, "1\u00a0lien.")
	if _, err := s.db.CheckIn(t.Context(), dbtest.Coordinator, dbtest.Past, "r-ines", s.now); err != nil {
		t.Fatal(err)
	}
	wantPage(t, s.get("/reseau/graphe"), http.StatusOK, "3\u00a0liens.")
	if _, err := s.db.UndoCheckIn(t.Context(), dbtest.Coordinator, dbtest.Past, "r-ines", s.now); err != nil {
		t.Fatal(err)
	}
	wantPage(t, s.get("/reseau/graphe"), http.StatusOK, "1\u00a0lien.")
}

func TestTheNetworkIsReadAgainAfterTenMinutesWhateverTheAuditTrailSays(t *testing.T) {
	clock := newSite(t)
	s := clock.as(dbtest.Reader)
	wantPage(t, s.get("/reseau/graphe"), http.StatusOK, "1\u00a0lien.")
	err := s.db.Load(t.Context(), func(l *db.Loader) error {
		return l.Registration(app.Registration{ID: "new", Workshop: dbtest.Past, Person: dbtest.Reader.Person, Organisation: dbtest.CAF, State: app.Present, CreatedAt: s.now, UpdatedAt: s.now})
	})
	if err != nil {
		t.Fatal(err)
	}
	clock.now = clock.now.Add(9 * time.Minute)
	wantPage(t, s.get("/reseau/graphe"), http.StatusOK, "1\u00a0lien.")
	clock.now = clock.now.Add(time.Minute)
	wantPage(t, s.get("/reseau/graphe"), http.StatusOK, "3\u00a0liens.")
}

func TestAPageAsksNothingOfAnyoneElseUnlessTilesAreSet(t *testing.T) {
	for _, tt := range []struct {
		name, tiles, images string
		refused             bool
	}{
		{"none", "", "img-src 'self' data:;", false},
		{"tiles", "https://tuiles.test/wmts?z={z}&x={x}&y={y}", "img-src 'self' data: https://tuiles.test;", false},
		{"not encrypted", "http://tuiles.test/{z}/{x}/{y}.png", "", true},
		{"a host that would open the policy", "https://tuiles.test; script-src *", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := dbtest.New(t)
			h, err := web.Handler(web.Config{DB: d, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return dbtest.Now }, Tiles: tt.tiles, TilesCredit: "© IGN"})
			if (err != nil) != tt.refused {
				t.Fatalf("error %v, want one %v", err, tt.refused)
			}
			if err != nil {
				return
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest("GET", "/aide", nil))
			if got := w.Header().Get("Content-Security-Policy"); !strings.Contains(got, tt.images) {
				t.Errorf("policy %q, want %q in it", got, tt.images)
			}
		})
	}
}
