package france

import (
	"slices"
	"strings"

	"maillage/app"
)

// Around returns the communes of an EPCI, then all others of the départements that it
// touches, each once and with the EPCI it belongs to, "" for those of none. There are
// none for an unknown SIREN.
func Around(siren app.TerritoryID) []app.Commune {
	f := open()
	own, ok := f.find(siren)
	if !ok {
		return nil
	}
	var departments []string
	var all []app.Commune
	for _, c := range f.communesOf(own) {
		if !slices.Contains(departments, c.Department()) {
			departments = append(departments, c.Department())
		}
		all = append(all, c.placed(siren))
	}
	add := func(epci app.TerritoryID, communes []Commune) {
		for _, c := range communes {
			if slices.Contains(departments, c.Department()) {
				all = append(all, c.placed(epci))
			}
		}
	}
	for i, e := range f.epcis {
		if i != own {
			add(e.SIREN, f.communesOf(i))
		}
	}
	add("", f.orphans)
	return all
}

func (c Commune) placed(epci app.TerritoryID) app.Commune {
	return app.Commune{Code: c.Code, Name: c.Name, Territory: epci, PostalCodes: strings.Join(c.PostalCodes, " "), Population: c.Population}
}
