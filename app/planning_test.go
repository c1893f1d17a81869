package app

import (
	"testing"
	"time"
)

func TestCheckPlan(t *testing.T) {
	start := time.Date(2026, 3, 16, 13, 0, 0, 0, time.UTC)
	good := Workshop{Title: "Titre", Kind: "atelier", Convention: "ctg", StartsAt: start, EndsAt: start.Add(2 * time.Hour), Capacity: 15}
	for _, tt := range []struct {
		name   string
		change func(*Workshop)
		taken  int
		field  string // "" when nothing is wrong
	}{
		{"as it should be", func(*Workshop) {}, 15, ""},
		{"no limit of seats", func(w *Workshop) { w.Capacity = 0 }, 40, ""},
		{"no title", func(w *Workshop) { w.Title = "" }, 0, "titre"},
		{"a kind that is not", func(w *Workshop) { w.Kind = "apéritif" }, 0, "genre"},
		{"no convention", func(w *Workshop) { w.Convention = "" }, 0, "convention"},
		{"ends before it starts", func(w *Workshop) { w.EndsAt = start.Add(-time.Minute) }, 0, "fin"},
		{"ends as it starts", func(w *Workshop) { w.EndsAt = start }, 0, "fin"},
		{"lasts a day and a night", func(w *Workshop) { w.EndsAt = start.Add(13 * time.Hour) }, 0, "fin"},
		{"fewer seats than people", func(w *Workshop) {}, 16, "jauge"},
		{"a negative number of seats", func(w *Workshop) { w.Capacity = -1 }, 0, "jauge"},
		{"a link that runs a script", func(w *Workshop) { w.Link = "javascript:alert(1)" }, 0, "lien"},
		{"a link without its beginning", func(w *Workshop) { w.Link = "visio.test/salle" }, 0, "lien"},
		{"a link", func(w *Workshop) { w.Link = "https://visio.test/salle" }, 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := good
			tt.change(&w)
			err := w.CheckPlan(tt.taken)
			if tt.field == "" && err != nil || tt.field != "" && (KindOf(err) != Invalid || FieldsOf(err)[tt.field] == "") {
				t.Errorf("CheckPlan = %v %v, want something about %q", err, FieldsOf(err), tt.field)
			}
		})
	}
}

func TestMove(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	first := now.AddDate(0, 0, 7)
	w := Workshop{Status: Published, StartsAt: first, EndsAt: first.Add(2 * time.Hour)}
	move := func(days int) error {
		at := first.AddDate(0, 0, days)
		return w.Move(at, at.Add(2*time.Hour), now)
	}
	if err := move(0); FieldsOf(err)["date"] == "" {
		t.Errorf("moved to where it is: %v", err)
	}
	if err := move(-10); FieldsOf(err)["date"] == "" {
		t.Errorf("moved to the past: %v", err)
	}
	if err := move(7); err != nil || !w.PostponedFrom.Equal(first) || w.Sequence != 1 {
		t.Fatalf("Move = %v, from %v, sequence %d; want none, %v, 1", err, w.PostponedFrom, w.Sequence, first)
	}
	if err := move(14); err != nil || !w.PostponedFrom.Equal(first) || w.Sequence != 2 {
		t.Errorf("moved again: %v, from %v; want the first date kept", err, w.PostponedFrom)
	}
	if err := move(0); err != nil || w.Postponed() {
		t.Errorf("moved back to the first date: %v, postponed %t; want none, false", err, w.Postponed())
	}
	for name, refused := range map[string]Workshop{
		"a draft":   {Status: Draft, StartsAt: first, EndsAt: first.Add(time.Hour)},
		"cancelled": {Status: Cancelled, StartsAt: first, EndsAt: first.Add(time.Hour)},
		"over":      {Status: Published, StartsAt: now.Add(-3 * time.Hour), EndsAt: now.Add(-time.Hour)},
	} {
		if err := refused.Move(first.AddDate(0, 0, 7), first.AddDate(0, 0, 7).Add(time.Hour), now); KindOf(err) != Conflict {
			t.Errorf("%s: Move = %v, want Conflict", name, err)
		}
	}
}

