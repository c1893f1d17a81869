package app

import "time"

// Organisation is a structure of the partnership, shared by all the territories it
// takes part in.
type Organisation struct {
	ID           OrganisationID
	Name         string
	FormerNames  string // what people still search it by, separated by commas
	Category     Category
	Themes       []Theme
	Description  string
	Address      string
	PostalCode   string
	Commune      CommuneCode
	CommuneName  string // read with it, never written
	Point        Point
	Precision    Precision
	Phone        string
	Email        string
	Website      string
	OpeningHours string
	Departmental bool   // serves the whole département, not only the territory
	Source       string // where the record comes from, "" when typed here
	Vintage      string // of that source, "2019-08"
	SourceID     string
	Incomplete   bool // known to exist, still to be completed
	ArchivedAt   time.Time
	CreatedAt    time.Time
	UpdatedAt    time.Time
	Version      int // grows by one at each change
	Territories  []TerritoryID
}

// Archived reports whether o was put aside; it keeps its history and can be restored.
func (o Organisation) Archived() bool { return !o.ArchivedAt.IsZero() }
