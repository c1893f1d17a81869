package db_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// informed runs a round of informing those who were added, at a time.
func informed(t *testing.T, d *db.DB, at time.Time) {
	t.Helper()
	for range 100 {
		told, err := d.InformNext(t.Context(), secret.Digest(secret.Token()), func(db.Told) app.Mail { return app.Mail{Subject: "Information"} }, at)
		if err != nil {
			t.Fatal(err)
		}
		if !told {
			return
		}
	}
	t.Fatal("a round has no end")
}

// Whoever types a victim's address on many records fills no mailbox with the notices, and
// holds back nobody else's.
func TestOneAddressOnManyRecordsIsToldOnceARound(t *testing.T) {
	d := dbtest.New(t)
	for i := range 5 {
		add(t, d, fmt.Sprint("Faux ", i), []string{"victime@ailleurs.test", "Victime@Ailleurs.test"}[i%2], dbtest.Now)
	}
	add(t, d, "Vraie", "vraie@ailleurs.test", dbtest.Now.Add(time.Minute))
	for round := range 6 {
		informed(t, d, dbtest.Now.Add(2*app.InformAfter+time.Duration(round)*time.Hour))
		told := map[string]int{}
		for _, address := range recipients(t, d, "Information") {
			told[app.FoldEmail(address)]++
		}
		if told["victime@ailleurs.test"] != min(round+1, 5) || told["vraie@ailleurs.test"] != 1 {
			t.Errorf("after %d rounds: %v; want one more at each to the address of five records, and one to another's", round+1, told)
		}
	}
}

// Whoever takes the address off each record once it is told gains nothing.
func TestAnAddressTakenOffARecordOnceToldIsCountedAllTheSame(t *testing.T) {
	d := dbtest.New(t)
	at := dbtest.Now.Add(2 * app.InformAfter)
	for i := range 6 {
		name := fmt.Sprint("Faux ", i)
		id := add(t, d, name, "victime@ailleurs.test", dbtest.Now)
		informed(t, d, at)
		elsewhere := app.Person{ID: id, FirstName: "Zoé", LastName: name, Email: fmt.Sprintf("autre%d@ailleurs.test", i), Version: 1}
		if i < 3 {
			if err := d.EditPerson(t.Context(), dbtest.Coordinator, elsewhere, toldFormer, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	add(t, d, "Vraie", "vraie@ailleurs.test", dbtest.Now.Add(time.Minute))
	informed(t, d, at)
	told := map[string]int{}
	for _, address := range recipients(t, d, "Information") {
		told[address]++
	}
	if told["victime@ailleurs.test"] > app.AskedAnHour || told["vraie@ailleurs.test"] != 1 {
		t.Errorf("told %v, want %d to the address at most, and who waits behind it", told, app.AskedAnHour)
	}
	before := len(recipients(t, d, "Information"))
	informed(t, d, at.Add(app.MailToInform.Again()))
	if told := len(recipients(t, d, "Information")) - before; told != 1 {
		t.Errorf("a round later %d are told, want one of those held back", told)
	}
}

// However many records wait at addresses that were sent enough, those of others go first.
func TestRecordsAtARefusedAddressDoNotHoldBackTheOthers(t *testing.T) {
	d := dbtest.New(t)
	at := dbtest.Now.Add(2 * app.InformAfter)
	for victim := range 5 {
		address := fmt.Sprintf("victime%d@ailleurs.test", victim)
		for range app.AskedAnHour {
			askLink(t, d, address, "somebody else", at)
		}
		first := add(t, d, fmt.Sprint("Première ", victim), address, dbtest.Now)
		informed(t, d, at)
		moved := app.Person{ID: first, FirstName: "Zoé", LastName: "Partie", Email: fmt.Sprintf("autre%d@ailleurs.test", victim), Version: 1}
		if err := d.EditPerson(t.Context(), dbtest.Coordinator, moved, toldFormer, at); err != nil {
			t.Fatal(err)
		}
		for i := range 30 {
			add(t, d, fmt.Sprintf("Faux %d %d", victim, i), address, dbtest.Now)
		}
	}
	add(t, d, "Vraie", "vraie@ailleurs.test", dbtest.Now.Add(time.Minute))
	informed(t, d, at)
	if !slices.Contains(recipients(t, d, "Information"), "vraie@ailleurs.test") {
		t.Error("whoever comes behind is not told")
	}
}

func add(t *testing.T, d *db.DB, name, email string, at time.Time) app.PersonID {
	t.Helper()
	id, err := d.AddPerson(t.Context(), dbtest.Referent, app.Person{FirstName: "Zoé", LastName: name, Email: email}, app.Position{Organisation: dbtest.Mission}, true, at)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAnAccountMovedBackAndForthFillsNoMailbox(t *testing.T) {
	d := dbtest.New(t)
	const victim = "victime@ailleurs.test"
	for i := range 20 {
		email := []string{victim, dbtest.Referent.Email}[i%2]
		if err := d.MoveAccount(t.Context(), dbtest.Coordinator, dbtest.Referent.Account, email, app.Mail{Subject: "Adresse changée"}, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	told := map[string]int{}
	for _, address := range recipients(t, d, "Adresse changée") {
		told[address]++
	}
	if told[victim] != app.AskedAnHour || told[dbtest.Referent.Email] != app.AskedAnHour {
		t.Errorf("told %v, want %d of each address at most, and each told", told, app.AskedAnHour)
	}
}

// Whoever writes records at somebody's address does not take the place of their own.
func TestTheLinkToOnesOwnDataComesBeforeThoseOfRecordsTypedSince(t *testing.T) {
	for email, want := range map[string]string{dbtest.Reader.Email: dbtest.Reader.Name, "ines@ecole.test": "Inès Faure"} {
		d := dbtest.New(t)
		for i := range 3 {
			add(t, d, fmt.Sprint("Faux ", i), email, dbtest.Now.Add(time.Duration(3-i)*time.Minute))
		}
		var named []string
		digests := []string{"a", "b", "c"}
		if err := d.SendPersonLinks(t.Context(), email, digests, func(names []string, _ bool) app.Mail { named = names; return app.Mail{} }, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(named) != fmt.Sprint([]string{want, "Zoé Faux 2", "Zoé Faux 1"}) {
			t.Errorf("%s is sent the links of %q, want %s first, then the oldest", email, named, want)
		}
	}
}
