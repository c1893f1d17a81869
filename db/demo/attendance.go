package demo

import (
	"cmp"
	"slices"
	"time"

	"maillage/app"
)

// holdDiagnostic holds the fifteen workshops, each person at as many as people.csv says
// and rather at those that concern them, then the day on the action plan.
func (w *world) holdDiagnostic() {
	convention := w.conventions[0]
	hours := [][2]string{{"14:00", "16:30"}, {"09:30", "12:00"}, {"18:00", "20:30"}}
	var meetings []meeting
	for i, p := range diagnostic {
		p.from, p.until = cmp.Or(p.from, hours[i%3][0]), cmp.Or(p.until, hours[i%3][1])
		m := w.meeting(p, convention, on(p.day, p.from), on(p.day, p.until))
		m.Phase = convention.Phases[cmp.Or(p.phase, 2)-1].ID
		m.animators = append(m.animators, w.member("Hélène", "Fournols").Person.ID)
		meetings = append(meetings, m)
	}
	workshops, day := meetings[:len(meetings)-1], &meetings[len(meetings)-1]
	came := make([][]*member, len(workshops))
	for i := range w.members {
		m := &w.members[i]
		for _, k := range w.chosen(*m, workshops)[:m.diagnostic] {
			came[k] = append(came[k], m)
		}
	}
	for k := range workshops {
		w.record(&workshops[k], came[k], w.missing(workshops[k], came[k], func(m member) bool { return m.diagnostic > 1 }))
	}
	var asked []*member
	for i := range w.members {
		if w.members[i].planDay {
			asked = append(asked, &w.members[i])
		}
	}
	w.random.Shuffle(len(asked), func(i, j int) { asked[i], asked[j] = asked[j], asked[i] })
	people := diagnostic[len(diagnostic)-1].people
	w.record(day, asked[:people], asked[people:])
	for i := range meetings {
		w.invite(&meetings[i], 6)
	}
	w.meetings = append(w.meetings, meetings...)
}

// chosen returns the workshops by number, those that concern m most first.
func (w *world) chosen(m member, workshops []meeting) []int {
	order, score := make([]int, len(workshops)), make([]float64, len(workshops))
	for k, workshop := range workshops {
		order[k] = k
		score[k] = relevance(w.organisation(m.Organisation), workshop.themes) + 2*w.random.Float64()
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(score[b], score[a]) })
	return order
}

// missing chooses up to three people who were expected at m and did not come.
func (w *world) missing(m meeting, came []*member, expected func(member) bool) (missed []*member) {
	for _, i := range w.random.Perm(len(w.members)) {
		other := &w.members[i]
		if len(missed) < 3 && expected(*other) && other.Holds(m.StartsAt) && !slices.Contains(came, other) {
			missed = append(missed, other)
		}
	}
	return missed
}

// record notes who was at a meeting that is over: present, one of them unannounced, and
// of those who were missing the first excused, the second absent, the third represented
// by a colleague or else excused too.
func (w *world) record(m *meeting, present, missing []*member) {
	for i, other := range missing {
		state := app.Excused
		if i%3 == 1 {
			state = app.Absent
		}
		stand := slices.IndexFunc(present, func(p *member) bool { return p.Organisation == other.Organisation })
		if stand >= 0 && i%3 == 2 {
			state = app.Represented
		}
		r := w.registration(*m, *other, state)
		m.registrations = append(m.registrations, r)
		if state == app.Represented {
			substitute := w.registration(*m, *present[stand], app.Present)
			substitute.Represents = r.ID
			m.registrations = append(m.registrations, substitute)
			present = slices.Delete(slices.Clone(present), stand, stand+1)
		}
	}
	for i, p := range present {
		r := w.registration(*m, *p, app.Present)
		r.WalkIn = i == len(present)-1 && len(present) > 8
		if r.WalkIn {
			r.CreatedAt, r.Before = r.CheckedInAt, app.Withdrawn
		}
		m.registrations = append(m.registrations, r)
	}
}

func (w *world) registration(m meeting, who member, state app.Attendance) app.Registration {
	r := app.Registration{
		ID:       stableID[app.RegistrationID](string(m.ID), string(who.Person.ID)),
		Workshop: m.ID, Person: who.Person.ID, Organisation: who.Organisation, Function: who.Function, State: state,
	}
	r.CreatedAt = w.answeredAt(m)
	r.UpdatedAt = r.CreatedAt
	if state == app.Present {
		r.Before = app.Registered
		r.CheckedInAt = m.StartsAt.Add(time.Duration(w.random.IntN(20)-12) * time.Minute)
		r.UpdatedAt = r.CheckedInAt
	}
	return r
}

// invite asks to m the structures of those who are registered, who said yes, and some
// more that are concerned: a third of those declined, the others have not answered.
func (w *world) invite(m *meeting, more int) {
	said := map[app.OrganisationID]bool{}
	for _, i := range m.invitations {
		said[i.Organisation] = true
	}
	for _, r := range m.registrations {
		if !said[r.Organisation] {
			said[r.Organisation] = true
			m.invitations = append(m.invitations, w.invitation(*m, r.Organisation, app.Coming, r.CreatedAt))
		}
	}
	for _, o := range w.concerned(*m) {
		if said[o.ID] || more == 0 {
			continue
		}
		more--
		answer, at := app.Unanswered, time.Time{}
		if more%3 == 0 {
			answer, at = app.Declined, w.answeredAt(*m)
		}
		m.invitations = append(m.invitations, w.invitation(*m, o.ID, answer, at))
	}
}

func (w *world) invitation(m meeting, o app.OrganisationID, answer app.Answer, at time.Time) app.Invitation {
	i := app.Invitation{
		ID:       stableID[app.InvitationID](string(m.ID), string(o)),
		Workshop: m.ID, Organisation: o, Answer: answer, InvitedAt: m.invitedAt(w.now), AnsweredAt: at,
	}
	if at.Before(i.InvitedAt) && !at.IsZero() {
		i.AnsweredAt = i.InvitedAt
	}
	if answer == app.Declined {
		i.Comment = declining[w.random.IntN(len(declining))]
	}
	return i
}

var declining = []string{
	"", "Nous ne sommes pas disponibles ce jour-là.", "Merci de nous envoyer le compte rendu.", "Personne de l’équipe n’est libre, désolés.", "",
}

// concerned returns the structures by how much the themes of m concern them, chance
// deciding between equals.
func (w *world) concerned(m meeting) []app.Organisation {
	all, score := slices.Clone(w.organisations), map[app.OrganisationID]float64{}
	for _, o := range all {
		score[o.ID] = relevance(o, m.themes) + w.random.Float64()
		if o.Departmental {
			score[o.ID] -= 0.3
		}
	}
	slices.SortStableFunc(all, func(a, b app.Organisation) int { return cmp.Compare(score[b.ID], score[a.ID]) })
	return all
}
