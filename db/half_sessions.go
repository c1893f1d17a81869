package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// How long the second step of a sign-in may wait: to prove a factor, or to set one up.
const (
	ProofLife     = 10 * time.Minute
	EnrolmentLife = 30 * time.Minute
)

// HalfWay is somebody who gave a right first factor and must still take a second step.
// They are not signed in: they see nothing and may do nothing else.
type HalfWay struct {
	Account app.AccountID
	Person  app.PersonID
	Name    string
	Email   string
	Step    app.SecondStep
	Factors app.Factors
}

// beginSession is where every way in ends, once a first factor was right: it signs the
// person in on a device, or, when a second factor is due, keeps that they are half-way
// under the same digest. Whoever adds a way in calls it and nothing else.
func beginSession(ctx context.Context, c conn, account app.AccountID, session, device string, now time.Time) error {
	f, err := factorsOf(ctx, c, account)
	if err != nil {
		return err
	}
	life := ProofLife
	switch f.Step() {
	case app.NoStep:
		return openSession(ctx, c, account, session, device, now)
	case app.EnrolStep:
		life = EnrolmentLife
	}
	if err := lockAccount(ctx, c, account); err != nil {
		return err
	}
	return c.exec(ctx, `
		INSERT INTO half_sessions (id, account_id, created_at, expires_at)
		VALUES ($1, $2, $3, $4)`, session, account, stored(now), stored(now.Add(life)))
}

// HalfWay returns who is half-way with that digest; nobody, with NoStep, when that is
// unknown, over or no longer needed.
func (d *DB) HalfWay(ctx context.Context, half string, now time.Time) (HalfWay, error) {
	return halfWay(ctx, d.reader(), half, now)
}

func halfWay(ctx context.Context, c conn, half string, now time.Time) (h HalfWay, err error) {
	var first, last string
	err = c.row(ctx, `
		SELECT a.id, a.email, p.id, p.first_name, p.last_name
		FROM half_sessions h
		JOIN accounts a ON a.id = h.account_id
		JOIN people p ON p.id = a.person_id
		WHERE h.id = $1 AND h.expires_at > $2 AND a.disabled_at IS NULL`, half, stored(now)).
		Scan(&h.Account, &h.Email, &h.Person, &first, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return HalfWay{}, nil
	}
	if err != nil {
		return HalfWay{}, err
	}
	h.Name = app.Tidy(first + " " + last)
	h.Factors, err = factorsOf(ctx, c, h.Account)
	h.Step = h.Factors.Step()
	return h, err
}

var errHalfGone = app.Errorf(app.Conflict, "Cette connexion a attendu trop longtemps. Recommencez.")

// finish uses a half-way state up, lets prove check the second step in the same
// transaction, and opens the session of whose it was.
func (d *DB) finish(ctx context.Context, half, session, device string, now time.Time, prove func(conn, HalfWay) error) (app.Viewer, error) {
	return d.signedIn(ctx, session, now, func(c conn) error {
		h, err := halfWay(ctx, c, half, now)
		if err != nil {
			return err
		}
		if h.Step == app.NoStep {
			return errHalfGone
		}
		if err := lockAccount(ctx, c, h.Account); err != nil {
			return err
		}
		if h.Factors, err = factorsOf(ctx, c, h.Account); err != nil {
			return err
		}
		if err := prove(c, h); err != nil {
			return err
		}
		if err := c.change(ctx, `DELETE FROM half_sessions WHERE id = $1`, half); err != nil {
			return conflict(err, errHalfGone.Error())
		}
		return openSession(ctx, c, h.Account, session, device, now)
	})
}

// Finish signs in who is half-way and proved a second factor, which serves once.
func (d *DB) Finish(ctx context.Context, half string, p Proof, session, device string, now time.Time) (app.Viewer, error) {
	return d.finish(ctx, half, session, device, now, func(c conn, h HalfWay) error { return spend(ctx, c, h.Account, p, now) })
}

// FinishEnrolling signs in who is half-way and had to set a second factor up. Whoever
// got one meanwhile must prove it instead: Conflict.
func (d *DB) FinishEnrolling(ctx context.Context, half string, e Enrolment, mail app.Mail, session, device string, now time.Time) (app.Viewer, error) {
	return d.finish(ctx, half, session, device, now, func(c conn, h HalfWay) error {
		if h.Factors.Any() {
			return errHalfGone
		}
		return enrolCodes(ctx, c, app.Viewer{Account: h.Account}, e, mail, now)
	})
}
