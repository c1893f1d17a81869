package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// How long a personal link may serve, and one that confirms a new address.
const (
	PersonLinkLife  = 30 * 24 * time.Hour
	AddressLinkLife = 3 * 24 * time.Hour
)

// linksAnHour is how many new addresses a person may have written to in an hour.
const linksAnHour = 3

// PersonLinksLetter words the e-mail that carries to an address the personal links of names,
// in that order; more says that others there are sent theirs the next time it is asked.
type PersonLinksLetter func(names []string, more bool) app.Mail

// SendPersonLinks writes personal links to those who own an address, each with one of
// digests, and the e-mail that carries them: the first name with the first digest. What is
// done is the same for an unknown address; how many leave is said at app.AskedMail.
func (d *DB) SendPersonLinks(ctx context.Context, email string, digests []string, letter PersonLinksLetter, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		owners, more, err := ownersOf(ctx, c, email, len(digests))
		if err != nil {
			return err
		}
		may, err := mayAsk(ctx, c, app.MailToOwnData, email, now)
		if err != nil {
			return err
		}
		if !may {
			owners = nil
		}
		names, rows := make([]string, len(owners)), make([][]any, len(digests))
		for i, digest := range digests {
			rows[i] = []any{digest, nil, stored(now), stored(now)} // of nobody: it opens nothing
			if i < len(owners) {
				names[i] = owners[i].Name
				rows[i] = []any{digest, owners[i].Person, stored(now), stored(now.Add(PersonLinkLife))}
			}
		}
		if err := forgetLinks(ctx, c, now); err != nil {
			return err
		}
		if err := insertAll(ctx, c, `person_links (id, person_id, created_at, expires_at)`, rows); err != nil {
			return err
		}
		known := len(names) > 0
		if !known {
			names, more = []string{email}, false // as long to word and to write
		}
		m := letter(names, more)
		m.Recipient, m.Name = email, names[0]
		if known {
			m.Person = owners[0].Person
		}
		return queueIf(ctx, c, known, m, now)
	})
}

// ownersOf returns whose own an address is, limit at most, and whether there are more: that
// of an account is how its person signs in, and others who keep the record do not change it;
// without account there is that of the record. The account comes first, then the records
// that are the oldest, so that those typed at somebody's address do not take the place of
// their own; a third of the places go to the others by turns, to who waits the longest for a
// link, so that nobody is left without.
func ownersOf(ctx context.Context, c conn, email string, limit int) (owners []app.Named, more bool, err error) {
	total := 0
	owners, err = list(ctx, c, func(s scanner) (o app.Named, err error) {
		var first, last string
		err = s.Scan(&o.Person, &first, &last, &total)
		o.Name = app.Tidy(first + " " + last)
		return o, err
	}, `
		SELECT id, first_name, last_name, total
		FROM (
			SELECT * FROM (
				SELECT p.id, p.first_name, p.last_name, COUNT(*) OVER () AS total,
					ROW_NUMBER() OVER (ORDER BY own.place, p.created_at, p.id) AS n,
					(SELECT MAX(l.created_at) FROM person_links l WHERE l.person_id = p.id AND l.email = '') AS linked_at
				FROM (
					SELECT x.id, 1 AS place
					FROM people x
					LEFT JOIN accounts a ON a.person_id = x.id
					WHERE LOWER(x.email) = $1 AND x.email <> '' AND a.id IS NULL
					UNION ALL
					SELECT a.person_id, 0
					FROM accounts a
					WHERE a.email = $1
				) own
				JOIN people p ON p.id = own.id
				WHERE p.erased_at IS NULL
			) all_of_them
			ORDER BY n > $3, n > $3 AND linked_at IS NOT NULL, CASE WHEN n > $3 THEN linked_at END, n
			LIMIT $2
		) chosen
		ORDER BY n`, email, limit, limit-limit/3)
	return owners, total > len(owners), err
}

func forgetLinks(ctx context.Context, c conn, now time.Time) error {
	return c.exec(ctx, `DELETE FROM person_links WHERE expires_at <= $1`, stored(now.Add(-time.Hour)))
}

