package db

import (
	"context"
	"time"

	"maillage/app"
)

// logs are the tables whose lines go one by one, and from what their time runs.
var logs = map[app.Keeping]string{
	app.KeepJournal: `audit WHERE at < $1`,
	app.KeepMails:   `mails WHERE (sent_at IS NOT NULL OR failed_at IS NOT NULL) AND created_at < $1`,
}

// dropOld removes the lines of a log that have been kept for the time in force.
func (r *retaining) dropOld(ctx context.Context, c conn, k app.Keeping) error {
	months, none, err := monthsInForce(ctx, c, r.kept, k, r.now)
	if err != nil || none {
		return err
	}
	before := stored(r.now.AddDate(0, -months, 0))
	n, err := one[int](c.row(ctx, `SELECT COUNT(*) FROM `+logs[k], before))
	if err != nil || n == 0 {
		return err
	}
	r.run.Gone[k] += n
	return unsealed(ctx, c, func() error { return c.exec(ctx, `DELETE FROM `+logs[k], before) })
}

// ofRows reports whether k is a log, whose lines are of nobody in particular.
func ofRows(k app.Keeping) bool { return k == app.KeepJournal || k == app.KeepMails }

// monthsInForce returns how many months lines of a log are kept at now: as many as was
// chosen, or as before while nobody has been told for a month of what that removes. none is
// true when no time was ever told.
func monthsInForce(ctx context.Context, c conn, kept app.Retention, k app.Keeping, now time.Time) (months int, none bool, err error) {
	err = c.row(ctx, `
		SELECT COALESCE(MIN(CAST(thing_id AS INTEGER)), 0)
		FROM retention_warnings
		WHERE keeping = $1 AND told_at <= $2 AND CAST(thing_id AS INTEGER) >= $3`,
		k, stored(now.Add(-app.NoticeBefore)), kept.Months(k)).Scan(&months)
	return months, months == 0, err
}
