package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

// Findings is what a search found in a territory, each kind by its own order: one more
// than was asked for when there are more.
type Findings struct {
	Organisations []ListedOrganisation
	People        []Acquaintance
	Workshops     []Scheduled
}

// Search looks in the territory on screen for structures, people and workshops whose names
// hold every word of query or its beginning: at most limit of each, and one more. Drafts
// are found by who coordinates. A query without a word finds nothing.
func (d *DB) Search(ctx context.Context, by app.Viewer, query string, limit int, now time.Time) (f Findings, err error) {
	if !by.MaySee(by.Territory) || len(app.SearchWords(query)) == 0 {
		return f, nil
	}
	c := d.reader()
	if f.Organisations, err = organisationsNamed(ctx, c, by, query, limit+1, now); err != nil {
		return f, err
	}
	if f.People, err = d.PeopleNamed(ctx, by, query, limit+1); err != nil {
		return f, err
	}
	f.Workshops, err = d.Workshops(ctx, by, Agenda{Query: query}, limit+1, now)
	return f, err
}

// organisationsNamed puts those whose name begins with query before those that it finds
// by other words.
func organisationsNamed(ctx context.Context, c conn, by app.Viewer, query string, limit int, now time.Time) ([]ListedOrganisation, error) {
	found, err := pageOfDirectory(ctx, c, by.Territory, OrganisationFilter{beginning: app.Fold(query)}, way{}, now, limit)
	if err != nil || len(found) == limit {
		return found, err
	}
	way, err := findWay(ctx, c, by.Territory, query)
	if err != nil {
		return nil, err
	}
	others, err := pageOfDirectory(ctx, c, by.Territory, OrganisationFilter{Query: query}, way, now, limit)
	for _, o := range others {
		same := func(f ListedOrganisation) bool { return f.ID == o.ID }
		if len(found) < limit && !slices.ContainsFunc(found, same) {
			found = append(found, o)
		}
	}
	return found, err
}
