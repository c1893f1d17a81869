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
