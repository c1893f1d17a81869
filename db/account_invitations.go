package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"maillage/app"
)

// InvitationLife is how long the link that invites somebody to their new account lasts.
const InvitationLife = 7 * 24 * time.Hour

// A Invitee is who an account is opened for: a person of the directory, or, when
// Person.ID is "", one to be added to it with a position.
type Invitee struct {
	Person   app.Person
	Position app.Position // of a new person: organisation and function
	Email    string       // to sign in with
	Grants   []app.Grant
	Former   FormerLetter // for the address of Person's record, when it is another
}

// OpenAccount opens an account and sends the link that invites its person, of which
// digest is the digest: mail is that e-mail without its recipient. An address or a
// person that has an account already is refused, on the field "courriel" or as Conflict.
func (d *DB) OpenAccount(ctx context.Context, by app.Viewer, n Invitee, digest string, mail app.Mail, now time.Time) (id app.AccountID, err error) {
	err = d.update(ctx, func(c conn) error {
		parts := app.PartOf{}
		if err := addParts(ctx, c, by, parts, slices.Concat(n.Grants, []app.Grant{{Organisation: n.Position.Organisation}})); err != nil {
			return err
		}
		grants, err := by.Regrant(nil, n.Grants, parts)
		if err != nil {
			return err
		}
		p, err := invitee(ctx, c, by, n, parts, now)
		if err != nil {
			return err
		}
		a := app.Account{ID: app.NewID[app.AccountID](), Person: p.ID, Email: n.Email, CreatedAt: now}.WithGrants(grants)
		if err := freeAddress(ctx, c, p.ID, n.Email); err != nil {
			return err
		}
		if err := mustInvite(ctx, c, by, n.Email, now); err != nil {
			return err
		}
		if err := insertAccount(ctx, c, a, ""); err != nil {
			if c.unique(err) {
				return app.Errorf(app.Conflict, "Un compte vient d’être ouvert pour cette personne ou cette adresse.")
			}
			return err
		}
		changes, err := rightsChanged(ctx, c, app.Account{}, a)
		if err != nil {
			return err
		}
		if err := note(ctx, c, by, now, app.OfAccount, string(a.ID), "a ouvert le compte "+app.Of(p.Name()), changes, p.Named()); err != nil {
			return err
		}
		if n.Former != nil && p.Email != "" {
			if err := replacedBy(ctx, c, by, p, n.Email, n.Former, now); err != nil {
				return err
			}
		}
		id = a.ID
		mail.Names = append(mail.Names, by.Named())
		return invite(ctx, c, a.ID, n.Email, p.Name(), digest, mail, now)
	})
	return id, err
}

// invitee reads the person an account is for, whom by must be able to see, or adds them.
func invitee(ctx context.Context, c conn, by app.Viewer, n Invitee, parts app.PartOf, now time.Time) (app.Person, error) {
	if n.Person.ID != "" {
		p, err := personFor(ctx, c, by, n.Person.ID, now)
		if err == nil && app.FoldEmail(n.Email) != app.FoldEmail(p.Email) {
			err = mayTakeOver(ctx, c, by, p.ID, now)
		}
		return p, err
	}
	if !by.MayGrant(app.Grant{Role: app.Colleague, Organisation: n.Position.Organisation}, parts) || len(parts[n.Position.Organisation].Territories) == 0 {
		return app.Person{}, app.InvalidField("structure", "Cherchez la structure, puis choisissez-la dans la liste.")
	}
	p := n.Person
	p.ID, p.Email, p.CreatedAt, p.UpdatedAt = app.NewID[app.PersonID](), n.Email, now, now
	if err := insertPerson(ctx, c, p); err != nil {
		return p, err
	}
	position := n.Position
	position.ID, position.Person, position.Since = app.NewID[app.PositionID](), p.ID, app.DateOf(now)
	if err := insertPosition(ctx, c, position, p); err != nil {
		return p, err
	}
	return p, note(ctx, c, by, now, app.OfPerson, string(p.ID), "a ajouté la personne", nil)
}

func freeAddress(ctx context.Context, c conn, person app.PersonID, email string) error {
	var owner app.PersonID
	err := c.row(ctx, `SELECT person_id FROM accounts WHERE email = $1 OR person_id = $2`, email, person).Scan(&owner)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	case owner == person:
		return app.Errorf(app.Conflict, "Cette personne a déjà un compte.")
	}
	return app.InvalidField("courriel", "Un autre compte a déjà cette adresse.")
}

// invite writes a sign-in link that lasts and the e-mail that carries it.
func invite(ctx context.Context, c conn, account app.AccountID, email, name, digest string, mail app.Mail, now time.Time) error {
	if err := insertLink(ctx, c, digest, account, linkToSignIn, now, InvitationLife); err != nil {
		return err
	}
	mail.Recipient, mail.Name = email, name
	return queueMail(ctx, c, mail, now)
}

