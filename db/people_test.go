package db_test

import (
	"testing"
	"time"

	"maillage/app"
	"maillage/db/dbtest"
)

func TestContactsAreSeenByRight(t *testing.T) {
	d := dbtest.New(t)
	o := organisation(t, d, dbtest.Admin, dbtest.Mission)
	for name, tt := range map[string]struct {
		by   app.Viewer
		seen bool
	}{
		"coordination": {dbtest.Coordinator, true}, "référent": {dbtest.Referent, true}, "collègue": {dbtest.Colleague, true},
		"lecture": {dbtest.Reader, false}, "admin": {dbtest.Admin, true},
	} {
		t.Run(name, func(t *testing.T) {
			members, err := d.Members(t.Context(), tt.by, o, dbtest.Now)
			if err != nil || len(members) != 2 || members[0].Person.LastName != "Cœur" || !members[1].Referent || members[0].Referent {
				t.Fatalf("Members = %+v, %v; want Léa Cœur, then Bruno Delmas, référent", members, err)
			}
			r, err := d.Person(t.Context(), tt.by, dbtest.Colleague.Person, dbtest.Now)
			if err != nil || (members[0].Person.Email != "") != tt.seen || (r.Email != "") != tt.seen || r.Contacts != tt.seen {
				t.Errorf("e-mail %q on the structure, %q on the person (%v), want seen: %v", members[0].Person.Email, r.Email, err, tt.seen)
			}
		})
	}
	if members, err := d.Members(t.Context(), dbtest.Stranger, o, dbtest.Now); err != nil || len(members) != 0 {
		t.Errorf("another territory is shown %d people, %v", len(members), err)
	}
	_, err := d.Person(t.Context(), dbtest.Stranger, dbtest.Colleague.Person, dbtest.Now)
	wantKind(t, err, app.NotFound)
}

