package fill

import (
	"fmt"
	"time"

	"maillage/app"
)

var subjects = []string{
	"Petite enfance", "Temps de l’enfant", "Jeunesse", "Soutien à la parentalité", "Accès aux droits", "Inclusion numérique", "Logement",
	"Handicap", "Emploi des parents", "Santé des jeunes", "Mobilité", "Bien vieillir", "Lien social", "Vie associative",
}

// Of ten workshops nine are past, over three years; the last is in the two months to come.
const (
	pastDays   = 3 * 365
	futureDays = 60
	comers     = 12 // people at a workshop, give or take a few
)

// workshops writes a convention that runs and n workshops under it.
func (f *filler) workshops(t app.TerritoryID, structures []app.Organisation, communes []app.Commune, people []member, n int) error {
	c := f.convention(t)
	if err := f.l.Convention(c, f.now); err != nil {
		return err
	}
	for i := range n {
		day := -pastDays + i*pastDays/max(1, n*9/10)
		if i >= n*9/10 {
			day = 1 + f.random.IntN(futureDays)
		}
		starts := f.now.AddDate(0, 0, day).Truncate(24 * time.Hour).Add(time.Duration(8+f.random.IntN(9)) * time.Hour)
		commune := pick(f, communes)
		w := app.Workshop{
			ID: id[app.WorkshopID](f), Territory: t, Convention: c.ID, Phase: c.Phases[f.random.IntN(len(c.Phases))].ID,
			Axis: pick(f, c.Axes).ID, Host: pick(f, structures).ID, Kind: pick(f, app.WorkshopKinds).Key,
			Title: fmt.Sprintf("%s, rencontre %d", pick(f, subjects), i+1), StartsAt: starts, EndsAt: starts.Add(2 * time.Hour),
			Place: "Salle des fêtes", Commune: commune.Code, Capacity: 10 * f.random.IntN(4), Status: app.Published,
			CreatedAt: starts.AddDate(0, -2, 0), UpdatedAt: starts.AddDate(0, -2, 0),
		}
		if w.Capacity > 0 {
			w.Capacity += 2 * comers
		}
		if err := f.l.Workshop(w); err != nil {
			return err
		}
		if err := f.attendance(w, structures, people); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) convention(t app.TerritoryID) app.Convention {
	year := f.now.Year()
	c := app.Convention{
		ID: id[app.ConventionID](f), Territory: t, Name: fmt.Sprintf("CTG %d–%d", year-3, year),
		StartsOn: app.Date(fmt.Sprintf("%d-01-01", year-3)), EndsOn: app.Date(fmt.Sprintf("%d-12-31", year+1)), Invented: true,
	}
	for _, name := range app.PhaseNames {
		c.Phases = append(c.Phases, app.Phase{ID: id[app.PhaseID](f), Name: name})
	}
	for i, title := range []string{"Concilier les temps de la vie", "Accueillir les enfants et les jeunes", "Vivre ensemble", "Se loger"} {
		c.Axes = append(c.Axes, app.Axis{ID: id[app.AxisID](f), Number: i + 1, Title: title})
	}
	return c
}

// attendance invites the structures of some people, drawn near one another so that the
// same ones meet again, and a few more that do not answer; then has the people come.
func (f *filler) attendance(w app.Workshop, structures []app.Organisation, people []member) error {
	n := min(len(people), comers-4+f.random.IntN(9))
	at := 0
	if len(people) > 0 {
		at = f.random.IntN(len(people))
	}
	invited := map[app.OrganisationID]bool{}
	invite := func(o app.OrganisationID, answer app.Answer) error {
		if invited[o] {
			return nil
		}
		invited[o] = true
		i := app.Invitation{ID: id[app.InvitationID](f), Workshop: w.ID, Organisation: o, Answer: answer, InvitedAt: w.CreatedAt}
		if answer != app.Unanswered {
			i.AnsweredAt = w.CreatedAt.AddDate(0, 0, 7)
		}
		return f.l.Invitation(i)
	}
	came := map[app.PersonID]bool{}
	for range n {
		m := people[at]
		at = (at + 1 + f.random.IntN(5)) % len(people)
		if came[m.person] {
			continue
		}
		came[m.person] = true
		if err := invite(m.organisation, app.Coming); err != nil {
			return err
		}
		if err := f.l.Registration(f.registration(w, m)); err != nil {
			return err
		}
	}
	for range 4 {
		if err := invite(pick(f, structures).ID, app.Unanswered); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) registration(w app.Workshop, m member) app.Registration {
	r := app.Registration{
		ID: id[app.RegistrationID](f), Workshop: w.ID, Person: m.person, Organisation: m.organisation, Function: m.function,
		State: app.Registered, CreatedAt: w.CreatedAt.AddDate(0, 0, 7), UpdatedAt: w.CreatedAt.AddDate(0, 0, 7),
	}
	if w.Ended(f.now) {
		r.State = pick(f, []app.Attendance{app.Present, app.Present, app.Present, app.Present, app.Excused, app.Absent})
		r.UpdatedAt = w.EndsAt
		if r.State == app.Present {
			r.CheckedInAt = w.StartsAt
		}
	}
	return r
}
