package db_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// offer writes services: "structure: name" with what change says of each.
func offer(t testing.TB, d *db.DB, of app.OrganisationID, name string, change func(*app.Service)) app.ServiceID {
	t.Helper()
	s := app.Service{Organisation: of, Name: name, Kind: "information"}
	if change != nil {
		change(&s)
	}
	id, err := d.AddService(t.Context(), dbtest.Admin, s, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// parents is a small world of services.
func parents(t testing.TB, d *db.DB) {
	t.Helper()
	offer(t, d, dbtest.School, "Café des parents", func(s *app.Service) {
		s.Kind, s.Themes, s.Publics = "activite", []app.Theme{"parentalite"}, []app.Public{"parents"}
	})
	offer(t, d, dbtest.Mission, "Garantie jeunes", func(s *app.Service) {
		s.Kind, s.Themes, s.Publics = "accompagnement", []app.Theme{"emploi"}, []app.Public{"16-25-ans"}
	})
	offer(t, d, dbtest.Mission, "Permanence de Gramat", func(s *app.Service) { s.Commune, s.Publics = dbtest.Gramat, []app.Public{"tous"} })
	offer(t, d, dbtest.CAF, "Médiation familiale", func(s *app.Service) { s.Kind, s.Themes = "ecoute", []app.Theme{"parentalite"} })
	offer(t, d, dbtest.CC, "Bus à la demande", func(s *app.Service) { s.Kind, s.Wide = "mobilite", true })
	offer(t, d, dbtest.Foreign, "Ludothèque", func(s *app.Service) { s.Themes = []app.Theme{"parentalite"} })
}

func offers(rows []db.Offered) []string {
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = r.Name
	}
	return all
}

func TestWhoDoesWhatForWhomWhere(t *testing.T) {
	d := dbtest.New(t)
	parents(t, d)
	for name, c := range map[string]struct {
		by   app.Viewer
		f    db.Offer
		want []string
	}{
		"all, by structure":                     {dbtest.Reader, db.Offer{}, []string{"Médiation familiale", "Bus à la demande", "Café des parents", "Garantie jeunes", "Permanence de Gramat"}},
		"of a theme":                            {dbtest.Reader, db.Offer{Theme: "parentalite"}, []string{"Médiation familiale", "Café des parents"}},
		"for a public, or for all":              {dbtest.Reader, db.Offer{Public: "16-25-ans"}, []string{"Garantie jeunes", "Permanence de Gramat"}},
		"of a kind":                             {dbtest.Reader, db.Offer{Kind: "mobilite"}, []string{"Bus à la demande"}},
		"there, or everywhere":                  {dbtest.Reader, db.Offer{Commune: dbtest.Gramat}, []string{"Médiation familiale", "Bus à la demande", "Café des parents", "Permanence de Gramat"}},
		"where its structure is":                {dbtest.Reader, db.Offer{Commune: dbtest.Souillac, Kind: "accompagnement"}, []string{"Garantie jeunes"}},
		"a theme by a word":                     {dbtest.Reader, db.Offer{Query: "parentalité"}, []string{"Médiation familiale", "Café des parents"}},
		"by the beginning of a word":            {dbtest.Reader, db.Offer{Query: "parent ecole"}, []string{"Café des parents"}},
		"by a former name of its structure":     {dbtest.Reader, db.Offer{Query: "paio garantie"}, []string{"Garantie jeunes"}},
		"by the commune of its structure":       {dbtest.Reader, db.Offer{Query: "souillac jeunes"}, []string{"Garantie jeunes"}},
		"none has both":                         {dbtest.Reader, db.Offer{Query: "parentalité bus"}, nil},
		"nothing of another territory":          {dbtest.Reader, db.Offer{Query: "ludothèque"}, nil},
		"there it is":                           {dbtest.Stranger, db.Offer{Query: "parentalité"}, []string{"Médiation familiale", "Ludothèque"}},
		"nobody sees a territory not their own": {app.Viewer{Account: "x", Reads: []app.TerritoryID{dbtest.Figeac}, Territory: dbtest.Cauvaldor}, db.Offer{}, nil},
	} {
		l, err := d.Services(t.Context(), c.by, c.f)
		if got := offers(l.Rows); err != nil || !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 || l.Count != len(c.want) {
			t.Errorf("%s: %q (%d), %v; want %q", name, got, l.Count, err, c.want)
		}
	}
}

func TestPagesOfServicesFollowOneAnother(t *testing.T) {
	d := dbtest.New(t)
	const n = 2*db.OfferPage + 3
	for i := range n {
		offer(t, d, []app.OrganisationID{dbtest.School, dbtest.Mission}[i%2], fmt.Sprintf("Aide numéro %d", i), nil)
	}
	var seen []string
	for _, f := range []db.Offer{{}, {Query: "aide"}} {
		var paged []string
		for {
			l, err := d.Services(t.Context(), dbtest.Reader, f)
			if err != nil || l.Count != n {
				t.Fatalf("%d counted, %v; want %d", l.Count, err, n)
			}
			paged = append(paged, offers(l.Rows)...)
			if !l.More {
				break
			}
			f.After = l.Rows[len(l.Rows)-1].ID
		}
		f.After = ""
		var exported []string
		err := d.ExportServices(t.Context(), dbtest.Reader, f, func(o db.Offered) error { exported = append(exported, o.Name); return nil })
		if err != nil || !slices.Equal(exported, paged) {
			t.Errorf("%q: the file has %d rows, %v; the pages %d", f.Query, len(exported), err, len(paged))
		}
		if seen == nil {
			seen = slices.Clone(paged)
		}
		if slices.Sort(paged); len(slices.Compact(paged)) != n || !slices.Equal(seen, exported) {
			t.Errorf("%q: the pages have %d services, want %d, in the same order", f.Query, len(slices.Compact(paged)), n)
		}
	}
}

func TestAServiceIsWrittenByItsStructureAndKeepsItsHistoryThere(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	s := app.Service{Organisation: dbtest.Mission, Name: "Atelier CV", Kind: "activite", Commune: "99999"}
	if _, err := d.AddService(ctx, dbtest.Referent, s, dbtest.Now); app.FieldsOf(err)["commune"] == "" {
		t.Errorf("at a commune of no list: %v", err)
	}
	s.Commune = dbtest.Gramat
	id, err := d.AddService(ctx, dbtest.Referent, s, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	for name, by := range map[string]app.Viewer{"a reader": dbtest.Reader, "another structure": {Account: "x", Refers: []app.OrganisationID{dbtest.School}, Partners: []app.TerritoryID{dbtest.Cauvaldor}, Territory: dbtest.Cauvaldor}} {
		if _, err := d.AddService(ctx, by, s, dbtest.Now); app.KindOf(err) != app.Forbidden {
			t.Errorf("%s adds to it: %v", name, err)
		}
		if err := d.StopService(ctx, by, id, dbtest.Now); app.KindOf(err) != app.Forbidden {
			t.Errorf("%s stops it: %v", name, err)
		}
	}
	if _, _, err := d.Service(ctx, dbtest.Stranger, id); app.KindOf(err) != app.NotFound {
		t.Errorf("another territory sees it: %v", err)
	}
	if err := d.StopService(ctx, dbtest.Stranger, id, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("another territory stops it: %v", err)
	}
	got, o, err := d.Service(ctx, dbtest.Reader, id)
	if err != nil || o.ID != dbtest.Mission || got.CommuneName != "Gramat" {
		t.Fatalf("read %+v of %s, %v", got, o.ID, err)
	}
	got.Name, got.Organisation = "Atelier CV et lettre", dbtest.School
	if err := d.EditService(ctx, dbtest.Referent, got, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.EditService(ctx, dbtest.Coordinator, got, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("written over what changed since: %v", err)
	}
	for _, do := range []func() error{
		func() error { return d.StopService(ctx, dbtest.Coordinator, id, dbtest.Now) },
		func() error { return d.StopService(ctx, dbtest.Coordinator, id, dbtest.Now) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	if l, err := d.Services(ctx, dbtest.Reader, db.Offer{}); err != nil || l.Count != 0 {
		t.Errorf("stopped, it is listed: %d, %v", l.Count, err)
	}
	if err := d.ResumeService(ctx, dbtest.Referent, id, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if l, err := d.Services(ctx, dbtest.Reader, db.Offer{Query: "lettre mission"}); err != nil || l.Count != 1 {
		t.Errorf("resumed under its new name, it is found %d times, %v", l.Count, err)
	}
	want := []string{"a repris le service « Atelier CV et lettre »", "a arrêté le service « Atelier CV et lettre »", "a modifié le service « Atelier CV »", "a ajouté le service « Atelier CV »"}
	var acts []string
	for _, act := range actsOn(t, d, dbtest.Mission) {
		if _, did, found := strings.Cut(act, " a "); found {
			acts = append(acts, "a "+did)
		}
	}
	if !slices.Equal(acts, want) {
		t.Errorf("the history of its structure says %q, want %q", acts, want)
	}
}

// Two editors at once: one is kept, the other is told.
func TestTwoHandsOnOneService(t *testing.T) {
	d := dbtest.New(t)
	id := offer(t, d, dbtest.Mission, "Atelier", nil)
	s, _, err := d.Service(t.Context(), dbtest.Referent, id)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	results := make(chan error, 8)
	for i := range 8 {
		all.Go(func() {
			mine := s
			mine.Name = fmt.Sprintf("Atelier %d", i)
			results <- d.EditService(context.Background(), dbtest.Referent, mine, dbtest.Now)
		})
	}
	all.Wait()
	close(results)
	kept := 0
	for err := range results {
		switch {
		case err == nil:
			kept++
		case app.KindOf(err) != app.Conflict:
			t.Error(err)
		}
	}
	if after, _, err := d.Service(t.Context(), dbtest.Referent, id); kept != 1 || err != nil || after.Version != 2 {
		t.Errorf("%d were kept, its version is %d, %v; want one, 2", kept, after.Version, err)
	}
}

func TestNothingIsOfferedByWhatIsNoMore(t *testing.T) {
	d := withTwins(t)
	mergedTwins(t, d)
	for name, by := range map[string]app.Viewer{"coordination": dbtest.Coordinator, "administration": dbtest.Admin} {
		_, err := d.AddService(t.Context(), by, app.Service{Organisation: twin, Name: "Accueil", Kind: "information"}, dbtest.Now)
		if app.KindOf(err) != app.NotFound {
			t.Errorf("%s adds to a structure that was merged into another: %v", name, err)
		}
	}
}
