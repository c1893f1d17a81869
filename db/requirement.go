package db

import (
	"context"
	"time"

	"maillage/app"
)

// A Requirement is whether the instance requires a second factor of who administers and
// coordinates, and how many of them have none yet.
type Requirement struct {
	On      bool
	Without int // of those concerned, in use
	Of      int
}

// Requirement returns what the instance requires. Only an administrator may know.
func (d *DB) Requirement(ctx context.Context, by app.Viewer) (r Requirement, err error) {
	if !by.MayAdminister() {
		return r, gone("Cette page")
	}
	err = d.reader().row(ctx, `
		SELECT EXISTS (SELECT 1 FROM settings s WHERE s.name = $1 AND s.value <> ''), COUNT(*),
			COALESCE(SUM(CASE WHEN f.account_id IS NULL AND NOT EXISTS (SELECT 1 FROM passkeys k WHERE k.account_id = a.id) THEN 1 ELSE 0 END), 0)
		FROM accounts a
		LEFT JOIN code_factors f ON f.account_id = a.id
		WHERE a.disabled_at IS NULL
			AND (a.administrator OR EXISTS (SELECT 1 FROM account_territories t WHERE t.account_id = a.id AND t.role IN ($2, $3)))`,
		factorRequired, app.Coordination, app.ThemedCoordination).Scan(&r.On, &r.Of, &r.Without)
	return r, err
}

// Require makes the instance require a second factor of who administers and coordinates,
// from their next sign-in on, or no longer.
func (d *DB) Require(ctx context.Context, by app.Viewer, on bool, now time.Time) error {
	if !by.MayAdminister() {
		return gone("Cette page")
	}
	word := map[bool]string{true: "exigé", false: ""}
	return d.update(ctx, func(c conn) error {
		if err := lockAdministration(ctx, c); err != nil {
			return err
		}
		var before bool
		if err := c.row(ctx, `SELECT EXISTS (SELECT 1 FROM settings WHERE name = $1 AND value <> '')`, factorRequired).Scan(&before); err != nil || before == on {
			return err
		}
		if err := c.exec(ctx, `
			INSERT INTO settings (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, factorRequired, word[on]); err != nil {
			return err
		}
		var changes app.Changes
		changes.Note("Second facteur pour l’administration et la coordination", word[before], word[on])
		return note(ctx, c, by, now, app.OfInstance, "instance", "a changé les règles de connexion", changes)
	})
}
