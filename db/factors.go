package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// An Enrolment is what is kept when an account takes up the codes of an application: the
// key, sealed, and the step of the code that showed it arrived.
type Enrolment struct {
	Sealed   string
	Step     int64
	Recovery RecoverySet
}

// A RecoverySet is what is kept of the recovery codes of an account.
type RecoverySet struct {
	Salt   string
	Hashes []string
}

// A Proof is a second factor that was right: the step of a code of an application, or the
// hash of a recovery code.
type Proof struct {
	Step     int64
	Recovery string
}

// A Challenge is what a second factor that was typed is compared with.
type Challenge struct {
	Sealed string // key of an application, "" when there is none
	Salt   string // of the recovery codes, "" when there is none
}

// errWrongCode does not tell a wrong code from one that has served.
var errWrongCode = app.InvalidField("code", "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, puis recopiez-le.")

const factorRequired = "second-facteur"

// factorsOf reads what an account proves itself with, and whether it must.
func factorsOf(ctx context.Context, c conn, id app.AccountID) (f app.Factors, err error) {
	var administrator, required bool
	var roles string
	err = c.row(ctx, `
		SELECT a.administrator,
			COALESCE((SELECT `+territoryRoles+` FROM account_territories at WHERE at.account_id = a.id), ''),
			EXISTS (SELECT 1 FROM code_factors f WHERE f.account_id = a.id),
			(SELECT COUNT(*) FROM passkeys k WHERE k.account_id = a.id),
			EXISTS (SELECT 1 FROM settings s WHERE s.name = $2 AND s.value <> '')
		FROM accounts a
		WHERE a.id = $1`, id, factorRequired).Scan(&administrator, &roles, &f.Codes, &f.Passkeys, &required)
	if err != nil {
		return f, found(err, "Ce compte")
	}
	territories := map[app.TerritoryID]app.Role{}
	for t, role := range pairs(roles) {
		territories[app.TerritoryID(t)], _ = roleAndThemes(role)
	}
	f.Required = required && app.RequiresFactor(administrator, territories)
	return f, nil
}

// lockAccount makes who changes the factors of one account wait for each other.
func lockAccount(ctx context.Context, c conn, id app.AccountID) error {
	return found(c.change(ctx, `UPDATE accounts SET email = email WHERE id = $1 AND disabled_at IS NULL`, id), "Ce compte")
}

// AttemptCode counts an attempt at the second factor of an account before it is looked
// at, and returns what it is compared with. After too many failures it refuses with
// Throttled, never for longer than a quarter of an hour.
func (d *DB) AttemptCode(ctx context.Context, id app.AccountID, now time.Time) (ch Challenge, err error) {
	err = d.update(ctx, func(c conn) error {
		if err := countFailure(ctx, c, failuresOfCode(id), "Trop d’essais. Réessayez dans %s.", now); err != nil {
			return err
		}
		return c.row(ctx, `
			SELECT COALESCE((SELECT sealed FROM code_factors WHERE account_id = $1), ''),
				COALESCE((SELECT MIN(salt) FROM recovery_codes WHERE account_id = $1), '')`, id).Scan(&ch.Sealed, &ch.Salt)
	})
	return ch, err
}

// failuresOfCode is under which name wrong second factors of an account are counted.
func failuresOfCode(id app.AccountID) string { return "code " + string(id) }

// spend uses a right second factor up and forgets the failures before it: of many who
// bring the same code at once, one is let through.
func spend(ctx context.Context, c conn, id app.AccountID, p Proof, now time.Time) error {
	var err error
	if p.Recovery != "" {
		err = c.change(ctx, `UPDATE recovery_codes SET used_at = $3 WHERE account_id = $1 AND hash = $2 AND used_at IS NULL`, id, p.Recovery, stored(now))
	} else {
		err = c.change(ctx, `UPDATE code_factors SET last_step = $2 WHERE account_id = $1 AND last_step < $2`, id, p.Step)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return errWrongCode
	}
	if err != nil {
		return err
	}
	if err := c.exec(ctx, `DELETE FROM sign_in_failures WHERE email = $1`, failuresOfCode(id)); err != nil || p.Recovery == "" {
		return err
	}
	return note(ctx, c, app.Viewer{Account: id}, now, app.OfAccount, string(id), "a utilisé un code de secours", nil)
}

// Spend uses a second factor of by's up, to prove once more that it is them.
func (d *DB) Spend(ctx context.Context, by app.Viewer, p Proof, now time.Time) error {
	return d.update(ctx, func(c conn) error { return spend(ctx, c, by.Account, p, now) })
}

// EnrolCodes gives by's account the codes of an application as second factor, with fresh
// recovery codes; mail, without its recipient, tells by. Conflict if it has them already.
func (d *DB) EnrolCodes(ctx context.Context, by app.Viewer, e Enrolment, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := lockAccount(ctx, c, by.Account); err != nil {
			return err
		}
		return enrolCodes(ctx, c, by, e, mail, now)
	})
}

func enrolCodes(ctx context.Context, c conn, by app.Viewer, e Enrolment, mail app.Mail, now time.Time) error {
	err := c.exec(ctx, `
		INSERT INTO code_factors (account_id, sealed, last_step, created_at)
		VALUES ($1, $2, $3, $4)`, by.Account, e.Sealed, e.Step, stored(now))
	if err != nil && c.unique(err) {
		return app.Errorf(app.Conflict, "Une application donne déjà des codes pour ce compte. Retirez-la d’abord.")
	}
	if err != nil {
		return err
	}
	if err := writeRecovery(ctx, c, by.Account, e.Recovery); err != nil {
		return err
	}
	return factorChanged(ctx, c, by, by.Account, "a activé les codes d’une application comme second facteur", mail, now)
}

