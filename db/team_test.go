package db_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// team returns who acts for an organisation, "name role", as who administers sees them.
func team(t *testing.T, d *db.DB, o app.OrganisationID) (all []string) {
	t.Helper()
	organisation, err := d.Organisation(t.Context(), dbtest.Admin, o)
	if err != nil {
		t.Fatal(err)
	}
	mates, err := d.Team(t.Context(), dbtest.Admin, organisation, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mates {
		all = append(all, m.Name+" "+string(m.Role))
	}
	return all
}

func wantTeam(t *testing.T, d *db.DB, o app.OrganisationID, want ...string) {
	t.Helper()
	if got := team(t, d, o); !slices.Equal(got, want) {
		t.Errorf("the team is %q, want %q", got, want)
	}
}

func TestAReferentInvitesIntoTheirStructureAndNoOther(t *testing.T) {
	d := dbtest.New(t)
	zoe := db.Entrant{Who: app.Newcomer{FirstName: "Zoé", LastName: "Neuve", Function: "Conseillère", Email: " Zoe@Mission.test"}, Role: app.Colleague}
	for _, v := range []app.Viewer{dbtest.Colleague, dbtest.Reader} {
		if _, err := d.InviteTeammate(t.Context(), v, dbtest.Mission, zoe, "x", welcomed, dbtest.Now); app.KindOf(err) != app.Forbidden {
			t.Errorf("%s invites: %v", v.Name, err)
		}
	}
	if _, err := d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.School, zoe, "x", welcomed, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("a référent invites into another structure: %v", err)
	}
	if _, err := d.InviteTeammate(t.Context(), dbtest.Stranger, dbtest.Mission, zoe, "x", welcomed, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("who coordinates elsewhere invites: %v", err)
	}
	a, err := d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.Mission, zoe, secret.Digest("z"), welcomed, dbtest.Now)
	if err != nil || !a.Fresh || a.Name != "Zoé Neuve" {
		t.Fatalf("InviteTeammate = %+v, %v", a, err)
	}
	wantTeam(t, d, dbtest.Mission, "Bruno Delmas referent", "Léa Cœur collegue", "Zoé Neuve collegue")
	if to := recipients(t, d, "Bienvenue"); !slices.Equal(to, []string{"zoe@mission.test"}) {
		t.Errorf("welcomed: %q", to)
	}
	if v, err := d.SignInByLink(t.Context(), secret.Digest("z"), "s", "", dbtest.Now); err != nil || !v.Is(dbtest.Mission) {
		t.Errorf("the link signs in %+v, %v", v, err)
	}
	if _, err := d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.Mission, zoe, "y", welcomed, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("invited twice: %v, want a conflict", err)
	}
	zoe.Who.Email = "zoe"
	if _, err := d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.Mission, zoe, "y", welcomed, dbtest.Now); app.FieldsOf(err)["courriel"] == "" {
		t.Errorf("a bad address: %v", err)
	}
	if _, err := d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.Mission, db.Entrant{Person: dbtest.Ines, Who: app.Newcomer{Email: "i@e.fr"}, Role: app.Colleague}, "y", welcomed, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("a person of another structure: %v, want not found", err)
	}
}

