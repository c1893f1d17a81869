package db_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

func noSeat(app.Notice) app.Mail { return app.Mail{} }

// caf is a référent·e of CAF, which takes part in both territories.
func cafReferent(t *testing.T, d *db.DB) app.Viewer {
	t.Helper()
	if _, err := d.InviteTeammate(t.Context(), dbtest.Admin, dbtest.CAF, db.Entrant{Person: dbtest.Reader.Person, Who: app.Newcomer{Email: dbtest.Reader.Email}, Role: app.Referent}, "caf", welcomed, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	session(t, d, dbtest.Reader, "s-caf")
	v, err := d.Viewer(t.Context(), "s-caf", dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Audit: whoever has somebody erased who bears the words of the trail empties the trail.
func TestErasingWhoBearsTheWordsOfTheTrailLeavesTheTrail(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	o, err := d.Organisation(ctx, dbtest.Coordinator, dbtest.Mission)
	if err != nil {
		t.Fatal(err)
	}
	o.Phone, o.Email = "05 65 99 99 99", "pirate@evil.test"
	if err := d.EditOrganisation(ctx, dbtest.Coordinator, o, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	entry := func() app.Entry {
		acts, err := d.History(ctx, app.OfOrganisation, string(dbtest.Mission), 20)
		if err != nil {
			t.Fatal(err)
		}
		return acts[len(acts)-1]
	}
	before := entry()
	id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{LastName: "a modifié la fiche"}, app.Position{Organisation: dbtest.Mission}, true, dbtest.Now.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Coordinator, id, noSeat, dbtest.Now.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	after := entry()
	if after.Act != before.Act || len(after.Changes) == 0 || after.Changes[0] != before.Changes[0] {
		t.Errorf("the trail of what the coordinator changed on the structure is blanked")
	}
}

// Mails: erasing somebody named "http" spoils every mail still to send.
func TestErasingLeavesTheLinksOfOthersMails(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	link := "http://maillage.test/connexion/lien/AbCdEf"
	if err := d.SendLink(ctx, dbtest.Referent.Email, db.LinkKey{Link: "l", Browser: "b", Code: "c"}, app.Mail{Subject: "Connexion", Body: link}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	me := app.Viewer{Account: dbtest.Reader.Account, Person: dbtest.Reader.Person, Email: dbtest.Reader.Email, Reads: dbtest.Reader.Reads, Territory: dbtest.Cauvaldor}
	if err := d.EditPerson(ctx, me, app.Person{ID: me.Person, LastName: "connexion", Email: me.Email, Version: 1}, toldFormer, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, me, me.Person, noSeat, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	mails, err := d.Outbox(ctx, dbtest.Admin, db.MailFilter{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if m.Recipient == dbtest.Referent.Email {
			if !strings.Contains(m.Body, link) {
				t.Errorf("the link of somebody else's mail was rewritten: %q", m.Body)
			}
		}
	}
}

// Door: somebody without position known in Figeac only is taken in at a door of Cauvaldor.
func TestADoorOpensTheRecordOfNobodyOfElsewhere(t *testing.T) {
	for name, walk := range map[string]func(id app.PersonID) db.WalkIn{
		"by choosing them in the search": func(id app.PersonID) db.WalkIn { return db.WalkIn{Person: id} },
		"by typing their name": func(app.PersonID) db.WalkIn {
			return db.WalkIn{Newcomer: app.Newcomer{FirstName: "Rose", LastName: "Secrète"}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.New(t)
			ctx := t.Context()
			start := dbtest.Now.Add(-time.Hour)
			far := app.Convention{ID: "ctg-loin", Territory: dbtest.Figeac, Name: "CTG de Figeac", StartsOn: "2026-01-01", EndsOn: "2029-12-31"}
			w := app.Workshop{Convention: far.ID, Territory: dbtest.Figeac, Title: "Café", StartsAt: start, EndsAt: start.Add(4 * time.Hour), Host: dbtest.Foreign, Kind: "atelier", Place: "x", Status: app.Published, CreatedAt: start, UpdatedAt: start, ID: "loin"}
			here := w
			here.ID, here.Territory, here.Host, here.Convention = "ici", dbtest.Cauvaldor, dbtest.CC, dbtest.CTG
			if err := d.Load(ctx, func(l *db.Loader) error {
				if err := l.Convention(far, dbtest.Now); err != nil {
					return err
				}
				if err := l.Workshop(w, dbtest.Stranger.Person); err != nil {
					return err
				}
				return l.Workshop(here, dbtest.Coordinator.Person)
			}); err != nil {
				t.Fatal(err)
			}
			a, err := d.WalkIn(ctx, dbtest.Stranger, "loin", db.WalkIn{Newcomer: app.Newcomer{FirstName: "Rose", LastName: "Secrète", Email: "rose@figeac.test"}}, dbtest.Now)
			if err != nil {
				t.Fatal(err)
			}
			if found, err := d.StrangersAtDoor(ctx, dbtest.Coordinator, "ici", "secr", 10, dbtest.Now); err != nil || len(found) > 0 {
				t.Errorf("the search at the door finds %+v, %v", found, err)
			}
			if _, err := d.WalkIn(ctx, dbtest.Coordinator, "ici", walk(a.Person), dbtest.Now); err != nil {
				return
			}
			r, err := d.Person(ctx, dbtest.Coordinator, a.Person, dbtest.Now)
			if err == nil && r.Email != "" {
				t.Errorf("the coordinator of Cauvaldor reads and keeps the record of somebody of Figeac: %s", r.Email)
			}
		})
	}
}

// Objections of somebody whom a structure of two territories wrote down.
func TestAnUnconfirmedPositionGivesNoAnswerToOppositions(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	caf := cafReferent(t, d)
	if err := d.AddPosition(ctx, caf, app.Position{Person: dbtest.Ines, Organisation: dbtest.CAF, Function: "x"}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	if err := d.Object(ctx, app.Viewer{Person: dbtest.Ines}, app.Objection{Kind: app.ToObject, Reason: "Mon ex-conjoint travaille à Figeac"}, func(o app.Objection) app.Mail { return app.Mail{Subject: "Opposition", Body: o.Name + o.Reason} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for _, to := range recipients(t, d, "Opposition") {
		told[to] = true
	}
	all, err := d.Objections(ctx, dbtest.Stranger, dbtest.Now)
	if err != nil || told[dbtest.Stranger.Email] || len(all) > 0 {
		t.Errorf("the coordination of Figeac is told why Inès objects (%v)", err)
	}
}

// Journal: what somebody corrects by their personal link is filed where they were only written down.
func TestTheJournalOfElsewhereDoesNotTellWhatAPersonCorrects(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	caf := cafReferent(t, d)
	caf.Territory = dbtest.Figeac
	far := app.Organisation{ID: "zone", Name: "Zone", Category: "vie-sociale", Themes: []app.Theme{"vie-sociale"}, Territories: []app.TerritoryID{dbtest.Figeac}, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}
	if err := d.Load(ctx, func(l *db.Loader) error { return l.Organisation(far) }); err != nil {
		t.Fatal(err)
	}
	id, err := d.AddPerson(ctx, dbtest.Stranger, app.Person{FirstName: "Rose", LastName: "Secrète", Email: "rose@figeac.test"}, app.Position{Organisation: far.ID}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.AddPosition(ctx, caf, app.Position{Person: id, Organisation: dbtest.CAF, Function: "x"}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.CorrectOwnData(ctx, app.Viewer{Person: id}, db.Correction{Person: app.Person{FirstName: "Rose", LastName: "Secrète", Email: "rose@figeac.test", Phone: "0611223344", Version: 1}}, "x", app.Mail{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	lines, err := d.Journal(ctx, dbtest.Coordinator, db.JournalFilter{}, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		for _, c := range l.Changes {
			if strings.Contains(c.After, "06 11 22 33 44") {
				t.Errorf("Claire's journal: %s %s: %s %+v", l.Title, l.Act, l.Actor, l.Changes)
			}
		}
	}
}

// Personal links sent to the address that an account left stay good.
func TestPersonalLinksEndWithTheAddressOfTheAccount(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.SendPersonLinks(ctx, dbtest.Referent.Email, []string{"p1"}, func([]string, bool) app.Mail { return app.Mail{Subject: "Lien"} }, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.MoveAccount(ctx, dbtest.Coordinator, dbtest.Referent.Account, "bruno@neuf.test", app.Mail{Subject: "M"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if id, err := d.LinkedPerson(ctx, "p1", dbtest.Now.Add(20*24*time.Hour)); err == nil {
		t.Errorf("the link sent to the address that was left still opens %s's data twenty days later", id)
	}
}

// An unconfirmed position lets a structure name somebody for a workshop and read whether they came.
func TestAnUnconfirmedPositionRegistersNobody(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.AddPosition(ctx, dbtest.Referent, app.Position{Person: dbtest.Ines, Organisation: dbtest.Mission, Function: "x", Since: "2026-01-01"}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	_, comers, err := d.Comers(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, dbtest.Now)
	if err != nil || slices.ContainsFunc(comers.People, func(k db.Comer) bool { return k.Person == dbtest.Ines }) {
		t.Errorf("Bruno reads whether Inès comes for others: %+v, %v", comers.People, err)
	}
	_, _, err = d.Register(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, []app.PersonID{dbtest.Ines}, dbtest.Now)
	wantKind(t, err, app.Invalid)
}

// The seven days of an ended position are stretched for ever.
func TestTheSevenDaysOfAnEndAreNotStretched(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	day := 24 * time.Hour
	id, err := d.AddPerson(ctx, dbtest.Referent, app.Person{FirstName: "Tom", LastName: "Parti", Email: "tom@x.test"}, app.Position{Organisation: dbtest.Mission, Since: "2025-01-01"}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	at := func(now time.Time) app.Position {
		r, err := d.Person(ctx, dbtest.Coordinator, id, now)
		if err != nil {
			t.Fatal(err)
		}
		return r.Positions[0].Position
	}
	if err := d.EndPosition(ctx, dbtest.Coordinator, at(dbtest.Now).ID, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	now := dbtest.Now
	for range 10 {
		now = now.Add(6 * day)
		p := at(now)
		p.Until = app.DateOf(now.Add(-day))
		if err := d.EditPosition(ctx, dbtest.Referent, p, now); err != nil {
			return
		}
	}
	if err := d.ResumePosition(ctx, dbtest.Referent, at(now).ID, now); err != nil {
		return
	}
	r, err := d.Person(ctx, dbtest.Referent, id, now)
	if r.Email != "" {
		t.Errorf("sixty days after the coordination ended it, Bruno has the address again: %s %v", r.Email, err)
	}
}

// A référent·e erases somebody whom another structure keeps too, through an account opened in their name.
func TestAReferentOpensNoAccountAtAnAddressOfTheirsForWhomAnotherKeeps(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: "Tom", LastName: "Commun"}, app.Position{Organisation: dbtest.School, Function: "Bénévole"}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.AddPosition(ctx, dbtest.Coordinator, app.Position{Person: id, Organisation: dbtest.Mission, Function: "Bénévole"}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	_, err = d.InviteTeammate(ctx, dbtest.Referent, dbtest.Mission, db.Entrant{Person: id, Who: app.Newcomer{Email: "bruno.bis@evil.test"}, Role: app.Colleague, Former: toldFormer}, secret.Digest("o"), welcomed, dbtest.Now)
	wantKind(t, err, app.Invalid)
}

// A role that requires a second factor is given to an open session without one.
func TestACoordinationGivenToAnOpenSessionAsksTheSecondFactor(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.Require(ctx, dbtest.Admin, true, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	session(t, d, dbtest.Reader, "s1")
	if err := d.GiveRoles(ctx, dbtest.Admin, dbtest.Reader.Account, []app.Grant{{Role: app.Coordination, Territory: dbtest.Cauvaldor}}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	v, err := d.Viewer(ctx, "s1", dbtest.Now.Add(29*24*time.Hour))
	if v.MayCoordinate(dbtest.Cauvaldor) {
		t.Errorf("29 days later the session that never proved a second factor coordinates: %v", err)
	}
}
