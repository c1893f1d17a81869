package views

import (
	"strconv"

	"maillage/app"
)

// MapRows is the table of the map for a spreadsheet, headings first.
func MapRows(p MapPage) [][]string {
	rows := [][]string{{"Structure", "Catégorie", "Commune", "Code INSEE", "Sur la carte", "Latitude", "Longitude"}}
	for _, place := range p.Places {
		row := []string{place.Name, place.Category.Label(), place.CommuneName, string(place.Commune), whereWords(p.Atlas.Where(place)), "", ""}
		if place.Point.Known() {
			row[5], row[6] = decimal(place.Point.Latitude, 6), decimal(place.Point.Longitude, 6)
		}
		rows = append(rows, row)
	}
	return rows
}

// GraphRows is the table of the graph for a spreadsheet, headings first.
func GraphRows(p GraphPage) [][]string {
	rows := [][]string{{"Structure", "Catégorie", "Commune", "Partenaires", "Rencontres", "Ateliers", "Passerelle (%)", "Groupe"}}
	g := p.Portrait
	for _, i := range p.Rows() {
		o := g.Organisations[i]
		rows = append(rows, []string{
			o.Name, o.Category.Label(), o.Commune, strconv.Itoa(g.Degree(i)), strconv.Itoa(g.Strength(i)),
			strconv.Itoa(g.Came[i]), decimal(100*g.Betweenness[i], 2), groupName(g.Community[i]),
		})
	}
	return rows
}

// IndicatorRows says of each organisation what the indicators are made of, headings first.
func IndicatorRows(p IndicatorsPage) [][]string {
	rows := [][]string{{
		"Structure", "Catégorie", "Commune", "Situation", "Invitations", "Venues", "Dernière venue",
		"Invitations sans venir depuis", "Partenaires", "Rencontres", "Passerelle (%)", "Groupe",
	}}
	g := p.Portrait
	for i, o := range g.Organisations {
		e := p.Engagements[o.ID]
		last := ""
		if !e.Last.IsZero() {
			last = string(app.DateOf(e.Last))
		}
		rows = append(rows, []string{
			o.Name, o.Category.Label(), o.Commune, p.Situation(i), strconv.Itoa(e.Invited), strconv.Itoa(e.Came), last,
			strconv.Itoa(e.Missed), strconv.Itoa(g.Degree(i)), strconv.Itoa(g.Strength(i)), decimal(100*g.Betweenness[i], 2), groupName(g.Community[i]),
		})
	}
	return rows
}
