package app

import "time"

// Account lets one person sign in. An organisation has no account of its own: its
// people have theirs (CNIL: never a shared password).
type Account struct {
	ID            AccountID
	Person        PersonID
	Email         string // as FoldEmail leaves it
	Administrator bool
	Territories   map[TerritoryID]Role    // Coordination, ThemedCoordination or ReadOnly
	Themes        map[TerritoryID][]Theme // of each ThemedCoordination; never empty there
	Organisations map[OrganisationID]Role // Referent or Colleague
	CreatedAt     time.Time
	LastSignedIn  time.Time // zero if never
	DisabledAt    time.Time // zero while it may be used
}

// RoleWords returns the words for the role of a in t, with its themes, "" for none.
func (a Account) RoleWords(t TerritoryID) string {
	return Grant{Role: a.Territories[t], Themes: a.Themes[t]}.Words()
}
