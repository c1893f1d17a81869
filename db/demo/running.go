package demo

import (
	"cmp"
	"slices"
	"time"

	"maillage/app"
)

// holdRunning holds the workshops of the second convention that are past and fills
// those to come with the people their structures have named.
func (w *world) holdRunning() {
	convention := w.conventions[1]
	hours := [][2]string{{"14:00", "16:30"}, {"09:30", "12:00"}, {"14:00", "17:00"}}
	second := w.member("Bastien", "Laborie").Person.ID
	for i, p := range running {
		from, until := cmp.Or(p.from, hours[i%3][0]), cmp.Or(p.until, hours[i%3][1])
		days := workday(w.now, p.in)
		starts, ends := moment(w.now, days, from), moment(w.now, days, until)
		if p.in == 0 {
			starts, ends = nextSession(w.now)
		}
		m := w.meeting(p, convention, starts, ends)
		m.Phase = convention.Phases[4].ID
		if i%2 == 0 {
			m.animators = append(m.animators, second)
		}
		if m.Status != app.Draft {
			w.fill(&m, p)
		}
		w.meetings = append(w.meetings, m)
	}
}

// fill answers for the structures invited to m, and records who came when it was held
// more than a few days ago.
func (w *world) fill(m *meeting, p plan) {
	candidates := w.candidates(*m)
	named := w.missionLocale(m, p.mission)
	for _, c := range candidates {
		if len(named) < p.people+p.waiting {
			named = append(named, c)
		}
	}
	if p.in < -7 {
		w.record(m, named, w.missing(*m, named, func(other member) bool {
			return slices.Contains(candidates, &other) || other.keenness > 2 && !w.ofMission(other)
		}))
	} else {
		for i, who := range named {
			state := app.Registered
			if i >= p.people {
				state = app.Waiting
			}
			r := w.registration(*m, *who, state)
			if state == app.Waiting {
				r.CreatedAt = w.now.Add(-time.Duration(40-i) * time.Hour).Truncate(time.Second)
				r.UpdatedAt = r.CreatedAt
			}
			m.registrations = append(m.registrations, r)
		}
	}
	w.invite(m, 8)
}

// candidates are those who may come to m, the most concerned and the keenest first.
func (w *world) candidates(m meeting) []*member {
	var all []*member
	score := map[app.PersonID]float64{}
	for i := range w.members {
		who := &w.members[i]
		if who.keenness == 0 || !who.Holds(m.StartsAt) || w.ofMission(*who) {
			continue
		}
		score[who.Person.ID] = 1.2*relevance(w.organisation(who.Organisation), m.themes) + 0.25*float64(who.keenness) + w.random.Float64()
		all = append(all, who)
	}
	slices.SortFunc(all, func(a, b *member) int { return cmp.Compare(score[b.Person.ID], score[a.Person.ID]) })
	return all
}

// ofMission reports whether who is of the structure whose référent·e has an account:
// the plans say what that one answers.
func (w *world) ofMission(who member) bool {
	return who.Organisation == w.member("Nadège", "Bouyssou").Organisation
}

// missionLocale invites that structure to m and returns whom it names.
func (w *world) missionLocale(m *meeting, a answer) []*member {
	referent, colleague := w.member("Nadège", "Bouyssou"), w.member("Théo", "Delmas")
	invite := func(answer app.Answer, at time.Time) {
		m.invitations = append(m.invitations, w.invitation(*m, referent.Organisation, answer, at))
	}
	switch a {
	case silent:
		invite(app.Unanswered, time.Time{})
	case declines:
		invite(app.Declined, w.answeredAt(*m))
	case comes:
		invite(app.Coming, w.answeredAt(*m))
		return []*member{referent}
	case comesBoth:
		invite(app.Coming, w.answeredAt(*m))
		return []*member{referent, colleague}
	}
	return nil
}
