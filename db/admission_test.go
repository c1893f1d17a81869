package db_test

import (
	"testing"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// Who keeps a team chooses the address of who enters: an account of a former member, opened
// there, would read and answer in the name of somebody who works elsewhere by now.
func TestNoAccountIsOpenedInTheNameOfWhoLeftTheStructure(t *testing.T) {
	hired := func(t *testing.T, d *db.DB) (app.PersonID, app.PositionID) {
		t.Helper()
		id, err := d.AddPerson(t.Context(), dbtest.Referent, app.Person{FirstName: "Odile", LastName: "Partie"}, app.Position{Organisation: dbtest.Mission, Since: "2025-01-01"}, true, dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		r, err := d.Person(t.Context(), dbtest.Referent, id, dbtest.Now)
		if err != nil || len(r.Positions) != 1 {
			t.Fatalf("Person = %+v, %v", r, err)
		}
		return id, r.Positions[0].ID
	}
	chosen := app.Newcomer{FirstName: "Odile", LastName: "Partie", Email: "autre@mission.test"}
	for name, enter := range map[string]func(t *testing.T, d *db.DB, person app.PersonID) (db.Admission, error){
		"chosen from the directory": func(t *testing.T, d *db.DB, person app.PersonID) (db.Admission, error) {
			return d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.Mission, db.Entrant{Person: person, Who: app.Newcomer{Email: chosen.Email}, Role: app.Colleague}, secret.Digest("o"), welcomed, dbtest.Now)
		},
		"invited by name": func(t *testing.T, d *db.DB, _ app.PersonID) (db.Admission, error) {
			return d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.Mission, db.Entrant{Who: chosen, Role: app.Colleague}, secret.Digest("o"), welcomed, dbtest.Now)
		},
		"asking under that name": func(t *testing.T, d *db.DB, _ app.PersonID) (db.Admission, error) {
			r := filed(t, d, app.JoinRequest{Organisation: dbtest.Mission, Who: chosen}, dbtest.Referent)
			return d.AcceptJoinRequest(t.Context(), dbtest.Referent, r.ID, "", app.Colleague, secret.Digest("o"), welcomed, dbtest.Now)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.New(t)
			person, position := hired(t, d)
			if err := d.EndPosition(t.Context(), dbtest.Referent, position, dbtest.Now); err != nil {
				t.Fatal(err)
			}
			a, err := enter(t, d, person) // or somebody else of that name
			if err == nil && a.Person == person || err != nil && app.KindOf(err) != app.NotFound {
				t.Errorf("who left: %+v, %v; want nobody found, or somebody else", a, err)
			}
			if h, _, err := d.Holder(t.Context(), dbtest.Admin, person, dbtest.Now); err != nil || h.Account != "" {
				t.Errorf("their record has the account %q, %v; want none", h.Account, err)
			}
		})
		t.Run(name+", before leaving", func(t *testing.T) {
			d := dbtest.New(t)
			person, _ := hired(t, d)
			if a, err := enter(t, d, person); err != nil || a.Person != person {
				t.Errorf("who is of the structure: %+v, %v", a, err)
			}
		})
	}
}
