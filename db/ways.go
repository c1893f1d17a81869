package db

import (
	"context"
	"slices"
	"strings"

	"maillage/app"
)

// A way is how a search is answered: from the few things that bear its rarest word
// (lead); from the list in order, asking each (the zero way); or from the list in order,
// looking each up in the set of those that bear the rarest word (set).
type way struct{ lead, set string }

// How many things may bear a word for a page to be made from all of them, sorted; for a
// set to be made of them; and how many organisations a territory may have for all of them
// to be asked.
const (
	rareWord       = 3_000
	commonWord     = 30_000
	smallTerritory = 2_000
)

// findWay chooses the way of a search, by counts that stop early.
func findWay(ctx context.Context, c conn, t app.TerritoryID, query string) (way, error) {
	lead, n, err := rarestWord(ctx, c, app.OfOrganisation, query)
	if err != nil || lead == "" {
		return way{}, err
	}
	if n < rareWord {
		return way{lead: lead}, nil
	}
	err = c.row(ctx, `
		SELECT COUNT(*) FROM (
			SELECT 1 FROM organisation_territories ot
			WHERE ot.territory_id = $1
			LIMIT $2) counted`, t, smallTerritory).Scan(&n)
	if n < smallTerritory {
		return way{}, err
	}
	return way{set: lead}, err
}

// rarestWord returns the word of query that the fewest things begin a word with, and how
// many; "" when there are more than commonWord. It counts no further than it must.
func rarestWord(ctx context.Context, c conn, thing app.Thing, query string) (rarest string, fewest int, err error) {
	fewest = commonWord
	for _, word := range app.SearchWords(query) {
		var n int
		var w where
		err := c.row(ctx, `
			SELECT COUNT(*) FROM (
				SELECT 1 `+w.bearing(thing, word)+`
				LIMIT `+w.arg(fewest)+`) counted`, w.args...).Scan(&n)
		if err != nil {
			return "", 0, err
		}
		if n < fewest {
			rarest, fewest = word, n
		}
	}
	return rarest, fewest, nil
}

// withoutWord returns the words of query, folded, but word.
func withoutWord(query, word string) string {
	words := app.SearchWords(query)
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == word }), " ")
}
