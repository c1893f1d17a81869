package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

const passkeyColumns = `id, account_id, name, credential, created_at, used_at`

func scanPasskey(s scanner) (k app.Passkey, err error) {
	err = s.Scan(&k.ID, &k.Account, &k.Name, &k.Credential, &k.CreatedAt, moment(&k.UsedAt))
	return k, err
}

func passkeysOf(ctx context.Context, c conn, id app.AccountID) ([]app.Passkey, error) {
	return list(ctx, c, scanPasskey, `
		SELECT `+passkeyColumns+`
		FROM passkeys
		WHERE account_id = $1
		ORDER BY created_at, id`, id)
}

// What a passkey is asked to sign something for.
const (
	ToAddPasskey    = "ajout"
	ToSignIn        = "connexion"
	ToProveByKey    = "verification"
	challengeLife   = 5 * time.Minute
	maxPasskeys     = 20
	tooManyPasskeys = "Ce compte a déjà beaucoup de clés d’accès : retirez-en une d’abord."
)

var errChallengeGone = app.Errorf(app.Invalid, "Cette demande a expiré, ou elle a déjà servi. Recommencez.")

// Ask keeps what a passkey must sign, for a purpose and an account, "" for whoever signs
// in: digest is that of the challenge, data what the verifier needs again.
func (d *DB) Ask(ctx context.Context, digest, purpose string, account app.AccountID, data string, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := c.exec(ctx, `DELETE FROM challenges WHERE expires_at <= $1`, stored(now)); err != nil {
			return err
		}
		return c.exec(ctx, `
			INSERT INTO challenges (id, account_id, purpose, data, expires_at)
			VALUES ($1, $2, $3, $4, $5)`, digest, orNull(account), purpose, data, stored(now.Add(challengeLife)))
	})
}

// Asked uses a challenge up and returns what Ask kept: whoever comes second, or late, or
// for another purpose or account is refused.
func (d *DB) Asked(ctx context.Context, digest, purpose string, account app.AccountID, now time.Time) (data string, err error) {
	err = d.update(ctx, func(c conn) error {
		return c.row(ctx, `
			DELETE FROM challenges
			WHERE id = $1 AND purpose = $2 AND COALESCE(account_id, '') = $3 AND expires_at > $4
			RETURNING data`, digest, purpose, account, stored(now)).Scan(&data)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", errChallengeGone
	}
	return data, err
}

// Passkeys returns the passkeys of an account that may be used, oldest first.
func (d *DB) Passkeys(ctx context.Context, account app.AccountID) ([]app.Passkey, error) {
	return passkeysOf(ctx, d.reader(), account)
}

// AddPasskey gives by's account a passkey; recovery, unless it is nil, replaces its
// recovery codes. mail, without its recipient, tells by.
func (d *DB) AddPasskey(ctx context.Context, by app.Viewer, k app.Passkey, recovery *RecoverySet, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := lockAccount(ctx, c, by.Account); err != nil {
			return err
		}
		f, err := factorsOf(ctx, c, by.Account)
		if err != nil {
			return err
		}
		if f.Passkeys >= maxPasskeys {
			return app.Errorf(app.Conflict, tooManyPasskeys)
		}
		return addPasskey(ctx, c, by, k, recovery, mail, now)
	})
}

func addPasskey(ctx context.Context, c conn, by app.Viewer, k app.Passkey, recovery *RecoverySet, mail app.Mail, now time.Time) error {
	if err := c.exec(ctx, `
		INSERT INTO passkeys (id, account_id, name, credential, created_at)
		VALUES ($1, $2, $3, $4, $5)`, k.ID, by.Account, k.Name, k.Credential, stored(now)); err != nil {
		if c.unique(err) {
			return app.Errorf(app.Conflict, "Cette clé d’accès est déjà enregistrée.")
		}
		return err
	}
	if recovery != nil {
		if err := writeRecovery(ctx, c, by.Account, *recovery); err != nil {
			return err
		}
	}
	return factorChanged(ctx, c, by, by.Account, "a ajouté la clé d’accès « "+k.Name+" »", mail, now)
}

// FinishAddingPasskey signs in who is half-way and had to set a second factor up, by a
// passkey. Whoever got one meanwhile must prove it instead: Conflict.
func (d *DB) FinishAddingPasskey(ctx context.Context, half string, k app.Passkey, recovery RecoverySet, mail app.Mail, session, device string, now time.Time) (app.Viewer, error) {
	return d.finish(ctx, half, session, device, now, func(c conn, h HalfWay) error {
		if h.Factors.Any() {
			return errHalfGone
		}
		return addPasskey(ctx, c, app.Viewer{Account: h.Account}, k, &recovery, mail, now)
	})
}

// DropPasskey takes a passkey back from by's account. Conflict if it must have a second
// factor and this is the last.
func (d *DB) DropPasskey(ctx context.Context, by app.Viewer, id app.PasskeyID, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		var name string
		if err := c.row(ctx, `SELECT name FROM passkeys WHERE id = $1 AND account_id = $2`, id, by.Account).Scan(&name); err != nil {
			return found(err, "Cette clé d’accès")
		}
		if err := mayLose(ctx, c, by.Account); err != nil {
			return err
		}
		if err := c.change(ctx, `DELETE FROM passkeys WHERE id = $1 AND account_id = $2`, id, by.Account); err != nil {
			return found(err, "Cette clé d’accès")
		}
		if err := forgetRecovery(ctx, c, by.Account); err != nil {
			return err
		}
		return factorChanged(ctx, c, by, by.Account, "a retiré la clé d’accès « "+name+" »", mail, now)
	})
}

var errKeyUnknown = app.Errorf(app.Invalid, "Cette clé d’accès n’est pas reconnue ici. Entrez par un autre moyen.")

// used keeps what the verifier made of a passkey after it signed. before is what it was
// made from: had it changed meanwhile, or been taken back, the key is refused.
func used(ctx context.Context, c conn, before, after app.Passkey, now time.Time) error {
	err := c.change(ctx, `
		UPDATE passkeys SET credential = $4, used_at = $5
		WHERE id = $1 AND account_id = $2 AND credential = $3`, before.ID, before.Account, before.Credential, after.Credential, stored(now))
	if errors.Is(err, sql.ErrNoRows) {
		return errKeyUnknown
	}
	return err
}

// SignInByPasskey signs in the owner of a passkey that signed and verified its user: that
// is two factors, what one has and what one knows or is, and nothing more is asked.
func (d *DB) SignInByPasskey(ctx context.Context, before, after app.Passkey, session, device string, now time.Time) (app.Viewer, error) {
	return d.signedIn(ctx, session, now, func(c conn) error {
		if err := used(ctx, c, before, after, now); err != nil {
			return err
		}
		err := openSession(ctx, c, before.Account, session, device, now)
		if app.KindOf(err) == app.NotFound {
			return errKeyUnknown
		}
		return err
	})
}

// FinishByPasskey signs in who is half-way and whose passkey signed.
func (d *DB) FinishByPasskey(ctx context.Context, half string, before, after app.Passkey, session, device string, now time.Time) (app.Viewer, error) {
	return d.finish(ctx, half, session, device, now, func(c conn, h HalfWay) error {
		if h.Account != before.Account {
			return errKeyUnknown
		}
		return used(ctx, c, before, after, now)
	})
}