func writeRecovery(ctx context.Context, c conn, id app.AccountID, set RecoverySet) error {
	if err := c.exec(ctx, `DELETE FROM recovery_codes WHERE account_id = $1`, id); err != nil {
		return err
	}
	for _, hash := range set.Hashes {
		if err := c.exec(ctx, `INSERT INTO recovery_codes (account_id, hash, salt) VALUES ($1, $2, $3)`, id, hash, set.Salt); err != nil {
			return err
		}
	}
	return nil
}

// factorChanged notes a change of how an account proves itself, and tells its person.
func factorChanged(ctx context.Context, c conn, by app.Viewer, id app.AccountID, act string, mail app.Mail, now time.Time) error {
	var first, last string
	err := c.row(ctx, `
		SELECT a.email, p.first_name, p.last_name
		FROM accounts a JOIN people p ON p.id = a.person_id
		WHERE a.id = $1`, id).Scan(&mail.Recipient, &first, &last)
	if err != nil {
		return found(err, "Ce compte")
	}
	mail.Name, mail.Names = app.Tidy(first+" "+last), []app.Named{by.Named()}
	if err := queueMail(ctx, c, mail, now); err != nil {
		return err
	}
	return note(ctx, c, by, now, app.OfAccount, string(id), act, nil)
}

// RenewRecovery replaces the recovery codes of by's account; the former ones no longer serve.
func (d *DB) RenewRecovery(ctx context.Context, by app.Viewer, set RecoverySet, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := lockAccount(ctx, c, by.Account); err != nil {
			return err
		}
		f, err := factorsOf(ctx, c, by.Account)
		if err != nil {
			return err
		}
		if !f.Any() {
			return app.Errorf(app.Conflict, "Les codes de secours remplacent un second facteur : ajoutez-en un d’abord.")
		}
		if err := writeRecovery(ctx, c, by.Account, set); err != nil {
			return err
		}
		return factorChanged(ctx, c, by, by.Account, "a renouvelé ses codes de secours", mail, now)
	})
}

var errLastFactor = app.Errorf(app.Conflict, "Votre rôle demande un second facteur : ajoutez-en un autre avant de retirer celui-ci.")

// DropCodes takes the codes of an application back from by's account. Conflict if it has
// none, or if it must have a second factor and this is the last.
func (d *DB) DropCodes(ctx context.Context, by app.Viewer, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := mayLose(ctx, c, by.Account); err != nil {
			return err
		}
		if err := c.change(ctx, `DELETE FROM code_factors WHERE account_id = $1`, by.Account); err != nil {
			return conflict(err, "Aucune application ne donne de codes pour ce compte.")
		}
		if err := forgetRecovery(ctx, c, by.Account); err != nil {
			return err
		}
		return factorChanged(ctx, c, by, by.Account, "a retiré les codes d’une application", mail, now)
	})
}

// mayLose refuses with Conflict when an account must keep its last second factor; of two
// removals at once the second waits for the first.
func mayLose(ctx context.Context, c conn, id app.AccountID) error {
	if err := lockAccount(ctx, c, id); err != nil {
		return err
	}
	f, err := factorsOf(ctx, c, id)
	if err == nil && f.Any() && !f.MayLose() {
		return errLastFactor
	}
	return err
}

// forgetRecovery takes recovery codes back once there is no second factor they replace.
func forgetRecovery(ctx context.Context, c conn, id app.AccountID) error {
	f, err := factorsOf(ctx, c, id)
	if err != nil || f.Any() {
		return err
	}
	return writeRecovery(ctx, c, id, RecoverySet{})
}

// ResetFactors takes every second factor of another's account back, for who lost theirs:
// an administrator does it, and mail, without its recipient, tells the person. Sessions
// end; the person signs in by the first factor, and enrols again if the instance requires it.
func (d *DB) ResetFactors(ctx context.Context, by app.Viewer, id app.AccountID, mail app.Mail, now time.Time) error {
	if !by.MayAdminister() {
		return app.Errorf(app.Forbidden, "Un second facteur perdu se retire à l’administration de l’instance.")
	}
	return d.close(ctx, by, id, now, "a retiré le second facteur", func(c conn, r AccountRecord) error {
		f, err := factorsOf(ctx, c, id)
		if err != nil {
			return err
		}
		if !f.Any() {
			return app.Errorf(app.Conflict, "Ce compte n’a pas de second facteur.")
		}
		mail.Recipient, mail.Name, mail.Person = r.Email, r.Name, r.Person
		mail.Names = append(mail.Names, by.Named())
		if err := queueMail(ctx, c, mail, now); err != nil {
			return err
		}
		return dropFactors(ctx, c, id, now)
	})
}

// Rescue is ResetFactors for who keeps the machine, when no administrator is left who
// can: the account is named by its address. NotFound if there is none.
func (d *DB) Rescue(ctx context.Context, email string, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		var id app.AccountID
		if err := c.row(ctx, `SELECT id FROM accounts WHERE email = $1`, email).Scan(&id); err != nil {
			return found(err, "Ce compte")
		}
		if err := dropFactors(ctx, c, id, now); err != nil {
			return err
		}
		return factorChanged(ctx, c, app.Viewer{}, id, "second facteur retiré depuis le serveur", mail, now)
	})
}

func dropFactors(ctx context.Context, c conn, id app.AccountID, now time.Time) error {
	for _, table := range []string{"code_factors", "passkeys", "recovery_codes"} {
		if err := c.exec(ctx, `DELETE FROM `+table+` WHERE account_id = $1`, id); err != nil {
			return err
		}
	}
	if err := c.exec(ctx, `DELETE FROM sign_in_failures WHERE email = $1`, failuresOfCode(id)); err != nil {
		return err
	}
	return endAccess(ctx, c, id, now)
}
