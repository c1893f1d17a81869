package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"maillage/app"
)

// How long somebody may stay with a provider of identities, and how long what it told of
// who has no account is kept for them to ask for one.
const (
	TripLife    = 15 * time.Minute
	ArrivalLife = 30 * time.Minute
)

// Trip is the way of somebody who left for a provider of identities.
type Trip struct {
	Account app.AccountID // whose account the identity is to be linked to; "" to sign in
	Next    string        // where to go then
}

var errNoDeparture = app.Errorf(app.Conflict, "Cette tentative a déjà servi, elle a expiré, ou elle a commencé dans un autre navigateur. Recommencez : cela prend une minute.")

// Depart keeps that somebody left: state is the digest of what comes back with them,
// browser that of what their browser keeps for itself.
func (d *DB) Depart(ctx context.Context, state, browser string, left Trip, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := c.exec(ctx, `DELETE FROM departures WHERE expires_at <= $1`, stored(now)); err != nil {
			return err
		}
		return c.exec(ctx, `
			INSERT INTO departures (id, browser, account_id, next, expires_at)
			VALUES ($1, $2, $3, $4, $5)`, state, browser, orNull(left.Account), left.Next, stored(now.Add(TripLife)))
	})
}

// ComeBack uses a departure up. Whoever comes back twice, late, or in another browser than
// the one that left is refused, with Conflict.
func (d *DB) ComeBack(ctx context.Context, state, browser string, now time.Time) (left Trip, err error) {
	err = d.update(ctx, func(c conn) error {
		err := c.row(ctx, `
			DELETE FROM departures
			WHERE id = $1 AND browser = $2 AND expires_at > $3
			RETURNING account_id, next`, state, browser, stored(now)).Scan(text(&left.Account), &left.Next)
		if errors.Is(err, sql.ErrNoRows) {
			return errNoDeparture
		}
		return err
	})
	return left, err
}

var (
	errNobodyYet = app.Errorf(app.NotFound, "Aucun compte ne correspond encore à cette identité.")
	errDisabled  = app.Errorf(app.Forbidden, "Votre compte est désactivé. Adressez-vous à la coordination de votre convention.")
	errOthers    = app.Errorf(app.Conflict, "Cette identité ouvre déjà un autre compte : rien n’a été changé. Déliez-la d’abord là-bas.")
)

const (
	thisIdentity     = "Cette identité"
	identityLinked   = "a relié à son compte une identité "
	identityUnlinked = "a délié de son compte une identité "
)

// SignInByIdentity begins the session of the account that an identity opens: the one it is
// linked to; without any, the one that has its address, if the provider is believed about
// addresses, and then links it, writing mail, without its recipient, to tell so. provider
// is its name, for the trail. NotFound: there is no such account.
func (d *DB) SignInByIdentity(ctx context.Context, i app.Identity, provider string, mail app.Mail, session, device string, now time.Time) (app.Viewer, error) {
	return d.signedIn(ctx, session, now, func(c conn) error {
		account, err := accountOf(ctx, c, i, now)
		if errors.Is(err, sql.ErrNoRows) && i.Vouched && i.Email != "" {
			account, err = accountAt(ctx, c, i.Email)
			if err == nil {
				err = linkIdentity(ctx, c, account, i, provider, mail, now)
			}
		}
		if errors.Is(err, sql.ErrNoRows) {
			return errNobodyYet
		}
		if err != nil {
			return err
		}
		return beginSession(ctx, c, account, session, device, now)
	})
}

// accountOf notes the use of an identity and returns the account it is linked to.
func accountOf(ctx context.Context, c conn, i app.Identity, now time.Time) (app.AccountID, error) {
	account, err := one[app.AccountID](c.row(ctx, `
		UPDATE identities SET used_at = $3
		WHERE issuer = $1 AND subject = $2
		RETURNING account_id`, i.Issuer, i.Subject, stored(now)))
	if err != nil {
		return "", err
	}
	return account, mustServe(ctx, c, account)
}

func mustServe(ctx context.Context, c conn, account app.AccountID) error {
	disabled, err := one[bool](c.row(ctx, `SELECT disabled_at IS NOT NULL FROM accounts WHERE id = $1`, account))
	if err == nil && disabled {
		return errDisabled
	}
	return err
}

func accountAt(ctx context.Context, c conn, email string) (app.AccountID, error) {
	account, err := one[app.AccountID](c.row(ctx, `SELECT id FROM accounts WHERE email = $1`, email))
	if err != nil {
		return "", err
	}
	return account, mustServe(ctx, c, account)
}

