package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

// Oversight is what the administration of an instance sees at a glance.
type Oversight struct {
	Accounts   int
	Alone      int                // structures without référent·e, archived ones left out
	Structures []app.Organisation // some of them: id and name, by name
	Waiting    int                // mails to send
	Failed     int                // mails given up
	Sessions   []OpenSession      // the last used first, at most sessionsSeen
	Open       int                // how many there are in all
	Failures   []Failing          // of known accounts, the last first
	Unknown    int                // addresses without account that were tried
}

// OpenSession is a device of somebody.
type OpenSession struct {
	Session
	Account app.AccountID
	Name    string
	Helped  string // name of the person in whose place it acts now, "" without
}

// Failing is an account of which the password or the second factor was got wrong lately.
type Failing struct {
	Account  app.AccountID
	Name     string
	Failures int
	Last     time.Time
	Until    time.Time // when either is looked at again, zero without waiting
}

const (
	sessionsSeen = 100
	aloneSeen    = 12
)

var errOversightClosed = app.Errorf(app.Forbidden, "Cette page est réservée à l’administration de l’instance.")

// Oversight returns it at now. digest is what stands for an address where failures are counted.
func (d *DB) Oversight(ctx context.Context, by app.Viewer, digest func(email string) string, now time.Time) (o Oversight, err error) {
	if !by.MayAdminister() {
		return o, errOversightClosed
	}
	c := d.reader()
	const alone = `FROM organisations o WHERE o.archived_at IS NULL AND ` + referentsOf + ` = 0`
	if err := c.row(ctx, `
		SELECT (SELECT COUNT(*) FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.erased_at IS NULL AND a.disabled_at IS NULL),
			(SELECT COUNT(*) `+alone+`),
			(SELECT COUNT(*) FROM mails WHERE sent_at IS NULL AND failed_at IS NULL AND recipient <> ''),
			(SELECT COUNT(*) FROM mails WHERE failed_at IS NOT NULL),
			(SELECT COUNT(*) FROM sessions WHERE expires_at > $1)`, stored(now)).
		Scan(&o.Accounts, &o.Alone, &o.Waiting, &o.Failed, &o.Open); err != nil {
		return o, err
	}
	if o.Structures, err = list(ctx, c, func(s scanner) (v app.Organisation, err error) {
		err = s.Scan(&v.ID, &v.Name)
		return v, err
	}, `SELECT o.id, o.name `+alone+` ORDER BY o.sort_key, o.id LIMIT $1`, aloneSeen); err != nil {
		return o, err
	}
	if o.Sessions, err = openSessions(ctx, c, now); err != nil {
		return o, err
	}
	o.Failures, o.Unknown, err = failing(ctx, c, digest)
	return o, err
}

func openSessions(ctx context.Context, c conn, now time.Time) ([]OpenSession, error) {
	return list(ctx, c, func(s scanner) (v OpenSession, err error) {
		var first, last string
		err = s.Scan(&v.ID, &v.Device, &v.Place, &v.Created, &v.LastSeen, &v.Account, &first, &last, &v.Helped)
		v.Name = app.Tidy(first + " " + last)
		return v, err
	}, `
		SELECT s.id, s.device, s.place, s.created_at, s.seen_at, a.id, p.first_name, p.last_name,
			COALESCE((SELECT x.first_name || ' ' || x.last_name FROM accounts y JOIN people x ON x.id = y.person_id WHERE y.id = s.helped_id AND s.helped_until > $1), '')
		FROM sessions s
		JOIN accounts a ON a.id = s.account_id
		JOIN people p ON p.id = a.person_id
		WHERE s.expires_at > $1
		ORDER BY s.seen_at DESC, s.id
		LIMIT $2`, stored(now), sessionsSeen)
}

// failing parts the failures that are remembered in those of accounts and the rest.
func failing(ctx context.Context, c conn, digest func(string) string) (known []Failing, unknown int, err error) {
	byName := map[string]Failing{}
	_, err = list(ctx, c, func(s scanner) (none struct{}, err error) {
		var f Failing
		var email, first, last string
		err = s.Scan(&f.Account, &email, &first, &last)
		f.Name = app.Tidy(first + " " + last)
		byName[digest(email)], byName[failuresOfCode(f.Account)] = f, f
		return none, err
	}, `
		SELECT a.id, a.email, p.first_name, p.last_name
		FROM accounts a
		JOIN people p ON p.id = a.person_id AND p.erased_at IS NULL
		WHERE EXISTS (SELECT 1 FROM sign_in_failures)`)
	if err != nil {
		return nil, 0, err
	}
	_, err = list(ctx, c, func(s scanner) (none struct{}, err error) {
		var name string
		var failures int
		var last time.Time
		if err = s.Scan(&name, &failures, &last); err != nil {
			return none, err
		}
		f, found := byName[name]
		if !found {
			unknown++
			return none, nil
		}
		f.Failures, f.Last = failures, last
		if failures >= freeAttempts {
			f.Until = last.Add(waitAfter(failures))
		}
		known = withFailures(known, f)
		return none, nil
	}, `SELECT email, failures, last_at FROM sign_in_failures WHERE failures > 0 AND email NOT LIKE $1 ORDER BY last_at DESC, email`, failuresOfLink("%"))
	return known, unknown, err
}

// withFailures adds f to all, of which the account may be there for another factor, later.
func withFailures(all []Failing, f Failing) []Failing {
	at := slices.IndexFunc(all, func(o Failing) bool { return o.Account == f.Account })
	if at < 0 {
		return append(all, f)
	}
	all[at].Failures += f.Failures
	if f.Until.After(all[at].Until) {
		all[at].Until = f.Until
	}
	return all
}

// CloseSession signs one device of somebody out.
func (d *DB) CloseSession(ctx context.Context, by app.Viewer, session string, now time.Time) error {
	if !by.MayAdminister() {
		return errOversightClosed
	}
	return d.update(ctx, func(c conn) error {
		var account app.AccountID
		if err := c.row(ctx, `DELETE FROM sessions WHERE id = $1 RETURNING account_id`, session).Scan(&account); err != nil {
			return found(err, "Cette connexion")
		}
		return note(ctx, c, by, now, app.OfAccount, string(account), "a mis fin à une connexion", nil)
	})
}

// LiftWait forgets the failures counted against an account, so that its person may try
// their password and their second factor again at once.
func (d *DB) LiftWait(ctx context.Context, by app.Viewer, id app.AccountID, digest func(email string) string, now time.Time) error {
	if !by.MayAdminister() {
		return errOversightClosed
	}
	return d.update(ctx, func(c conn) error {
		email, err := one[string](c.row(ctx, `SELECT email FROM accounts WHERE id = $1`, id))
		if err != nil {
			return found(err, "Ce compte")
		}
		if err := c.change(ctx, `DELETE FROM sign_in_failures WHERE email IN ($1, $2)`, digest(email), failuresOfCode(id)); err != nil {
			return conflict(err, "Cette personne n’attend plus : elle peut essayer à nouveau.")
		}
		return note(ctx, c, by, now, app.OfAccount, string(id), "a levé l’attente après des essais de connexion manqués", nil)
	})
}
