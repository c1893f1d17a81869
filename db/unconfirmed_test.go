package db_test

import (
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func wroteDown(p app.Person, o app.Organisation) app.Mail {
	return app.Mail{Subject: "Inscrite", Body: p.FirstName + " " + o.Name}
}

// Bruno writes Inès of the school into his own structure: until she agrees he neither sees
// how to reach her, nor changes her record, nor opens an account in her name.
func TestNobodySeesAnAddressByWritingItsPersonDown(t *testing.T) {
	for name, confirm := range map[string]func(d *db.DB, at app.Position) error{
		"she confirms it herself": func(d *db.DB, at app.Position) error {
			o, err := d.OwnData(t.Context(), dbtest.Ines, dbtest.Now)
			if err != nil {
				return err
			}
			_, err = d.CorrectOwnData(t.Context(), app.Viewer{Person: dbtest.Ines}, db.Correction{Person: o.Person, Functions: map[app.PositionID]string{at.ID: at.Function}}, "", app.Mail{}, dbtest.Now)
			return err
		},
		"who coordinates saves it": func(d *db.DB, at app.Position) error {
			return d.EditPosition(t.Context(), dbtest.Coordinator, at, dbtest.Now)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.New(t)
			if err := d.AddPosition(t.Context(), dbtest.Referent, app.Position{Person: dbtest.Ines, Organisation: dbtest.Mission, Function: "Présidente"}, wroteDown, dbtest.Now); err != nil {
				t.Fatal(err)
			}
			if to := recipients(t, d, "Inscrite"); len(to) != 1 || to[0] != "ines@ecole.test" {
				t.Errorf("told to %q, want Inès", to)
			}
			position := func() (at app.Position) {
				r, err := d.Person(t.Context(), dbtest.Coordinator, dbtest.Ines, dbtest.Now)
				for _, h := range r.Positions {
					if h.Organisation == dbtest.Mission {
						at = h.Position
					}
				}
				if err != nil || at.ID == "" {
					t.Fatalf("Person = %+v, %v", r, err)
				}
				return at
			}
			open := func() bool {
				r, err := d.Person(t.Context(), dbtest.Referent, dbtest.Ines, dbtest.Now)
				if err != nil || r.Contacts != r.Editable || r.Contacts != (r.Email != "") {
					t.Fatalf("Person = %+v, %v", r, err)
				}
				o, err := d.Organisation(t.Context(), dbtest.Referent, dbtest.Mission)
				if err != nil {
					t.Fatal(err)
				}
				members, err := d.Members(t.Context(), dbtest.Referent, o, dbtest.Now)
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range members {
					if m.Person.ID == dbtest.Ines && (m.Person.Email != "") != r.Contacts {
						t.Errorf("among the members her address is %q, on her record shown: %v", m.Person.Email, r.Contacts)
					}
				}
				return r.Contacts
			}
			if at := position(); !at.Unconfirmed || open() {
				t.Fatalf("the position is %+v, and Bruno sees her address: %v", at, open())
			}
			entrant := db.Entrant{Person: dbtest.Ines, Who: app.Newcomer{Email: "bruno@ailleurs.test"}, Role: app.Colleague}
			_, err := d.InviteTeammate(t.Context(), dbtest.Referent, dbtest.Mission, entrant, "jeton", func(app.Organisation, bool) app.Mail { return app.Mail{} }, dbtest.Now)
			wantKind(t, err, app.NotFound)
			edited := position()
			edited.Function = "Trésorière"
			if err := d.EditPosition(t.Context(), dbtest.Referent, edited, dbtest.Now); err != nil || !position().Unconfirmed {
				t.Errorf("Bruno confirms it himself: %v", err)
			}
			if err := confirm(d, position()); err != nil {
				t.Fatal(err)
			}
			if at := position(); at.Unconfirmed || !open() {
				t.Errorf("confirmed, the position is %+v, and Bruno sees her address: %v", at, open())
			}
		})
	}
}

