package app

import "time"

// Account lets one person sign in. An organisation has no account of its own: its
// people have theirs (CNIL: never a shared password).
type Account struct {
	ID            AccountID
	Person        PersonID
	Email         string // as FoldEmail leaves it
	Administrator bool
	Territories   map[TerritoryID]Role    // Coordination or ReadOnly
	Organisations map[OrganisationID]Role // Referent or Colleague
	CreatedAt     time.Time
	LastSignedIn  time.Time // zero if never
	DisabledAt    time.Time // zero while it may be used
}
