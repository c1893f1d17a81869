package db_test

import (
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestNobodyGivesThemselvesAnOrganisationThatOpensATerritory(t *testing.T) {
	themed := dbtest.Limited
	themed.Themed = []app.Remit{{Territory: dbtest.Cauvaldor, Themes: []app.Theme{"parentalite"}}}
	for _, v := range []app.Viewer{dbtest.Coordinator, themed} {
		for way, give := range map[string]func(*db.DB) error{
			"an invitation": func(d *db.DB) error {
				e := db.Entrant{Who: app.Newcomer{FirstName: "Elle", LastName: "Même", Email: v.Email}, Role: app.Referent}
				_, err := d.InviteTeammate(t.Context(), v, dbtest.CAF, e, "o", welcomed, dbtest.Now)
				return err
			},
			"roles": func(d *db.DB) error {
				return d.GiveRoles(t.Context(), v, v.Account, []app.Grant{{Role: app.Colleague, Organisation: dbtest.CAF}}, dbtest.Now)
			},
		} {
			d := dbtest.New(t)
			session(t, d, v, "s")
			if err := give(d); app.KindOf(err) != app.Forbidden && app.KindOf(err) != app.NotFound {
				t.Errorf("%s, of %s to herself: %v, want Forbidden", way, v.Name, err)
			}
			if after, err := d.Viewer(t.Context(), "s", dbtest.Now); err != nil || after.MaySee(dbtest.Figeac) || after.Is(dbtest.CAF) {
				t.Errorf("%s, of %s to herself: she is %+v, %v; want her as she was", way, v.Name, after, err)
			}
		}
	}
}

func TestWhoCoordinatesGivesThemselvesAnOrganisationOfWhatTheySee(t *testing.T) {
	d := dbtest.New(t)
	if err := d.GiveRoles(t.Context(), dbtest.Coordinator, dbtest.Coordinator.Account, []app.Grant{
		{Role: app.Coordination, Territory: dbtest.Cauvaldor}, {Role: app.Colleague, Organisation: dbtest.Mission},
	}, dbtest.Now); err != nil {
		t.Error(err)
	}
	if err := d.GiveRoles(t.Context(), dbtest.Coordinator, dbtest.Referent.Account, []app.Grant{{Role: app.Referent, Organisation: dbtest.CAF}}, dbtest.Now); err != nil {
		t.Errorf("to somebody else: %v", err)
	}
	e := db.Entrant{Who: app.Newcomer{FirstName: "Adèle", LastName: "Admin", Email: dbtest.Admin.Email}, Role: app.Referent}
	if _, err := d.InviteTeammate(t.Context(), dbtest.Admin, dbtest.CAF, e, "o", welcomed, dbtest.Now); err != nil {
		t.Errorf("the administration, which sees everything: %v", err)
	}
}