// linkIdentity links an identity that no account has, notes it and tells the person.
func linkIdentity(ctx context.Context, c conn, account app.AccountID, i app.Identity, provider string, mail app.Mail, now time.Time) error {
	err := c.exec(ctx, `
		INSERT INTO identities (id, issuer, subject, account_id, linked_at, used_at)
		VALUES ($1, $2, $3, $4, $5, $5)`, app.NewID[app.IdentityID](), i.Issuer, i.Subject, account, stored(now))
	if err != nil && c.unique(err) {
		return errOthers
	}
	if err != nil {
		return err
	}
	return factorChanged(ctx, c, app.Viewer{Account: account}, account, identityLinked+provider, mail, now)
}

// LinkIdentity links an identity to by's own account, and tells by by mail, without its
// recipient. One that opens another account is a Conflict; one that is theirs already stays.
func (d *DB) LinkIdentity(ctx context.Context, by app.Viewer, i app.Identity, provider string, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := mustServe(ctx, c, by.Account); err != nil {
			return found(err, "Ce compte")
		}
		account, err := one[app.AccountID](c.row(ctx, `SELECT account_id FROM identities WHERE issuer = $1 AND subject = $2`, i.Issuer, i.Subject))
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return linkIdentity(ctx, c, by.Account, i, provider, mail, now)
		case err == nil && account != by.Account:
			return errOthers
		}
		return err
	})
}

// LinkedIdentity is an identity that opens an account.
type LinkedIdentity struct {
	ID       app.IdentityID
	Issuer   string
	LinkedAt time.Time
	UsedAt   time.Time
}

// Identities returns those linked to by's account, the first linked first.
func (d *DB) Identities(ctx context.Context, by app.Viewer) ([]LinkedIdentity, error) {
	return list(ctx, d.reader(), func(s scanner) (l LinkedIdentity, err error) {
		err = s.Scan(&l.ID, &l.Issuer, &l.LinkedAt, &l.UsedAt)
		return l, err
	}, `
		SELECT id, issuer, linked_at, used_at
		FROM identities
		WHERE account_id = $1
		ORDER BY linked_at, id`, by.Account)
}

// UnlinkIdentity takes an identity away from by's account, which a link by e-mail still opens.
func (d *DB) UnlinkIdentity(ctx context.Context, by app.Viewer, id app.IdentityID, provider string, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := c.change(ctx, `DELETE FROM identities WHERE id = $1 AND account_id = $2`, id, by.Account); err != nil {
			return found(err, thisIdentity)
		}
		return note(ctx, c, by, now, app.OfAccount, string(by.Account), identityUnlinked+provider, nil)
	})
}

// Arrive keeps what a provider told of who has no account, under the digest of what
// their browser keeps.
func (d *DB) Arrive(ctx context.Context, browser string, i app.Identity, now time.Time) error {
	told, err := json.Marshal(i)
	if err != nil {
		return err
	}
	return d.update(ctx, func(c conn) error {
		if err := c.exec(ctx, `DELETE FROM arrivals WHERE expires_at <= $1`, stored(now)); err != nil {
			return err
		}
		return c.exec(ctx, `
			INSERT INTO arrivals (id, told, expires_at)
			VALUES ($1, $2, $3)`, browser, string(told), stored(now.Add(ArrivalLife)))
	})
}

// Arrival returns who arrived in a browser and has no account, with the organisations in
// use that bear their SIRET, by name, at most ten. NotFound: nobody did lately.
func (d *DB) Arrival(ctx context.Context, browser string, now time.Time) (i app.Identity, employers []app.Organisation, err error) {
	c := d.reader()
	told, err := one[string](c.row(ctx, `SELECT told FROM arrivals WHERE id = $1 AND expires_at > $2`, browser, stored(now)))
	if err != nil {
		return i, nil, found(err, thisIdentity)
	}
	if err := json.Unmarshal([]byte(told), &i); err != nil || i.SIRET == "" {
		return i, nil, err
	}
	employers, err = list(ctx, c, scanOrganisation, `
		SELECT `+organisationColumns+`
		FROM organisations o
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE o.siret = $1 AND o.archived_at IS NULL
		ORDER BY o.sort_key, o.id
		LIMIT 10`, i.SIRET)
	return i, employers, err
}

// Forget forgets who arrived in a browser, once they have asked.
func (d *DB) Forget(ctx context.Context, browser string) error {
	return d.update(ctx, func(c conn) error {
		return c.exec(ctx, `DELETE FROM arrivals WHERE id = $1`, browser)
	})
}
