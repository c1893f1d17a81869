package db_test

import (
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestSomebodyOfAnotherTerritoryIsNobodyHere(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	far := dbtest.Stranger.Person
	if _, err := d.Plan(ctx, dbtest.Coordinator, planned(), []app.PersonID{far}, dbtest.Now); app.FieldsOf(err)["animation"] == "" {
		t.Errorf("Plan with an animator of elsewhere: %v, want a word on the field", err)
	}
	if _, err := d.WalkIn(ctx, dbtest.Coordinator, dbtest.Soon, db.WalkIn{Person: far}, doorTime); app.KindOf(err) != app.NotFound {
		t.Errorf("WalkIn of somebody of elsewhere: %v, want NotFound", err)
	}
	if people, err := d.People(ctx, dbtest.Coordinator, []app.PersonID{far, dbtest.Ines}); err != nil || len(people) != 1 {
		t.Errorf("People = %+v, %v; want the one of the territory", people, err)
	}
}

func TestOneAnimatesWherever(t *testing.T) {
	d := dbtest.New(t)
	by := dbtest.Admin
	by.Person, by.Territory = dbtest.Stranger.Person, dbtest.Cauvaldor
	if _, err := d.Plan(t.Context(), by, planned(), []app.PersonID{by.Person}, dbtest.Now); err != nil {
		t.Errorf("Plan by somebody of elsewhere, who animates: %v", err)
	}
}
