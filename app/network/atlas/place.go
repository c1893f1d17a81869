package atlas

import (
	"cmp"
	"slices"

	"maillage/app"
)

// Filter narrows the places to show; its zero value lets everything through.
type Filter struct {
	Category app.Category
	Theme    app.Theme
}

// Place is an organisation as a map shows it. Point is the commune's when only the
// commune is known, and unknown for an organisation without either.
type Place struct {
	ID          app.OrganisationID
	Name        string
	SortKey     string // of the name, folded
	Category    app.Category
	Commune     app.CommuneCode
	CommuneName string
	Point       app.Point
	Precision   app.Precision
}

// Where says how a place can be shown.
type Where uint8

// The ways to show a place, from the best known to the least.
const (
	AtAddress Where = iota // at its own point
	AtCommune              // with the others of its commune, counted
	Outside                // in a commune of another territory, or out of the drawing
	Nowhere                // neither address nor commune is known
)

// Where returns how p can be shown in a.
func (a *Atlas) Where(p Place) Where {
	_, _, inside := a.Locate(p.Point)
	_, ours := a.points[p.Commune]
	switch {
	case !p.Point.Known():
		return Nowhere
	case !inside || p.Commune != "" && !ours:
		return Outside
	case p.Precision == app.AtAddress:
		return AtAddress
	}
	return AtCommune
}

// Mark is something to show at one point of the drawing: an organisation at its address,
// or all those of which the commune only is known.
type Mark struct {
	X, Y   float64
	Point  app.Point
	Places []Place // one for an address
}

// Marks returns what to show of places: first one mark a commune, at the commune's point
// and in the order of its first place, then one an address.
func (a *Atlas) Marks(places []Place) []Mark {
	var communes, addresses []Mark
	index := map[app.CommuneCode]int{}
	for _, p := range places {
		switch a.Where(p) {
		case AtAddress:
			x, y, _ := a.Locate(p.Point)
			addresses = append(addresses, Mark{x, y, p.Point, []Place{p}})
		case AtCommune:
			at, seen := index[p.Commune]
			if !seen {
				at = len(communes)
				index[p.Commune] = at
				point := p.Point
				if of := a.points[p.Commune]; of.Known() {
					point = of
				}
				x, y, _ := a.Locate(point)
				communes = append(communes, Mark{X: x, Y: y, Point: point})
			}
			communes[at].Places = append(communes[at].Places, p)
		}
	}
	return append(communes, addresses...)
}

// Column is what a table of places is sorted by; it travels in URLs.
type Column string

// The columns of the table.
const (
	ByName     Column = "nom"
	ByCategory Column = "categorie"
	ByCommune  Column = "commune"
	ByWhere    Column = "place"
)

// Sort sorts places by a column, equals by commune then name as they are given.
func (a *Atlas) Sort(places []Place, by Column, reversed bool) {
	compare := func(p, q Place) int { return 0 } // by commune: as given
	switch by {
	case ByName:
		compare = func(p, q Place) int { return cmp.Compare(p.SortKey, q.SortKey) }
	case ByCategory:
		compare = func(p, q Place) int { return cmp.Compare(p.Category.Label(), q.Category.Label()) }
	case ByWhere:
		compare = func(p, q Place) int { return cmp.Compare(a.Where(p), a.Where(q)) }
	case ByCommune:
		if reversed {
			slices.Reverse(places)
		}
	}
	slices.SortStableFunc(places, func(p, q Place) int {
		if reversed {
			p, q = q, p
		}
		return compare(p, q)
	})
}