func TestAPersonIsAddedByWhoKeepsTheStructure(t *testing.T) {
	d := dbtest.New(t)
	p := app.Person{FirstName: "Zoé", LastName: "d’Œuvre", Email: "zoe@mission.test", Phone: "0600000000"}
	at := app.Position{Organisation: dbtest.Mission, Function: "Conseillère", Since: "2026-02-01"}
	for _, tt := range []struct {
		by   app.Viewer
		at   app.OrganisationID
		kind app.Kind
	}{
		{dbtest.Colleague, dbtest.Mission, app.Forbidden},
		{dbtest.Referent, dbtest.School, app.Forbidden},
		{dbtest.Reader, dbtest.Mission, app.Forbidden},
		{dbtest.Stranger, dbtest.Mission, app.NotFound},
		{dbtest.Coordinator, "inconnue", app.NotFound},
	} {
		_, err := d.AddPerson(t.Context(), tt.by, p, app.Position{Organisation: tt.at}, false, dbtest.Now)
		wantKind(t, err, tt.kind)
	}
	_, err := d.AddPerson(t.Context(), dbtest.Referent, app.Person{Email: "x"}, app.Position{Organisation: dbtest.Mission, Since: "hier"}, false, dbtest.Now)
	if fields := app.FieldsOf(err); len(fields) != 3 {
		t.Errorf("what is wrong: %v, want nom, courriel and depuis", fields)
	}
	id, err := d.AddPerson(t.Context(), dbtest.Referent, p, at, false, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Person(t.Context(), dbtest.Coordinator, id, dbtest.Now)
	if err != nil || r.Name() != "Zoé d’Œuvre" || len(r.Positions) != 1 || r.Positions[0].OrganisationName != mission || !r.Editable {
		t.Errorf("Person = %+v, %v", r, err)
	}
	if act := lastAct(t, d, app.OfOrganisation, "mission"); act.Act != "a ajouté Zoé d’Œuvre" {
		t.Errorf("audit: %+v", act)
	}
	if found, err := d.PeopleNamed(t.Context(), dbtest.Reader, "oeuvre zo", 8); err != nil || len(found) != 1 || found[0].Organisation != mission || found[0].Function != "Conseillère" {
		t.Errorf("PeopleNamed = %+v, %v", found, err)
	}
	_, err = d.AddPerson(t.Context(), dbtest.Coordinator, app.Person{FirstName: "zoe", LastName: "D'OEUVRE"}, app.Position{Organisation: dbtest.School}, false, dbtest.Now)
	wantKind(t, err, app.Conflict)
	if _, err = d.AddPerson(t.Context(), dbtest.Coordinator, app.Person{FirstName: "zoe", LastName: "D'OEUVRE"}, app.Position{Organisation: dbtest.School}, true, dbtest.Now); err != nil {
		t.Errorf("a namesake that was confirmed: %v", err)
	}
}

func TestSomebodyKnownTakesAnotherPosition(t *testing.T) {
	d := dbtest.New(t)
	at := app.Position{Person: dbtest.Ines, Organisation: dbtest.Mission, Function: "Présidente"}
	wantKind(t, d.AddPosition(t.Context(), dbtest.Colleague, at, wroteDown, dbtest.Now), app.Forbidden)
	if err := d.AddPosition(t.Context(), dbtest.Referent, at, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	wantKind(t, d.AddPosition(t.Context(), dbtest.Referent, at, wroteDown, dbtest.Now), app.Conflict)
	wantKind(t, d.AddPosition(t.Context(), dbtest.Referent, app.Position{Person: "personne", Organisation: dbtest.Mission}, wroteDown, dbtest.Now), app.NotFound)
	wantKind(t, d.AddPosition(t.Context(), dbtest.Referent, app.Position{Person: dbtest.Stranger.Person, Organisation: dbtest.Mission}, wroteDown, dbtest.Now), app.NotFound)
}

func TestAPositionIsEndedAndTakenUpAgain(t *testing.T) {
	d := dbtest.New(t)
	const held app.PositionID = "p-lea"
	at, p, o, err := d.Position(t.Context(), dbtest.Referent, held, dbtest.Now)
	if err != nil || p.Name() != "Léa Cœur" || o.ID != dbtest.Mission {
		t.Fatalf("Position = %+v, %+v, %+v, %v", at, p, o, err)
	}
	at.Until = app.DateOf(dbtest.Now.AddDate(0, 0, -1))
	wantKind(t, d.EditPosition(t.Context(), dbtest.Colleague, at, dbtest.Now), app.Forbidden)
	wantKind(t, d.EditPosition(t.Context(), dbtest.Stranger, at, dbtest.Now), app.NotFound)
	wantKind(t, d.EditPosition(t.Context(), dbtest.Referent, app.Position{ID: held, Version: 1, Since: "2026-01-01", Until: "2025-01-01"}, dbtest.Now), app.Invalid)
	if err := d.EditPosition(t.Context(), dbtest.Referent, at, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if act := lastAct(t, d, app.OfOrganisation, "mission"); act.Act != "a mis fin à la fonction de Léa Cœur" || len(act.Changes) != 1 {
		t.Errorf("audit: %+v", act)
	}
	// The structure she left no longer sees her details; the coordination does.
	if r, err := d.Person(t.Context(), dbtest.Referent, dbtest.Colleague.Person, dbtest.Now); err != nil || r.Contacts || r.Editable {
		t.Errorf("the structure left keeps its rights: %+v, %v", r, err)
	}
	if r, err := d.Person(t.Context(), dbtest.Coordinator, dbtest.Colleague.Person, dbtest.Now); err != nil || !r.Contacts || !r.Editable {
		t.Errorf("the coordination lost its rights: %+v, %v", r, err)
	}
	at.Until = ""
	wantKind(t, d.EditPosition(t.Context(), dbtest.Referent, at, dbtest.Now), app.Conflict) // over what was there before
	at.Version++
	if err := d.EditPosition(t.Context(), dbtest.Referent, at, dbtest.Now); err != nil {
		t.Fatal(err)
	}
}

func TestAPersonIsEditedByThoseWhoMay(t *testing.T) {
	d := dbtest.New(t)
	at := dbtest.Now
	edit := func(by app.Viewer, version int, change func(*app.Person)) error {
		at = at.Add(time.Minute) // acts of one second are told in no order
		p := app.Person{ID: dbtest.Colleague.Person, FirstName: "Léa", LastName: "Cœur", Email: dbtest.Colleague.Email, Version: version}
		change(&p)
		return d.EditPerson(t.Context(), by, p, toldFormer, at)
	}
	phone := func(p *app.Person) { p.Phone = "0611111111" }
	wantKind(t, edit(dbtest.Reader, 1, phone), app.Forbidden)
	wantKind(t, edit(dbtest.Stranger, 1, phone), app.NotFound)
	wantKind(t, edit(dbtest.Colleague, 1, func(p *app.Person) { p.LastName = "" }), app.Invalid)
	if err := edit(dbtest.Referent, 1, func(p *app.Person) { phone(p); p.Visible = true }); err != nil {
		t.Fatal(err)
	}
	if r, _ := d.Person(t.Context(), dbtest.Reader, dbtest.Colleague.Person, dbtest.Now); r.Phone != "" {
		t.Error("somebody else made the contact details visible")
	}
	wantKind(t, edit(dbtest.Coordinator, 1, phone), app.Conflict)
	if err := edit(dbtest.Colleague, 2, func(p *app.Person) { phone(p); p.Visible = true }); err != nil {
		t.Fatal(err)
	}
	if r, _ := d.Person(t.Context(), dbtest.Reader, dbtest.Colleague.Person, dbtest.Now); r.Phone != "06 11 11 11 11" {
		t.Errorf("telephone %q, made visible by its owner", r.Phone)
	}
	if act := lastAct(t, d, app.OfPerson, "lea"); act.Actor != "Léa Cœur" || len(act.Changes) != 1 {
		t.Errorf("audit: %+v", act)
	}
}

func TestWorkshopsOfAStructureAndOfAPerson(t *testing.T) {
	d := dbtest.New(t)
	o := organisation(t, d, dbtest.Admin, dbtest.Mission)
	for _, by := range []app.Viewer{dbtest.Coordinator, dbtest.Colleague} {
		workshops, err := d.OrganisationWorkshops(t.Context(), by, o)
		if err != nil || len(workshops) != 2 || !workshops[0].Invited || len(workshops[0].People) != 0 || workshops[1].People[0].Name != "Bruno Delmas" {
			t.Errorf("%s sees %+v, %v; want the invitation and who was there", by.Name, workshops, err)
		}
	}
	workshops, err := d.OrganisationWorkshops(t.Context(), dbtest.Reader, o)
	if err != nil || len(workshops) != 1 || workshops[0].Workshop.ID != dbtest.Past {
		t.Errorf("a reader sees %+v, %v; want the past workshop only", workshops, err)
	}
	host := organisation(t, d, dbtest.Admin, dbtest.CC)
	workshops, err = d.OrganisationWorkshops(t.Context(), dbtest.Coordinator, host)
	if err != nil || len(workshops) != 2 || !workshops[0].Hosted {
		t.Errorf("the host has %+v, %v; want two, never the draft", workshops, err)
	}
	for by, want := range map[*app.Viewer]app.Attendance{&dbtest.Reader: "", &dbtest.Colleague: app.Present} {
		r, err := d.Person(t.Context(), *by, dbtest.Referent.Person, dbtest.Now)
		if err != nil {
			t.Fatal(err)
		}
		attended, err := d.WorkshopsOf(t.Context(), *by, r, dbtest.Now)
		if err != nil || len(attended) != 1 || attended[0].State != want || attended[0].OrganisationName != mission {
			t.Errorf("WorkshopsOf by %s = %+v, %v", by.Name, attended, err)
		}
	}
}

func TestOneSearchFindsStructuresPeopleAndWorkshops(t *testing.T) {
	d := dbtest.New(t)
	f, err := d.Search(t.Context(), dbtest.Coordinator, "log", 8, dbtest.Now)
	if err != nil || len(f.Workshops) != 1 {
		t.Errorf("the coordination finds %+v, %v; want the draft", f, err)
	}
	f, err = d.Search(t.Context(), dbtest.Reader, "log", 8, dbtest.Now)
	if err != nil || len(f.Workshops) != 0 {
		t.Errorf("a reader finds %+v, %v; want no draft", f, err)
	}
	f, err = d.Search(t.Context(), dbtest.Reader, "c", 1, dbtest.Now)
	if err != nil || len(f.Organisations) != 2 || len(f.People) != 2 {
		t.Errorf("Search = %+v, %v; want one of each and one more", f, err)
	}
	f, err = d.Search(t.Context(), dbtest.Reader, "mission", 8, dbtest.Now)
	if err != nil || len(f.Organisations) != 1 {
		t.Errorf("Search = %+v, %v; want the Mission locale once", f.Organisations, err)
	}
	if _, err := d.CreateOrganisation(t.Context(), dbtest.Coordinator, app.Organisation{Name: "Antenne de la Mission", Category: "emploi"}, nil, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	f, err = d.Search(t.Context(), dbtest.Reader, "mission", 8, dbtest.Now)
	if err != nil || len(f.Organisations) != 2 || f.Organisations[0].Name != mission {
		t.Errorf("Search = %+v, %v; want what begins so first", f.Organisations, err)
	}
	for _, query := range []string{"", " ’ ", "introuvable"} {
		if f, err = d.Search(t.Context(), dbtest.Reader, query, 8, dbtest.Now); err != nil || len(f.Organisations)+len(f.People)+len(f.Workshops) > 0 {
			t.Errorf("%q finds %+v, %v", query, f, err)
		}
	}
}
