package db_test

import (
	"sync"
	"testing"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

func TestTwoAdministratorsCannotRemoveEachOther(t *testing.T) {
	d := dbtest.New(t)
	ctx, now := t.Context(), dbtest.Now
	both := []app.Grant{{Role: app.Administrator}, {Role: app.Coordination, Territory: dbtest.Cauvaldor}}
	if err := d.GiveRoles(ctx, dbtest.Admin, dbtest.Coordinator.Account, both, now); err != nil {
		t.Fatal(err)
	}
	second := dbtest.Coordinator
	second.Administrator = true
	errs := make([]error, 2)
	var racers sync.WaitGroup
	racers.Go(func() { errs[0] = d.DisableAccount(ctx, dbtest.Admin, second.Account, now) })
	racers.Go(func() { errs[1] = d.GiveRoles(ctx, second, dbtest.Admin.Account, nil, now) })
	racers.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("the two answers are %v and %v, want one to be refused", errs[0], errs[1])
	}
	for _, err := range errs {
		if err != nil && app.KindOf(err) != app.Conflict {
			t.Errorf("refused with %v, want a conflict", err)
		}
	}
	_, left, err := d.Accounts(ctx, dbtest.Admin, db.AccountFilter{Role: app.Administrator}, 10)
	if err != nil || left == 0 {
		t.Errorf("%d administrators are left, %v", left, err)
	}
}

func TestOfManyInvitationsOfOnePersonOneOpensAnAccount(t *testing.T) {
	d := dbtest.New(t)
	errs := make([]error, 6)
	var racers sync.WaitGroup
	for i := range errs {
		racers.Go(func() {
			n := db.Invitee{Person: app.Person{ID: dbtest.Ines}, Email: "ines@ecole.test", Grants: []app.Grant{{Role: app.Referent, Organisation: dbtest.School}}}
			_, errs[i] = d.OpenAccount(t.Context(), dbtest.Coordinator, n, secret.Digest(string(rune('a'+i))), app.Mail{Subject: "Invitation"}, dbtest.Now)
		})
	}
	racers.Wait()
	opened := 0
	for _, err := range errs {
		if err == nil {
			opened++
		} else if app.KindOf(err) != app.Conflict {
			t.Errorf("OpenAccount: %v, want a conflict", err)
		}
	}
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10)
	if opened != 1 || err != nil || len(mails) != 1 {
		t.Errorf("%d accounts were opened and %d mails written, %v; want one of each", opened, len(mails), err)
	}
}

func TestARefusedInvitationLeavesNothing(t *testing.T) {
	d := dbtest.New(t)
	n := db.Invitee{
		Person:   app.Person{FirstName: "Zoé", LastName: "Neuve"},
		Position: app.Position{Organisation: dbtest.Mission},
		Email:    dbtest.Referent.Email, // taken
		Grants:   []app.Grant{{Role: app.Colleague, Organisation: dbtest.Mission}},
	}
	if _, err := d.OpenAccount(t.Context(), dbtest.Coordinator, n, "x", app.Mail{}, dbtest.Now); app.FieldsOf(err)["courriel"] == "" {
		t.Errorf("OpenAccount: %v, want the address refused", err)
	}
	if people, err := d.Holders(t.Context(), dbtest.Coordinator, "neuve", dbtest.Now, 10); err != nil || len(people) != 0 {
		t.Errorf("Holders = %+v, %v; want nobody left behind", people, err)
	}
}

func TestAccountsAreReadPageByPage(t *testing.T) {
	d := dbtest.New(t)
	var names []string
	var f db.AccountFilter
	for range 10 {
		lines, count, err := d.Accounts(t.Context(), dbtest.Admin, f, 2)
		if err != nil || count != 7 {
			t.Fatalf("Accounts: %d in all, %v; want 7", count, err)
		}
		if len(lines) == 0 {
			break
		}
		for _, l := range lines {
			names = append(names, l.Name)
		}
		f.After = lines[len(lines)-1].ID
	}
	if want := 7; len(names) != want || names[0] != "Adèle Admin" || names[6] != "Zoé Rouquié" {
		t.Errorf("the pages hold %q, want the seven by name", names)
	}
}

func TestOneTerritoryIsOpenedOnce(t *testing.T) {
	d := dbtest.New(t)
	cahors := app.TerritoryID("200023737")
	convention, err := app.NewConvention(cahors, "CTG", "2026-01-01", "2029-12-31")
	if err != nil {
		t.Fatal(err)
	}
	o := app.Opening{
		Territory: app.Territory{ID: cahors, Name: "CA du Grand Cahors"}, Institution: "Communauté d’agglomération du Grand Cahors", Convention: convention,
		Communes: []app.Commune{{Code: "46042", Name: "Cahors", Territory: cahors}, {Code: dbtest.Gramat, Name: "Gramat", Territory: dbtest.Cauvaldor}},
	}
	if err := d.OpenTerritory(t.Context(), dbtest.Coordinator, o, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("a coordinator opens a territory: %v", err)
	}
	if err := d.OpenTerritory(t.Context(), dbtest.Admin, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.OpenTerritory(t.Context(), dbtest.Admin, o, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("opened twice: %v, want a conflict", err)
	}
	communes, err := d.Communes(t.Context(), cahors)
	if err != nil || len(communes) != 4 || communes[0].Name != "Cahors" || communes[1].Population+communes[2].Population+communes[3].Population == 0 {
		t.Errorf("Communes = %+v, %v; want Cahors first, and those that were there as they were", communes, err)
	}
}
