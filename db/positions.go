package db

import (
	"context"
	"time"

	"maillage/app"
)

const positionColumns = `t.id, t.person_id, t.organisation_id, t.function, t.since, t.until, t.unconfirmed, t.version`

func positionFields(p *app.Position) []any {
	return []any{&p.ID, &p.Person, &p.Organisation, &p.Function, &p.Since, &p.Until, &p.Unconfirmed, &p.Version}
}

func scanHolding(s scanner) (h Holding, err error) {
	err = s.Scan(append(positionFields(&h.Position), &h.OrganisationName, &h.Archived)...)
	return h, err
}

func insertPosition(ctx context.Context, c conn, p app.Position, person app.Person) error {
	return c.exec(ctx, `
		INSERT INTO positions (id, person_id, organisation_id, function, since, until, unconfirmed, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		p.ID, p.Person, p.Organisation, p.Function, p.Since, p.Until, p.Unconfirmed, stored(person.CreatedAt))
}

// Member is a person as one of an organisation.
type Member struct {
	Position app.Position
	Person   app.Person // e-mail and telephone empty for who may not see them
	Referent bool       // answers for the organisation
}

// Members returns the people of an organisation, those whose position lasts first, by
// name; then the others, the last to leave first. How to reach who left, or has not
// confirmed to be there, is said on their own record, to who may see it.
func (d *DB) Members(ctx context.Context, by app.Viewer, o app.Organisation, now time.Time) ([]Member, error) {
	if !by.MaySeeOrganisation(o) {
		return nil, nil
	}
	all := by.MaySeeContacts(o)
	return list(ctx, d.reader(), func(s scanner) (m Member, err error) {
		err = s.Scan(append(append(positionFields(&m.Position), personFields(&m.Person)...), &m.Referent)...)
		if ours := all && !m.Position.Unconfirmed && !m.Position.Ended(now); !ours && !by.MaySeeContactsOf(m.Person) {
			m.Person.Email, m.Person.Phone = "", ""
		}
		return m, err
	}, `
		SELECT `+positionColumns+`, `+personColumns+`,
			EXISTS (
				SELECT 1
				FROM accounts a
				JOIN account_organisations ao ON ao.account_id = a.id
				WHERE a.person_id = p.id AND ao.organisation_id = t.organisation_id AND ao.role = 'referent' AND a.disabled_at IS NULL)
		FROM positions t
		JOIN people p ON p.id = t.person_id
		WHERE t.organisation_id = $1
		ORDER BY CASE WHEN t.until = '' OR t.until >= $2 THEN 0 ELSE 1 END,
			CASE WHEN t.until = '' OR t.until >= $2 THEN '' ELSE t.until END DESC, p.sort_key, t.id`, o.ID, app.DateOf(now))
}

// AddPerson writes somebody new into an organisation and returns their id. Somebody of the
// territory on screen who bears the same name is a Conflict unless it was confirmed that
// they are two.
func (d *DB) AddPerson(ctx context.Context, by app.Viewer, p app.Person, position app.Position, confirmed bool, now time.Time) (app.PersonID, error) {
	p, err := p.Checked()
	position, wrong := position.Checked()
	if fields := app.FieldsOf(wrong); fields != nil {
		fields.Join(app.FieldsOf(err))
		err = fields.Err()
	}
	p.ID, p.CreatedAt, p.UpdatedAt, p.Version = app.NewID[app.PersonID](), now, now, 1
	p.Visible, p.Invented = false, false
	return p.ID, d.update(ctx, func(c conn) error {
		if mayNot := mayStaff(ctx, c, by, position.Organisation); mayNot != nil {
			return mayNot
		}
		if err != nil {
			return err
		}
		same, err := personNamesakes(ctx, c, by.Territory, p)
		if err != nil {
			return err
		}
		if same && !confirmed {
			return app.Errorf(app.Conflict, "Une personne de ce nom est déjà dans l’annuaire.")
		}
		if err := insertPerson(ctx, c, p); err != nil {
			return err
		}
		if err := note(ctx, c, by, now, app.OfPerson, string(p.ID), "a ajouté la personne", p.ChangesFrom(app.Person{})); err != nil {
			return err
		}
		return addPosition(ctx, c, by, p, position, now)
	})
}

func personNamesakes(ctx context.Context, c conn, t app.TerritoryID, p app.Person) (same bool, err error) {
	err = c.row(ctx, `
		SELECT EXISTS (
			SELECT 1
			FROM people p
			JOIN positions t ON t.person_id = p.id
			JOIN organisation_territories ot ON ot.organisation_id = t.organisation_id
			WHERE p.sort_key = $1 AND ot.territory_id = $2)`, app.Fold(p.LastName+" "+p.FirstName), t).Scan(&same)
	return same, err
}

// A MemberLetter words the e-mail that tells a person of an organisation that wrote them down.
type MemberLetter func(p app.Person, o app.Organisation) app.Mail

// AddPosition gives somebody who is known a position in an organisation. One they hold
// there already is a Conflict. Of somebody whose record by may not edit without it, though
// they see their contact details, it is unconfirmed, and letter tells them: nobody sees an
// address or changes a record by writing its person down.
func (d *DB) AddPosition(ctx context.Context, by app.Viewer, position app.Position, letter MemberLetter, now time.Time) error {
	position, invalid := position.Checked()
	return d.update(ctx, func(c conn) error {
		if err := mayStaff(ctx, c, by, position.Organisation); err != nil {
			return err
		}
		p, err := seenPerson(ctx, c, by, position.Person, now)
		if err != nil {
			return err
		}
		if invalid != nil {
			return invalid
		}
		if position.Unconfirmed = !p.Editable; position.Unconfirmed {
			if position.Ended(now) {
				return app.InvalidField("jusqu_au", "Vous ne pouvez pas noter que cette personne a été ici : demandez-le à la coordination.")
			}
			if err := tellWritten(ctx, c, by, position, letter, now); err != nil {
				return err
			}
		}
		return addPosition(ctx, c, by, p.Person, position, now)
	})
}

// tellWritten writes to whom a position is for, if they have an address.
func tellWritten(ctx context.Context, c conn, by app.Viewer, position app.Position, letter MemberLetter, now time.Time) error {
	p, err := scanPerson(c.row(ctx, `SELECT `+personColumns+` FROM people p WHERE p.id = $1`, position.Person))
	if err != nil || p.Email == "" {
		return err
	}
	if may, err := mayAsk(ctx, c, app.MailToInvite, p.Email, now); err != nil || !may {
		return err
	}
	o, err := seenOrganisation(ctx, c, by, position.Organisation)
	if err != nil {
		return err
	}
	mail := letter(p, o)
	mail.Recipient, mail.Name, mail.Person, mail.Names = p.Email, p.Name(), p.ID, []app.Named{by.Named()}
	return queueMail(ctx, c, mail, now)
}

// mayStaff locks an organisation and says why by may not say who belongs to it, or nil.
func mayStaff(ctx context.Context, c conn, by app.Viewer, id app.OrganisationID) error {
	o, err := lockOrganisation(ctx, c, by, id)
	if err != nil {
		return err
	}
	if !by.MayEditOrganisation(o) {
		return app.Errorf(app.Forbidden, "Les personnes d’une structure sont tenues par sa personne référente et par la coordination.")
	}
	return nil
}

func addPosition(ctx context.Context, c conn, by app.Viewer, p app.Person, position app.Position, now time.Time) error {
	held, err := list(ctx, c, one[string], `
		SELECT id
		FROM positions
		WHERE person_id = $1 AND organisation_id = $2 AND (until = '' OR until >= $3)`, p.ID, position.Organisation, app.DateOf(now))
	if err != nil {
		return err
	}
	if len(held) > 0 {
		return app.Errorf(app.Conflict, "%s est déjà dans cette structure.", p.Name())
	}
	position.ID, position.Person, p.CreatedAt = app.NewID[app.PositionID](), p.ID, now
	if err := insertPosition(ctx, c, position, p); err != nil {
		return err
	}
	return note(ctx, c, by, now, app.OfOrganisation, string(position.Organisation), "a ajouté "+p.Name(), position.ChangesFrom(app.Position{}), p.Named())
}

// Position returns one position with its person and organisation, as by may see them.
func (d *DB) Position(ctx context.Context, by app.Viewer, id app.PositionID, now time.Time) (app.Position, app.Person, app.Organisation, error) {
	t, p, o, err := seenPosition(ctx, d.reader(), by, id, now)
	return t, p.Person, o, err
}

const thisPosition = "Cette fonction"

func seenPosition(ctx context.Context, c conn, by app.Viewer, id app.PositionID, now time.Time) (t app.Position, p PersonRecord, o app.Organisation, err error) {
	err = c.row(ctx, `SELECT `+positionColumns+` FROM positions t WHERE t.id = $1`, id).Scan(positionFields(&t)...)
	if err != nil {
		return t, p, o, found(err, thisPosition)
	}
	if o, err = seenOrganisation(ctx, c, by, t.Organisation); err != nil {
		return t, p, o, unseenPosition(err)
	}
	p, err = seenPerson(ctx, c, by, t.Person, now)
	return t, p, o, unseenPosition(err)
}

// unseenPosition is err in the words of a position that does not exist, when what it is of is hidden.
func unseenPosition(err error) error {
	if err != nil && app.KindOf(err) == app.NotFound {
		return gone(thisPosition)
	}
	return err
}

// EditPosition replaces function and dates of a position. position.Version is that of the one
// it was written over; if somebody changed it since, it is a Conflict and nothing changes.
func (d *DB) EditPosition(ctx context.Context, by app.Viewer, position app.Position, now time.Time) error {
	return d.changePosition(ctx, by, position.ID, now, func(before app.Position) (app.Position, error) {
		if before.Version != position.Version {
			return before, errStale
		}
		before.Function, before.Since, before.Until = position.Function, position.Since, position.Until
		return before, nil
	})
}

// EndPosition notes that somebody left an organisation: yesterday was the last day, or the
// first if the position began today.
func (d *DB) EndPosition(ctx context.Context, by app.Viewer, id app.PositionID, now time.Time) error {
	return d.changePosition(ctx, by, id, now, func(before app.Position) (app.Position, error) {
		return before.Left(now), nil
	})
}

// ResumePosition makes a position last again.
func (d *DB) ResumePosition(ctx context.Context, by app.Viewer, id app.PositionID, now time.Time) error {
	return d.changePosition(ctx, by, id, now, func(before app.Position) (app.Position, error) {
		before.Until = ""
		return before, nil
	})
}

// undoneWithin is how long the end of a position may be moved or undone by whom it took the
// record from; later they add the person again, who is asked.
const undoneWithin = 7 * 24 * time.Hour

func (d *DB) changePosition(ctx context.Context, by app.Viewer, id app.PositionID, now time.Time, change func(app.Position) (app.Position, error)) error {
	return d.update(ctx, func(c conn) error {
		var organisation app.OrganisationID
		if err := c.row(ctx, `SELECT organisation_id FROM positions WHERE id = $1`, id).Scan(&organisation); err != nil {
			return found(err, thisPosition)
		}
		if err := mayStaff(ctx, c, by, organisation); err != nil {
			return unseenPosition(err)
		}
		before, p, _, err := seenPosition(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		position, err := change(before)
		if err != nil {
			return err
		}
		if position, err = position.Checked(); err != nil {
			return err
		}
		if !p.Editable && before.Ended(now) && (before.Until < app.DateOf(now.Add(-undoneWithin)) && position.Until != before.Until || position.Ended(now) && position.Until > before.Until) {
			return app.Errorf(app.Conflict, "Cette fonction est finie depuis longtemps : ajoutez la personne de nouveau, elle confirmera.")
		}
		position.Unconfirmed = before.Unconfirmed && !p.Editable // who keeps their record without it confirms it
		changes := position.ChangesFrom(before)
		if len(changes) == 0 {
			return nil
		}
		if err := c.change(ctx, `
			UPDATE positions SET function = $2, since = $3, until = $4, unconfirmed = $5, version = version + 1
			WHERE id = $1`, id, position.Function, position.Since, position.Until, position.Unconfirmed); err != nil {
			return err
		}
		act := "a modifié la fonction "
		switch {
		case before.Until == "" && position.Until != "":
			act = "a mis fin à la fonction "
		case before.Until != "" && position.Until == "":
			act = "a repris la fonction "
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(organisation), act+app.Of(p.Name()), changes, p.Named())
	})
}
