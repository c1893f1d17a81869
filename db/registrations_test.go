package db_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// letter words an e-mail with all that a notice says.
func letter(n app.Notice) app.Mail {
	return app.Mail{Subject: n.Workshop.Title, Body: strings.Join([]string{n.To, n.Name, n.Person}, "|")}
}

// refused checks that err is of a kind and says words.
func refused(t *testing.T, err error, kind app.Kind, words string) {
	t.Helper()
	if err == nil || app.KindOf(err) != kind || !strings.Contains(err.Error()+fmt.Sprint(app.FieldsOf(err)), words) {
		t.Errorf("error = %v (kind %d), want kind %d with %q", err, app.KindOf(err), kind, words)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// comers tells where the people of an organisation stand: "Bruno Delmas inscrit, Léa Cœur attente 1".
func comers(t *testing.T, d *db.DB, id app.WorkshopID, o app.OrganisationID) string {
	t.Helper()
	_, c, err := d.Comers(t.Context(), dbtest.Coordinator, id, o, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range c.People {
		if p.Registration.State.Active() || p.Registration.State == app.Represented {
			s := p.Name + " " + string(p.Registration.State)
			if p.Rank > 0 {
				s += fmt.Sprint(" ", p.Rank)
			}
			all = append(all, s)
		}
	}
	return strings.Join(all, ", ")
}

func mails(t *testing.T, d *db.DB) (all []string) {
	t.Helper()
	for _, m := range must[[]app.Mail](t)(d.Outbox(t.Context(), dbtest.Admin, db.MailFilter{}, 100)) {
		all = append(all, m.Recipient+": "+m.Body)
	}
	return all
}

// acts returns what was done to a workshop, newest first.
func acts(t *testing.T, d *db.DB, id app.WorkshopID) (all []string) {
	t.Helper()
	for _, e := range must[[]app.Entry](t)(d.History(t.Context(), app.OfWorkshop, string(id), 100)) {
		all = append(all, e.Act)
	}
	return all
}

func TestAReferentNamesSeveralPeopleAtOnce(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	people := []app.PersonID{dbtest.Colleague.Person, dbtest.Referent.Person}
	for range 2 { // a doubled submit does nothing twice
		if _, _, err := d.Register(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, people, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := comers(t, d, dbtest.Soon, dbtest.Mission), "Léa Cœur inscrit, Bruno Delmas inscrit"; got != want {
		t.Errorf("comers = %q, want %q", got, want)
	}
	w, c, err := d.Comers(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, dbtest.Now)
	if err != nil || w.Taken != 2 || c.Invitation.Answer != app.Coming {
		t.Errorf("%d seats taken, answer %q, %v; want 2 and yes", w.Taken, c.Invitation.Answer, err)
	}
	if got := acts(t, d, dbtest.Soon); len(got) != 1 || !strings.Contains(got[0], "a inscrit 2\u00a0personnes de Mission locale") {
		t.Errorf("audit = %q, want one act", got)
	}
}

func TestWhoComesPastTheSeatsWaitsInOrderAndIsCalled(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	name := func(last string, o app.OrganisationID) (seated, waiting int) {
		t.Helper()
		seated, waiting, err := d.RegisterNewcomer(ctx, dbtest.Coordinator, dbtest.Soon, o, app.Newcomer{LastName: last}, dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		return seated, waiting
	}
	name("Un", dbtest.CAF)
	name("Deux", dbtest.CAF)
	name("Trois", dbtest.School)
	if seated, waiting := name("Quatre", dbtest.Mission); seated != 0 || waiting != 1 {
		t.Fatalf("the fourth for three seats: %d seated, %d waiting; want to wait", seated, waiting)
	}
	name("Cinq", dbtest.School)
	if got, want := comers(t, d, dbtest.Soon, dbtest.School), "Cinq attente 2, Trois inscrit"; got != want {
		t.Fatalf("comers = %q, want %q", got, want)
	}
	cancel(t, d, dbtest.CAF, "Un")
	cancel(t, d, dbtest.CAF, "Un") // twice
	if got, want := comers(t, d, dbtest.Soon, dbtest.Mission)+" · "+comers(t, d, dbtest.Soon, dbtest.School), "Quatre inscrit · Cinq attente 1, Trois inscrit"; got != want {
		t.Errorf("after one seat was freed: %q, want %q", got, want)
	}
	if got, want := mails(t, d), []string{"bruno@maillage.test: Bruno Delmas|Mission locale du Lot|Quatre"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("mails = %q, want %q", got, want)
	}
	name("Un", dbtest.CAF) // comes back: behind those who wait
	if got, want := comers(t, d, dbtest.Soon, dbtest.CAF), "Deux inscrit, Un attente 2"; got != want {
		t.Errorf("who comes back: %q, want %q", got, want)
	}
}

func cancel(t *testing.T, d *db.DB, o app.OrganisationID, name string) {
	t.Helper()
	r := registration(t, d, dbtest.Soon, o, name)
	if err := d.CancelRegistration(t.Context(), dbtest.Coordinator, dbtest.Soon, r, letter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

func registration(t *testing.T, d *db.DB, id app.WorkshopID, o app.OrganisationID, name string) app.RegistrationID {
	t.Helper()
	_, c, err := d.Comers(t.Context(), dbtest.Coordinator, id, o, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.People {
		if p.Name == name && p.Registration.ID != "" {
			return p.Registration.ID
		}
	}
	t.Fatalf("%s has no registration", name)
	return ""
}

func TestRegistrationsAreRefused(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	bruno, at := []app.PersonID{dbtest.Referent.Person}, dbtest.Now
	start := dbtest.Now.AddDate(0, 0, 7)
	for name, tt := range map[string]struct {
		by     app.Viewer
		id     app.WorkshopID
		o      app.OrganisationID
		people []app.PersonID
		at     time.Time
		kind   app.Kind
		words  string
	}{
		"by a colleague":                   {dbtest.Colleague, dbtest.Soon, dbtest.Mission, bruno, at, app.Forbidden, "référent·e"},
		"by a reader":                      {dbtest.Reader, dbtest.Soon, dbtest.Mission, bruno, at, app.Forbidden, "référent·e"},
		"for another organisation":         {dbtest.Referent, dbtest.Soon, dbtest.CAF, bruno, at, app.Forbidden, "référent·e"},
		"by a stranger":                    {dbtest.Stranger, dbtest.Soon, dbtest.Mission, bruno, at, app.NotFound, "existe"},
		"of a draft the référent sees not": {dbtest.Referent, dbtest.Unwritten, dbtest.Mission, bruno, at, app.NotFound, "existe"},
		"for a draft":                      {dbtest.Coordinator, dbtest.Unwritten, dbtest.Mission, bruno, at, app.Conflict, "brouillon"},
		"once it has begun":                {dbtest.Referent, dbtest.Soon, dbtest.Mission, bruno, start, app.Conflict, "voyez à l’accueil"},
		"when not invited":                 {dbtest.Referent, dbtest.Past, dbtest.Mission, bruno, at.AddDate(0, -3, 0), app.Forbidden, "pas invitée"},
		"of somebody of elsewhere":         {dbtest.Referent, dbtest.Soon, dbtest.Mission, []app.PersonID{dbtest.Ines}, at, app.Invalid, "plus dans la structure"},
		"of nobody":                        {dbtest.Referent, dbtest.Soon, dbtest.Mission, nil, at, app.Invalid, "au moins une"},
		"for an organisation put aside":    {dbtest.Coordinator, dbtest.Soon, dbtest.Closed, bruno, at, app.Conflict, "archivée"},
		"for a territory's other":          {dbtest.Coordinator, dbtest.Soon, dbtest.Foreign, bruno, at, app.Invalid, "annuaire"},
		"unknown":                          {dbtest.Coordinator, "nulle-part", dbtest.Mission, bruno, at, app.NotFound, "existe"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := d.Register(ctx, tt.by, tt.id, tt.o, tt.people, tt.at)
			refused(t, err, tt.kind, tt.words)
		})
	}
	if got := comers(t, d, dbtest.Soon, dbtest.Mission); got != "" {
		t.Errorf("comers = %q, want nobody", got)
	}
}

func TestTheCoordinationRegistersForWhoWasNotInvited(t *testing.T) {
	d := dbtest.New(t)
	if _, _, err := d.Register(t.Context(), dbtest.Coordinator, dbtest.Soon, dbtest.CC, []app.PersonID{dbtest.Coordinator.Person}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	_, invited, err := d.Invitations(t.Context(), dbtest.Coordinator, dbtest.Soon)
	if err != nil || len(invited) != 4 || invited[1].Organisation != dbtest.CC || invited[1].Seated != 1 || invited[1].Answer != app.Coming {
		t.Errorf("invitations = %+v, %v; want the communauté de communes among four, with one seat", invited, err)
	}
}

func TestANewcomerIsOnePersonHoweverOftenTheFormIsSent(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	for _, name := range []string{"Cœuret", "  CŒURET "} {
		if _, _, err := d.RegisterNewcomer(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, app.Newcomer{FirstName: "Élise", LastName: name, Function: "Conseillère"}, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := comers(t, d, dbtest.Soon, dbtest.Mission), "Élise Cœuret inscrit"; got != want {
		t.Errorf("comers = %q, want %q", got, want)
	}
	_, _, err := d.RegisterNewcomer(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, app.Newcomer{FirstName: "Élise"}, dbtest.Now)
	refused(t, err, app.Invalid, "Indiquez le nom")
}
