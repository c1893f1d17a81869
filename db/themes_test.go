package db_test

import (
	"slices"
	"testing"
	"time"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestThemesComeWithTheRoleAndGoWithIt(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	some := app.Grant{Role: app.ThemedCoordination, Territory: dbtest.Figeac, Themes: []app.Theme{"logement", "mobilite"}}
	if err := d.GiveRoles(ctx, dbtest.Admin, dbtest.Limited.Account, []app.Grant{some, {Role: app.Coordination, Territory: dbtest.Cauvaldor}}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	v, err := d.BeginSession(ctx, dbtest.Limited.Account, "s", "", dbtest.Now)
	if err != nil || len(v.Themed) != 1 || !slices.Equal(v.ThemesAt(dbtest.Figeac), some.Themes) || !slices.Equal(v.Coordinates, []app.TerritoryID{dbtest.Cauvaldor}) {
		t.Errorf("%+v, %v; want two themes of Figeac and the whole of Cauvaldor", v, err)
	}
	r, err := d.Account(ctx, dbtest.Admin, dbtest.Limited.Account, dbtest.Now)
	if err != nil || r.RoleWords(dbtest.Figeac) != "Coordination de certains thèmes : Logement et cadre de vie, Mobilité" {
		t.Errorf("the account says %q, %v", r.RoleWords(dbtest.Figeac), err)
	}
	history, err := d.History(ctx, app.OfAccount, string(dbtest.Limited.Account), 10)
	if err != nil || len(history) == 0 || !slices.ContainsFunc(history[0].Changes, func(c app.Change) bool {
		return c.Before == "Coordination de certains thèmes : Petite enfance, Enfance"
	}) {
		t.Errorf("the trail says %+v, %v; want the themes taken back", history, err)
	}
	if err := d.GiveRoles(ctx, dbtest.Admin, dbtest.Limited.Account, []app.Grant{{Role: app.ReadOnly, Territory: dbtest.Figeac}}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if v, err = d.Viewer(ctx, "s", dbtest.Now); err != nil || len(v.Themed) > 0 || !slices.Equal(v.Reads, []app.TerritoryID{dbtest.Figeac}) {
		t.Errorf("%+v, %v; want a reader of Figeac", v, err)
	}
}

func TestNothingIsWrittenOutOfOnesThemes(t *testing.T) {
	d, ctx, zoe := dbtest.New(t), t.Context(), dbtest.Limited
	record := func(id app.OrganisationID, themes ...app.Theme) app.Organisation {
		return app.Organisation{ID: id, Name: "La Halte", Category: "petite-enfance", Themes: themes, Version: 1}
	}
	w := app.Workshop{Convention: dbtest.CTG, Kind: "atelier", Title: "Jouer", StartsAt: dbtest.Now.Add(time.Hour), EndsAt: dbtest.Now.Add(2 * time.Hour)}
	before := dbtest.Trace(t, d)
	_, added := d.CreateOrganisation(ctx, zoe, record("", "emploi"), nil, dbtest.Now)
	_, planned := d.Plan(ctx, zoe, w, nil, dbtest.Now)
	_, marked := d.MarkOthersAbsent(ctx, zoe, dbtest.Past, dbtest.Now)
	for what, got := range map[string]struct {
		err  error
		kind app.Kind
	}{
		"a structure on other themes":           {added, app.Invalid},
		"a workshop on none":                    {planned, app.Invalid},
		"the themes of one's own structure":     {d.EditOrganisation(ctx, zoe, record(dbtest.School, "emploi"), dbtest.Now), app.Invalid},
		"another structure":                     {d.EditOrganisation(ctx, zoe, record(dbtest.Mission, "enfance"), dbtest.Now), app.Forbidden},
		"another structure, archived":           {d.ArchiveOrganisation(ctx, zoe, dbtest.Mission, dbtest.Now), app.Forbidden},
		"somebody of another structure":         {d.EditPerson(ctx, zoe, app.Person{ID: "lea", LastName: "X", Version: 1}, nil, dbtest.Now), app.Forbidden},
		"a workshop that bears none":            {d.Cancel(ctx, zoe, dbtest.Soon, "Verglas", nil, dbtest.Now), app.Forbidden},
		"a draft that bears none":               {d.Publish(ctx, zoe, dbtest.Unwritten, dbtest.Now), app.NotFound},
		"the answer of another structure":       {d.Answer(ctx, zoe, dbtest.Soon, dbtest.Mission, app.Coming, "", nil, dbtest.Now), app.Forbidden},
		"the door of a workshop of no theme":    {marked, app.Forbidden},
		"the role of somebody in the territory": {d.GiveRoles(ctx, zoe, dbtest.Reader.Account, nil, dbtest.Now), app.NotFound},
	} {
		if app.KindOf(got.err) != got.kind || got.err == nil {
			t.Errorf("%s: %v, want kind %d", what, got.err, got.kind)
		}
	}
	if changed := dbtest.Changed(before, dbtest.Trace(t, d)); len(changed) > 0 {
		t.Errorf("what was refused wrote in %v", changed)
	}
}

func TestOnlyWhoMayInviteAnswersForWhoIsNotInvited(t *testing.T) {
	d, ctx, zoe := dbtest.New(t), t.Context(), dbtest.Limited
	if err := d.Disinvite(ctx, dbtest.Coordinator, dbtest.Soon, dbtest.School, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.Answer(ctx, zoe, dbtest.Soon, dbtest.School, app.Coming, "", nil, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("not invited to a workshop on other themes: %v, want Forbidden", err)
	}
	id, err := d.Plan(ctx, zoe, app.Workshop{
		Convention: dbtest.CTG, Kind: "atelier", Title: "Jouer", Themes: []app.Theme{"enfance"}, StartsAt: dbtest.Now.Add(time.Hour), EndsAt: dbtest.Now.Add(2 * time.Hour),
	}, nil, dbtest.Now)
	if err == nil {
		err = d.Publish(ctx, zoe, id, dbtest.Now)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Answer(ctx, zoe, id, dbtest.Mission, app.Coming, "", nil, dbtest.Now); err != nil {
		t.Errorf("a structure on other themes, not invited, at one's own workshop: %v", err)
	}
	meetings, err := d.Meetings(ctx, zoe, app.Convention{ID: dbtest.CTG, Territory: dbtest.Cauvaldor})
	if err != nil || slices.ContainsFunc(meetings, func(m app.Meeting) bool { return m.ID == dbtest.Unwritten }) {
		t.Errorf("the convention shows %+v, %v; want no draft of other themes", meetings, err)
	}
}
