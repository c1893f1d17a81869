package db

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"time"

	"maillage/app"
)

// OwnData is all that is known of a person, for themselves.
type OwnData struct {
	app.Person
	AddedBy    string // who entered it, by name; "" when not known any more
	ObjectedAt time.Time
	InformedAt time.Time
	Positions  []Holding
	Workshops  []AttendedWorkshop
	Account    AccountLine // zero without one
	Mails      []app.Mail  // written to the person, the last first: subject and times only
	Reads      []ReadLine
	Objections []app.Objection
	Places     []string // names of the territories they are known in
}

// ownShown is how many mails and looks are told at most.
const ownShown = 500

// OwnData returns all that is known of a person; who asks is that person, by a link or an
// account, which is not asked about here.
func (d *DB) OwnData(ctx context.Context, id app.PersonID, now time.Time) (o OwnData, err error) {
	c := d.reader()
	self := app.Viewer{Account: "-", Person: id}
	r, err := seenPerson(ctx, c, self, id, now)
	if err != nil {
		return o, err
	}
	o.Person, o.Positions = r.Person, r.Positions
	for _, read := range []func() error{
		func() error {
			return c.row(ctx, `SELECT objected_at, informed_at FROM people WHERE id = $1`, id).Scan(moment(&o.ObjectedAt), moment(&o.InformedAt))
		},
		func() (err error) { o.AddedBy, err = addedBy(ctx, c, id); return err },
		func() (err error) { o.Workshops, err = d.WorkshopsOf(ctx, self, r, now); return err },
		func() (err error) { o.Account, err = accountOfPerson(ctx, c, id); return err },
		func() (err error) { o.Mails, err = mailsTo(ctx, c, o.Account.Email, o.Person); return err },
		func() (err error) { o.Reads, err = readsOfPerson(ctx, c, id, "", ownShown, now); return err },
		func() (err error) { o.Objections, err = objectionsOf(ctx, c, id); return err },
		func() (err error) {
			o.Places, err = list(ctx, c, one[string], `
				SELECT DISTINCT t.name FROM territories t
				WHERE t.id IN (SELECT ot.territory_id FROM positions p JOIN organisation_territories ot ON ot.organisation_id = p.organisation_id WHERE p.person_id = $1)
					OR t.id IN (SELECT w.territory_id FROM registrations r JOIN workshops w ON w.id = r.workshop_id WHERE r.person_id = $1)
				ORDER BY 1`, id)
			return err
		},
	} {
		if err := read(); err != nil {
			return o, err
		}
	}
	return o, nil
}

func addedBy(ctx context.Context, c conn, id app.PersonID) (string, error) {
	name, err := one[string](c.row(ctx, `
		SELECT p.first_name || ' ' || p.last_name
		FROM audit e
		JOIN accounts a ON a.id = e.account_id
		JOIN people p ON p.id = a.person_id
		WHERE e.thing = $1 AND e.thing_id = $2
			AND e.at <= (SELECT q.created_at FROM people q WHERE q.id = $2)
		ORDER BY e.at, e.id
		LIMIT 1`, app.OfPerson, id))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return app.Tidy(name), err
}