// InviteAgain sends a new link to an account; the former ones no longer work.
func (d *DB) InviteAgain(ctx context.Context, by app.Viewer, id app.AccountID, digest string, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		r, err := accountSeen(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		if !r.DisabledAt.IsZero() {
			return app.Errorf(app.Conflict, "Ce compte est désactivé : réactivez-le d’abord.")
		}
		if err := mustInvite(ctx, c, by, r.Email, now); err != nil {
			return err
		}
		if err := c.exec(ctx, `UPDATE links SET used_at = $2 WHERE account_id = $1 AND used_at IS NULL`, id, stored(now)); err != nil {
			return err
		}
		mail.Names = append(mail.Names, by.Named())
		if err := invite(ctx, c, id, r.Email, r.Name, digest, mail, now); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfAccount, string(id), "a renvoyé un lien de connexion à "+r.Name, nil, r.who())
	})
}

// Holder is somebody an account may be opened for.
type Holder struct {
	app.Person
	Account   app.AccountID // the one the person has, or ""
	Positions []AccountPosition
}

// Holders returns people whose names answer query and whom by may open an account
// for, by name, at most limit.
func (d *DB) Holders(ctx context.Context, by app.Viewer, query string, now time.Time, limit int) ([]Holder, error) {
	w, err := holders(by, now)
	if err != nil {
		return nil, err
	}
	w.matching(app.OfPerson, "p.id", query)
	return list(ctx, d.reader(), func(s scanner) (v Holder, err error) {
		var position AccountPosition
		err = s.Scan(append(personFields(&v.Person), text(&v.Account), &position.Name)...)
		if position.Name != "" {
			v.Positions = []AccountPosition{position}
		}
		return v, err
	}, `
		SELECT `+personColumns+`, a.id, COALESCE((
			SELECT MIN(o.name) FROM positions x JOIN organisations o ON o.id = x.organisation_id
			WHERE x.person_id = p.id AND x.until = ''), '')
		FROM people p
		LEFT JOIN accounts a ON a.person_id = p.id
		`+w.String()+`
		ORDER BY p.sort_key, p.id
		LIMIT `+w.arg(limit), w.args...)
}

// holders gathers whom by may open an account for: anybody, for an administrator;
// for who coordinates, the people of the structures of the territory on screen, and those who
// left them for no other.
func holders(by app.Viewer, now time.Time) (w where, err error) {
	w.and(`p.erased_at IS NULL`)
	if by.MayAdminister() {
		return w, nil
	}
	if !by.MayCoordinate(by.Territory) {
		return w, errAccountsClosed
	}
	w.heldHere(by.Territory, now)
	return w, nil
}

// personFor reads whom by may open an account for: who coordinates, somebody whose record
// they keep, not whom a structure wrote down or who has left.
func personFor(ctx context.Context, c conn, by app.Viewer, id app.PersonID, now time.Time) (app.Person, error) {
	w, err := holders(by, now)
	if err != nil {
		return app.Person{}, err
	}
	w.and(`p.id = ?`, id)
	p, err := scanPerson(c.row(ctx, `SELECT `+personColumns+` FROM people p `+w.String(), w.args...))
	if err != nil || by.MayAdminister() {
		return p, found(err, thisPerson)
	}
	r, err := seenPerson(ctx, c, by, id, now)
	if err == nil && !r.Editable {
		err = gone(thisPerson)
	}
	return p, err
}

// Holder returns one person by may open an account for, with the account there is
// already and the positions held now.
func (d *DB) Holder(ctx context.Context, by app.Viewer, id app.PersonID, now time.Time) (v Holder, parts app.PartOf, err error) {
	c := d.reader()
	if v.Person, err = personFor(ctx, c, by, id, now); err != nil {
		return v, nil, err
	}
	err = c.row(ctx, `SELECT MIN(id) FROM accounts WHERE person_id = $1`, id).Scan(text(&v.Account))
	if err != nil {
		return v, nil, err
	}
	if v.Positions, err = positionsHeld(ctx, c, id, now); err != nil {
		return v, nil, err
	}
	organisations := make([]app.OrganisationID, len(v.Positions))
	for i, p := range v.Positions {
		organisations[i] = p.Organisation
	}
	parts, err = partOf(ctx, c, organisations)
	return v, parts, err
}

// Employers returns structures of the territory on screen whose names answer query, by
// name, at most limit.
func (d *DB) Employers(ctx context.Context, by app.Viewer, query string, limit int) ([]app.Organisation, error) {
	if !by.MayCoordinate(by.Territory) {
		return nil, errAccountsClosed
	}
	var w where
	w.and(`ot.territory_id = ?`, by.Territory)
	w.and(`o.archived_at IS NULL`)
	w.matching(app.OfOrganisation, "o.id", query)
	return list(ctx, d.reader(), scanOrganisation, `
		SELECT `+organisationColumns+`
		FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		`+w.String()+`
		ORDER BY ot.sort_key, ot.organisation_id
		LIMIT `+w.arg(limit), w.args...)
}

// Employer returns one structure of the territory on screen.
func (d *DB) Employer(ctx context.Context, by app.Viewer, id app.OrganisationID) (app.Organisation, error) {
	if !by.MayCoordinate(by.Territory) {
		return app.Organisation{}, errAccountsClosed
	}
	o, err := scanOrganisation(d.reader().row(ctx, `
		SELECT `+organisationColumns+`
		FROM organisation_territories ot
		JOIN organisations o ON o.id = ot.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE ot.territory_id = $1 AND o.id = $2`, by.Territory, id))
	return o, found(err, "Cette structure")
}
