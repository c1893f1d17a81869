package db_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// published publishes nothing: it loads a workshop to which nobody is invited yet.
func uninvited(t testing.TB, d *db.DB, capacity int) app.WorkshopID {
	t.Helper()
	err := d.Load(t.Context(), func(l *db.Loader) error {
		return l.Workshop(app.Workshop{
			ID: "libre", Territory: dbtest.Cauvaldor, Convention: dbtest.CTG, Kind: "atelier", Title: "Se déplacer", Capacity: capacity,
			StartsAt: dbtest.Now.AddDate(0, 0, 3), EndsAt: dbtest.Now.AddDate(0, 0, 3).Add(2 * time.Hour), Status: app.Published, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now,
		}, dbtest.Referent.Person)
	})
	if err != nil {
		t.Fatal(err)
	}
	return "libre"
}

func names(candidates []db.Candidate) (all []string) {
	for _, c := range candidates {
		name := string(c.ID)
		if c.Invited {
			name += " invitée"
		}
		all = append(all, name)
	}
	return all
}

func TestCandidatesAreChosenByFilterOrByName(t *testing.T) {
	d := dbtest.New(t)
	id := uninvited(t, d, 0)
	if _, err := d.Invite(t.Context(), dbtest.Coordinator, id, []app.OrganisationID{dbtest.School}, letter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		choice db.Choice
		want   string
	}{
		"all":             {db.Choice{}, "[caf cauvaldor ecole invitée mission]"},
		"by category":     {db.Choice{Category: "emploi"}, "[mission]"},
		"by theme":        {db.Choice{Theme: "enfance"}, "[ecole invitée]"},
		"by commune":      {db.Choice{Commune: dbtest.Souillac}, "[cauvaldor mission]"},
		"by name, folded": {db.Choice{Query: "ELEMENTAIRE cle"}, "[ecole invitée]"},
		"by an old name":  {db.Choice{Query: "paio"}, "[mission]"},
		"by both":         {db.Choice{Query: "lot", Category: "securite-sociale"}, "[caf]"},
		"by nothing":      {db.Choice{Query: "introuvable"}, "[]"},
	} {
		_, got, err := d.Candidates(t.Context(), dbtest.Coordinator, id, tt.choice)
		if err != nil || fmt.Sprint(names(got)) != tt.want {
			t.Errorf("%s: candidates = %v, %v; want %s", name, names(got), err, tt.want)
		}
	}
	_, _, err := d.Candidates(t.Context(), dbtest.Referent, id, db.Choice{})
	refused(t, err, app.Forbidden, "coordination")
}

func TestInvitingWritesToReferentsAndOnlyOnce(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	id := uninvited(t, d, 0)
	asked := []app.OrganisationID{dbtest.Mission, dbtest.CAF, dbtest.Mission}
	for i, want := range []int{2, 0} {
		if n, err := d.Invite(ctx, dbtest.Coordinator, id, asked, letter, dbtest.Now); err != nil || n != want {
			t.Errorf("time %d: %d invited, %v; want %d", i+1, n, err, want)
		}
	}
	if got, want := mails(t, d), []string{"bruno@maillage.test: Bruno Delmas|Mission locale du Lot|"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("mails = %q, want %q", got, want)
	}
	_, invited, err := d.Invitations(ctx, dbtest.Coordinator, id)
	if err != nil || len(invited) != 2 || invited[0].Organisation != dbtest.CAF || invited[0].Referents != 0 || invited[1].Referents != 1 {
		t.Errorf("invitations = %+v, %v; want CAF with nobody to answer, then the Mission locale with one", invited, err)
	}
	if got := acts(t, d, id); fmt.Sprint(got) != "[a invité 2\u00a0structures]" {
		t.Errorf("audit = %q, want one act", got)
	}
}

func TestInvitationsAreRefused(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	mission := []app.OrganisationID{dbtest.Mission}
	for name, tt := range map[string]struct {
		by    app.Viewer
		id    app.WorkshopID
		o     []app.OrganisationID
		kind  app.Kind
		words string
	}{
		"by a référent":        {dbtest.Referent, dbtest.Soon, mission, app.Forbidden, "coordination"},
		"by a reader":          {dbtest.Reader, dbtest.Soon, mission, app.Forbidden, "coordination"},
		"from elsewhere":       {dbtest.Stranger, dbtest.Soon, mission, app.NotFound, "existe"},
		"to a draft":           {dbtest.Coordinator, dbtest.Unwritten, mission, app.Conflict, "publiez-le d’abord"},
		"to one that is over":  {dbtest.Coordinator, dbtest.Past, mission, app.Conflict, "terminé"},
		"of nobody":            {dbtest.Coordinator, dbtest.Soon, nil, app.Invalid, "au moins une"},
		"of one put aside":     {dbtest.Coordinator, dbtest.Soon, append(mission, dbtest.Closed), app.Invalid, "annuaire"},
		"of another territory": {dbtest.Coordinator, dbtest.Soon, append(mission, dbtest.Foreign), app.Invalid, "annuaire"},
		"to an unknown one":    {dbtest.Coordinator, "nulle-part", mission, app.NotFound, "existe"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.Invite(ctx, tt.by, tt.id, tt.o, letter, dbtest.Now)
			refused(t, err, tt.kind, tt.words)
		})
	}
}

func TestInvitingTheSameAtOnceInvitesOnce(t *testing.T) {
	d := dbtest.New(t)
	id := uninvited(t, d, 0)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			_, err := d.Invite(context.Background(), dbtest.Coordinator, id, []app.OrganisationID{dbtest.Mission, dbtest.CAF, dbtest.School}, letter, dbtest.Now)
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := mails(t, d); len(got) != 1 {
		t.Errorf("mails = %q, want one", got)
	}
}

