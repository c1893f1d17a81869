package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// Erasure is what erasing a person would do.
type Erasure struct {
	app.Person
	Account   app.AccountID // that would close, "" without one
	Positions int           // removed
	Coming    int           // registrations to what has not begun: withdrawn
	Presences int           // other registrations: kept without name
	Mails     int           // written to the person: removed
	Obstacle  string        // in French, why it cannot be done now; "" when it can
}

// Erasure returns what erasing a person would do; NotFound for who may not see them,
// Forbidden for who sees them but may not erase them.
func (d *DB) Erasure(ctx context.Context, by app.Viewer, id app.PersonID, now time.Time) (Erasure, error) {
	c := d.reader()
	a, err := erasable(ctx, c, by, id, now)
	if err != nil {
		return Erasure{}, err
	}
	e := Erasure{Person: a.person, Account: a.account.ID}
	obstacle := mayGo(ctx, c, a.account)
	if app.KindOf(obstacle) == app.Conflict {
		e.Obstacle = obstacle.Error()
	} else if obstacle != nil {
		return e, obstacle
	}
	var w where
	person := w.arg(id)
	err = c.row(ctx, `
		SELECT (SELECT COUNT(*) FROM positions WHERE person_id = `+person+`),
			(SELECT COUNT(*) FROM registrations r JOIN workshops k ON k.id = r.workshop_id
				WHERE r.person_id = `+person+` AND r.state IN ('inscrit', 'attente') AND k.starts_at > `+w.arg(stored(now))+`),
			(SELECT COUNT(*) FROM registrations WHERE person_id = `+person+` AND state <> 'desinscrit'),
			(SELECT COUNT(*) FROM mails WHERE recipient <> '' AND person_id = `+person+`)`, w.args...).
		Scan(&e.Positions, &e.Coming, &e.Presences, &e.Mails)
	e.Presences -= e.Coming
	return e, err
}

// ErasePerson removes what tells who a person is: name, contact details, functions,
// account with its roles, links and connections, mails written to them, and their name in
// the audit trail. Their presences stay, counted for nobody's name, so that no figure
// changes. What has not begun they no longer come to: who waits gets the seat and is told
// by letter. It cannot be undone. The last administrator and the only référent·e of a
// structure hand over first: Conflict.
func (d *DB) ErasePerson(ctx context.Context, by app.Viewer, id app.PersonID, letter Letter, now time.Time) error {
	return d.update(ctx, func(c conn) error { return erasePerson(ctx, c, by, id, letter, now) })
}

func erasePerson(ctx context.Context, c conn, by app.Viewer, id app.PersonID, letter Letter, now time.Time) error {
	if err := lockErasure(ctx, c, id); err != nil {
		return err
	}
	a, err := erasable(ctx, c, by, id, now)
	if err != nil {
		return err
	}
	if err := mayGo(ctx, c, a.account); err != nil {
		return err
	}
	return erase(ctx, c, by, a, letter, now)
}

// lockErasure makes who erases wait for who changes accounts, for who changes the team of a
// structure that the person answers for, so that its last two do not go at once, and for who
// changes the person.
func lockErasure(ctx context.Context, c conn, id app.PersonID) error {
	if err := lockAdministration(ctx, c); err != nil {
		return err
	}
	if err := c.exec(ctx, `
		UPDATE organisations SET version = version
		WHERE id IN (
			SELECT x.organisation_id
			FROM account_organisations x JOIN accounts a ON a.id = x.account_id
			WHERE a.person_id = $1 AND x.role = 'referent')`, id); err != nil {
		return err
	}
	return found(c.change(ctx, `UPDATE people SET version = version WHERE id = $1 AND erased_at IS NULL`, id), thisPerson)
}

// Somebody who may be erased, with the account they have or the zero one.
type erased struct {
	person  app.Person
	account app.Account
}

// erasable reads a person that by may erase.
func erasable(ctx context.Context, c conn, by app.Viewer, id app.PersonID, now time.Time) (erased, error) {
	if _, err := seenPerson(ctx, c, by, id, now); err != nil {
		return erased{}, err
	}
	a, err := toErase(ctx, c, id)
	if err != nil {
		return a, err
	}
	territories, err := everyTerritoryOf(ctx, c, id)
	if err != nil {
		return a, err
	}
	if !by.MayErase(id, territories) {
		return a, app.Errorf(app.Forbidden, "Cette personne est connue sur un territoire que vous ne coordonnez pas : demandez à l’administration de l’instance.")
	}
	if a.account.ID == "" || by.Person == id {
		return a, nil
	}
	r, err := accountSeen(ctx, c, by, a.account.ID, now)
	if app.KindOf(err) == app.NotFound || err == nil && !by.MayCloseAccount(r.Account, r.PartOf) {
		return a, errServesElsewhere
	}
	return a, err
}

// toErase reads a person who is not erased yet, with their account.
func toErase(ctx context.Context, c conn, id app.PersonID) (a erased, err error) {
	if a.person, err = scanPerson(c.row(ctx, `SELECT `+personColumns+` FROM people p WHERE p.id = $1 AND p.erased_at IS NULL`, id)); err != nil {
		return a, found(err, thisPerson)
	}
	line, err := scanAccountLine(c.row(ctx, `
		SELECT `+accountColumns+`
		FROM accounts a
		JOIN people p ON p.id = a.person_id
		WHERE a.person_id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return a, nil
	}
	a.account = line.Account
	return a, err
}

// mayGo refuses, as Conflict, that an account in use disappears when nobody else could do
// what it is for.
func mayGo(ctx context.Context, c conn, a app.Account) error {
	if a.ID == "" || !a.DisabledAt.IsZero() {
		return nil
	}
	if a.Administrator {
		if err := notTheLast(ctx, c, a.ID); err != nil {
			return err
		}
	}
	alone, err := one[string](c.row(ctx, `
		SELECT o.name
		FROM account_organisations x
		JOIN organisations o ON o.id = x.organisation_id
		WHERE x.account_id = $1 AND x.role = 'referent' AND o.archived_at IS NULL AND `+referentsOf+` < 2
		ORDER BY o.sort_key, o.id
		LIMIT 1`, a.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return app.Errorf(app.Conflict, "C’est la seule personne référente de « %s » : confiez d’abord ce rôle à quelqu’un d’autre, ou retirez-le sur la page de son compte.", alone)
}
