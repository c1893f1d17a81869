package demo

import (
	"math/rand/v2"
	"slices"
	"time"

	"maillage/app"
)

// world is all that the demonstration loads, made without a database.
type world struct {
	now           time.Time
	entered       time.Time  // when structures, people and conventions were written down: eleven months ago
	random        *rand.Rand // the same at every start
	communes      []commune
	organisations []app.Organisation
	members       []member
	conventions   []app.Convention
	meetings      []meeting
}

// A meeting is a workshop with who is asked, who answers and who comes.
type meeting struct {
	app.Workshop
	themes        []app.Theme
	animators     []app.PersonID
	invitations   []app.Invitation
	registrations []app.Registration
}

func newWorld(now time.Time) (*world, error) {
	now = now.UTC().Truncate(time.Second)
	w := &world{now: now, entered: now.AddDate(0, -11, 0), random: rand.New(rand.NewPCG(46, 2016))}
	var err error
	if w.communes, err = communes(); err != nil {
		return nil, err
	}
	if w.organisations, err = structures(w.communes, w.entered); err != nil {
		return nil, err
	}
	if w.members, err = members(w.entered); err != nil {
		return nil, err
	}
	w.conventions = []app.Convention{firstConvention(), secondConvention(now)}
	w.holdDiagnostic()
	w.holdRunning()
	return w, nil
}

// member returns the one of that name.
func (w *world) member(first, last string) *member {
	for i := range w.members {
		if m := &w.members[i]; m.FirstName == first && m.LastName == last {
			return m
		}
	}
	return nil
}

func (w *world) organisation(id app.OrganisationID) app.Organisation {
	i := slices.IndexFunc(w.organisations, func(o app.Organisation) bool { return o.ID == id })
	return w.organisations[i]
}

// meeting makes the workshop of a plan, between two moments.
func (w *world) meeting(p plan, c app.Convention, starts, ends time.Time) meeting {
	m := meeting{themes: p.themes, animators: []app.PersonID{w.member("Élodie", "Vaissié").Person.ID}}
	m.Workshop = app.Workshop{
		ID: stableID[app.WorkshopID](string(c.ID), p.title), Territory: Territory, Convention: c.ID,
		Host: organisationID("epci-46309-01"), Kind: p.kind, Themes: p.themes, Title: p.title, Agenda: p.agenda,
		StartsAt: starts, EndsAt: ends, Place: p.place, Commune: p.commune, Capacity: p.capacity,
		Status: p.status, CancelReason: p.reason,
	}
	if m.Kind == "" {
		m.Kind = "atelier"
	}
	if m.Status == "" {
		m.Status = app.Published
	}
	if m.Agenda == "" {
		m.Agenda = "Accueil et tour de table\nCe que nous savons\nCe qui manque aux familles\nQui fait quoi, pour quand"
	}
	if p.axis > 0 {
		m.Axis = c.Axes[p.axis-1].ID
	}
	switch {
	case p.commune == "":
		m.Link = "https://visio.exemple.test/" + string(m.ID)
	case p.place == "":
		m.Place = "Salle de réunion de la mairie"
	}
	m.CreatedAt = m.invitedAt(w.now).AddDate(0, 0, -4)
	m.UpdatedAt = m.CreatedAt
	if p.moved > 0 {
		m.PostponedFrom, m.Sequence = starts.AddDate(0, 0, -p.moved), 1
	}
	return m
}

// invitedAt returns when the structures are invited to m: three weeks before, or a few
// days ago when it is still further off.
func (m meeting) invitedAt(now time.Time) time.Time {
	at, latest := m.StartsAt.AddDate(0, 0, -21), now.AddDate(0, 0, -5)
	if at.After(latest) {
		return latest
	}
	return at
}

// answeredAt returns a moment between the invitation and the day before m, or now.
func (w *world) answeredAt(m meeting) time.Time {
	from, to := m.invitedAt(w.now), m.StartsAt.AddDate(0, 0, -1)
	if to.After(w.now) {
		to = w.now
	}
	return from.Add(time.Duration(w.random.Float64() * float64(to.Sub(from)))).Truncate(time.Second)
}

// relevance tells how much a structure is concerned by themes.
func relevance(o app.Organisation, themes []app.Theme) float64 {
	shared := 0.0
	for _, t := range themes {
		if t == "transversal" || slices.Contains(o.Themes, t) {
			shared++
		}
	}
	if slices.Contains(o.Themes, "transversal") {
		shared += 0.4
	}
	return shared
}
