package app

// Territory is the ground of a convention: an EPCI.
type Territory struct {
	ID         TerritoryID // SIREN of the EPCI
	Name       string
	Population int
}

// Commune is one commune by its INSEE code; a postal code may cover several.
type Commune struct {
	Code        CommuneCode
	Name        string
	Territory   TerritoryID // EPCI it belongs to, opened here or not
	PostalCodes string      // separated by spaces
	Population  int
	Point       Point // always inside the commune; zero when not known
}

// Point is a place on Earth in degrees, WGS 84.
type Point struct{ Latitude, Longitude float64 }

// Known reports whether p was given.
func (p Point) Known() bool { return p != Point{} }

// Precision says how well the place of an organisation is known.
type Precision string

// The precisions of a place.
const (
	AtAddress Precision = "adresse"
	AtCommune Precision = "commune"
)
