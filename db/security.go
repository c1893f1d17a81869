package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// Security is how an account proves itself, as its person sees it.
type Security struct {
	Factors    app.Factors
	Password   bool      // one was chosen
	CodesSince time.Time // zero without an application of codes
	Recovery   int       // codes left
	Passkeys   []app.Passkey
	Began      time.Time // the sign-in of the session that asks
}

// Fresh reports whether the person signed in so lately that they need not prove again
// who they are in order to change how they do.
func (s Security) Fresh(now time.Time) bool { return now.Sub(s.Began) < 15*time.Minute }

// Security returns how by's account proves itself; session is the one that asks.
func (d *DB) Security(ctx context.Context, by app.Viewer, session string) (s Security, err error) {
	c := d.reader()
	if s.Factors, err = factorsOf(ctx, c, by.Account); err != nil {
		return s, err
	}
	err = c.row(ctx, `
		SELECT a.password_hash <> '', f.created_at, (SELECT COUNT(*) FROM recovery_codes r WHERE r.account_id = a.id AND r.used_at IS NULL), s.created_at
		FROM accounts a
		JOIN sessions s ON s.account_id = a.id AND s.id = $2
		LEFT JOIN code_factors f ON f.account_id = a.id
		WHERE a.id = $1`, by.Account, session).Scan(&s.Password, moment(&s.CodesSince), &s.Recovery, &s.Began)
	if errors.Is(err, sql.ErrNoRows) {
		return s, gone("Cette connexion")
	}
	if err != nil {
		return s, err
	}
	s.Passkeys, err = passkeysOf(ctx, c, by.Account)
	return s, err
}