func TestAnInvitationIsTakenBackUnlessPeopleAreNamed(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	if err := d.Disinvite(ctx, dbtest.Coordinator, dbtest.Soon, dbtest.CAF, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for _, o := range []app.OrganisationID{dbtest.CAF, dbtest.CC, "inconnue"} {
		refused(t, d.Disinvite(ctx, dbtest.Coordinator, dbtest.Soon, o, dbtest.Now), app.NotFound, "Cette invitation")
	}
	if _, _, err := d.Register(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, []app.PersonID{"lea", "bruno"}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	refused(t, d.Disinvite(ctx, dbtest.Coordinator, dbtest.Soon, dbtest.Mission, dbtest.Now), app.Conflict, "sont inscrites")
	refused(t, d.Disinvite(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, dbtest.Now), app.Forbidden, "coordination")
	_, invited, err := d.Invitations(ctx, dbtest.Coordinator, dbtest.Soon)
	if err != nil || len(invited) != 2 {
		t.Errorf("%d invitations are left, %v; want 2", len(invited), err)
	}
}

func TestOnlyThoseWhoHaveNotAnsweredAreRemindedOnceADay(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	if err := d.Answer(ctx, dbtest.Coordinator, dbtest.Soon, dbtest.CAF, app.Declined, "", letter, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		at             time.Time
		reminded, mute int
		mails          int
	}{
		{dbtest.Now, 2, 1, 1},
		{dbtest.Now.Add(time.Hour), 0, 0, 1},
		{dbtest.Now.Add(24 * time.Hour), 2, 1, 2},
	} {
		reminded, mute, err := d.Remind(ctx, dbtest.Coordinator, dbtest.Soon, letter, tt.at)
		if err != nil || reminded != tt.reminded || mute != tt.mute || len(mails(t, d)) != tt.mails {
			t.Errorf("at %s: %d reminded, %d mute, %d mails, %v; want %d, %d, %d", tt.at, reminded, mute, len(mails(t, d)), err, tt.reminded, tt.mute, tt.mails)
		}
	}
	_, _, err := d.Remind(ctx, dbtest.Referent, dbtest.Soon, letter, dbtest.Now)
	refused(t, err, app.Forbidden, "coordination")
}

func TestDecliningTakesEverybodyOffAndCallsWhoWaits(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	for _, n := range []struct {
		o    app.OrganisationID
		name string
	}{{dbtest.CAF, "Un"}, {dbtest.CAF, "Deux"}, {dbtest.School, "Trois"}, {dbtest.CAF, "Quatre"}, {dbtest.Mission, "Cinq"}} {
		if _, _, err := d.RegisterNewcomer(ctx, dbtest.Coordinator, dbtest.Soon, n.o, app.Newcomer{LastName: n.name}, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := d.Answer(ctx, dbtest.Coordinator, dbtest.Soon, dbtest.CAF, app.Declined, "Conseil d’administration ce jour-là", letter, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	if got := comers(t, d, dbtest.Soon, dbtest.CAF); got != "" {
		t.Errorf("of the CAF: %q, want nobody", got)
	}
	if got, want := comers(t, d, dbtest.Soon, dbtest.Mission), "Cinq inscrit"; got != want {
		t.Errorf("who waited: %q, want %q", got, want)
	}
	if got := mails(t, d); len(got) != 1 || !strings.Contains(got[0], "Cinq") {
		t.Errorf("mails = %q, want one about Cinq", got)
	}
	if got := strings.Join(acts(t, d, dbtest.Soon), "\n"); strings.Count(got, "a répondu pour Caisse") != 1 || !strings.Contains(got, "a donné à Cinq une place") {
		t.Errorf("audit = %s, want one answer and one call", got)
	}
}

func TestAnswersAreRefused(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	refused(t, d.Answer(ctx, dbtest.Colleague, dbtest.Soon, dbtest.Mission, app.Coming, "", letter, dbtest.Now), app.Forbidden, "référent·e")
	refused(t, d.Answer(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, "peut-être", "", letter, dbtest.Now), app.Invalid, "vient")
	refused(t, d.Answer(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, app.Coming, strings.Repeat("é", 1001), letter, dbtest.Now), app.Invalid, "trop long")
	refused(t, d.Answer(ctx, dbtest.Referent, dbtest.Soon, dbtest.Mission, app.Coming, "", letter, dbtest.Now.AddDate(0, 0, 7)), app.Conflict, "voyez à l’accueil")
	refused(t, d.Answer(ctx, dbtest.Stranger, dbtest.Soon, dbtest.Mission, app.Coming, "", letter, dbtest.Now), app.NotFound, "existe")
}

func TestAPersonSeesTheAnswersOfTheirOwnOrganisations(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	two := dbtest.Referent
	two.Belongs = []app.OrganisationID{dbtest.CC}
	_, own, err := d.AnswersOf(ctx, two, dbtest.Soon)
	if err != nil || len(own) != 2 || own[0].Organisation != dbtest.Mission || own[0].ID == "" || own[1].ID != "" {
		t.Errorf("AnswersOf = %+v, %v; want the Mission locale, invited, then the communauté, not", own, err)
	}
	_, _, err = d.Comers(ctx, dbtest.Referent, dbtest.Soon, dbtest.CAF, dbtest.Now)
	refused(t, err, app.Forbidden, "pour elle")
}
