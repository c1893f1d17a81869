package web_test

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestTheFileHoldsWhatTheListShows(t *testing.T) {
	s := newSite(t)
	for name, tt := range map[string]struct {
		by    app.Viewer
		query string
		want  []string
	}{
		"to come":              {dbtest.Referent, "", []string{"Accueillir les 0–3 ans"}},
		"drafts too":           {dbtest.Coordinator, "", []string{"Accueillir les 0–3 ans", "Logement : où en sommes-nous ?"}},
		"all":                  {dbtest.Referent, "?quand=tous", []string{"Accueillir les 0–3 ans", "Aller vers les jeunes"}},
		"over":                 {dbtest.Coordinator, "?quand=passes", []string{"Aller vers les jeunes"}},
		"words without accent": {dbtest.Coordinator, "?q=logem+ou", []string{"Logement : où en sommes-nous ?"}},
		"a month":              {dbtest.Coordinator, "?vue=mois&mois=2026-03", []string{"Accueillir les 0–3 ans"}},
		"a commune":            {dbtest.Coordinator, "?commune=46309", nil},
		"a status":             {dbtest.Coordinator, "?statut=brouillon", []string{"Logement : où en sommes-nous ?"}},
		"another's drafts":     {dbtest.Referent, "?statut=brouillon", nil},
	} {
		t.Run(name, func(t *testing.T) {
			by := s.as(tt.by)
			file := by.get("/ateliers.csv" + tt.query)
			r := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body.String(), "\ufeff")))
			r.Comma = ';'
			rows, err := r.ReadAll()
			if err != nil || len(rows) != len(tt.want)+1 {
				t.Fatalf("%d rows, %v; want headings and %v: %s", len(rows), err, tt.want, file.Body)
			}
			page := by.get("/ateliers" + tt.query)
			count := app.Count(len(tt.want), "atelier", "ateliers")
			if len(tt.want) == 0 {
				count = "Aucun atelier"
			}
			wantPage(t, page, 200, count)
			for i, title := range tt.want {
				if rows[i+1][0] != title || !strings.Contains(plain(page.Body.String()), title) {
					t.Errorf("row %d is %q, want %q, on the page too", i+1, rows[i+1][0], title)
				}
			}
		})
	}
}

func TestTheMonthIsATableWithItsHolidays(t *testing.T) {
	s := newSite(t).as(dbtest.Referent)
	w := s.get("/ateliers?vue=mois&mois=2026-03")
	if n := strings.Count(w.Body.String(), `>Tous</option>`); n != 3 {
		t.Errorf("%d filters say « Tous », want those of the kind, of the axis and of the theme", n)
	}
	wantPage(t, w, 200, "Mars 2026", `<th scope="col">lundi</th>`, "Accueillir les 0–3 ans", "mois=2026-02", "mois=2026-04", "aujourd’hui")
	if strings.Contains(w.Body.String(), "Revenir à ce mois-ci") {
		t.Error("the month of today leads back to itself")
	}
	wantPage(t, s.get("/ateliers?vue=mois&mois=2026-05"), 200, "Revenir à ce mois-ci", "Fête du Travail", "Ascension", "Lundi de Pentecôte")
	wantPage(t, s.get("/ateliers?vue=mois&mois=n’importe"), 200, "Mars 2026")
	if rows := strings.Count(w.Body.String(), "<tr>"); rows != 7 {
		t.Errorf("%d rows, want the weekdays and the 6 weeks of March 2026", rows)
	}
}

func TestFiltersAnswerHTMXWithTheListAndTheTabs(t *testing.T) {
	s := newSite(t).as(dbtest.Referent)
	w := s.get("/ateliers?q=accueillir&genre=&axe=", "HX-Request", "true", "HX-Request-Type", "partial")
	wantPage(t, w, 200, `id="ateliers"`, "1\u00a0atelier", "q=accueillir&amp;quand=passes")
	if address := w.Header().Get("HX-Replace-Url"); address != "/ateliers?q=accueillir" {
		t.Errorf("the address becomes %q, want what narrows the list and no more", address)
	}
	if strings.Contains(w.Body.String(), "<main") {
		t.Error("HTMX received the whole page for a fragment")
	}
}

func TestALongListIsReadPageAfterPage(t *testing.T) {
	s := newSite(t)
	if err := s.db.Load(t.Context(), func(l *db.Loader) error {
		for i := range 60 {
			start := dbtest.Now.AddDate(0, 0, 30+i/2) // two at the same hour
			if err := l.Workshop(app.Workshop{
				ID: app.WorkshopID(fmt.Sprintf("suite%02d", i)), Territory: dbtest.Cauvaldor, Convention: dbtest.CTG, Kind: "atelier", Title: fmt.Sprintf("Suite %02d", i),
				StartsAt: start, EndsAt: start.Add(time.Hour), Status: app.Published, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now,
			}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	bruno := s.as(dbtest.Referent)
	next := regexp.MustCompile(`href="(/ateliers\?apres=[^"]+)"`)
	seen, path, pages := map[string]int{}, "/ateliers", 0
	for path != "" {
		body := bruno.get(path).Body.String()
		for _, title := range regexp.MustCompile(`Suite \d\d`).FindAllString(body, -1) {
			seen[title]++
		}
		path, pages = "", pages+1
		if found := next.FindStringSubmatch(body); found != nil {
			path = found[1]
		}
	}
	if len(seen) != 60 || pages != 2 {
		t.Errorf("%d workshops on %d pages, want 60 on 2", len(seen), pages)
	}
	for title, n := range seen {
		if n != 1 {
			t.Errorf("%s is listed %d times", title, n)
		}
	}
	if page := bruno.get("/ateliers?apres=n’importe.quoi"); page.Code != 200 || strings.Contains(page.Body.String(), "Suite") {
		t.Errorf("what follows nothing is answered with %d, want an empty list", page.Code)
	}
}

func TestDiaries(t *testing.T) {
	s := newSite(t)
	one := s.as(dbtest.Referent).get(workshopPath(dbtest.Soon, ".ics"))
	wantPage(t, one, 200, "BEGIN:VEVENT", "UID:bientot@maillage.test", "DTSTART;TZID=Europe/Paris:20260309T100000", "SUMMARY:Accueillir les 0–3 ans")
	if kind := one.Header().Get("Content-Type"); !strings.HasPrefix(kind, "text/calendar") {
		t.Errorf("Content-Type %q", kind)
	}
	feed := s.as(dbtest.Referent).get("/ateliers.ics?quand=tous")
	if n := strings.Count(feed.Body.String(), "BEGIN:VEVENT"); feed.Code != 200 || n != 2 {
		t.Errorf("status %d, %d events; want 200 and the two published", feed.Code, n)
	}
	wantPage(t, s.as(dbtest.Referent).get(workshopPath(dbtest.Unwritten, ".ics")), 404)
	wantPage(t, s.as(dbtest.Stranger).get(workshopPath(dbtest.Soon, ".ics")), 404)
	wantPage(t, s.as(dbtest.Coordinator).get("/ateliers/inconnu"), 404)
}