// reach returns what by may do about Inès.
func reach(t *testing.T, d *db.DB, by app.Viewer) (contacts, editable bool, positions []db.Holding) {
	t.Helper()
	r, err := d.Person(t.Context(), by, dbtest.Ines, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	return r.Contacts, r.Editable, r.Positions
}

func TestWhoCoordinatesOpensNobodyByWritingThemDownEither(t *testing.T) {
	d := dbtest.New(t)
	if err := d.AddPosition(t.Context(), dbtest.Admin, app.Position{Person: dbtest.Ines, Organisation: dbtest.Foreign, Since: "2020-01-01", Until: "2020-02-01"}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.AddPosition(t.Context(), dbtest.Stranger, app.Position{Person: dbtest.Ines, Organisation: dbtest.Foreign}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	contacts, editable, positions := reach(t, d, dbtest.Stranger)
	if contacts || editable {
		t.Errorf("Nina sees her address: %v, edits her: %v", contacts, editable)
	}
	for _, h := range positions {
		if h.Organisation == dbtest.Foreign && h.Until == "" {
			h.Function = "Autre"
			if err := d.EditPosition(t.Context(), dbtest.Stranger, h.Position, dbtest.Now); err != nil {
				t.Fatal(err)
			}
		}
	}
	if contacts, editable, _ = reach(t, d, dbtest.Stranger); contacts || editable {
		t.Errorf("once she saved it, Nina sees her address: %v, edits her: %v", contacts, editable)
	}
}

func TestAStructureReachesNobodyWhoLeftItByTakingThemBack(t *testing.T) {
	for _, tt := range []struct {
		until app.Date
		open  bool // taken back, which undoes what was just done
	}{{"2020-02-01", false}, {app.DateOf(dbtest.Now.AddDate(0, 0, -20)), false}, {app.DateOf(dbtest.Now.AddDate(0, 0, -1)), true}} {
		d := dbtest.New(t)
		at := app.Position{Person: dbtest.Ines, Organisation: dbtest.Mission, Since: "2020-01-01", Until: tt.until}
		wantKind(t, d.AddPosition(t.Context(), dbtest.Referent, at, wroteDown, dbtest.Now), app.Invalid)
		if err := d.AddPosition(t.Context(), dbtest.Coordinator, at, wroteDown, dbtest.Now); err != nil {
			t.Fatal(err)
		}
		members, err := d.Members(t.Context(), dbtest.Referent, organisation(t, d, dbtest.Referent, dbtest.Mission), dbtest.Now)
		for _, m := range members {
			if m.Person.ID == dbtest.Ines && m.Person.Email != "" {
				t.Errorf("left on %s, her address is among the members: %v", tt.until, err)
			}
		}
		_, _, positions := reach(t, d, dbtest.Referent)
		for _, h := range positions {
			if h.Organisation == dbtest.Mission {
				if !tt.open {
					h.Until = app.DateOf(dbtest.Now.AddDate(0, 0, -1))
					wantKind(t, d.EditPosition(t.Context(), dbtest.Referent, h.Position, dbtest.Now), app.Conflict)
					wantKind(t, d.ResumePosition(t.Context(), dbtest.Referent, h.ID, dbtest.Now), app.Conflict)
				} else if err := d.ResumePosition(t.Context(), dbtest.Referent, h.ID, dbtest.Now); err != nil {
					t.Fatal(err)
				}
			}
		}
		if contacts, editable, _ := reach(t, d, dbtest.Referent); contacts != tt.open || editable != tt.open {
			t.Errorf("left on %s and taken back: address %v, record %v; want %v", tt.until, contacts, editable, tt.open)
		}
	}
}

func TestShowingOnesAddressGivesNobodyTheRecord(t *testing.T) {
	d := dbtest.New(t)
	r, err := d.Person(t.Context(), dbtest.Coordinator, dbtest.Ines, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	r.Visible = true
	if _, err := d.CorrectOwnData(t.Context(), app.Viewer{Person: dbtest.Ines}, db.Correction{Person: r.Person}, "", app.Mail{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.AddPosition(t.Context(), dbtest.Referent, app.Position{Person: dbtest.Ines, Organisation: dbtest.Mission}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if contacts, editable, _ := reach(t, d, dbtest.Referent); !contacts || editable {
		t.Errorf("Bruno sees the address she shows: %v, edits her record: %v", contacts, editable)
	}
}

func TestNoAccountIsOpenedForWhomAStructureWroteDown(t *testing.T) {
	d := dbtest.New(t)
	if err := d.AddPosition(t.Context(), dbtest.Admin, app.Position{Person: dbtest.Ines, Organisation: dbtest.Foreign, Since: "2020-01-01", Until: "2020-02-01"}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.AddPosition(t.Context(), dbtest.Stranger, app.Position{Person: dbtest.Ines, Organisation: dbtest.Foreign}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	n := db.Invitee{Person: app.Person{ID: dbtest.Ines}, Email: "nina2@ailleurs.test", Grants: []app.Grant{{Role: app.Colleague, Organisation: dbtest.Foreign}}}
	_, err := d.OpenAccount(t.Context(), dbtest.Stranger, n, "jeton", app.Mail{}, dbtest.Now)
	wantKind(t, err, app.NotFound)
}

func TestNobodyAgreesToAFunctionTheyWereNotShown(t *testing.T) {
	d := dbtest.New(t)
	o, err := d.OwnData(t.Context(), dbtest.Ines, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.AddPosition(t.Context(), dbtest.Referent, app.Position{Person: dbtest.Ines, Organisation: dbtest.Mission}, wroteDown, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.CorrectOwnData(t.Context(), app.Viewer{Person: dbtest.Ines}, db.Correction{Person: o.Person, Functions: map[app.PositionID]string{"p-ines": "Directrice"}}, "", app.Mail{}, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if contacts, _, _ := reach(t, d, dbtest.Referent); contacts {
		t.Error("Bruno sees her address: she saved a page opened before he wrote her down")
	}
}
