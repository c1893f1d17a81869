package db

import (
	"context"
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// queueMail writes an e-mail in the transaction of what it announces: it is sent if and
// only if that happened. One whose person is not said is that of the account at its address.
func queueMail(ctx context.Context, c conn, m app.Mail, now time.Time) error {
	m.ID = app.NewOrderedID[app.MailID](now)
	return insertMail(ctx, c, m, now)
}

// insertMail is queueMail for one that has its id.
func insertMail(ctx context.Context, c conn, m app.Mail, now time.Time) error {
	err := c.exec(ctx, `
		INSERT INTO mails (id, recipient, name, person_id, subject, body, created_at, due_at)
		VALUES ($1, $2, $3, COALESCE($4, (SELECT person_id FROM accounts WHERE email = $2)), $5, $6, $7, $7)`,
		m.ID, m.Recipient, m.Name, orNull(m.Person), m.Subject, m.Body, stored(now))
	for i, n := range m.Names {
		if said := m.Subject + "\n" + m.Body; err != nil || n.Name == "" || !strings.Contains(said, n.Name) || slices.Contains(m.Names[:i], n) {
			continue
		}
		asker := ""
		if n.Person == "" {
			asker = m.Asker
		}
		err = c.exec(ctx, `INSERT INTO mail_names (mail_id, person_id, name, email) VALUES ($1, $2, $3, $4)`, m.ID, orNull(n.Person), n.Name, asker)
	}
	return err
}

// askerIs says whose record is that of who asked to join from an address: what was written
// about them, and to them, is theirs from now on.
func askerIs(ctx context.Context, c conn, email string, id app.PersonID) error {
	email = app.FoldEmail(email)
	if err := c.exec(ctx, `UPDATE mail_names SET person_id = $2 WHERE email = $1 AND person_id IS NULL`, email, id); err != nil {
		return err
	}
	return c.exec(ctx, `UPDATE mails SET person_id = $2 WHERE recipient = $1 AND person_id IS NULL`, email, id)
}

// queueIf is queueMail when leaves says so. When it does not, a mail to nobody is written,
// which never leaves and nobody is shown: whoever looks at the clock learns nothing of
// whom an address is of.
func queueIf(ctx context.Context, c conn, leaves bool, m app.Mail, now time.Time) error {
	if !leaves {
		m.Recipient, m.Name = "", ""
	}
	return queueMail(ctx, c, m, now)
}

// dropUnaddressed removes the mails to nobody of which the time to leave has come.
func dropUnaddressed(ctx context.Context, c conn, now time.Time) error {
	return c.exec(ctx, `DELETE FROM mails WHERE sent_at IS NULL AND due_at <= $1 AND recipient = ''`, stored(now))
}

const mailColumns = `id, recipient, name, subject, body, created_at, sent_at, attempts, failed_at, error`

func scanMail(s scanner) (m app.Mail, err error) {
	err = s.Scan(&m.ID, &m.Recipient, &m.Name, &m.Subject, &m.Body, &m.CreatedAt, moment(&m.SentAt), &m.Attempts, moment(&m.FailedAt), &m.Problem)
	return m, err
}

// mailLease is how long a worker has to send what it took before another may.
const mailLease = 2 * time.Minute

// DueMails takes at most limit e-mails to send, oldest first: nobody else gets them
// for two minutes.
func (d *DB) DueMails(ctx context.Context, now time.Time, limit int) (mails []app.Mail, err error) {
	err = d.update(ctx, func(c conn) error {
		if err := dropUnaddressed(ctx, c, now); err != nil {
			return err
		}
		mails, err = list(ctx, c, scanMail, `
			UPDATE mails SET due_at = $1, attempts = attempts + 1
			WHERE id IN (
				SELECT id FROM mails
				WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= $2
				ORDER BY due_at
				LIMIT $3)
				AND due_at <= $2
			RETURNING `+mailColumns, stored(now.Add(mailLease)), stored(now), limit)
		return err
	})
	return mails, err
}

// MailSent notes that a mail left; the last one to who was erased goes.
func (d *DB) MailSent(ctx context.Context, id app.MailID, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		err := c.exec(ctx, `DELETE FROM mails WHERE id = $1 AND person_id IN (SELECT id FROM people WHERE erased_at IS NOT NULL)`, id)
		if err != nil {
			return err
		}
		return c.exec(ctx, `UPDATE mails SET sent_at = $2, error = '' WHERE id = $1`, id, stored(now))
	})
}

// MailFailed notes what an attempt met; it is tried again at next, or never if next is zero.
func (d *DB) MailFailed(ctx context.Context, id app.MailID, problem string, next, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if next.IsZero() {
			if err := c.change(ctx, `UPDATE mails SET failed_at = $2, error = $3 WHERE id = $1`, id, stored(now), problem); err != nil {
				return err
			}
			return lettersFailed(ctx, c, id, now)
		}
		return c.change(ctx, `UPDATE mails SET due_at = $2, error = $3 WHERE id = $1`, id, stored(next), problem)
	})
}

// ResendMail puts a mail that was given up, or that already left, back in the queue.
func (d *DB) ResendMail(ctx context.Context, by app.Viewer, id app.MailID, now time.Time) error {
	if !by.MayAdminister() {
		return app.Errorf(app.Forbidden, "Les courriels sont réservés à l’administration.")
	}
	return d.update(ctx, func(c conn) error {
		err := c.change(ctx, `
			UPDATE mails SET sent_at = NULL, failed_at = NULL, error = '', attempts = 0, due_at = $2
			WHERE id = $1`, id, stored(now))
		if err != nil {
			return found(err, "Ce courriel")
		}
		return note(ctx, c, by, now, app.OfMail, string(id), "a fait renvoyer un courriel", nil)
	})
}

// MailState narrows a list of e-mails.
type MailState string

// The states of an e-mail.
const (
	MailWaits  MailState = "a-envoyer"
	MailLeft   MailState = "envoye"
	MailFailed MailState = "echec"
)

// MailFilter narrows the list of e-mails; zero values do not.
type MailFilter struct {
	State  MailState
	Before app.MailID // the one after which to go on
}

// Outbox returns the e-mails of f, newest first, at most limit.
func (d *DB) Outbox(ctx context.Context, by app.Viewer, f MailFilter, limit int) ([]app.Mail, error) {
	if !by.MayAdminister() {
		return nil, app.Errorf(app.Forbidden, "Les courriels sont réservés à l’administration.")
	}
	var w where
	w.and(`recipient <> ''`)
	switch f.State {
	case MailWaits:
		w.and(`sent_at IS NULL AND failed_at IS NULL`)
	case MailLeft:
		w.and(`sent_at IS NOT NULL`)
	case MailFailed:
		w.and(`failed_at IS NOT NULL`)
	}
	if f.Before != "" {
		w.and(`(created_at, id) < (SELECT created_at, id FROM mails WHERE id = ?)`, f.Before)
	}
	return list(ctx, d.reader(), scanMail, `
		SELECT `+mailColumns+`
		FROM mails
		`+w.String()+`
		ORDER BY created_at DESC, id DESC
		LIMIT `+w.arg(limit), w.args...)
}

// Mail returns one e-mail whole.
func (d *DB) Mail(ctx context.Context, by app.Viewer, id app.MailID) (app.Mail, error) {
	if !by.MayAdminister() {
		return app.Mail{}, app.Errorf(app.NotFound, "Cette page n’existe pas.")
	}
	m, err := scanMail(d.reader().row(ctx, `SELECT `+mailColumns+` FROM mails WHERE id = $1`, id))
	return m, found(err, "Ce courriel")
}
