package db_test

import (
	"math"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

func telling(subject string) db.Letter {
	return func(n app.Notice) app.Mail { return app.Mail{Subject: subject + " " + n.Name, Body: n.Workshop.Title} }
}

func planned() app.Workshop {
	start := dbtest.Now.AddDate(0, 0, 20)
	return app.Workshop{
		Convention: dbtest.CTG, Phase: dbtest.Phase1, Axis: dbtest.Axis2, Host: dbtest.CC, Kind: "groupe", Title: "L’œuvre commune",
		StartsAt: start, EndsAt: start.Add(2 * time.Hour), Place: "Mairie", Commune: dbtest.Souillac, Capacity: 12,
	}
}

func TestWorkshopBeginsAtItsFirstVersionWhateverAFormSays(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	w := planned()
	w.Version = math.MaxInt // more than a column of PostgreSQL holds
	id, err := d.Plan(ctx, dbtest.Coordinator, w, nil, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	if g, err := d.Gathering(ctx, dbtest.Coordinator, id); err != nil || g.Workshop.Version != 1 {
		t.Errorf("version %d (%v), want 1", g.Workshop.Version, err)
	}
}

func TestPlan(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	id, err := d.Plan(ctx, dbtest.Coordinator, planned(), []app.PersonID{dbtest.Ines}, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	g, err := d.Gathering(ctx, dbtest.Coordinator, id)
	if err != nil || g.Workshop.Status != app.Draft || g.Host != "Communauté de communes Cauvaldor" || g.Commune != "Souillac" || len(g.Animators) != 1 {
		t.Errorf("Gathering = %+v, %v", g, err)
	}
	if _, err := d.Gathering(ctx, dbtest.Referent, id); app.KindOf(err) != app.NotFound {
		t.Errorf("a référent reads a draft: %v, want NotFound", err)
	}
	if history, err := d.History(ctx, app.OfWorkshop, string(id), 5); err != nil || len(history) != 1 || history[0].Actor != "Claire Bonnet" {
		t.Errorf("History = %+v, %v", history, err)
	}
	for name, tt := range map[string]struct {
		by     app.Viewer
		change func(*app.Workshop)
		kind   app.Kind
		field  string
	}{
		"a référent":                   {dbtest.Referent, func(*app.Workshop) {}, app.Forbidden, ""},
		"a reader":                     {dbtest.Reader, func(*app.Workshop) {}, app.Forbidden, ""},
		"a convention of elsewhere":    {dbtest.Stranger, func(*app.Workshop) {}, app.Invalid, "convention"},
		"an axis of nowhere":           {dbtest.Coordinator, func(w *app.Workshop) { w.Axis = "axe9" }, app.Invalid, "axe"},
		"a host of another territory":  {dbtest.Coordinator, func(w *app.Workshop) { w.Host = dbtest.Foreign }, app.Invalid, "structure"},
		"a commune that is not":        {dbtest.Coordinator, func(w *app.Workshop) { w.Commune = "99999" }, app.Invalid, "commune"},
		"an end that comes before":     {dbtest.Coordinator, func(w *app.Workshop) { w.EndsAt = w.StartsAt }, app.Invalid, "fin"},
		"a phase that is a convention": {dbtest.Coordinator, func(w *app.Workshop) { w.Phase = app.PhaseID(dbtest.CTG) }, app.Invalid, "phase"},
	} {
		t.Run(name, func(t *testing.T) {
			w := planned()
			tt.change(&w)
			_, err := d.Plan(ctx, tt.by, w, nil, dbtest.Now)
			if app.KindOf(err) != tt.kind || err == nil || tt.field != "" && app.FieldsOf(err)[tt.field] == "" {
				t.Errorf("Plan: %v %v, want kind %d about %q", err, app.FieldsOf(err), tt.kind, tt.field)
			}
		})
	}
}

func TestReplanRefusesWhatIsStale(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	g, err := d.Gathering(ctx, dbtest.Coordinator, dbtest.Soon)
	if err != nil {
		t.Fatal(err)
	}
	var kept atomic.Int32
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			w := g.Workshop
			w.Title = "Version " + string(rune('A'+i))
			switch err := d.Replan(ctx, dbtest.Coordinator, w, nil, telling(""), dbtest.Now); {
			case err == nil:
				kept.Add(1)
			case app.KindOf(err) != app.Conflict:
				t.Errorf("Replan: %v, want Conflict", err)
			}
		})
	}
	wg.Wait()
	if kept.Load() != 1 {
		t.Errorf("%d editors were kept, want 1 and the others warned", kept.Load())
	}
}

