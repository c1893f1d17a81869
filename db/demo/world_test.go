package demo

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
)

// Moments at which a demonstration may be started: a working day, a night, a Saturday, a
// Sunday, the first day of a year, the night the hour changes.
var moments = []time.Time{
	time.Date(2026, 11, 24, 8, 15, 0, 0, time.UTC),
	time.Date(2026, 11, 24, 21, 30, 0, 0, time.UTC),
	time.Date(2026, 11, 28, 15, 0, 0, 0, time.UTC),
	time.Date(2027, 2, 28, 10, 0, 0, 0, time.UTC),
	time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2027, 3, 28, 0, 59, 0, 0, time.UTC),
}

func build(t *testing.T, now time.Time) *world {
	t.Helper()
	w, err := newWorld(now)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestEveryTypeOfStructureHasACategoryAndThemes(t *testing.T) {
	used := map[string]bool{}
	for _, file := range []string{"structures.csv", "incomplete.csv"} {
		rows, err := read(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			used[r["type"]] = true
			if _, ok := kinds[r["type"]]; !ok {
				t.Errorf("%s: the type %q of %q is not filed", file, r["type"], r["nom"])
			}
		}
	}
	for name, k := range kinds {
		if !used[name] {
			t.Errorf("the type %q is of no structure", name)
		}
		if !k.category.Known() || len(k.themes) == 0 {
			t.Errorf("%s: category %q, themes %q", name, k.category, k.themes)
		}
		for _, theme := range k.themes {
			if !theme.Known() {
				t.Errorf("%s: %q is no theme", name, theme)
			}
		}
	}
}

func TestThe169RealStructuresAreToldFromThoseToBeCompleted(t *testing.T) {
	w := build(t, moments[0])
	complete, incomplete, atAddress := 0, 0, 0
	names := map[string]bool{}
	for _, o := range w.organisations {
		if names[o.Name] {
			t.Errorf("two structures are called %q", o.Name)
		}
		names[o.Name] = true
		if !o.Point.Known() || o.CommuneName == "" || o.Source == "" {
			t.Errorf("%s has no place or no source: %+v", o.Name, o)
		}
		if strings.ContainsAny(o.Name+o.Address, "'") || strings.Contains(o.Address, "01") && strings.Contains(o.Address, "-01") {
			t.Errorf("%q, %q: left as the source has it", o.Name, o.Address)
		}
		if o.Incomplete {
			incomplete++
			if o.Address+o.Phone+o.Email+o.Website != "" || !strings.Contains(o.Name, "à compléter") {
				t.Errorf("%s must say that it is to be completed, and nothing invented: %+v", o.Name, o)
			}
			continue
		}
		complete++
		if o.Vintage == "" || o.SourceID == "" {
			t.Errorf("%s has no vintage", o.Name)
		}
		if o.Precision == app.AtAddress {
			atAddress++
		}
		if strings.HasPrefix(o.Email, "agent@") {
			t.Errorf("%s: %s is nobody's mailbox", o.Name, o.Email)
		}
	}
	if complete != 169 || incomplete < 12 || incomplete > 18 || atAddress != 26 {
		t.Errorf("%d real structures, %d at their address, %d to complete; want 169, 26, about 15", complete, atAddress, incomplete)
	}
}

func TestNamesReadWell(t *testing.T) {
	w := build(t, moments[0])
	for _, want := range []string{"Mairie d’Alvignac", "Mairie du Bastit", "Mairie des Quatre-Routes-du-Lot", "Mairie de Bannes", "Mairie de Saint-Céré", "Collège d’Orlinde"} {
		if !slices.ContainsFunc(w.organisations, func(o app.Organisation) bool { return o.Name == want }) {
			t.Errorf("no structure is called %q", want)
		}
	}
	bus := w.organisation(organisationID("890"))
	if bus.PostalCode != "46200" || !strings.Contains(bus.OpeningHours, "lundi 09:30–12:00, 14:00–17:00\nmardi") {
		t.Errorf("the bus: %+v", bus)
	}
}

func TestTheDiagnosticIsAsTheArticleTellsIt(t *testing.T) {
	for _, now := range moments {
		w := build(t, now)
		first := w.conventions[0]
		workshops, distinct, day := 0, map[app.PersonID]bool{}, 0
		for _, m := range w.meetings {
			if m.Convention != first.ID {
				continue
			}
			present := 0
			for _, r := range m.registrations {
				if r.State == app.Present {
					present++
				}
			}
			switch m.Phase {
			case first.Phases[1].ID:
				workshops++
				if present < 7 {
					t.Errorf("%s: %d present, want at least 7", m.Title, present)
				}
				for _, r := range m.registrations {
					if r.State == app.Present {
						distinct[r.Person] = true
					}
				}
			case first.Phases[2].ID:
				day += present
			}
		}
		if workshops != 15 || len(distinct) < 46 || len(distinct) > 54 || day < 41 || day > 46 {
			t.Errorf("%d workshops, %d distinct participants, %d at the day; want 15, about fifty, more than 40", workshops, len(distinct), day)
		}
	}
}

func TestTheStoryHoldsAtAnyMoment(t *testing.T) {
	for _, now := range moments {
		w := build(t, now)
		mission := w.member("Nadège", "Bouyssou").Organisation
		unanswered, soon, waiting, almostFull, toFill := 0, 0, 0, 0, 0
		for _, m := range w.meetings {
			checkMeeting(t, w, m)
			if m.Convention == w.conventions[0].ID {
				continue
			}
			if !app.Covers(w.conventions[1].StartsOn, w.conventions[1].EndsOn, m.StartsAt) {
				t.Errorf("%v: %s is held on %v, out of its convention", now, m.Title, m.StartsAt)
			}
			taken, fill := 0, 0
			for _, r := range m.registrations {
				switch r.State {
				case app.Registered:
					taken++
					if m.Ended(now) {
						fill++
					}
				case app.Waiting:
					waiting++
				}
			}
			if fill > 0 {
				toFill++
			}
			if m.Ended(now) {
				continue
			}
			if m.StartsAt.Before(now.AddDate(0, 0, 21)) {
				soon++
			}
			if m.Capacity > 0 && m.Capacity-taken == 1 {
				almostFull++
			}
			for _, i := range m.invitations {
				if i.Organisation == mission && i.Answer == app.Unanswered && m.Status == app.Published {
					unanswered++
				}
			}
		}
		if unanswered < 2 || soon < 5 || waiting < 2 || almostFull < 1 || toFill != 1 {
			t.Errorf("%v: %d invitations of the Mission locale unanswered, %d workshops soon, %d people waiting, %d almost full, %d to fill in", now, unanswered, soon, waiting, almostFull, toFill)
		}
	}
}

func checkMeeting(t *testing.T, w *world, m meeting) {
	t.Helper()
	if !m.EndsAt.After(m.StartsAt) || m.StartsAt.In(app.Paris).Hour() < 8 {
		t.Errorf("%s is held from %v to %v", m.Title, m.StartsAt, m.EndsAt)
	}
	if m.CreatedAt.After(w.now) {
		t.Errorf("%s was written on %v, in the future", m.Title, m.CreatedAt)
	}
	seen := map[app.PersonID]bool{}
	for _, r := range m.registrations {
		if seen[r.Person] {
			t.Errorf("%s: %s twice", m.Title, r.Person)
		}
		seen[r.Person] = true
		if r.CreatedAt.After(w.now) || r.UpdatedAt.Before(r.CreatedAt) {
			t.Errorf("%s: registered on %v, changed on %v", m.Title, r.CreatedAt, r.UpdatedAt)
		}
		i := slices.IndexFunc(m.invitations, func(i app.Invitation) bool { return i.Organisation == r.Organisation })
		if i < 0 || m.invitations[i].Answer != app.Coming {
			t.Errorf("%s: somebody comes for a structure that did not say yes", m.Title)
		}
	}
	for _, i := range m.invitations {
		if i.InvitedAt.After(w.now) || i.AnsweredAt.After(w.now) || (i.Answer != app.Unanswered) == i.AnsweredAt.IsZero() {
			t.Errorf("%s: %+v", m.Title, i)
		}
	}
}

func TestTodaysWorkshopHasTwelvePeopleToCheckIn(t *testing.T) {
	w := build(t, moments[0])
	for _, m := range w.meetings {
		if app.DateOf(m.StartsAt) == app.DateOf(w.now) {
			if got := len(m.registrations); got < 12 || m.Ended(w.now) {
				t.Errorf("%s: %d people, ends %v", m.Title, got, m.EndsAt)
			}
			return
		}
	}
	t.Error("no workshop today")
}

func TestPeopleAreInventedAndCannotBeReached(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range build(t, moments[0]).members {
		if !m.Invented || !strings.HasSuffix(m.Email, ".test") || seen[m.Email] {
			t.Errorf("%s: %+v", m.Name(), m.Person)
		}
		seen[m.Email] = true
		if m.Phone != "" && !strings.HasPrefix(m.Phone, "06 39 98 ") && !strings.HasPrefix(m.Phone, "05 36 49 ") {
			t.Errorf("%s: %s may be somebody's number", m.Name(), m.Phone)
		}
	}
}

func TestTheStoryIsTheSameTwice(t *testing.T) {
	a, b := build(t, moments[0]), build(t, moments[0])
	for i, m := range a.meetings {
		if len(m.registrations) != len(b.meetings[i].registrations) || !slices.Equal(m.registrations, b.meetings[i].registrations) {
			t.Errorf("%s is not the same twice", m.Title)
		}
	}
}

func TestAllOutlinesAreThere(t *testing.T) {
	outlined := 0
	for _, c := range build(t, moments[0]).communes {
		if (c.outline != "") != (c.Territory == Territory) {
			t.Errorf("%s: outline of %d characters", c.Name, len(c.outline))
		}
		if c.outline != "" {
			outlined++
		}
	}
	if outlined != 77 {
		t.Errorf("%d outlines, want 77", outlined)
	}
}
