package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// Teammate is somebody whose account acts for an organisation.
type Teammate struct {
	Account    app.AccountID
	Person     app.PersonID
	Name       string
	Email      string // to sign in with
	Function   string // in the organisation
	Role       app.Role
	LastSignIn time.Time // zero if never, and for who may not know
	LinkUntil  time.Time // when the link that invites them expires; zero without one
	Disabled   bool
}

func (m Teammate) who() app.Named { return app.Named{Person: m.Person, Name: m.Name} }

// Invited reports whether somebody was invited and never came.
func (m Teammate) Invited() bool { return m.LastSignIn.IsZero() }

// Team returns who acts for an organisation, its référent·e·s first; only who keeps the
// team learns when each last signed in.
func (d *DB) Team(ctx context.Context, by app.Viewer, o app.Organisation, now time.Time) ([]Teammate, error) {
	if !by.MaySeeTeam(o) {
		return nil, nil
	}
	keeps := by.MayKeepTeam(o)
	return list(ctx, d.reader(), func(s scanner) (m Teammate, err error) {
		var first, last string
		err = s.Scan(&m.Account, &m.Person, &first, &last, &m.Email, &m.Role, moment(&m.LastSignIn), &m.Disabled, &m.Function, moment(&m.LinkUntil))
		m.Name = app.Tidy(first + " " + last)
		if !keeps {
			m.LastSignIn, m.LinkUntil = time.Time{}, time.Time{}
		}
		return m, err
	}, `
		SELECT a.id, p.id, p.first_name, p.last_name, a.email, ao.role, a.last_signed_in_at, a.disabled_at IS NOT NULL,
			COALESCE((SELECT MIN(t.function) FROM positions t
				WHERE t.person_id = p.id AND t.organisation_id = ao.organisation_id AND (t.until = '' OR t.until >= $2)), ''),
			l.expires_at
		FROM account_organisations ao
		JOIN accounts a ON a.id = ao.account_id
		JOIN people p ON p.id = a.person_id
		LEFT JOIN links l ON l.id = (
			SELECT x.id FROM links x
			WHERE x.account_id = a.id AND x.used_at IS NULL AND x.expires_at > $3
			ORDER BY x.expires_at DESC
			LIMIT 1)
		WHERE ao.organisation_id = $1
		ORDER BY ao.role DESC, p.sort_key, a.id`, o.ID, app.DateOf(now), stored(now))
}

// LeftOrganisation returns the name of an organisation that by left: their function there is
// over, and they may be told that this is why it is closed to them. It is NotFound, as for one
// that does not exist, to whoever was never of its people or still is, and of a function that
// nobody confirmed.
func (d *DB) LeftOrganisation(ctx context.Context, by app.Viewer, id app.OrganisationID, now time.Time) (string, error) {
	name, err := one[string](d.reader().row(ctx, `
		SELECT o.name
		FROM organisations o
		JOIN positions p ON p.organisation_id = o.id AND p.person_id = $2 AND NOT p.unconfirmed
		WHERE o.id = $1
		GROUP BY o.name
		HAVING MIN(CASE WHEN p.until = '' OR p.until > $3 THEN 0 ELSE 1 END) = 1`, id, by.Person, app.DateOf(now)))
	return name, found(err, thisOrganisation)
}

// Unattached returns the people who belong to an organisation today and do not act for
// it, by name, for who may invite them.
func (d *DB) Unattached(ctx context.Context, by app.Viewer, o app.Organisation, now time.Time) ([]Member, error) {
	if !by.MayKeepTeam(o) {
		return nil, nil
	}
	return list(ctx, d.reader(), func(s scanner) (m Member, err error) {
		err = s.Scan(append(positionFields(&m.Position), personFields(&m.Person)...)...)
		return m, err
	}, `
		SELECT `+positionColumns+`, `+personColumns+`
		FROM positions t
		JOIN people p ON p.id = t.person_id
		WHERE t.organisation_id = $1 AND (t.until = '' OR t.until >= $2) AND NOT EXISTS (
			SELECT 1 FROM accounts a
			JOIN account_organisations ao ON ao.account_id = a.id
			WHERE a.person_id = p.id AND ao.organisation_id = t.organisation_id)
		ORDER BY p.sort_key, t.id`, o.ID, app.DateOf(now))
}

