package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// A HelpCode is what is kept of a code by which its person lets somebody act in their place.
type HelpCode struct{ Hash, Salt string }

var (
	errHelpClosed  = app.Errorf(app.Forbidden, "Ce compte sert aussi ailleurs : seule l’administration de l’instance peut agir à la place de cette personne.")
	errHelpUnasked = app.InvalidField("code", "Cette personne n’a pas de code en attente. Elle en obtient un dans « Mon compte », valable trente minutes.")
	errHelpCode    = app.InvalidField("code", "Ce n’est pas le code de cette personne. Relisez-le avec elle.")
)

// AskForHelp keeps a code that by tells whom they want to act in their place; an older one
// no longer serves.
func (d *DB) AskForHelp(ctx context.Context, by app.Viewer, code HelpCode, now time.Time) error {
	if !by.May(app.KeepOwnAccount, app.On{Person: by.Person}) {
		return errHelpClosed
	}
	return d.update(ctx, func(c conn) error {
		if err := lockAccount(ctx, c, by.Account); err != nil {
			return err
		}
		err := c.exec(ctx, `
			INSERT INTO help_codes (account_id, hash, salt, expires_at)
			VALUES ($1, $2, $3, $4)
			ON CONFLICT (account_id) DO UPDATE SET hash = $2, salt = $3, tries = 0, expires_at = $4`,
			by.Account, code.Hash, code.Salt, stored(now.Add(app.HelpCodeLife)))
		if err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfAccount, string(by.Account), "a demandé un code d’aide", nil)
	})
}

// AttemptHelp counts a try at the code of an account before it is looked at, and returns the
// salt it was hashed with. It refuses, with a problem of the field "code", when there is
// no code or it was got wrong too often: its person asks for another.
func (d *DB) AttemptHelp(ctx context.Context, by app.Viewer, id app.AccountID, now time.Time) (salt string, err error) {
	err = d.update(ctx, func(c conn) error {
		if _, err := mayHelp(ctx, c, by, id, now); err != nil {
			return err
		}
		err := c.row(ctx, `
			UPDATE help_codes SET tries = tries + 1
			WHERE account_id = $1 AND expires_at > $2 AND tries < $3
			RETURNING salt`, id, stored(now), app.HelpCodeTries).Scan(&salt)
		if errors.Is(err, sql.ErrNoRows) {
			return errHelpUnasked
		}
		return err
	})
	return salt, err
}

// mayHelp reads an account in whose place by may act.
func mayHelp(ctx context.Context, c conn, by app.Viewer, id app.AccountID, now time.Time) (AccountRecord, error) {
	r, err := accountSeen(ctx, c, by, id, now)
	switch {
	case err != nil:
		return r, err
	case id == by.Account:
		return r, app.Errorf(app.Conflict, "C’est votre propre compte.")
	case !r.DisabledAt.IsZero():
		return r, app.Errorf(app.Conflict, "Ce compte est désactivé.")
	case !by.MayHelp(r.Account, r.PartOf):
		return r, errHelpClosed
	}
	return r, nil
}

// BeginHelp lets by act in the place of the holder of an account, whose code hash is made of
// and is used up. Their session goes on under the digest fresh; the person is told by mail.
func (d *DB) BeginHelp(ctx context.Context, by app.Viewer, id app.AccountID, hash, session, fresh string, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := lockAdministration(ctx, c); err != nil {
			return err
		}
		r, err := mayHelp(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		err = c.change(ctx, `DELETE FROM help_codes WHERE account_id = $1 AND hash = $2 AND expires_at > $3`, id, hash, stored(now))
		if errors.Is(err, sql.ErrNoRows) {
			return errHelpCode
		}
		if err != nil {
			return err
		}
		err = c.change(ctx, `
			UPDATE sessions SET id = $3, helped_id = $4, helped_since = $5, helped_until = $6
			WHERE id = $1 AND account_id = $2 AND helped_id IS NULL`,
			session, by.Account, fresh, id, stored(now), stored(now.Add(app.HelpLife)))
		if err != nil {
			return found(err, "Cette connexion")
		}
		mail.Recipient, mail.Name, mail.Person = r.Email, r.Name, r.Person
		mail.Names = append(mail.Names, by.Named())
		if err := queueMail(ctx, c, mail, now); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfAccount, string(id), "agit à la place "+app.Of(r.Name)+", qui lui a donné un code, pour trente minutes au plus", nil, r.who())
	})
}