func insertPersonLink(ctx context.Context, c conn, digest string, id app.PersonID, email string, now time.Time, life time.Duration) error {
	if err := forgetLinks(ctx, c, now); err != nil {
		return err
	}
	return c.exec(ctx, `
		INSERT INTO person_links (id, person_id, email, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5)`, digest, orNull(id), email, stored(now), stored(now.Add(life)))
}

var errLinkGone = app.Errorf(app.NotFound, "Ce lien n’est pas complet, ou il ne sert plus. Demandez-en un nouveau : il arrive en une minute.")

// LinkedPerson returns whose data a personal link opens; NotFound once it has expired or
// was revoked.
func (d *DB) LinkedPerson(ctx context.Context, digest string, now time.Time) (app.PersonID, error) {
	id, err := one[app.PersonID](d.reader().row(ctx, `
		SELECT person_id FROM person_links
		WHERE id = $1 AND person_id IS NOT NULL AND email = '' AND expires_at > $2`, digest, stored(now)))
	if errors.Is(err, sql.ErrNoRows) {
		return "", errLinkGone
	}
	return id, err
}

// RevokePersonLinks ends every personal link of a person.
func (d *DB) RevokePersonLinks(ctx context.Context, id app.PersonID) error {
	return d.update(ctx, func(c conn) error { return endPersonLinks(ctx, c, id) })
}

// endPersonLinks makes the links of a person serve no more. They are forgotten an hour after
// they were sent (forgetLinks), so that whoever ends theirs has no more new addresses written
// to for that (fewAddresses).
func endPersonLinks(ctx context.Context, c conn, id app.PersonID) error {
	return c.exec(ctx, `UPDATE person_links SET expires_at = created_at WHERE person_id = $1`, id)
}

// LeftLetters tell, without recipient, the address that was left: by a record, or by an account.
type LeftLetters struct{ Record, Account app.Mail }

// ConfirmAddress uses up the link sent to a new address: it becomes that of the record, or
// that of the account of who asked so, signed in; it reports which. The one before is told,
// and what was sent there ends. One that another account has meanwhile is a Conflict.
func (d *DB) ConfirmAddress(ctx context.Context, digest string, left LeftLetters, now time.Time) (signsIn bool, err error) {
	err = d.update(ctx, func(c conn) error {
		var id app.PersonID
		var email string
		err := c.row(ctx, `
			DELETE FROM person_links WHERE id = $1 AND person_id IS NOT NULL AND email <> '' AND expires_at > $2
			RETURNING person_id, email, signs_in`, digest, stored(now)).Scan(&id, &email, &signsIn)
		if errors.Is(err, sql.ErrNoRows) {
			return errLinkGone
		}
		if err != nil {
			return err
		}
		if signsIn {
			return moveOwn(ctx, c, id, email, left.Account, now)
		}
		p, err := scanPerson(c.row(ctx, `SELECT `+personColumns+` FROM people p WHERE p.id = $1`, id))
		if err != nil {
			return err
		}
		before := p
		p.Email = email
		if err := writePerson(ctx, c, p, now); err != nil {
			return err
		}
		if err := leaveAddress(ctx, c, before, left.Record, now); err != nil {
			return err
		}
		return noteOwn(ctx, c, app.Viewer{Person: id}, now, app.OfPerson, string(id), "a confirmé sa nouvelle adresse", p.ChangesFrom(before))
	})
	return signsIn, err
}

// noteOwn is note for what a person does about themselves, with or without an account, in
// the first territory they are known in.
func noteOwn(ctx context.Context, c conn, by app.Viewer, now time.Time, thing app.Thing, id, act string, changes app.Changes) error {
	if by.Account == "" {
		act += app.ByThemselves
	}
	if by.Territory == "" {
		territories, err := territoriesOf(ctx, c, by.Person, now)
		if err != nil {
			return err
		}
		if len(territories) > 0 {
			by.Territory = territories[0]
		}
	}
	return note(ctx, c, by, now, thing, id, act, changes)
}
