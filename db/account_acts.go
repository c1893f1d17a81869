package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"maillage/app"
)

// GiveRoles makes wanted the roles of an account, but for those that are not by's to
// take back. The last administrator stays one.
func (d *DB) GiveRoles(ctx context.Context, by app.Viewer, id app.AccountID, wanted []app.Grant, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := lockAdministration(ctx, c); err != nil {
			return err
		}
		if err := c.exec(ctx, `UPDATE accounts SET email = email WHERE id = $1`, id); err != nil {
			return err
		}
		r, err := accountSeen(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		if err := addParts(ctx, c, by, r.PartOf, wanted); err != nil {
			return err
		}
		before := r.Account
		grants, err := by.Regrant(before.Grants(), wanted, r.PartOf)
		if err != nil {
			return err
		}
		if err := mayTake(by, id, r.PartOf, grants...); err != nil {
			return err
		}
		after := before.WithGrants(grants)
		if before.Administrator && !after.Administrator {
			if err := notTheLast(ctx, c, id); err != nil {
				return err
			}
		}
		changes, err := rightsChanged(ctx, c, before, after)
		if err != nil || len(changes) == 0 {
			return err
		}
		if err := writeRights(ctx, c, after); err != nil {
			return err
		}
		if err := mustEnrol(ctx, c, before); err != nil {
			return err
		}
		if err := note(ctx, c, by, now, app.OfAccount, string(id), "a changé les rôles du compte "+app.Of(r.Name), changes, r.who()); err != nil {
			return err
		}
		return withdrawInvitation(ctx, c, Teammate{Account: id, Person: r.Person}, now)
	})
}

// mustEnrol ends the sessions of an account whose new roles require the second factor that it
// does not have yet: its holder signs in again, by the link they were sent if they never did,
// and sets one up.
func mustEnrol(ctx context.Context, c conn, before app.Account) error {
	f, err := factorsOf(ctx, c, before.ID)
	if err != nil || f.Step() != app.EnrolStep || app.RequiresFactor(before.Administrator, before.Territories) {
		return err
	}
	return c.exec(ctx, `DELETE FROM sessions WHERE account_id = $1`, before.ID)
}

// lockAdministration makes who changes accounts wait for each other, so that two
// administrators cannot remove each other at once.
func lockAdministration(ctx context.Context, c conn) error {
	return c.exec(ctx, `
		INSERT INTO settings (name, value) VALUES ('administration', '')
		ON CONFLICT (name) DO UPDATE SET value = settings.value`)
}

// notTheLast refuses when no other administrator could sign in.
func notTheLast(ctx context.Context, c conn, id app.AccountID) error {
	var others int
	err := c.row(ctx, `SELECT COUNT(*) FROM accounts WHERE administrator AND disabled_at IS NULL AND id <> $1`, id).Scan(&others)
	if err == nil && others == 0 {
		return app.Errorf(app.Conflict, "C’est le seul compte d’administration en service : donnez d’abord ce rôle à quelqu’un d’autre.")
	}
	return err
}

func writeRights(ctx context.Context, c conn, a app.Account) error {
	if err := c.change(ctx, `UPDATE accounts SET administrator = $2 WHERE id = $1`, a.ID, a.Administrator); err != nil {
		return found(err, "Ce compte")
	}
	for _, table := range []string{"account_territories", "account_organisations"} {
		if err := c.exec(ctx, `DELETE FROM `+table+` WHERE account_id = $1`, a.ID); err != nil {
			return err
		}
	}
	return insertRights(ctx, c, a)
}

// rightsChanged says what differs between two states of one account, in words.
func rightsChanged(ctx context.Context, c conn, before, after app.Account) (changes app.Changes, err error) {
	lines := []AccountLine{{Account: before}, {Account: after}}
	if err := entitle(ctx, c, lines); err != nil {
		return nil, err
	}
	titles := lines[0].Titles
	for id := range after.Territories {
		if titles.Territories[id] == "" {
			return nil, gone("Ce territoire")
		}
	}
	for id := range after.Organisations {
		if titles.Organisations[id] == "" {
			return nil, gone("Cette structure")
		}
	}
	role := func(held bool) string {
		if held {
			return app.Administrator.Label()
		}
		return ""
	}
	changes.Note("Instance", role(before.Administrator), role(after.Administrator))
	for id, name := range titles.Territories {
		changes.Note(name, before.RoleWords(id), after.RoleWords(id))
	}
	for id, name := range titles.Organisations {
		changes.Note(name, before.Organisations[id].Label(), after.Organisations[id].Label())
	}
	slices.SortFunc(changes, func(x, y app.Change) int { return cmp.Compare(x.Field, y.Field) })
	return changes, nil
}

// DisableAccount keeps the account from being used and ends its sessions and links.
func (d *DB) DisableAccount(ctx context.Context, by app.Viewer, id app.AccountID, now time.Time) error {
	return d.close(ctx, by, id, now, "a désactivé le compte", func(c conn, r AccountRecord) error {
		if r.Administrator {
			if err := notTheLast(ctx, c, id); err != nil {
				return err
			}
		}
		if err := c.change(ctx, `UPDATE accounts SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL`, id, stored(now)); err != nil {
			return conflict(err, "Ce compte est déjà désactivé.")
		}
		return endAccess(ctx, c, id, now)
	})
}