func TestALinkThatLastsIsNeverSentToWhoSignsInAlready(t *testing.T) {
	d := dbtest.New(t)
	if _, err := d.BeginSession(t.Context(), dbtest.Reader.Account, "s", "", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	links := func(_ app.Organisation, fresh bool) app.Mail {
		return app.Mail{Subject: fmt.Sprint("Bienvenue ", fresh)}
	}
	e := db.Entrant{Who: app.Newcomer{FirstName: "Paul", LastName: "d’Huart", Email: dbtest.Reader.Email}, Role: app.Colleague}
	if _, err := d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.Mission, e, secret.Digest("z"), links, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if to := recipients(t, d, "Bienvenue false"); len(to) != 1 {
		t.Errorf("written without a link to %q, want Paul", to)
	}
	if _, err := d.SignInByLink(t.Context(), secret.Digest("z"), "t", "", dbtest.Now); err == nil {
		t.Error("the link signs in")
	}
}

func TestTheLastReferentStaysUnlessTheCoordinationDecides(t *testing.T) {
	d := dbtest.New(t)
	ctx, bruno := t.Context(), dbtest.Referent.Account
	if err := d.Promote(ctx, dbtest.Referent, dbtest.Mission, bruno, app.Colleague, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("the last référent steps down: %v", err)
	}
	if err := d.RemoveTeammate(ctx, dbtest.Referent, dbtest.Mission, bruno, db.Departure{}, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("the last référent leaves: %v", err)
	}
	if err := d.Promote(ctx, dbtest.Colleague, dbtest.Mission, bruno, app.Colleague, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("a colleague demotes the référent: %v", err)
	}
	if err := d.Promote(ctx, dbtest.Referent, dbtest.Mission, dbtest.Reader.Account, app.Referent, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("somebody of another structure is promoted: %v", err)
	}
	if err := d.Promote(ctx, dbtest.Referent, dbtest.Mission, dbtest.Colleague.Account, app.Coordination, dbtest.Now); app.KindOf(err) != app.Invalid {
		t.Errorf("a role of no structure: %v", err)
	}
	if err := d.RemoveTeammate(ctx, dbtest.Coordinator, dbtest.Mission, bruno, db.Departure{}, dbtest.Now); err != nil {
		t.Errorf("the coordination removes the last référent: %v", err)
	}
	wantTeam(t, d, dbtest.Mission, "Léa Cœur collegue")
}

func TestWhoIsRemovedLosesThatStructureOnly(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	two := []app.Grant{{Role: app.Colleague, Organisation: dbtest.Mission}, {Role: app.Referent, Organisation: dbtest.School}}
	if err := d.GiveRoles(ctx, dbtest.Coordinator, dbtest.Colleague.Account, two, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.BeginSession(ctx, dbtest.Colleague.Account, "s", "", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	how := db.Departure{EndPosition: true, Mail: app.Mail{Subject: "Départ"}}
	if err := d.RemoveTeammate(ctx, dbtest.Referent, dbtest.Mission, dbtest.Colleague.Account, how, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	v, err := d.Viewer(ctx, "s", dbtest.Now)
	if err != nil || !v.SignedIn() || v.Is(dbtest.Mission) || !slices.Contains(v.Refers, dbtest.School) {
		t.Errorf("Léa is %+v, %v; want the school left", v, err)
	}
	if to := recipients(t, d, "Départ"); !slices.Equal(to, []string{dbtest.Colleague.Email}) {
		t.Errorf("told: %q", to)
	}
	r, err := d.Person(ctx, dbtest.Coordinator, dbtest.Colleague.Person, dbtest.Now)
	if err != nil || len(r.Positions) != 1 || r.Positions[0].Until != "2026-03-01" {
		t.Errorf("her positions are %+v, %v; want hers to end the day before", r.Positions, err)
	}
	if err := d.RemoveTeammate(ctx, dbtest.Referent, dbtest.Mission, dbtest.Colleague.Account, how, dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("removed twice: %v, want not found", err)
	}
	acts, err := d.History(ctx, app.OfOrganisation, string(dbtest.Mission), 10)
	if err != nil || len(acts) != 2 {
		t.Errorf("the history holds %d acts, %v; want the role and the position", len(acts), err)
	}
}

func TestTheReferentHandsOverAndLeavesAtOnce(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	leave := &db.Departure{EndPosition: true}
	for _, to := range []app.AccountID{dbtest.Referent.Account, dbtest.Reader.Account, "nulle"} {
		if err := d.HandOver(ctx, dbtest.Referent, dbtest.Mission, to, leave, app.Mail{}, dbtest.Now); app.FieldsOf(err)["relais"] == "" {
			t.Errorf("handed over to %q: %v", to, err)
		}
	}
	if err := d.HandOver(ctx, dbtest.Colleague, dbtest.Mission, dbtest.Colleague.Account, nil, app.Mail{}, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("a colleague takes over: %v", err)
	}
	if err := d.HandOver(ctx, dbtest.Referent, dbtest.Mission, dbtest.Colleague.Account, leave, app.Mail{Subject: "Relais"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	wantTeam(t, d, dbtest.Mission, "Léa Cœur referent")
	if to := recipients(t, d, "Relais"); !slices.Equal(to, []string{dbtest.Colleague.Email}) {
		t.Errorf("told: %q", to)
	}
}

func TestReferentsWhoRemoveEachOtherAtOnceLeaveOne(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	referents := []app.Viewer{dbtest.Referent}
	for i := range 5 {
		who := app.Newcomer{FirstName: "R", LastName: string(rune('A' + i)), Email: fmt.Sprintf("r%d@mission.test", i)}
		a, err := d.InviteTeammate(ctx, dbtest.Referent, dbtest.Mission, db.Entrant{Who: who, Role: app.Referent}, fmt.Sprint("t", i), welcomed, dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		v := dbtest.Referent
		v.Account, v.Person, v.Name = a.Account, a.Person, a.Name
		referents = append(referents, v)
	}
	var racers sync.WaitGroup
	for i, by := range referents {
		for j, other := range referents {
			racers.Go(func() {
				var err error
				if (i+j)%2 == 0 {
					err = d.Promote(ctx, by, dbtest.Mission, other.Account, app.Colleague, dbtest.Now)
				} else {
					err = d.RemoveTeammate(ctx, by, dbtest.Mission, other.Account, db.Departure{}, dbtest.Now)
				}
				if kind := app.KindOf(err); err != nil && kind != app.Conflict && kind != app.Forbidden && kind != app.NotFound {
					t.Errorf("%s on %s: %v", by.Name, other.Name, err)
				}
			})
		}
	}
	racers.Wait()
	left := 0
	for _, m := range team(t, d, dbtest.Mission) {
		if m[len(m)-len("referent"):] == "referent" {
			left++
		}
	}
	if left != 1 {
		t.Errorf("%d référent·e·s are left of %d who removed each other, want 1", left, len(referents))
	}
}

// Whoever invites knows an address, and learns nothing of who has it before these say yes.
func TestWhoHasAnAccountUnderAnotherNameIsAskedFirst(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	asked := func(app.Organisation) app.Mail { return app.Mail{Subject: "Voulez-vous"} }
	e := db.Entrant{Who: app.Newcomer{FirstName: "Zoé", LastName: "Neuve", Email: dbtest.Reader.Email}, Role: app.Colleague, Ask: asked}
	before, _ := d.History(ctx, app.OfOrganisation, string(dbtest.Mission), 100)
	a, err := d.InviteTeammate(ctx, dbtest.Referent, dbtest.Mission, e, secret.Digest("z"), welcomed, dbtest.Now)
	if err != nil || a.Name != "Zoé Neuve" || a.Account != "" || a.Person != "" {
		t.Fatalf("InviteTeammate = %+v, %v; want only what was typed", a, err)
	}
	wantTeam(t, d, dbtest.Mission, "Bruno Delmas referent", "Léa Cœur collegue")
	acts, err := d.History(ctx, app.OfOrganisation, string(dbtest.Mission), 100)
	if err != nil || len(acts) != len(before)+1 || strings.Contains(fmt.Sprint(acts), "Paul") || strings.Contains(fmt.Sprint(acts), "Neuve") {
		t.Errorf("the history of the structure tells %v, %v; want nobody named, whom no erasure would reach", acts, err)
	}
	if r, err := d.Person(ctx, dbtest.Reader, dbtest.Reader.Person, dbtest.Now); err != nil || len(r.Positions) != 1 {
		t.Errorf("Paul holds %+v, %v; want no function more", r.Positions, err)
	}
	if to := recipients(t, d, "Voulez-vous"); !slices.Equal(to, []string{dbtest.Reader.Email}) {
		t.Errorf("asked: %q", to)
	}
	if _, err := d.ConfirmJoinRequest(ctx, secret.Digest("z"), tellOf, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	waiting, err := d.JoinRequestsToAnswer(ctx, dbtest.Referent, dbtest.Now)
	if err != nil || len(waiting) != 1 {
		t.Fatalf("once Paul said yes, %d requests wait, %v", len(waiting), err)
	}
	if a, err := d.AcceptJoinRequest(ctx, dbtest.Referent, waiting[0].ID, "", app.Colleague, "y", welcomed, dbtest.Now); err != nil || a.Account != dbtest.Reader.Account {
		t.Errorf("AcceptJoinRequest = %+v, %v; want Paul", a, err)
	}
	wantTeam(t, d, dbtest.Mission, "Bruno Delmas referent", "Léa Cœur collegue", "Paul d’Huart collegue")
	if _, err := d.InviteTeammate(ctx, dbtest.Referent, dbtest.Mission, e, "w", welcomed, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("who is of the team already: %v, want a conflict", err)
	}
}

func TestAReferentKeepsTheirRoleUntilAnotherOneCame(t *testing.T) {
	d := dbtest.New(t)
	if err := d.Promote(t.Context(), dbtest.Coordinator, dbtest.Mission, dbtest.Colleague.Account, app.Referent, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	wantKind(t, d.Promote(t.Context(), dbtest.Referent, dbtest.Mission, dbtest.Referent.Account, app.Colleague, dbtest.Now), app.Conflict)
	if _, err := d.BeginSession(t.Context(), dbtest.Colleague.Account, "jeton", "Essai", dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.Promote(t.Context(), dbtest.Referent, dbtest.Mission, dbtest.Referent.Account, app.Colleague, dbtest.Now); err != nil {
		t.Errorf("once the other one came: %v", err)
	}
}
