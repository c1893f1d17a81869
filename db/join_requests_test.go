package db_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// jules is somebody whom nobody knows.
var jules = app.JoinRequest{
	Organisation: dbtest.Mission, Word: "Je remplace Léa.",
	Who: app.Newcomer{FirstName: "Jules", LastName: "Roux", Function: "Conseiller", Email: "jules@mission.test"},
}

func tellOf(r app.JoinRequest, _ string) app.Mail {
	return app.Mail{Subject: "Demande", Body: string(r.ID)}
}

func welcomed(app.Organisation, bool) app.Mail { return app.Mail{Subject: "Bienvenue"} }

// recipients returns to whom the mails of that subject are written.
func recipients(t *testing.T, d *db.DB, subject string) (all []string) {
	t.Helper()
	mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if m.Subject == subject {
			all = append(all, m.Recipient)
		}
	}
	return all
}

// filed files a request as confirmed and returns what waits for by.
func filed(t *testing.T, d *db.DB, r app.JoinRequest, by app.Viewer) app.JoinRequest {
	t.Helper()
	if err := d.FileJoinRequest(t.Context(), r, tellOf, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	waiting, err := d.JoinRequestsToAnswer(t.Context(), by, dbtest.Now)
	if err != nil || len(waiting) != 1 {
		t.Fatalf("%d requests wait, %v; want 1", len(waiting), err)
	}
	return waiting[0]
}

func TestNobodyIsBotheredBeforeTheAddressIsConfirmed(t *testing.T) {
	d := dbtest.New(t)
	ctx, now := t.Context(), dbtest.Now
	if err := d.AskToJoin(ctx, jules, secret.Digest("a"), app.Mail{Subject: "Confirmez"}, now); err != nil {
		t.Fatal(err)
	}
	if to := recipients(t, d, "Confirmez"); len(to) != 1 || to[0] != "jules@mission.test" {
		t.Errorf("the mail to confirm goes to %q", to)
	}
	if waiting, err := d.JoinRequestsToAnswer(ctx, dbtest.Referent, now); err != nil || len(waiting) != 0 {
		t.Errorf("%d requests wait before any is confirmed, %v", len(waiting), err)
	}
	if r, err := d.JoinRequestToConfirm(ctx, secret.Digest("a"), now); err != nil || r.Named != "Mission locale du Lot" || r.Who.Name() != "Jules Roux" {
		t.Errorf("JoinRequestToConfirm = %+v, %v", r, err)
	}
	if _, err := d.ConfirmJoinRequest(ctx, secret.Digest("a"), tellOf, now); err != nil {
		t.Fatal(err)
	}
	if to := recipients(t, d, "Demande"); len(to) != 1 || to[0] != dbtest.Referent.Email {
		t.Errorf("the mail to who decides goes to %q, want the référent", to)
	}
	for _, v := range []app.Viewer{dbtest.Coordinator, dbtest.Colleague, dbtest.Reader, dbtest.Stranger} {
		if waiting, err := d.JoinRequestsToAnswer(ctx, v, now); err != nil || len(waiting) != 0 {
			t.Errorf("%d requests wait for %s, %v; want none: there is a référent", len(waiting), v.Name, err)
		}
	}
	if _, err := d.ConfirmJoinRequest(ctx, secret.Digest("a"), tellOf, now); app.KindOf(err) != app.Conflict {
		t.Errorf("confirmed twice: %v, want a conflict", err)
	}
	for _, link := range []struct {
		token string
		at    time.Time
	}{{"b", now}, {"", now}, {"a", now.Add(app.AnswerWithin + time.Second)}} {
		if _, err := d.ConfirmJoinRequest(ctx, secret.Digest(link.token), tellOf, link.at); app.KindOf(err) != app.NotFound {
			t.Errorf("the link %q: %v, want not found", link.token, err)
		}
	}
}

func TestALateLinkConfirmsNothing(t *testing.T) {
	d := dbtest.New(t)
	if err := d.AskToJoin(t.Context(), jules, secret.Digest("a"), app.Mail{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ConfirmJoinRequest(t.Context(), secret.Digest("a"), tellOf, dbtest.Now.Add(app.ConfirmWithin)); app.KindOf(err) != app.NotFound {
		t.Errorf("ConfirmJoinRequest: %v, want not found", err)
	}
}

func TestOneAddressIsNotFilledWithMails(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	ask := func(r app.JoinRequest, token string, at time.Time) {
		t.Helper()
		if err := d.AskToJoin(ctx, r, secret.Digest(token), app.Mail{Subject: "Confirmez"}, at); err != nil {
			t.Fatal(err)
		}
	}
	var racers sync.WaitGroup
	for i := range 12 {
		racers.Go(func() {
			_ = d.AskToJoin(ctx, jules, secret.Digest(string(rune('a'+i))), app.Mail{Subject: "Confirmez"}, dbtest.Now)
		})
	}
	racers.Wait()
	if to := recipients(t, d, "Confirmez"); len(to) != 1 {
		t.Errorf("a request posted twelve times writes %d mails, want 1", len(to))
	}
	ask(jules, "later", dbtest.Now.Add(time.Hour))
	if to := recipients(t, d, "Confirmez"); len(to) != 2 {
		t.Errorf("asked again an hour later, %d mails, want 2", len(to))
	}
	if _, err := d.JoinRequestToConfirm(ctx, secret.Digest("later"), dbtest.Now.Add(time.Hour)); err != nil {
		t.Errorf("the new link: %v", err)
	}
	for _, name := range []string{"Un", "Deux", "Trois", "Quatre", "Cinq"} {
		named := jules
		named.Organisation, named.Named, named.Territory = "", name, dbtest.Cauvaldor
		ask(named, name, dbtest.Now)
	}
	if to := recipients(t, d, "Confirmez"); len(to) != 4 {
		t.Errorf("one address asked for six structures is written %d mails, want 4", len(to))
	}
}

func TestARequestIsRefusedByFieldOfItsForm(t *testing.T) {
	d := dbtest.New(t)
	for field, change := range map[string]func(*app.JoinRequest){
		"structure":  func(r *app.JoinRequest) { r.Organisation = dbtest.Closed },
		"territoire": func(r *app.JoinRequest) { r.Organisation, r.Named, r.Territory = "", "Une crèche", "nulle" },
		"nom":        func(r *app.JoinRequest) { r.Who.LastName = " " },
		"prenom":     func(r *app.JoinRequest) { r.Who.FirstName = "" },
		"courriel":   func(r *app.JoinRequest) { r.Who.Email = "jules" },
	} {
		r := jules
		change(&r)
		if err := d.AskToJoin(t.Context(), r, "x", app.Mail{}, dbtest.Now); app.FieldsOf(err)[field] == "" {
			t.Errorf("AskToJoin: %v, want %q refused", err, field)
		}
	}
	if mails, err := d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 10); err != nil || len(mails) != 0 {
		t.Errorf("%d mails for what was refused, %v", len(mails), err)
	}
}

func TestWithoutReferentTheCoordinationDecides(t *testing.T) {
	d := dbtest.New(t)
	r := jules
	r.Organisation = dbtest.School
	got := filed(t, d, r, dbtest.Coordinator)
	to := recipients(t, d, "Demande")
	if slices.Sort(to); !slices.Equal(to, []string{dbtest.Coordinator.Email, dbtest.Limited.Email}) {
		t.Errorf("told to %q, want who coordinates, and who coordinates a theme of the school", to)
	}
	if waiting, err := d.JoinRequestsToAnswer(t.Context(), dbtest.Limited, dbtest.Now); err != nil || len(waiting) != 1 {
		t.Errorf("waiting for who coordinates a theme of the school: %+v, %v", waiting, err)
	}
	for _, v := range []app.Viewer{dbtest.Referent, dbtest.Colleague, dbtest.Reader, dbtest.Stranger} {
		if _, err := d.JoinRequest(t.Context(), v, got.ID, dbtest.Now); app.KindOf(err) != app.NotFound {
			t.Errorf("%s reads the request: %v", v.Name, err)
		}
		if _, err := d.AcceptJoinRequest(t.Context(), v, got.ID, "", app.Referent, "x", welcomed, dbtest.Now); app.KindOf(err) != app.NotFound {
			t.Errorf("%s accepts the request: %v", v.Name, err)
		}
		if err := d.RefuseJoinRequest(t.Context(), v, got.ID, app.Mail{}, dbtest.Now); app.KindOf(err) != app.NotFound {
			t.Errorf("%s refuses the request: %v", v.Name, err)
		}
	}
	if _, err := d.AcceptJoinRequest(t.Context(), dbtest.Coordinator, got.ID, "", "roi", "x", welcomed, dbtest.Now); app.FieldsOf(err)["role"] == "" {
		t.Errorf("a role of no list: %v", err)
	}
	if _, err := d.AcceptJoinRequest(t.Context(), dbtest.Coordinator, got.ID, "", app.Referent, "x", welcomed, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if to := recipients(t, d, "Bienvenue"); len(to) != 1 || to[0] != "jules@mission.test" {
		t.Errorf("welcomed: %q", to)
	}
}

func TestAStructureOnlyNamedIsChosenByWhoAccepts(t *testing.T) {
	d := dbtest.New(t)
	r := jules
	r.Organisation, r.Named, r.Territory = "", "La crèche des Lutins", dbtest.Cauvaldor
	got := filed(t, d, r, dbtest.Coordinator)
	for _, o := range []app.OrganisationID{"", dbtest.Foreign, "nulle"} {
		if _, err := d.AcceptJoinRequest(t.Context(), dbtest.Coordinator, got.ID, o, app.Referent, "x", welcomed, dbtest.Now); app.FieldsOf(err)["structure"] == "" {
			t.Errorf("accepted into %q: %v, want the structure refused", o, err)
		}
	}
	if _, err := d.AcceptJoinRequest(t.Context(), dbtest.Coordinator, got.ID, dbtest.Closed, app.Referent, "x", welcomed, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("accepted into an archived structure: %v", err)
	}
	a, err := d.AcceptJoinRequest(t.Context(), dbtest.Coordinator, got.ID, dbtest.School, app.Referent, "x", welcomed, dbtest.Now)
	if err != nil || !a.Fresh || a.Name != "Jules Roux" {
		t.Errorf("AcceptJoinRequest = %+v, %v", a, err)
	}
}

func TestOfTenAnswersToOneRequestOneCounts(t *testing.T) {
	d := dbtest.New(t)
	r := filed(t, d, jules, dbtest.Referent)
	errs := make([]error, 10)
	var racers sync.WaitGroup
	for i := range errs {
		racers.Go(func() {
			if i%2 == 0 {
				_, errs[i] = d.AcceptJoinRequest(t.Context(), dbtest.Referent, r.ID, "", app.Colleague, string(rune('a'+i)), welcomed, dbtest.Now)
			} else {
				errs[i] = d.RefuseJoinRequest(t.Context(), dbtest.Coordinator, r.ID, app.Mail{Subject: "Refus"}, dbtest.Now)
			}
		})
	}
	racers.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else if app.KindOf(err) != app.NotFound {
			t.Errorf("refused with %v, want not found", err)
		}
	}
	if mails := len(recipients(t, d, "Refus")) + len(recipients(t, d, "Bienvenue")); done != 1 || mails != 1 {
		t.Errorf("%d answers counted and %d mails were written, want one of each", done, mails)
	}
}

func TestAnAddressThatHasAnAccountGetsTheStructureBesides(t *testing.T) {
	d := dbtest.New(t)
	r := jules
	r.Who.Email = " PAUL@maillage.test"
	a, err := d.AcceptJoinRequest(t.Context(), dbtest.Referent, filed(t, d, r, dbtest.Referent).ID, "", app.Colleague, "x", welcomed, dbtest.Now)
	if err != nil || a.Account != dbtest.Reader.Account || a.Name != "Paul d’Huart" {
		t.Fatalf("AcceptJoinRequest = %+v, %v; want the account of Paul", a, err)
	}
	session := secret.Digest("s")
	paul, err := d.BeginSession(t.Context(), dbtest.Reader.Account, session, "", dbtest.Now)
	if err != nil || !paul.Is(dbtest.Mission) || len(paul.Reads) != 1 {
		t.Errorf("Paul is %+v, %v; want what he had, and the Mission locale", paul, err)
	}
}

func TestSomebodyOfTheDirectoryIsNotAddedTwice(t *testing.T) {
	d := dbtest.New(t)
	r := jules
	r.Organisation, r.Who = dbtest.School, app.Newcomer{FirstName: "ines", LastName: "FAURE", Email: "ines@ecole.test"}
	a, err := d.AcceptJoinRequest(t.Context(), dbtest.Coordinator, filed(t, d, r, dbtest.Coordinator).ID, "", app.Referent, "x", welcomed, dbtest.Now)
	if err != nil || a.Person != dbtest.Ines {
		t.Errorf("AcceptJoinRequest = %+v, %v; want Inès herself", a, err)
	}
}

func TestWhoIsThereAlreadyIsToldSoOnceTheAddressIsTheirs(t *testing.T) {
	d := dbtest.New(t)
	r := jules
	r.Who.Email = dbtest.Colleague.Email
	if err := d.AskToJoin(t.Context(), r, secret.Digest("a"), app.Mail{Subject: "Confirmez"}, dbtest.Now); err != nil {
		t.Fatalf("AskToJoin: %v, want the same answer as to anybody", err)
	}
	if _, err := d.ConfirmJoinRequest(t.Context(), secret.Digest("a"), tellOf, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("ConfirmJoinRequest: %v, want a conflict", err)
	}
	if to := recipients(t, d, "Demande"); len(to) != 0 {
		t.Errorf("told to %q, want nobody", to)
	}
	if _, err := d.ConfirmJoinRequest(t.Context(), secret.Digest("a"), tellOf, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("the request is still there: %v", err)
	}
}

func TestRequestsThatNobodyAnswersAreDeleted(t *testing.T) {
	d := dbtest.New(t)
	r := filed(t, d, jules, dbtest.Referent)
	late := dbtest.Now.Add(app.AnswerWithin)
	if _, err := d.AcceptJoinRequest(t.Context(), dbtest.Referent, r.ID, "", app.Colleague, "x", welcomed, late); app.KindOf(err) != app.NotFound {
		t.Errorf("accepted a month later: %v", err)
	}
	if done, err := d.Tidy(t.Context(), late); err != nil || !done {
		t.Fatalf("Tidy = %v, %v", done, err)
	}
	if _, err := d.JoinRequest(t.Context(), dbtest.Referent, r.ID, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("the request is still kept: %v", err)
	}
}