// EnableAccount lets a disabled account be used again.
func (d *DB) EnableAccount(ctx context.Context, by app.Viewer, id app.AccountID, now time.Time) error {
	return d.close(ctx, by, id, now, "a réactivé le compte", func(c conn, _ AccountRecord) error {
		return conflict(c.change(ctx, `UPDATE accounts SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL`, id), "Ce compte est déjà en service.")
	})
}

// SignOutAccount ends every session of an account.
func (d *DB) SignOutAccount(ctx context.Context, by app.Viewer, id app.AccountID, now time.Time) error {
	return d.close(ctx, by, id, now, "a mis fin aux connexions", func(c conn, _ AccountRecord) error {
		if err := stayPut(ctx, c, id); err != nil {
			return err
		}
		return conflict(c.change(ctx, `DELETE FROM sessions WHERE account_id = $1`, id), "Cette personne n’est connectée nulle part.")
	})
}

// MoveAccount changes the address somebody else signs in with (one's own: AskToMove): sessions and links end, and mail,
// without its recipient, tells the address that was left, unless enough was sent there. An
// address that another account has is refused on the field "courriel".
func (d *DB) MoveAccount(ctx context.Context, by app.Viewer, id app.AccountID, email string, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		r, err := accountSeen(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		if id == by.Account {
			return app.Errorf(app.Conflict, "C’est votre propre compte : son adresse se change dans Mon compte, où vous la confirmez.")
		}
		if !by.MayMoveAccount(r.Account, r.PartOf) {
			return errMoveClosed
		}
		if id != by.Account {
			if err := mayTakeOver(ctx, c, by, r.Person, now); err != nil {
				return err
			}
		}
		if email == r.Email {
			return nil
		}
		if err := moveTo(ctx, c, id, r.Person, email, now); err != nil {
			return err
		}
		mail.Recipient, mail.Name, mail.Person = r.Email, r.Name, r.Person
		mail.Names = append(mail.Names, by.Named())
		if may, err := mayAsk(ctx, c, app.MailOfMove, r.Email, now); err != nil {
			return err
		} else if may {
			if err := queueMail(ctx, c, mail, now); err != nil {
				return err
			}
		}
		return note(ctx, c, by, now, app.OfAccount, string(id), "a changé l’adresse du compte "+app.Of(r.Name), app.Changes{{Field: app.AccountAddress, Before: r.Email, After: email}}, r.who())
	})
}

// endAccess signs an account out everywhere and takes its links away.
func endAccess(ctx context.Context, c conn, id app.AccountID, now time.Time) error {
	if err := c.exec(ctx, `UPDATE links SET used_at = $2 WHERE account_id = $1 AND used_at IS NULL`, id, stored(now)); err != nil {
		return err
	}
	if err := c.exec(ctx, `DELETE FROM half_sessions WHERE account_id = $1`, id); err != nil {
		return err
	}
	if err := stayPut(ctx, c, id); err != nil {
		return err
	}
	return c.exec(ctx, `DELETE FROM sessions WHERE account_id = $1`, id)
}

var errMoveClosed = app.Errorf(app.Forbidden, "L’adresse d’un compte qui a déjà servi, ou qui sert aussi ailleurs, n’est changée que par l’administration de l’instance.")

var errServesElsewhere = app.Errorf(app.Forbidden, "Ce compte sert aussi ailleurs : demandez à l’administration de l’instance.")

// close runs an act on an account that only who may close it does, and notes it: act is what
// was done, before "de" and the name.
func (d *DB) close(ctx context.Context, by app.Viewer, id app.AccountID, now time.Time, act string, fn func(conn, AccountRecord) error) error {
	return d.update(ctx, func(c conn) error {
		if err := lockAdministration(ctx, c); err != nil {
			return err
		}
		r, err := accountSeen(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		if id == by.Account {
			return app.Errorf(app.Conflict, "C’est votre propre compte : une autre personne doit le faire.")
		}
		if !by.MayCloseAccount(r.Account, r.PartOf) {
			return errServesElsewhere
		}
		if err := fn(c, r); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfAccount, string(id), act+" "+app.Of(r.Name), nil, r.who())
	})
}

// conflict turns "no rows" into a Conflict that says message.
func conflict(err error, message string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return app.Errorf(app.Conflict, "%s", message)
	}
	return err
}

func insertAccount(ctx context.Context, c conn, a app.Account, passwordHash string) error {
	err := c.exec(ctx, `
		INSERT INTO accounts (id, person_id, email, password_hash, administrator, created_at)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		a.ID, a.Person, a.Email, passwordHash, a.Administrator, stored(a.CreatedAt))
	if err != nil {
		return err
	}
	return insertRights(ctx, c, a)
}

func insertRights(ctx context.Context, c conn, a app.Account) error {
	for territory, role := range a.Territories {
		if err := c.exec(ctx, `
			INSERT INTO account_territories (account_id, territory_id, role, themes)
			VALUES ($1, $2, $3, $4)`, a.ID, territory, role, keysColumn(a.Themes[territory])); err != nil {
			return err
		}
	}
	for organisation, role := range a.Organisations {
		if err := c.exec(ctx, `
			INSERT INTO account_organisations (account_id, organisation_id, role)
			VALUES ($1, $2, $3)`, a.ID, organisation, role); err != nil {
			return err
		}
	}
	return nil
}
