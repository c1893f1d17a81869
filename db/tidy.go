package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// tidyAfter is how long at least passes between two clean-ups, whatever the number of
// machines and starts.
const tidyAfter = 24 * time.Hour

// failuresKept is how long failed sign-ins are remembered: far longer than they make wait.
const failuresKept = 24 * time.Hour

// Tidy removes sessions, those half-way, challenges, links, personal links and requests to join that have
// expired, what was asked for addresses, and failed sign-ins of the day before; it reports false, having done nothing,
// when that was done less than a day ago.
func (d *DB) Tidy(ctx context.Context, now time.Time) (done bool, err error) {
	err = d.update(ctx, func(c conn) error {
		err := c.change(ctx, `
			INSERT INTO settings (name, value) VALUES ('menage', $1)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE settings.value <= $2`,
			stored(now).Format(time.RFC3339), stored(now.Add(-tidyAfter)).Format(time.RFC3339))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		done = true
		for _, old := range []struct {
			query string
			since time.Time
		}{
			{`DELETE FROM sessions WHERE expires_at <= $1`, now},
			{`DELETE FROM half_sessions WHERE expires_at <= $1`, now},
			{`DELETE FROM challenges WHERE expires_at <= $1`, now},
			{`DELETE FROM links WHERE expires_at <= $1`, now.Add(-24 * time.Hour)},
			{`DELETE FROM person_links WHERE expires_at <= $1`, now.Add(-time.Hour)}, // they are counted by the hour
			{`DELETE FROM help_codes WHERE expires_at <= $1`, now},
			{`DELETE FROM join_requests WHERE expires_at <= $1`, now},
			{`DELETE FROM departures WHERE expires_at <= $1`, now},
			{`DELETE FROM arrivals WHERE expires_at <= $1`, now},
			{`DELETE FROM asked_mails WHERE at <= $1`, now.Add(-time.Hour)},
			{`DELETE FROM inquiry_letters WHERE expires_at <= $1`, now},
			{`DELETE FROM inquiry_letters WHERE inquiry_id IN (SELECT id FROM inquiries WHERE ended_at <= $1)`, now.AddDate(0, -app.InquiryMonths, 0)},
			{`DELETE FROM inquiries WHERE ended_at <= $1`, now.AddDate(0, -app.InquiryMonths, 0)},
			{`DELETE FROM campaigns WHERE created_at <= $1 AND NOT EXISTS (SELECT 1 FROM inquiries i WHERE i.campaign_id = campaigns.id)`, now.AddDate(0, -app.InquiryMonths, 0)},
			{`DELETE FROM sign_in_failures WHERE last_at <= $1`, now.Add(-failuresKept)},
		} {
			if err := c.exec(ctx, old.query, stored(old.since)); err != nil {
				return err
			}
		}
		if err := dropUnaddressed(ctx, c, now); err != nil {
			return err
		}
		if err := forgetImports(ctx, c, now); err != nil {
			return err
		}
		if err := forgetMerges(ctx, c, now); err != nil {
			return err
		}
		return forgetReads(ctx, c, now)
	})
	return done, err
}