// StopHelping makes by, who acts in another's place, themselves again; their session goes on
// under the digest fresh, marked until TellHelpOver: a form opened in the other's name may
// still be on a screen.
func (d *DB) StopHelping(ctx context.Context, by app.Viewer, session, fresh string, now time.Time) error {
	if !by.Helped() {
		return app.Errorf(app.Conflict, "Vous n’agissez à la place de personne.")
	}
	return d.update(ctx, func(c conn) error {
		err := c.change(ctx, `UPDATE sessions SET id = $3 WHERE id = $1 AND account_id = $2`, session, by.Actor(), fresh)
		if err != nil {
			return found(err, "Cette connexion")
		}
		if err := endHelp(ctx, c, fresh, now); err != nil {
			return err
		}
		helper := app.Viewer{Account: by.Actor(), Territory: by.Territory}
		return note(ctx, c, helper, now, app.OfAccount, string(by.Account), "n’agit plus à la place "+app.Of(by.Name), nil, app.Named{Person: by.Person, Name: by.Name})
	})
}

// endHelp makes a help over, which the session that gave it remembers.
func endHelp(ctx context.Context, c conn, session string, now time.Time) error {
	return c.exec(ctx, `UPDATE sessions SET helped_until = $2 WHERE id = $1 AND helped_until > $2`, session, stored(now))
}

// TellHelpOver takes what is left of a help that is over off the session that gave it: its
// holder was told on a page that they are themselves again.
func (d *DB) TellHelpOver(ctx context.Context, session string) error {
	return d.update(ctx, func(c conn) error {
		return c.exec(ctx, `UPDATE sessions SET helped_id = NULL, helped_since = NULL, helped_until = NULL WHERE id = $1`, session)
	})
}

// standIn returns in whose place the holder of a session acts; nobody when the time is
// over, when that person ended it, or when either has lost what it takes. All that is
// asked at each request.
func (d *DB) standIn(ctx context.Context, h sessionHolder, session string, now time.Time) (nobody app.Viewer, err error) {
	if !now.Before(h.until) {
		return nobody, nil
	}
	switch _, err := mayHelp(ctx, d.reader(), h.Viewer, h.helped, now); app.KindOf(err) {
	case app.NotFound, app.Forbidden, app.Conflict:
		return nobody, nil
	default:
		if err != nil {
			return nobody, err
		}
	}
	helped, err := d.accountOn(ctx, "s.helped_id", session, now)
	if errors.Is(err, sql.ErrNoRows) {
		return nobody, nil
	}
	helped.Helper = app.Helper{Account: h.Account, Person: h.Person, Name: h.Name, Until: h.until}
	return helped.Viewer, err
}

// RefuseHelp ends what others do in the place of by, at once, and their code.
func (d *DB) RefuseHelp(ctx context.Context, by app.Viewer, now time.Time) error {
	if !by.May(app.KeepOwnAccount, app.On{Person: by.Person}) {
		return errHelpClosed
	}
	return d.update(ctx, func(c conn) error {
		if err := c.exec(ctx, `DELETE FROM help_codes WHERE account_id = $1`, by.Account); err != nil {
			return err
		}
		if err := c.exec(ctx, `UPDATE sessions SET helped_until = $2 WHERE helped_id = $1 AND helped_until > $2`, by.Account, stored(now)); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfAccount, string(by.Account), "ne veut plus d’aide", nil)
	})
}

// Help is who may act in somebody's place, who does, and what was done.
type Help struct {
	CodeUntil time.Time // when the code that waits expires; zero without one
	Helpers   []Helping
	Done      []app.Entry // the last acts in their place, the last first
}

// Helping is somebody who acts in another's place now.
type Helping struct {
	Name         string
	Since, Until time.Time
}

const helpShown = 10

// Help returns what by asked for and got.
func (d *DB) Help(ctx context.Context, by app.Viewer, now time.Time) (h Help, err error) {
	c := d.reader()
	err = c.row(ctx, `SELECT (SELECT expires_at FROM help_codes WHERE account_id = $1 AND expires_at > $2 AND tries < $3)`,
		by.Account, stored(now), app.HelpCodeTries).Scan(moment(&h.CodeUntil))
	if err != nil {
		return h, err
	}
	if h.Helpers, err = list(ctx, c, func(s scanner) (v Helping, err error) {
		var first, last string
		err = s.Scan(&first, &last, moment(&v.Since), moment(&v.Until))
		v.Name = app.Tidy(first + " " + last)
		return v, err
	}, `
		SELECT p.first_name, p.last_name, s.helped_since, s.helped_until
		FROM sessions s
		JOIN accounts a ON a.id = s.account_id
		JOIN people p ON p.id = a.person_id
		WHERE s.helped_id = $1 AND s.helped_until > $2 AND s.expires_at > $2
		ORDER BY s.helped_since DESC, s.id`, by.Account, stored(now)); err != nil {
		return h, err
	}
	h.Done, err = list(ctx, c, scanEntry, `
		SELECT `+entryColumns+`
		FROM `+entryTables+`
		WHERE e.helped_id = $1
		ORDER BY e.at DESC, e.id DESC
		LIMIT $2`, by.Account, helpShown)
	return h, err
}