func accountOfPerson(ctx context.Context, c conn, id app.PersonID) (AccountLine, error) {
	l, err := scanAccountLine(c.row(ctx, `SELECT `+accountColumns+` FROM accounts a JOIN people p ON p.id = a.person_id WHERE a.person_id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return AccountLine{}, nil
	}
	if err != nil {
		return l, err
	}
	lines := []AccountLine{l}
	err = entitle(ctx, c, lines)
	return lines[0], err
}

// mailsTo returns what was written to the address of an account, and to its person at others.
func mailsTo(ctx context.Context, c conn, account string, p app.Person) ([]app.Mail, error) {
	var w where
	w.and(`recipient <> ''`)
	w.and(`(recipient = ? OR person_id = ?)`, account, p.ID)
	return list(ctx, c, func(s scanner) (m app.Mail, err error) {
		err = s.Scan(&m.ID, &m.Recipient, &m.Subject, &m.CreatedAt, moment(&m.SentAt))
		return m, err
	}, `
		SELECT id, recipient, subject, created_at, sent_at
		FROM mails
		`+w.String()+`
		ORDER BY created_at DESC, id DESC
		LIMIT `+w.arg(ownShown), w.args...)
}

// Correction is what a person changes of their own record.
type Correction struct {
	app.Person                           // names, telephone, visibility, e-mail
	Functions  map[app.PositionID]string // of their positions; those not named stay
}

// CorrectOwnData writes what a person changes of their own record. A new e-mail address
// waits until the link sent to it, which holds digest, is followed: confirm words that
// mail; it reports whether there is one. Without any change only
// that the person was heard of is written.
func (d *DB) CorrectOwnData(ctx context.Context, by app.Viewer, k Correction, digest string, confirm app.Mail, now time.Time) (confirming bool, err error) {
	p := k.Person
	p.ID = by.Person
	err = d.update(ctx, func(c conn) error {
		if err := c.change(ctx, `UPDATE people SET version = version WHERE id = $1 AND erased_at IS NULL`, p.ID); err != nil {
			return found(err, thisPerson)
		}
		before, err := scanPerson(c.row(ctx, `SELECT `+personColumns+` FROM people p WHERE p.id = $1`, p.ID))
		if err != nil {
			return err
		}
		p, err := p.CheckedOver(before)
		if err != nil {
			return err
		}
		if before.Version != k.Version {
			return app.Errorf(app.Conflict, "Quelqu’un d’autre a modifié votre fiche pendant que vous écriviez. Elle est affichée telle qu’elle est maintenant : corrigez-la à nouveau.")
		}
		if confirming = p.Email != "" && app.FoldEmail(p.Email) != app.FoldEmail(before.Email); confirming {
			if err := fewAddresses(ctx, c, p.ID, now); err != nil {
				return err
			}
			if err := mustAsk(ctx, c, app.MailToMove, p.Email, now); err != nil {
				return err
			}
			if err := insertPersonLink(ctx, c, digest, p.ID, p.Email, now, AddressLinkLife); err != nil {
				return err
			}
			confirm.Recipient, confirm.Name, confirm.Person, p.Email = p.Email, p.Name(), p.ID, before.Email
			if err := queueMail(ctx, c, confirm, now); err != nil {
				return err
			}
		}
		if changes := p.ChangesFrom(before); len(changes) > 0 {
			if err := writePerson(ctx, c, p, now); err != nil {
				return err
			}
			if err := noteOwn(ctx, c, by, now, app.OfPerson, string(p.ID), "a corrigé sa fiche", changes); err != nil {
				return err
			}
		}
		if err := c.exec(ctx, `UPDATE people SET updated_at = $2 WHERE id = $1`, p.ID, stored(now)); err != nil {
			return err // what is sent as it was is news of the person: retention counts from it
		}
		if err := confirmPositions(ctx, c, by, k.Functions, now); err != nil {
			return err
		}
		return correctFunctions(ctx, c, by, k.Functions, now)
	})
	return confirming, err
}

// confirmPositions notes that a person agrees to the functions they were shown and sent
// back, among those that structures wrote.
func confirmPositions(ctx context.Context, c conn, by app.Viewer, shown map[app.PositionID]string, now time.Time) error {
	var w where
	w.and(`person_id = ? AND unconfirmed`, by.Person)
	w.and(`id IN ` + in(&w, slices.Sorted(maps.Keys(shown))))
	agreed, err := list(ctx, c, one[app.OrganisationID], `
		UPDATE positions SET unconfirmed = FALSE, version = version + 1 `+w.String()+`
		RETURNING organisation_id`, w.args...)
	if err != nil {
		return err
	}
	for _, o := range agreed {
		if err := noteOwn(ctx, c, by, now, app.OfOrganisation, string(o), "a confirmé sa fonction", nil); err != nil {
			return err
		}
	}
	return nil
}

// fewAddresses refuses that one person has us write to many addresses that are not theirs.
func fewAddresses(ctx context.Context, c conn, id app.PersonID, now time.Time) error {
	recent, err := one[int](c.row(ctx, `
		SELECT COUNT(*) FROM person_links
		WHERE person_id = $1 AND email <> '' AND created_at > $2`, id, stored(now.Add(-time.Hour))))
	if err == nil && recent >= linksAnHour {
		return app.InvalidField("courriel", "Plusieurs liens de confirmation viennent d’être envoyés : suivez le dernier, ou réessayez dans une heure.")
	}
	return err
}

func correctFunctions(ctx context.Context, c conn, by app.Viewer, functions map[app.PositionID]string, now time.Time) error {
	held, err := holdings(ctx, c, by.Person, now)
	if err != nil {
		return err
	}
	for _, h := range held {
		typed, named := functions[h.ID]
		if !named || h.Ended(now) {
			continue
		}
		position := h.Position
		position.Function = typed
		position, err := position.Checked()
		if err != nil {
			return app.InvalidField("fonction-"+string(h.ID), app.FieldsOf(err)["fonction"])
		}
		changes := position.ChangesFrom(h.Position)
		if len(changes) == 0 {
			continue
		}
		if err := c.change(ctx, `UPDATE positions SET function = $2, version = version + 1 WHERE id = $1`, h.ID, position.Function); err != nil {
			return err
		}
		if err := noteOwn(ctx, c, by, now, app.OfPerson, string(by.Person), "a corrigé sa fonction", changes); err != nil {
			return err
		}
	}
	return nil
}
