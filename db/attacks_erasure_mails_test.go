package db_test

import (
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// What names somebody whom it is not written to loses their name, however it is written, and
// the one that they bore then.
func TestANameGoesFromTheMailsToOthersThatBearIt(t *testing.T) {
	for _, name := range [][2]string{{"Inès", "d’Arc"}, {"maria", "lopes"}, {"Jean", "l’Hermite"}, {"Ana", "d'Almeida"}, {"Sœur", "marie"}} {
		d := dbtest.New(t)
		ctx := t.Context()
		id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: name[0], LastName: name[1], Email: "elle@ecole.test"}, app.Position{Organisation: dbtest.School}, true, dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		full := name[0] + " " + name[1]
		letter := func(o app.Objection) app.Mail {
			return app.Mail{Subject: o.Name + " demande", Body: "De " + o.Name + "."}
		}
		her := app.Viewer{Person: id, Account: "", Email: "elle@ecole.test"}
		if err := d.Object(ctx, her, app.Objection{Person: id, Kind: app.ToObject, Reason: "Non."}, letter, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		if len(heldOf(t, d, full+" demande")) == 0 {
			t.Fatalf("no mail names %s", full)
		}
		r, err := d.Person(ctx, dbtest.Coordinator, id, dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		r.LastName = "Autrement"
		if err := d.EditPerson(ctx, dbtest.Coordinator, r.Person, toldFormer, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		if err := d.ErasePerson(ctx, dbtest.Coordinator, id, noSeat, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		if left := heldOf(t, d, full); len(left) > 0 {
			t.Errorf("erased, %s is still named in %q", full, left)
		}
	}
}

// heldOf returns the tables, audit apart or not, whose rows hold word.
func heldOf(t *testing.T, d *db.DB, word string) (tables []string) {
	t.Helper()
	for table, rows := range dbtest.Trace(t, d) {
		if strings.Contains(rows, word) {
			for _, row := range strings.Split(rows, "\n") {
				if strings.Contains(row, word) {
					tables = append(tables, table+": "+row)
				}
			}
		}
	}
	return tables
}

func newcomer() app.JoinRequest {
	return app.JoinRequest{Organisation: dbtest.Mission, Who: app.Newcomer{FirstName: "Nadia", LastName: "Perrin", Function: "Conseillère", Email: "nadia.perrin@mission.test"}}
}

// The name of who wrote a campaign stands in its text.
func TestACampaignForgetsItsAuthor(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	g := rentree
	g.Body = "Écrivez à Claire Bonnet, claire@maillage.test."
	id, _, err := d.SendCampaign(ctx, dbtest.Coordinator, g, db.OrganisationFilter{}, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, dbtest.Coordinator.Person, noSeat, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	v := dbtest.Admin
	kept, err := d.Campaign(ctx, v, id)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(kept.Body, "Claire Bonnet") {
		t.Errorf("erased, Claire is still in the campaign, and in the letters still to leave: %q", kept.Body)
	}
}

// The mail to who decides of a request says the address of who asks: erased, it is still there.
func TestTheAddressOfWhoAskedGoesFromTheMailsOfWhoDecided(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	letter := func(r app.JoinRequest, to string) app.Mail {
		return app.Mail{Subject: r.Who.Name() + " demande un accès", Body: "Adresse, confirmée : " + r.Who.Email}
	}
	if err := d.FileJoinRequest(ctx, newcomer(), letter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	all, err := d.JoinRequestsToAnswer(ctx, dbtest.Referent, dbtest.Now)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	a, err := d.AcceptJoinRequest(ctx, dbtest.Referent, all[0].ID, dbtest.Mission, app.Colleague, secret.Digest("j"), welcomed, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, a.Person, noSeat, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if left := heldOf(t, d, "nadia.perrin@"); len(left) > 0 {
		t.Errorf("erased, her address is still in %q", left)
	}
	if left := heldOf(t, d, "Perrin"); len(left) > 0 {
		t.Errorf("erased, her name is still in %q", left)
	}
}

// An account moved, taken back, then its person erased: the addresses stay in the journal.
func TestTheAddressesOfAnAccountTakenBackGoWithItsPerson(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	id, err := d.AddPerson(ctx, dbtest.Coordinator, app.Person{FirstName: "Tom", LastName: "Visé"}, app.Position{Organisation: dbtest.School}, true, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.OpenAccount(ctx, dbtest.Coordinator, opening(id, "tom.vise@ecole.test"), secret.Digest("o"), app.Mail{}, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.MoveAccount(ctx, dbtest.Coordinator, a, "tom.vise@perso.test", app.Mail{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.GiveRoles(ctx, dbtest.Coordinator, a, nil, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, id, noSeat, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if left := heldOf(t, d, "tom.vise@"); len(left) > 0 {
		t.Errorf("erased, his addresses are still in %q", left)
	}
	if left := heldOf(t, d, "Visé"); len(left) > 0 {
		t.Errorf("erased, his name is still in %q", left)
	}
}

// An address confirmed by its link, of an account never used: what was written there stays.
func TestTheMailsOfAnAddressConfirmedGoWithItsPerson(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	if err := d.AskToJoin(ctx, newcomer(), secret.Digest("a"), app.Mail{Subject: "Confirmez"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	letter := func(r app.JoinRequest, to string) app.Mail { return app.Mail{Subject: "Demande"} }
	if _, err := d.ConfirmJoinRequest(ctx, secret.Digest("a"), letter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	all, err := d.JoinRequestsToAnswer(ctx, dbtest.Referent, dbtest.Now)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	a, err := d.AcceptJoinRequest(ctx, dbtest.Referent, all[0].ID, dbtest.Mission, app.Colleague, secret.Digest("j"), welcomed, dbtest.Now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, a.Person, noSeat, dbtest.Now.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if left := heldOf(t, d, "nadia.perrin@"); len(left) > 0 {
		t.Errorf("erased, her address is still in %q", left)
	}
}

// A mail whose subject names somebody, sent again, is told in the journal with that name.
func TestAMailSentAgainNamesNobodyInTheJournal(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	letter := func(r app.JoinRequest, to string) app.Mail {
		return app.Mail{Subject: r.Who.Name() + " demande un accès pour « Mission locale du Lot »"}
	}
	if err := d.FileJoinRequest(ctx, newcomer(), letter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	mails, err := d.DueMails(ctx, dbtest.Now, 10)
	if err != nil || len(mails) != 1 {
		t.Fatal(mails, err)
	}
	if err := d.MailFailed(ctx, mails[0].ID, "550", time.Time{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.ResendMail(ctx, dbtest.Admin, mails[0].ID, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	all, err := d.JoinRequestsToAnswer(ctx, dbtest.Referent, dbtest.Now)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	a, err := d.AcceptJoinRequest(ctx, dbtest.Referent, all[0].ID, dbtest.Mission, app.Colleague, secret.Digest("j"), welcomed, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ErasePerson(ctx, dbtest.Admin, a.Person, noSeat, dbtest.Now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	for _, row := range heldOf(t, d, "Nadia Perrin") {
		t.Errorf("erased, she is still named in %q", row)
	}
}

// A demand of erasure granted: once its answer has left, her address stays with it for six months.
func TestTheAnswerToAnErasureGoesOnceItHasLeft(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	quiet := func(app.Objection) app.Mail { return app.Mail{} }
	if err := d.Object(ctx, dbtest.Colleague, app.Objection{Kind: app.ToErase}, quiet, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	all, err := d.Objections(ctx, dbtest.Coordinator, dbtest.Now)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	letter := func(o app.Objection) app.Mail { return app.Mail{Subject: "Réponse", Body: "Bonjour, c’est fait."} }
	if err := d.AnswerObjection(ctx, dbtest.Coordinator, all[0].ID, true, true, "", letter, noSeat, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	due, err := d.DueMails(ctx, dbtest.Now, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range due {
		if err := d.MailSent(ctx, m.ID, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Tidy(ctx, dbtest.Now.AddDate(0, 2, 0)); err != nil {
		t.Fatal(err)
	}
	if left := heldOf(t, d, dbtest.Colleague.Email); len(left) > 0 {
		t.Errorf("two months after she was erased and told so, her address is still in %q", left)
	}
}

// Anybody renames themselves as others' mails speak, then erases themselves: those mails lose it.
func TestNobodyTakesWordsOutOfOthersMailsByTheirName(t *testing.T) {
	for said, name := range map[string][2]string{
		"Bonjour Bruno Delmas, un lien vous attend.":                               {"Bonjour", "Bruno Delmas"},
		"La structure Mission locale du Lot est attendue.":                         {"Mission", "locale du Lot"},
		"Rendez-vous Salle des fêtes de Gramat.":                                   {"Salle", "des fêtes de Gramat"},
		"Nina Proche demande un accès à Maillage pour le Centre social de Figeac.": {"Nina", "Proche demande un accès à Maillage pour le Centre social de Figeac"},
	} {
		t.Run(said, func(t *testing.T) {
			d := dbtest.New(t)
			ctx := t.Context()
			if err := d.SendLink(ctx, dbtest.Referent.Email, db.LinkKey{Link: "l", Browser: "b", Code: "c"}, app.Mail{Subject: "x", Body: said}, dbtest.Now); err != nil {
				t.Fatal(err)
			}
			me := dbtest.Reader
			if err := d.EditPerson(ctx, me, app.Person{ID: me.Person, FirstName: name[0], LastName: name[1], Email: me.Email, Version: 1}, toldFormer, dbtest.Now); err != nil {
				t.Fatal(err)
			}
			if err := d.ErasePerson(ctx, me, me.Person, noSeat, dbtest.Now); err != nil {
				t.Fatal(err)
			}
			mails, err := d.DueMails(ctx, dbtest.Now, 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range mails {
				if m.Recipient == dbtest.Referent.Email && m.Body != said {
					t.Errorf("Bruno’s mail, not sent yet, now says %q", m.Body)
				}
			}
		})
	}
}