// lockTeam locks an organisation whose team by keeps at this moment: a référent·e who has
// just stopped being one is refused.
func lockTeam(ctx context.Context, c conn, by app.Viewer, id app.OrganisationID) (app.Organisation, error) {
	o, err := lockOrganisation(ctx, c, by, id)
	if err != nil || by.LeadsTeam(o) {
		return o, err
	}
	role, err := roleIn(ctx, c, id, by.Account)
	if err == nil && (role != app.Referent || by.Helped()) {
		err = app.Errorf(app.Forbidden, "Les accès d’une structure sont donnés par sa personne référente et par la coordination.")
	}
	return o, err
}

// roleIn returns the role of an account in an organisation, "" for none.
func roleIn(ctx context.Context, c conn, o app.OrganisationID, account app.AccountID) (role app.Role, err error) {
	err = c.row(ctx, `SELECT role FROM account_organisations WHERE organisation_id = $1 AND account_id = $2`, o, account).Scan(&role)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return role, err
}

// InviteTeammate gives somebody a role in an organisation, with an account if they have
// none, or asks them first: see Entrant. Who has that role already is a Conflict.
func (d *DB) InviteTeammate(ctx context.Context, by app.Viewer, id app.OrganisationID, e Entrant, digest string, welcome Welcome, now time.Time) (a Admission, err error) {
	e.Who = e.Who.Tidied()
	wrong := app.Fields{}
	if e.Person == "" {
		wrong.Join(app.FieldsOf(e.Who.Check()))
	}
	wrong.Email(app.FieldEmail, e.Who.Email)
	if e.Who.Email == "" {
		wrong.Add(app.FieldEmail, "Écrivez l’adresse à laquelle inviter.")
	}
	return a, d.update(ctx, func(c conn) error {
		o, err := lockTeam(ctx, c, by, id)
		if err != nil {
			return err
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		var asked bool
		if a, asked, err = askFirst(ctx, c, by, o, e, digest, now); err != nil || asked {
			return err
		}
		a, err = admit(ctx, c, by, o, e, digest, welcome, now)
		if err == nil && !a.Changed {
			err = app.Errorf(app.Conflict, "%s a déjà un accès pour « %s ».", a.Name, o.Name)
		}
		return err
	})
}

// Promote makes an account of the team référent·e of an organisation, or colleague. The
// last référent·e stays one, unless who coordinates decides otherwise.
func (d *DB) Promote(ctx context.Context, by app.Viewer, id app.OrganisationID, account app.AccountID, role app.Role, now time.Time) error {
	if role != app.Referent && role != app.Colleague {
		return app.Errorf(app.Invalid, "Choisissez un rôle de la liste.")
	}
	return d.update(ctx, func(c conn) error {
		o, err := lockTeam(ctx, c, by, id)
		if err != nil {
			return err
		}
		m, err := teammate(ctx, c, id, account)
		if err != nil || m.Role == role {
			return err
		}
		if m.Disabled && role == app.Referent {
			return app.Errorf(app.Conflict, "Le compte de %s est désactivé.", m.Name)
		}
		if role == app.Colleague {
			if err := maySpare(ctx, c, by, o, account); err != nil {
				return err
			}
			if err := othersCame(ctx, c, by, o, account); err != nil {
				return err
			}
		}
		return setRole(ctx, c, by, o, account, m.who(), m.Role, role, now)
	})
}

const thisTeammate = "Cet accès"

// teammate reads one account of a team.
func teammate(ctx context.Context, c conn, o app.OrganisationID, account app.AccountID) (m Teammate, err error) {
	var first, last string
	err = c.row(ctx, `
		SELECT a.id, p.id, p.first_name, p.last_name, a.email, ao.role, a.disabled_at IS NOT NULL
		FROM account_organisations ao
		JOIN accounts a ON a.id = ao.account_id
		JOIN people p ON p.id = a.person_id
		WHERE ao.organisation_id = $1 AND ao.account_id = $2`, o, account).
		Scan(&m.Account, &m.Person, &first, &last, &m.Email, &m.Role, &m.Disabled)
	m.Name = app.Tidy(first + " " + last)
	return m, found(err, thisTeammate)
}
