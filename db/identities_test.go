package db_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

var elodie = app.Identity{Issuer: "https://fournisseur.test", Subject: "s1", Email: "bruno@maillage.test", Vouched: true, FirstName: "Bruno", LastName: "Delmas", SIRET: "26460017200011"}

var linkedMail = app.Mail{Subject: "Une identité est reliée", Body: "Bonjour"}

func signInBy(t *testing.T, d *db.DB, i app.Identity, session string, now time.Time) (app.Viewer, error) {
	t.Helper()
	return d.SignInByIdentity(t.Context(), i, "ProConnect", linkedMail, session, "Essai", now)
}

func TestABelievedAddressLinksTheIdentityOnce(t *testing.T) {
	d := dbtest.New(t)
	v, err := signInBy(t, d, elodie, "un", dbtest.Now)
	if err != nil || v.Account != dbtest.Referent.Account {
		t.Fatalf("SignInByIdentity = %+v, %v", v, err)
	}
	if act := lastAct(t, d, app.OfAccount, string(v.Account)); act.Act != "a relié à son compte une identité ProConnect" || act.Actor != "Bruno Delmas" {
		t.Errorf("audit: %+v", act)
	}
	moved := elodie
	moved.Email, moved.Vouched = "autre@maillage.test", false // what the identity is linked to no longer depends on the address
	later := dbtest.Now.Add(time.Hour)
	if v, err = signInBy(t, d, moved, "deux", later); err != nil || v.Account != dbtest.Referent.Account {
		t.Errorf("by the identity alone: %+v, %v", v, err)
	}
	all, err := d.Identities(t.Context(), dbtest.Referent)
	if err != nil || len(all) != 1 || !all[0].LinkedAt.Equal(dbtest.Now) || !all[0].UsedAt.Equal(later) {
		t.Errorf("Identities = %+v, %v; want one, linked then and used now", all, err)
	}
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10)
	if err != nil || len(mails) != 1 || mails[0].Recipient != dbtest.Referent.Email || mails[0].Name != "Bruno Delmas" {
		t.Errorf("mails = %+v, %v; want one that tells of the link", mails, err)
	}
}

func TestNobodyEntersByAnAddressThatIsNotBelieved(t *testing.T) {
	d := dbtest.New(t)
	for name, change := range map[string]func(*app.Identity){
		"not vouched": func(i *app.Identity) { i.Vouched = false },
		"no address":  func(i *app.Identity) { i.Email = "" },
		"unknown":     func(i *app.Identity) { i.Email = "inconnue@maillage.test" },
	} {
		t.Run(name, func(t *testing.T) {
			i := elodie
			change(&i)
			v, err := signInBy(t, d, i, name, dbtest.Now)
			wantKind(t, err, app.NotFound)
			if v.SignedIn() {
				t.Errorf("signed in as %+v", v)
			}
		})
	}
	if all, err := d.Identities(t.Context(), dbtest.Referent); err != nil || len(all) != 0 {
		t.Errorf("Identities = %+v, %v; want none", all, err)
	}
}