func TestCancel(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	later := Workshop{Status: Published, StartsAt: now.Add(time.Hour), EndsAt: now.Add(2 * time.Hour)}
	if err := later.Cancel("", now); FieldsOf(err)["motif"] == "" {
		t.Errorf("cancelled without a reason: %v", err)
	}
	if err := later.Cancel("Neige", now); err != nil || later.Status != Cancelled || later.Sequence != 1 {
		t.Errorf("Cancel = %v, %+v", err, later)
	}
	if err := later.Cancel("Neige", now); KindOf(err) != Conflict {
		t.Errorf("cancelled twice: %v, want Conflict", err)
	}
	over := Workshop{Status: Published, StartsAt: now.Add(-2 * time.Hour), EndsAt: now.Add(-time.Hour)}
	if err := over.Cancel("Neige", now); KindOf(err) != Conflict {
		t.Errorf("cancelled after the fact: %v, want Conflict", err)
	}
}

func TestADraftIsAbandonedAndTakenUpAgain(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	w := Workshop{Status: Draft, StartsAt: now.AddDate(0, 0, -1), EndsAt: now.AddDate(0, 0, -1).Add(time.Hour)}
	if err := w.Cancel("", now); FieldsOf(err)["motif"] == "" {
		t.Errorf("abandoned without a reason: %v", err)
	}
	if err := w.Cancel("Doublon", now); err != nil || !w.Abandoned() || w.Status != Draft || w.Sequence != 0 {
		t.Fatalf("Cancel = %v, %+v; want a draft nobody is told of", err, w)
	}
	if w.SeenBy(Viewer{Account: "a", Reads: []TerritoryID{"t"}, Territory: "t"}) {
		t.Error("a reader sees an abandoned draft")
	}
	if err := w.MayPublish(); KindOf(err) != Conflict {
		t.Errorf("published though abandoned: %v, want Conflict", err)
	}
	if err := w.Cancel("Doublon", now); KindOf(err) != Conflict {
		t.Errorf("abandoned twice: %v, want Conflict", err)
	}
	if err := w.Resume(); err != nil || w.Abandoned() || w.MayPublish() != nil {
		t.Errorf("Resume = %v, %+v; want a draft as before", err, w)
	}
	if err := w.Resume(); KindOf(err) != Conflict {
		t.Errorf("taken up twice: %v, want Conflict", err)
	}
}

func TestWhereAWorkshopIsHeldIsSaidOnceOnOneLine(t *testing.T) {
	for name, tt := range map[string]struct {
		w       Workshop
		commune string
		want    string
	}{
		"all of it":                         {Workshop{Place: "Mairie", Address: "1 place Pélissié"}, "Gramat", "Mairie, 1 place Pélissié, Gramat"},
		"a place named after its commune":   {Workshop{Place: "Salle des fêtes de Saint-Céré"}, "Saint Céré", "Salle des fêtes de Saint-Céré"},
		"an address that holds the commune": {Workshop{Address: "2 rue Haute, 46200 Souillac"}, "Souillac", "2 rue Haute, 46200 Souillac"},
		"the commune alone":                 {Workshop{}, "Martel", "Martel"},
		"nothing known":                     {Workshop{Link: "https://visio.test"}, "", ""},
	} {
		if got := tt.w.Where(tt.commune); got != tt.want {
			t.Errorf("%s: Where = %q, want %q", name, got, tt.want)
		}
	}
}

func TestAWorkshopPreparedAgainIsToComeOnItsWeekdayAndHour(t *testing.T) {
	winter := time.Date(2026, 3, 16, 13, 0, 0, 0, time.UTC) // 14 h in Paris, before the change of hour
	w := Workshop{ID: "w", Status: Cancelled, StartsAt: winter, EndsAt: winter.Add(2 * time.Hour), CancelReason: "neige", Sequence: 3, Version: 7}
	for name, now := range map[string]time.Time{"the day before": winter.AddDate(0, 0, -1), "a year later": winter.AddDate(1, 0, 0)} {
		again := w.Again(now)
		from := again.StartsAt.In(Paris)
		if !again.StartsAt.After(now) || from.Weekday() != time.Monday || from.Hour() != 14 || again.EndsAt.Sub(again.StartsAt) != 2*time.Hour {
			t.Errorf("%s: again from %s to %s, want two hours of a Monday to come at 14 h", name, from, again.EndsAt)
		}
		if again.ID == w.ID || again.Status != Draft || again.CancelReason != "" || again.Sequence != 0 || again.Version != 1 {
			t.Errorf("%s: again = %+v, want a fresh draft", name, again)
		}
	}
}
