package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// maySpare says why o may not lose account as a référent·e, or nil: it would have none left,
// and by does not decide that from outside.
func maySpare(ctx context.Context, c conn, by app.Viewer, o app.Organisation, account app.AccountID) error {
	if by.LeadsTeam(o) {
		return nil
	}
	others, err := one[int](c.row(ctx, `
		SELECT COUNT(*)
		FROM account_organisations ao
		JOIN accounts a ON a.id = ao.account_id AND a.disabled_at IS NULL
		WHERE ao.organisation_id = $1 AND ao.role = 'referent' AND ao.account_id <> $2`, o.ID, account))
	if err == nil && others == 0 {
		return app.Errorf(app.Conflict, "« %s » n’aurait plus de personne référente : passez d’abord la main à quelqu’un.", o.Name)
	}
	return err
}

// othersCame refuses that a référent·e gives their own role up while no other one has come
// yet: nobody could answer meanwhile, nor give it back to them.
func othersCame(ctx context.Context, c conn, by app.Viewer, o app.Organisation, account app.AccountID) error {
	if account != by.Account || by.LeadsTeam(o) {
		return nil
	}
	came, err := one[bool](c.row(ctx, `
		SELECT EXISTS (
			SELECT 1 FROM account_organisations ao
			JOIN accounts a ON a.id = ao.account_id AND a.disabled_at IS NULL AND a.last_signed_in_at IS NOT NULL
			WHERE ao.organisation_id = $1 AND ao.role = 'referent' AND ao.account_id <> $2)`, o.ID, account))
	if err == nil && !came {
		return app.Errorf(app.Conflict, "Aucune autre personne référente de « %s » n’est encore venue : attendez sa première connexion, ou passez la main.", o.Name)
	}
	return err
}

// A Departure is how somebody leaves a team: the account loses the organisation and
// nothing else.
type Departure struct {
	EndPosition bool     // they left the organisation too, today
	Mail        app.Mail // that tells them, without its recipient
}

// RemoveTeammate takes an account out of a team; a member may take their own out. The last
// référent·e stays, unless who coordinates decides otherwise.
func (d *DB) RemoveTeammate(ctx context.Context, by app.Viewer, id app.OrganisationID, account app.AccountID, how Departure, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		lock := lockTeam
		if account == by.Account && !by.Helped() {
			lock = lockOrganisation
		}
		o, err := lock(ctx, c, by, id)
		if err != nil {
			return err
		}
		m, err := teammate(ctx, c, id, account)
		if err != nil {
			return err
		}
		if m.Role == app.Referent {
			if err := maySpare(ctx, c, by, o, account); err != nil {
				return err
			}
			if err := othersCame(ctx, c, by, o, account); err != nil {
				return err
			}
		}
		return depart(ctx, c, by, o, m, how, now)
	})
}

func depart(ctx context.Context, c conn, by app.Viewer, o app.Organisation, m Teammate, how Departure, now time.Time) error {
	if m.Role == app.Referent {
		if err := maySpare(ctx, c, by, o, m.Account); err != nil {
			return err
		}
	}
	if err := setRole(ctx, c, by, o, m.Account, m.who(), m.Role, "", now); err != nil {
		return err
	}
	if err := withdrawInvitation(ctx, c, m, now); err != nil {
		return err
	}
	if how.EndPosition {
		if err := endPositions(ctx, c, by, o, m, now); err != nil {
			return err
		}
	}
	if m.Account == by.Account {
		return nil
	}
	how.Mail.Recipient, how.Mail.Name, how.Mail.Names = m.Email, m.Name, []app.Named{by.Named()}
	return queueMail(ctx, c, how.Mail, now)
}

// endPositions notes that somebody left an organisation, as Position.Left says.
func endPositions(ctx context.Context, c conn, by app.Viewer, o app.Organisation, m Teammate, now time.Time) error {
	today := app.DateOf(now)
	last := app.Position{}.Left(now).Until
	err := c.change(ctx, `
		UPDATE positions SET until = CASE WHEN since > $4 THEN since ELSE $4 END, version = version + 1
		WHERE person_id = $1 AND organisation_id = $2 AND (until = '' OR until >= $3)`, m.Person, o.ID, today, last)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return note(ctx, c, by, now, app.OfOrganisation, string(o.ID), "a mis fin à la fonction "+app.Of(m.Name), app.Changes{{Field: "Jusqu’au", After: string(last)}}, m.who())
}

// HandOver makes an account of the team référent·e in the place of by, who stays as a
// colleague, or leaves when how is not nil. mail, without its recipient, tells who takes over.
func (d *DB) HandOver(ctx context.Context, by app.Viewer, id app.OrganisationID, to app.AccountID, how *Departure, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		o, err := lockOrganisation(ctx, c, by, id)
		if err != nil {
			return err
		}
		own, err := teammate(ctx, c, id, by.Account)
		if err != nil && app.KindOf(err) != app.NotFound {
			return err
		}
		if own.Role != app.Referent || by.Helped() {
			return app.Errorf(app.Forbidden, "Vous n’êtes pas référent·e de cette structure : il n’y a rien à transmettre.")
		}
		next, err := teammate(ctx, c, id, to)
		switch {
		case app.KindOf(err) == app.NotFound && err != nil, to == by.Account:
			return app.InvalidField("relais", "Choisissez à qui passer la main.")
		case err != nil:
			return err
		case next.Disabled:
			return app.InvalidField("relais", "Ce compte est désactivé : choisissez quelqu’un d’autre.")
		}
		if next.Role != app.Referent {
			if err := setRole(ctx, c, by, o, to, next.who(), next.Role, app.Referent, now); err != nil {
				return err
			}
		}
		if how != nil {
			err = depart(ctx, c, by, o, own, *how, now)
		} else {
			err = setRole(ctx, c, by, o, by.Account, own.who(), app.Referent, app.Colleague, now)
		}
		if err != nil {
			return err
		}
		mail.Recipient, mail.Name, mail.Names = next.Email, next.Name, []app.Named{by.Named()}
		return queueMail(ctx, c, mail, now)
	})
}

// withdrawInvitation ends the links of an account that opens nothing any more and that
// nobody ever signed in with: they may be in a mailbox that is not its person's.
func withdrawInvitation(ctx context.Context, c conn, m Teammate, now time.Time) error {
	idle, err := one[bool](c.row(ctx, `
		SELECT last_signed_in_at IS NULL AND NOT administrator
			AND NOT EXISTS (SELECT 1 FROM account_organisations o WHERE o.account_id = accounts.id)
			AND NOT EXISTS (SELECT 1 FROM account_territories t WHERE t.account_id = accounts.id)
		FROM accounts WHERE id = $1`, m.Account))
	if err != nil || !idle {
		return err
	}
	a, err := toErase(ctx, c, m.Person)
	if err != nil {
		return err
	}
	return partWithAccount(ctx, c, a, now)
}
