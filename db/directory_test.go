package db_test

import (
	"fmt"
	"slices"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

const (
	mission = "Mission locale du Lot"
	caf     = "Caisse d’allocations familiales du Lot"
	cc      = "Communauté de communes Cauvaldor"
	school  = "École élémentaire Clément-Brouqui"
	closed  = "Ludothèque Œuf de Pâques"
)

func TestFiltersOfTheDirectory(t *testing.T) {
	d := dbtest.New(t)
	for _, tt := range []struct {
		name  string
		f     db.OrganisationFilter
		names []string
	}{
		{"everything by name", db.OrganisationFilter{}, []string{caf, cc, school, mission}},
		{"a category", db.OrganisationFilter{Category: "education"}, []string{school}},
		{"a theme", db.OrganisationFilter{Theme: "parentalite"}, []string{caf}},
		{"a commune", db.OrganisationFilter{Commune: dbtest.Souillac}, []string{cc, mission}},
		{"a commune by category", db.OrganisationFilter{Commune: dbtest.Souillac, Sort: db.ByCategory}, []string{cc, mission}},
		{"archived", db.OrganisationFilter{Archived: true}, []string{closed}},
		{"to be completed", db.OrganisationFilter{Incomplete: true}, nil},
		{"nobody there", db.OrganisationFilter{Archived: true, WithoutPeople: true}, []string{closed}},
		{"somebody everywhere", db.OrganisationFilter{WithoutPeople: true}, nil},
		{"by commune, none last", db.OrganisationFilter{Sort: db.ByCommune}, []string{school, cc, mission, caf}},
		{"by category", db.OrganisationFilter{Sort: db.ByCategory}, []string{cc, school, mission, caf}},
		{"without accent", db.OrganisationFilter{Query: "ecole"}, []string{school}},
		{"in capitals", db.OrganisationFilter{Query: "ÉCOLE"}, []string{school}},
		{"beginnings in any order", db.OrganisationFilter{Query: "brou ecol"}, []string{school}},
		{"with its small words", db.OrganisationFilter{Query: "caisse des allocations"}, []string{caf}},
		{"its initials", db.OrganisationFilter{Query: "caf"}, []string{caf}},
		{"a former name", db.OrganisationFilter{Query: "paio"}, []string{mission}},
		{"a ligature", db.OrganisationFilter{Query: "oeuf", Archived: true}, []string{closed}},
		{"the commune", db.OrganisationFilter{Query: "gramat"}, []string{school}},
		{"a word too many", db.OrganisationFilter{Query: "ecole souillac"}, nil},
		{"the middle of a word", db.OrganisationFilter{Query: "cole"}, nil},
		{"a sign only", db.OrganisationFilter{Query: "%"}, []string{caf, cc, school, mission}},
	} {
		t.Run(tt.name, func(t *testing.T) { wantRows(t, d, tt.f, tt.names...) })
	}
}

func TestOldNamesFindTodays(t *testing.T) {
	d := dbtest.New(t)
	for _, name := range []string{"France Travail Souillac", "Relais petite enfance", "France services Biars", "Département du Lot", "DREETS Occitanie", "DDETSPP du Lot"} {
		if _, err := d.CreateOrganisation(t.Context(), dbtest.Coordinator, app.Organisation{Name: name, Category: "etat"}, nil, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	for query, name := range map[string]string{
		"pôle emploi": "France Travail Souillac", "RAM": "Relais petite enfance", "msap": "France services Biars",
		"conseil general": "Département du Lot", "ddcspp": "DDETSPP du Lot", "direccte": "DREETS Occitanie",
	} {
		l, err := d.Organisations(t.Context(), dbtest.Reader, db.OrganisationFilter{Query: query}, dbtest.Now)
		if err != nil || l.Count > 2 || !slices.ContainsFunc(l.Rows, func(o db.ListedOrganisation) bool { return o.Name == name }) {
			t.Errorf("%q finds %+v, %v; want %s", query, l.Rows, err, name)
		}
	}
}

func TestTheDirectoryIsThatOfTheTerritoryOnScreen(t *testing.T) {
	d := dbtest.New(t)
	l, err := d.Organisations(t.Context(), dbtest.Stranger, db.OrganisationFilter{}, dbtest.Now)
	if err != nil || l.Count != 2 || l.Rows[0].Name != caf || l.Rows[1].Name != "Centre social de Figeac" {
		t.Errorf("Figeac lists %+v, %v", l, err)
	}
	for _, by := range []app.Viewer{{}, {Account: "a", Territory: dbtest.Cauvaldor}} {
		if l, err := d.Organisations(t.Context(), by, db.OrganisationFilter{}, dbtest.Now); err != nil || l.Count != 0 {
			t.Errorf("somebody without rights is shown %d structures, %v", l.Count, err)
		}
	}
}

// TestPagesFollowEachOther reads the directory page after page, in each order, with twins.
func TestPagesFollowEachOther(t *testing.T) {
	d := dbtest.New(t)
	const n = 120
	err := d.Load(t.Context(), func(l *db.Loader) error {
		for i := range n {
			o := app.Organisation{
				ID: app.NewID[app.OrganisationID](), Name: fmt.Sprintf("Mairie annexe %d", i/3), Category: app.Categories[i%5].Key, Commune: dbtest.Gramat,
				CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now.AddDate(0, 0, -i/4), Territories: []app.TerritoryID{dbtest.Cauvaldor},
			}
			if err := l.Organisation(o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, sort := range []db.OrganisationSort{db.ByName, db.ByCommune, db.ByCategory, db.ByRecent} {
		for _, query := range []string{"", "mairie"} {
			f := db.OrganisationFilter{Sort: sort, Query: query}
			var all, exported []app.OrganisationID
			for {
				l, err := d.Organisations(t.Context(), dbtest.Reader, f, dbtest.Now)
				if err != nil {
					t.Fatal(err)
				}
				for _, o := range l.Rows {
					all = append(all, o.ID)
				}
				if !l.More {
					break
				}
				f.After = all[len(all)-1]
			}
			f.After = ""
			if err := d.ExportOrganisations(t.Context(), dbtest.Reader, f, dbtest.Now, func(o app.Organisation) error {
				exported = append(exported, o.ID)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(all, exported) || len(all) < n {
				t.Errorf("sorted by %q, the pages of %q hold %d structures, the export %d, not the same", sort, query, len(all), len(exported))
			}
		}
	}
}
