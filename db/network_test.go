package db_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/app/network"
	"maillage/app/network/atlas"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestAttendanceTellsWhoMetWhomInATerritory(t *testing.T) {
	d := dbtest.New(t)
	all, err := d.Attendance(t.Context(), dbtest.Cauvaldor)
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Organisations) != 4 {
		t.Errorf("%d organisations, want the four of the territory that are not archived", len(all.Organisations))
	}
	if len(all.Calls) != 3 {
		t.Errorf("%d invitations, want 3", len(all.Calls))
	}
	g := network.Selection{Phase: dbtest.Phase1, Axis: dbtest.Axis1}.Weave(all)
	cc, _ := g.Find(dbtest.CC)
	mission, _ := g.Find(dbtest.Mission)
	if tie, met := g.Tie(cc, mission); !met || tie.Meetings != 1 || !tie.Last.Equal(dbtest.Now.AddDate(0, -2, 0)) {
		t.Errorf("tie = %+v, %v; want one meeting two months ago", tie, met)
	}
	if len(g.Ties) != 1 {
		t.Errorf("%d ties, want 1: the school was noted absent", len(g.Ties))
	}
	elsewhere, err := d.Attendance(t.Context(), dbtest.Figeac)
	if err != nil || len(elsewhere.Presences) != 0 || len(elsewhere.Organisations) != 2 {
		t.Errorf("elsewhere: %d presences, %d organisations, %v; want 0 and 2", len(elsewhere.Presences), len(elsewhere.Organisations), err)
	}
}

func TestActsSinceGrowsWithWhatIsDoneInTheTerritoryOrOnItsOrganisations(t *testing.T) {
	d := dbtest.New(t)
	since := dbtest.Now.Add(-time.Hour)
	count := func() int {
		n, err := d.ActsSince(t.Context(), dbtest.Cauvaldor, since)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	act := func(territory app.TerritoryID, at time.Time, thing app.Thing, id string) {
		err := d.Load(t.Context(), func(l *db.Loader) error {
			return l.Entry(territory, app.Entry{ID: app.NewID[app.AuditID](), At: at, Thing: thing, ThingID: id, Act: "a agi"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	before := count()
	act(dbtest.Cauvaldor, dbtest.Now.AddDate(0, 0, -1), app.OfWorkshop, string(dbtest.Soon))
	act(dbtest.Figeac, dbtest.Now, app.OfOrganisation, string(dbtest.Foreign))
	if got := count(); got != before {
		t.Errorf("acts = %d, want still %d after acts before or elsewhere", got, before)
	}
	act(dbtest.Cauvaldor, dbtest.Now, app.OfWorkshop, string(dbtest.Soon))
	act(dbtest.Figeac, dbtest.Now, app.OfOrganisation, string(dbtest.CAF))
	if got := count(); got != before+2 {
		t.Errorf("acts = %d, want %d after one here and one on an organisation that is here too", got, before+2)
	}
}

func TestPlacesAreThoseOfTheTerritoryByCommune(t *testing.T) {
	d := dbtest.New(t)
	for _, tt := range []struct {
		name   string
		filter atlas.Filter
		want   []app.OrganisationID
	}{
		{"all", atlas.Filter{}, []app.OrganisationID{dbtest.School, dbtest.CC, dbtest.Mission, dbtest.CAF}},
		{"a category", atlas.Filter{Category: "education"}, []app.OrganisationID{dbtest.School}},
		{"a theme", atlas.Filter{Theme: "jeunesse"}, []app.OrganisationID{dbtest.Mission}},
		{"both, that none has", atlas.Filter{Category: "education", Theme: "jeunesse"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			places, err := d.Places(t.Context(), dbtest.Cauvaldor, tt.filter)
			if err != nil {
				t.Fatal(err)
			}
			var got []app.OrganisationID
			for _, p := range places {
				got = append(got, p.ID)
				if p.Commune != "" && !p.Point.Known() {
					t.Errorf("%s has a commune but no point", p.ID)
				}
			}
			if len(got) != len(tt.want) {
				t.Fatalf("places = %v, want %v", got, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Fatalf("places = %v, want %v", got, tt.want)
				}
			}
		})
	}
}

func TestOutlinesAreThoseOfTheTerritory(t *testing.T) {
	communes, err := dbtest.New(t).Outlines(t.Context(), dbtest.Cauvaldor)
	if err != nil || len(communes) != 2 || communes[0].Code != dbtest.Gramat {
		t.Errorf("outlines = %v, %v; want Gramat then Souillac", communes, err)
	}
}
