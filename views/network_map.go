package views

import (
	"slices"
	"strconv"
	"strings"

	"maillage/app"
	"maillage/app/network/atlas"
)

// MapPage is the map of a territory: its outlines, and the organisations in the order of
// the table.
type MapPage struct {
	Frame    Frame
	Filter   NetworkFilter
	Atlas    *atlas.Atlas
	Places   []atlas.Place
	Sort     string // an atlas.Column
	Reversed bool
	Tiles    string // address of the tiles behind the map, or "": no tiles
	Credit   string // whose they are
}

func (p MapPage) sorting() sorting {
	return sorting{path: mapPath, values: p.Filter.values(false), by: p.Sort, reversed: p.Reversed}
}

func (p MapPage) legend() []legendEntry {
	return legendOf(func(yield func(app.Category)) {
		for _, place := range p.Places {
			yield(place.Category)
		}
	})
}

// sentence says what the map shows and how well it knows it.
func (p MapPage) sentence() string {
	counts := map[atlas.Where]int{}
	for _, place := range p.Places {
		counts[p.Atlas.Where(place)]++
	}
	var parts []string
	say := func(where atlas.Where, singular, plural string) {
		if n := counts[where]; n > 0 {
			parts = append(parts, app.Count(n, singular, plural))
		}
	}
	say(atlas.AtAddress, "placée à son adresse", "placées à leur adresse")
	say(atlas.AtCommune, "dont on ne connaît que la commune", "dont on ne connaît que la commune")
	say(atlas.Outside, "qui siège hors du territoire", "qui siègent hors du territoire")
	say(atlas.Nowhere, "dont le lieu n’est pas connu", "dont le lieu n’est pas connu")
	if len(p.Places) == 1 {
		return "1\u00a0structure, " + strings.TrimPrefix(parts[0], "1\u00a0") + "."
	}
	return app.Count(len(p.Places), "structure", "structures") + "\u00a0: " + strings.Join(parts, ", ") + "."
}

// outlined reports whether the outline of some commune is known.
func (p MapPage) outlined() bool {
	return slices.ContainsFunc(p.Atlas.Communes, func(m atlas.Drawn) bool { return m.Path != "" })
}

// whereWords says how a place is shown.
func whereWords(w atlas.Where) string {
	switch w {
	case atlas.AtAddress:
		return "À son adresse"
	case atlas.AtCommune:
		return "Dans sa commune"
	case atlas.Outside:
		return "Hors du territoire"
	}
	return "Lieu inconnu"
}

// markLabel names a mark for who does not see it.
func markLabel(m atlas.Mark) string {
	if p := m.Places[0]; p.Precision == app.AtAddress {
		return p.Name + ", " + p.Category.Short() + ", " + p.CommuneName
	}
	return m.Places[0].CommuneName + "\u00a0: " + app.Count(len(m.Places), "structure", "structures") + ", adresse non connue"
}

// markRows selects the rows of the table that a mark stands for.
func markRows(m atlas.Mark) string {
	p := m.Places[0]
	if p.Precision == app.AtAddress {
		return `tr[data-structure="` + string(p.ID) + `"] th a`
	}
	return `tr[data-commune="` + string(p.Commune) + `"] th a`
}

func markHref(m atlas.Mark) string {
	p := m.Places[0]
	if p.Precision == app.AtAddress {
		return structurePath(p.ID)
	}
	return Address("/structures", "commune", string(p.Commune))
}

func corner(p app.Point) string {
	return degrees(p.Latitude) + "," + degrees(p.Longitude)
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', 6, 64) }
