package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// AskToMove keeps that by's account is to take a new address, once the link of digest, which
// confirm carries there, is followed; told goes to the address it has. Both come without
// their recipient. Whether another account has that address already is told to nobody
// but who reads its mails. Too many new addresses in an hour are refused on the field "courriel".
func (d *DB) AskToMove(ctx context.Context, by app.Viewer, email, digest string, confirm, told app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := lockAccount(ctx, c, by.Account); err != nil {
			return err
		}
		if err := fewAddresses(ctx, c, by.Person, now); err != nil {
			return err
		}
		if err := mustAsk(ctx, c, app.MailToMove, email, now); err != nil {
			return err
		}
		if err := insertPersonLink(ctx, c, digest, by.Person, email, now, AddressLinkLife); err != nil {
			return err
		}
		if err := c.exec(ctx, `UPDATE person_links SET signs_in = TRUE WHERE id = $1`, digest); err != nil {
			return err
		}
		confirm.Recipient, confirm.Person = email, by.Person
		if err := queueMail(ctx, c, confirm, now); err != nil {
			return err
		}
		return factorChanged(ctx, c, by, by.Account, "a demandé une autre adresse de connexion", told, now)
	})
}

// moveOwn gives the account of a person the address that they confirmed; the one before is
// told by left, without its recipient.
func moveOwn(ctx context.Context, c conn, person app.PersonID, email string, left app.Mail, now time.Time) error {
	var id app.AccountID
	var before, first, last string
	err := c.row(ctx, `
		SELECT a.id, a.email, p.first_name, p.last_name
		FROM accounts a JOIN people p ON p.id = a.person_id
		WHERE a.person_id = $1 AND a.disabled_at IS NULL`, person).Scan(&id, &before, &first, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return errLinkGone
	}
	if err != nil {
		return err
	}
	if err := moveTo(ctx, c, id, person, email, now); err != nil {
		if app.FieldsOf(err) != nil {
			return app.Errorf(app.Conflict, "Un autre compte a déjà cette adresse : le vôtre garde la sienne.")
		}
		return err
	}
	left.Recipient, left.Name, left.Person = before, app.Tidy(first+" "+last), person
	if err := queueMail(ctx, c, left, now); err != nil {
		return err
	}
	by := app.Viewer{Account: id, Person: person}
	return noteOwn(ctx, c, by, now, app.OfAccount, string(id), "a confirmé sa nouvelle adresse de connexion", app.Changes{{Field: app.AccountAddress, Before: before, After: email}})
}

// moveTo gives an account another address and ends what the one before opened. An address
// that another account has is refused on the field "courriel".
func moveTo(ctx context.Context, c conn, id app.AccountID, person app.PersonID, email string, now time.Time) error {
	if err := c.change(ctx, `UPDATE accounts SET email = $2 WHERE id = $1`, id, email); err != nil {
		if c.unique(err) {
			return app.InvalidField("courriel", "Un autre compte a déjà cette adresse.")
		}
		return err
	}
	if err := endAccess(ctx, c, id, now); err != nil {
		return err
	}
	return endPersonLinks(ctx, c, person)
}

// stayPut takes away the links by which an account would take another address: who asked
// for them is signed out. They are still counted, as by endPersonLinks.
func stayPut(ctx context.Context, c conn, id app.AccountID) error {
	return c.exec(ctx, `
		UPDATE person_links SET expires_at = created_at
		WHERE signs_in AND person_id = (SELECT person_id FROM accounts WHERE id = $1)`, id)
}
