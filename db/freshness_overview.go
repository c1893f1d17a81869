package db

import (
	"context"
	"time"

	"maillage/app"
)

// A FreshnessOverview is where the records of a territory stand, archived ones left out.
type FreshnessOverview struct {
	Records   map[app.Freshness]int // app.Due: those due for less than a month
	Asked     app.Tally             // those that are asked and have not answered, or that could not be
	AsksAlone bool                  // they are asked by themselves when their day comes
}

// FreshnessOverview returns where the records of the territory on screen stand at now.
func (d *DB) FreshnessOverview(ctx context.Context, by app.Viewer, now time.Time) (o FreshnessOverview, err error) {
	if !by.MayHere(app.AskPartners) {
		return o, errMayNotAsk
	}
	c := d.reader()
	if o.AsksAlone, err = one[bool](c.row(ctx, `SELECT asks_alone FROM territories WHERE id = $1`, by.Territory)); err != nil {
		return o, err
	}
	o.Records, err = counts[app.Freshness](ctx, c, `
		SELECT CASE WHEN ot.due_on = '' THEN $3 WHEN ot.due_on < $7 THEN $4 WHEN ot.due_on <= $8 THEN $5 ELSE $6 END AS stands, COUNT(*)
		FROM organisation_territories ot
		WHERE ot.territory_id = $1 AND ot.archived = $2
		GROUP BY stands`, by.Territory, false, app.NeverSaid, app.Late, app.Due, app.Fresh, app.LateOn(now), app.DateOf(now))
	if err != nil {
		return o, err
	}
	o.Asked, err = counts[app.InquiryState](ctx, c, `
		SELECT ot.asked, COUNT(*)
		FROM organisation_territories ot
		WHERE ot.territory_id = $1 AND ot.archived = $2 AND ot.asked > ''
		GROUP BY ot.asked`, by.Territory, false)
	return o, err
}

// counts reads how many there are of each.
func counts[K comparable](ctx context.Context, c conn, query string, args ...any) (map[K]int, error) {
	all := map[K]int{}
	_, err := list(ctx, c, func(s scanner) (_ struct{}, err error) {
		var k K
		var n int
		err = s.Scan(&k, &n)
		all[k] = n
		return struct{}{}, err
	}, query, args...)
	return all, err
}