func TestReplanKeepsTheAnnouncedDateAndNotesWhatChanged(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	g, _ := d.Gathering(ctx, dbtest.Coordinator, dbtest.Soon)
	w := g.Workshop
	w.Title, w.Place, w.StartsAt, w.Capacity = "Accueillir les tout-petits", "Mairie", w.StartsAt.AddDate(0, 0, 1), 0
	if err := d.Replan(ctx, dbtest.Coordinator, w, []app.PersonID{dbtest.Ines}, telling(""), dbtest.Now); err != nil {
		t.Fatal(err)
	}
	after, _ := d.Gathering(ctx, dbtest.Coordinator, dbtest.Soon)
	if !after.Workshop.StartsAt.Equal(g.Workshop.StartsAt) || after.Workshop.Place != "Mairie" || after.Workshop.Sequence != 1 || after.Workshop.Version != 2 {
		t.Errorf("Gathering = %+v", after.Workshop)
	}
	history, err := d.History(ctx, app.OfWorkshop, string(dbtest.Soon), 1)
	if err != nil || len(history) != 1 || len(history[0].Changes) != 4 {
		t.Errorf("History = %+v, %v; want title, place, seats and animation", history, err)
	}
}

func TestMoreSeatsCallThoseWhoWait(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	for _, o := range []struct {
		of     app.OrganisationID
		people []app.PersonID
	}{{dbtest.Mission, []app.PersonID{"bruno", "lea"}}, {dbtest.School, []app.PersonID{dbtest.Ines}}, {dbtest.CAF, []app.PersonID{"paul"}}} {
		if _, _, err := d.Register(ctx, dbtest.Coordinator, dbtest.Soon, o.of, o.people, dbtest.Now); err != nil {
			t.Fatal(err)
		}
	}
	g, _ := d.Gathering(ctx, dbtest.Coordinator, dbtest.Soon)
	if g.Workshop.Taken != 3 || g.Workshop.Waiting != 1 {
		t.Fatalf("%d seated and %d waiting, want 3 and 1", g.Workshop.Taken, g.Workshop.Waiting)
	}
	w := g.Workshop
	w.Capacity = 2
	if err := d.Replan(ctx, dbtest.Coordinator, w, nil, telling(""), dbtest.Now); app.FieldsOf(err)["jauge"] == "" {
		t.Errorf("fewer seats than people: %v %v, want something about the seats", err, app.FieldsOf(err))
	}
	w.Capacity = 4
	if err := d.Replan(ctx, dbtest.Coordinator, w, nil, telling("Une place"), dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if g, _ = d.Gathering(ctx, dbtest.Coordinator, dbtest.Soon); g.Workshop.Taken != 4 || g.Workshop.Waiting != 0 {
		t.Errorf("%d seated and %d waiting after a seat more, want 4 and 0", g.Workshop.Taken, g.Workshop.Waiting)
	}
}

func TestAWorkshopsLife(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	mails := func() int {
		t.Helper()
		all, err := d.Outbox(ctx, dbtest.Admin, db.MailFilter{}, 50)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if err := d.Publish(ctx, dbtest.Referent, dbtest.Soon, dbtest.Now); app.KindOf(err) != app.Forbidden {
		t.Errorf("a référent publishes: %v, want Forbidden", err)
	}
	if err := d.Publish(ctx, dbtest.Coordinator, dbtest.Unwritten, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	if err := d.Publish(ctx, dbtest.Coordinator, dbtest.Unwritten, dbtest.Now); app.KindOf(err) != app.Conflict {
		t.Errorf("published twice: %v, want Conflict", err)
	}
	start := dbtest.Now.AddDate(0, 0, 14)
	if err := d.Postpone(ctx, dbtest.Coordinator, dbtest.Soon, start, start.Add(2*time.Hour), telling("Reporté"), dbtest.Now); err != nil {
		t.Fatal(err)
	}
	g, _ := d.Gathering(ctx, dbtest.Referent, dbtest.Soon)
	if !g.Workshop.StartsAt.Equal(start) || !g.Workshop.PostponedFrom.Equal(dbtest.Now.AddDate(0, 0, 7)) || mails() != 1 {
		t.Errorf("postponed: %+v, %d mails; want the first date kept and the one référent told", g.Workshop, mails())
	}
	if err := d.Cancel(ctx, dbtest.Coordinator, dbtest.Soon, "Verglas", telling("Annulé"), dbtest.Now); err != nil || mails() != 2 {
		t.Errorf("Cancel: %v, %d mails; want none, 2", err, mails())
	}
	if err := d.Cancel(ctx, dbtest.Stranger, dbtest.Past, "x", telling(""), dbtest.Now); app.KindOf(err) != app.NotFound {
		t.Errorf("cancelled from another territory: %v, want NotFound", err)
	}
	id, err := d.Duplicate(ctx, dbtest.Coordinator, dbtest.Past, dbtest.Now)
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.Gathering(ctx, dbtest.Coordinator, id)
	if err != nil || again.Workshop.Status != app.Draft || again.Workshop.StartsAt.Before(dbtest.Now) || len(again.Animators) != 1 || again.Workshop.Taken != 0 {
		t.Errorf("Duplicate = %+v, %v", again, err)
	}
}

func TestWorkshopsArePagedAndNarrowed(t *testing.T) {
	d, ctx := dbtest.New(t), t.Context()
	for name, tt := range map[string]struct {
		by   app.Viewer
		a    db.Agenda
		want []app.WorkshopID
	}{
		"all, the latest first":      {dbtest.Coordinator, db.Agenda{}, []app.WorkshopID{dbtest.Unwritten, dbtest.Soon, dbtest.Past}},
		"a référent sees no draft":   {dbtest.Referent, db.Agenda{}, []app.WorkshopID{dbtest.Soon, dbtest.Past}},
		"to come, the soonest first": {dbtest.Coordinator, db.Agenda{Coming: true}, []app.WorkshopID{dbtest.Soon, dbtest.Unwritten}},
		"over":                       {dbtest.Coordinator, db.Agenda{Past: true}, []app.WorkshopID{dbtest.Past}},
		"by words":                   {dbtest.Coordinator, db.Agenda{Query: "vers jeun"}, []app.WorkshopID{dbtest.Past}},
		"by axis":                    {dbtest.Coordinator, db.Agenda{Axis: dbtest.Axis2}, nil},
		"drafts":                     {dbtest.Coordinator, db.Agenda{Status: app.Draft}, []app.WorkshopID{dbtest.Unwritten}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []app.WorkshopID
			for { // a page of one row at a time gives the same as all at once
				rows, err := d.Workshops(ctx, tt.by, tt.a, 1, dbtest.Now)
				if err != nil {
					t.Fatal(err)
				}
				if len(rows) == 0 {
					break
				}
				got = append(got, rows[0].Workshop.ID)
				tt.a.After = rows[0].Workshop.ID
			}
			tt.a.After = ""
			n, err := d.CountWorkshops(ctx, tt.by, tt.a, dbtest.Now)
			if err != nil || n != len(tt.want) || len(got) != n {
				t.Fatalf("%v, count %d, %v; want %v", got, n, err, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Fatalf("%v, want %v", got, tt.want)
				}
			}
		})
	}
	if _, err := d.Workshops(ctx, dbtest.Stranger, db.Agenda{Query: "jeunes"}, 10, dbtest.Now); err != nil {
		t.Errorf("another territory's own list: %v", err)
	}
}
