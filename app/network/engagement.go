package network

import (
	"time"

	"maillage/app"
)

// Engagement is what one organisation did of the workshops held so far.
type Engagement struct {
	Organisation app.OrganisationID
	Invited      int       // workshops held that it was invited to
	Came         int       // workshops where it had someone present
	Last         time.Time // when it last had someone present; zero if never
	Missed       int       // invitations to workshops held after Last, all if never
}

// Engagements returns the engagement of each of the organisations, in their order. A
// workshop counts as held once it began before now and somebody was noted present: where
// nobody filled in the attendance, nobody is said to have missed it.
func (a Attendance) Engagements(now time.Time) []Engagement {
	all := make([]Engagement, len(a.Organisations))
	index := make(map[app.OrganisationID]*Engagement, len(all))
	for i, o := range a.Organisations {
		all[i].Organisation = o.ID
		index[o.ID] = &all[i]
	}
	held := map[app.WorkshopID]bool{}
	came := map[visit]bool{}
	for _, p := range a.Presences {
		held[p.Workshop.ID] = p.Workshop.On.Before(now)
		at := visit{p.Workshop.ID, p.Organisation}
		if e := index[p.Organisation]; e != nil && !came[at] {
			came[at] = true
			e.Came++
			if p.Workshop.On.After(e.Last) {
				e.Last = p.Workshop.On
			}
		}
	}
	for _, c := range a.Calls {
		e := index[c.Organisation]
		if e == nil || !held[c.Workshop] {
			continue
		}
		e.Invited++
		if !came[visit{c.Workshop, c.Organisation}] && c.On.After(e.Last) {
			e.Missed++
		}
	}
	return all
}

type visit struct {
	workshop     app.WorkshopID
	organisation app.OrganisationID
}

// Dormancy says why an organisation should be called, or that it need not.
type Dormancy uint8

// Why an organisation is dormant.
const (
	Awake      Dormancy = iota // came lately, or there is nothing to blame it for
	Unseen                     // came before, not for a long time
	Unanswered                 // invited several times in a row, did not come
)

// Dormant says whether e is of an organisation to call again (« structure à relancer »):
// it came before and was not seen for months, or it missed invitations in a row.
func (e Engagement) Dormant(now time.Time, months, invitations int) Dormancy {
	switch {
	case e.Came > 0 && e.Last.Before(now.AddDate(0, -months, 0)):
		return Unseen
	case invitations > 0 && e.Missed >= invitations:
		return Unanswered
	}
	return Awake
}