func TestAnotherSubjectOrIssuerIsAnotherPerson(t *testing.T) {
	d := dbtest.New(t)
	if _, err := signInBy(t, d, elodie, "un", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for name, i := range map[string]app.Identity{
		"another subject": {Issuer: elodie.Issuer, Subject: "s2", Email: elodie.Email},
		"another issuer":  {Issuer: "https://ailleurs.test", Subject: "s1", Email: elodie.Email},
	} {
		_, err := signInBy(t, d, i, name, dbtest.Now)
		if app.KindOf(err) != app.NotFound {
			t.Errorf("%s: %v, want nobody", name, err)
		}
	}
}

func TestADisabledAccountIsNotEnteredByAnIdentity(t *testing.T) {
	d := dbtest.New(t)
	disable := func() {
		if err := d.DisableAccount(t.Context(), dbtest.Admin, dbtest.Referent.Account, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	disable()
	_, err := signInBy(t, d, elodie, "par l’adresse", dbtest.Now)
	wantKind(t, err, app.Forbidden)
	if err := d.EnableAccount(t.Context(), dbtest.Admin, dbtest.Referent.Account, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := signInBy(t, d, elodie, "un", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	disable()
	_, err = signInBy(t, d, elodie, "par le lien", dbtest.Now)
	wantKind(t, err, app.Forbidden)
	wantKind(t, d.LinkIdentity(t.Context(), dbtest.Referent, app.Identity{Issuer: "i", Subject: "s"}, "ProConnect", linkedMail, dbtest.Now), app.Forbidden)
}

func TestAnIdentityOpensOneAccount(t *testing.T) {
	d := dbtest.New(t)
	i := app.Identity{Issuer: "https://fournisseur.test", Subject: "s9"}
	for range 2 { // linking again what is theirs is no fault
		if err := d.LinkIdentity(t.Context(), dbtest.Referent, i, "ProConnect", linkedMail, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	wantKind(t, d.LinkIdentity(t.Context(), dbtest.Colleague, i, "ProConnect", linkedMail, dbtest.Now), app.Conflict)
	all, err := d.Identities(t.Context(), dbtest.Referent)
	if err != nil || len(all) != 1 {
		t.Fatalf("Identities = %+v, %v; want one", all, err)
	}
	wantKind(t, d.UnlinkIdentity(t.Context(), dbtest.Colleague, all[0].ID, "ProConnect", dbtest.Now), app.NotFound)
	if err := d.UnlinkIdentity(t.Context(), dbtest.Referent, all[0].ID, "ProConnect", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if act := lastAct(t, d, app.OfAccount, string(dbtest.Referent.Account)); act.Act != "a délié de son compte une identité ProConnect" {
		t.Errorf("audit: %+v", act)
	}
	_, err = signInBy(t, d, i, "un", dbtest.Now)
	wantKind(t, err, app.NotFound)
}

func TestADepartureServesOnceInItsBrowserAndInTime(t *testing.T) {
	d := dbtest.New(t)
	left := db.Trip{Account: dbtest.Referent.Account, Next: "/ateliers?q=a"}
	for name, tt := range map[string]struct {
		browser string
		after   time.Duration
		times   int
		kind    app.Kind
	}{
		"in time":         {"navigateur", db.TripLife - time.Second, 1, app.Internal},
		"twice":           {"navigateur", 0, 2, app.Conflict},
		"late":            {"navigateur", db.TripLife, 1, app.Conflict},
		"another browser": {"autre", 0, 1, app.Conflict},
	} {
		t.Run(name, func(t *testing.T) {
			if err := d.Depart(t.Context(), name, "navigateur", left, dbtest.Now); err != nil {
				t.Fatal(err)
			}
			var back db.Trip
			var err error
			for range tt.times {
				back, err = d.ComeBack(t.Context(), name, tt.browser, dbtest.Now.Add(tt.after))
			}
			if app.KindOf(err) != tt.kind || (err == nil) != (back == left) {
				t.Errorf("ComeBack = %+v, %v; want %v", back, err, tt.kind)
			}
		})
	}
	_, err := d.ComeBack(t.Context(), "inconnu", "navigateur", dbtest.Now)
	wantKind(t, err, app.Conflict)
}

func TestWhoArrivedIsKeptUntilTheyAsk(t *testing.T) {
	d := dbtest.New(t)
	for _, id := range []app.OrganisationID{dbtest.Mission, dbtest.Foreign} {
		by := dbtest.Coordinator
		if id == dbtest.Foreign {
			by = dbtest.Stranger
		}
		o := organisation(t, d, by, id)
		o.SIRET = elodie.SIRET
		if err := d.EditOrganisation(t.Context(), by, o, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Arrive(t.Context(), "navigateur", elodie, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	i, employers, err := d.Arrival(t.Context(), "navigateur", dbtest.Now.Add(time.Minute))
	if err != nil || i.Email != elodie.Email || i.Subject != "s1" || len(employers) != 2 || employers[0].ID != dbtest.Foreign || employers[1].ID != dbtest.Mission {
		t.Errorf("Arrival = %+v, %v, %v; want the identity and both structures of its SIRET", i, employers, err)
	}
	if err := d.ArchiveOrganisation(t.Context(), dbtest.Stranger, dbtest.Foreign, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, employers, err = d.Arrival(t.Context(), "navigateur", dbtest.Now); err != nil || len(employers) != 1 {
		t.Errorf("Arrival: %v, %v; want no archived structure", employers, err)
	}
	unknown := elodie
	unknown.SIRET = ""
	if err := d.Arrive(t.Context(), "sans siret", unknown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, employers, err := d.Arrival(t.Context(), "sans siret", dbtest.Now); err != nil || len(employers) != 0 {
		t.Errorf("Arrival without SIRET: %v, %v; want no structure", employers, err)
	}
	for browser, now := range map[string]time.Time{"autre": dbtest.Now, "navigateur": dbtest.Now.Add(db.ArrivalLife)} {
		_, _, err := d.Arrival(t.Context(), browser, now)
		wantKind(t, err, app.NotFound)
	}
	if err := d.Forget(t.Context(), "navigateur"); err != nil {
		t.Fatal(err)
	}
	_, _, err = d.Arrival(t.Context(), "navigateur", dbtest.Now)
	wantKind(t, err, app.NotFound)
}

func TestAnErasedPersonIsNobodyForTheProvider(t *testing.T) {
	d := dbtest.New(t)
	lea := app.Identity{Issuer: "https://fournisseur.test", Subject: "s7", Email: dbtest.Colleague.Email, Vouched: true}
	if _, err := signInBy(t, d, lea, "un", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.Depart(t.Context(), "état", "navigateur", db.Trip{Account: dbtest.Colleague.Account}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(t.Context(), dbtest.Admin, dbtest.Colleague.Person, noLetter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	_, err := signInBy(t, d, lea, "deux", dbtest.Now)
	wantKind(t, err, app.NotFound)
	_, err = d.ComeBack(t.Context(), "état", "navigateur", dbtest.Now)
	wantKind(t, err, app.Conflict)
}
