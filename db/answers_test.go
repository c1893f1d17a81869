package db_test

import (
	"slices"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestAnArchivedOrganisationAnswersNoMoreUntilItIsRestored(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	if _, _, err := d.Register(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, []app.PersonID{"bruno"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	_, coming, err := d.Comers(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	r := coming.People[slices.IndexFunc(coming.People, func(k db.Comer) bool { return k.Person == "bruno" })].Registration.ID
	if err := d.ArchiveOrganisation(ctx, dbtest.Coordinator, dbtest.Mission, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for _, by := range []app.Viewer{dbtest.Referent, dbtest.Coordinator} {
		_, _, err := d.Register(ctx, by, dbtest.Soon, dbtest.Mission, []app.PersonID{"lea"}, dbtest.Now)
		refused(t, err, app.Conflict, "archivée")
		_, _, err = d.RegisterNewcomer(ctx, by, dbtest.Soon, dbtest.Mission, app.Newcomer{LastName: "Neuf"}, dbtest.Now)
		refused(t, err, app.Conflict, "archivée")
		refused(t, d.Answer(ctx, by, dbtest.Soon, dbtest.Mission, app.Coming, "", letter, dbtest.Now), app.Conflict, "archivée")
		refused(t, d.Substitute(ctx, by, dbtest.Soon, r, "lea", app.Newcomer{}, dbtest.Now), app.Conflict, "archivée")
	}
	if err := d.CancelRegistration(ctx, dbtest.Referent, dbtest.Soon, r, letter, dbtest.Now); err != nil {
		t.Errorf("a seat cannot be given back: %v", err)
	}
	if err := d.RestoreOrganisation(ctx, dbtest.Coordinator, dbtest.Mission, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.Answer(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, app.Coming, "", letter, dbtest.Now); err != nil {
		t.Errorf("once restored: %v", err)
	}
}
