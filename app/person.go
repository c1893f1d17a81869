package app

import "time"

// Person is somebody of the partnership, with or without an account.
type Person struct {
	ID        PersonID
	FirstName string
	LastName  string
	Email     string
	Phone     string
	Visible   bool // the person lets every signed-in partner see e-mail and telephone
	Invented  bool // does not exist: made up for the demonstration
	CreatedAt time.Time
	UpdatedAt time.Time
	Version   int
}

// Name returns first and last name.
func (p Person) Name() string { return Tidy(p.FirstName + " " + p.LastName) }

// Position is what a person does in an organisation, from a day to another.
type Position struct {
	ID           PositionID
	Person       PersonID
	Organisation OrganisationID
	Function     string
	Since        Date // "" when not known
	Until        Date // "" while it lasts
}

// Holds reports whether p lasts at t.
func (p Position) Holds(t time.Time) bool { return Covers(p.Since, p.Until, t) }
