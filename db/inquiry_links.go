package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

var errInquiryGone = app.Errorf(app.NotFound, "Ce lien n’est pas complet, ou il ne sert plus : la fiche a peut-être déjà été confirmée, ou l’adresse a changé. Rien n’a été modifié. La coordination de votre territoire peut vous en envoyer un autre.")

// OpenInquiry returns what the link of that digest lets see at now: the record of a structure,
// and to whom the link was sent. It is NotFound once the link has had its time, was answered
// the day before, or was sent to who is no longer the one to ask. It changes nothing.
func (d *DB) OpenInquiry(ctx context.Context, digest string, now time.Time) (app.Organisation, app.InquiryLink, error) {
	return inquiryLink(ctx, d.reader(), digest, now)
}

func inquiryLink(ctx context.Context, c conn, digest string, now time.Time) (o app.Organisation, l app.InquiryLink, err error) {
	var account, name string
	var refers bool
	fields := append(inquiryFields(&l.Inquiry), &l.Recipient.Email, text(&l.Recipient.Account), &l.ExpiresAt, &account, &name, &refers)
	err = c.row(ctx, `
		SELECT `+inquiryColumns+`, l.email, l.account_id, l.expires_at, COALESCE(a.email, ''), COALESCE(p.first_name || ' ' || p.last_name, ''),
			EXISTS (SELECT 1 FROM account_organisations ao
				WHERE ao.account_id = l.account_id AND ao.organisation_id = l.organisation_id AND ao.role = 'referent')
		FROM inquiry_letters l
		JOIN inquiries i ON i.id = l.inquiry_id
		LEFT JOIN accounts a ON a.id = l.account_id AND a.disabled_at IS NULL
		LEFT JOIN people p ON p.id = a.person_id
		WHERE l.id = $1`, digest).Scan(fields...)
	if errors.Is(err, sql.ErrNoRows) {
		return o, l, errInquiryGone
	}
	if err != nil {
		return o, l, err
	}
	o, err = scanOrganisation(c.row(ctx, `
		SELECT `+organisationColumns+`
		FROM organisations o
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE o.id = $1`, l.Inquiry.Organisation))
	if err != nil {
		return o, l, err
	}
	l.Recipient.Name = app.Tidy(name)
	if l.Recipient.Account == "" {
		l.Holds = app.FoldEmail(o.Email) == l.Recipient.Email
	} else {
		l.Holds = refers && app.FoldEmail(account) == l.Recipient.Email
	}
	if !l.Opens(o, now) {
		return app.Organisation{}, app.InquiryLink{}, errInquiryGone
	}
	return o, l, nil
}

// lockInquiryLink is inquiryLink for a record that nobody else can change until the
// transaction ends.
func lockInquiryLink(ctx context.Context, c conn, digest string, now time.Time) (app.Organisation, app.InquiryLink, error) {
	if err := c.change(ctx, `
		UPDATE organisations SET version = version
		WHERE id = (SELECT organisation_id FROM inquiry_letters WHERE id = $1)`, digest); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = errInquiryGone
		}
		return app.Organisation{}, app.InquiryLink{}, err
	}
	return inquiryLink(ctx, c, digest, now)
}

// byInquiryLink is who the history names for what is done by following l, without signing in.
func byInquiryLink(l app.InquiryLink) app.Viewer {
	return app.Viewer{Account: l.Recipient.Account, Territory: l.Inquiry.Territory}
}

// ConfirmByLink keeps that who follows a link says the record is right as they saw it at that
// version; changed since, it is a Conflict. Said twice in a row it counts once.
func (d *DB) ConfirmByLink(ctx context.Context, digest string, version int, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		o, l, err := lockInquiryLink(ctx, c, digest, now)
		if err != nil {
			return err
		}
		if err := o.Confirmable(version); err != nil {
			return err
		}
		return confirmByLink(ctx, c, o, l, app.InquiryConfirmed, "", now)
	})
}

func confirmByLink(ctx context.Context, c conn, o app.Organisation, l app.InquiryLink, state app.InquiryState, message string, now time.Time) error {
	if err := confirm(ctx, c, byInquiryLink(l), o, l.Verification(now), l.Act("a confirmé que la fiche est juste"), state); err != nil {
		return err
	}
	if l.Inquiry.State == app.InquiryCorrected {
		state = app.InquiryCorrected
	}
	if err := keepMessage(ctx, c, l, message); err != nil {
		return err
	}
	return endInquiries(ctx, c, o.ID, l.Inquiry.ID, state, now)
}

// keepMessage keeps what who follows l wrote to the coordination, with who wrote it, where what
// their structure is asked is about to end.
func keepMessage(ctx context.Context, c conn, l app.InquiryLink, message string) error {
	if message == "" {
		return nil
	}
	return c.exec(ctx, `
		UPDATE inquiries SET message = $3, message_by = (SELECT a.person_id FROM accounts a WHERE a.id = $4)
		WHERE organisation_id = $1 AND (id = $2 OR ended_at IS NULL)`, l.Inquiry.Organisation, l.Inquiry.ID, message, orNull(l.Recipient.Account))
}

// CorrectByLink changes of a record what app.LinkFields lets, as typed over its version
// typed.Version, and keeps that who follows the link says it is now right; changed since, it
// is a Conflict and nothing changes. message is for the coordination.
func (d *DB) CorrectByLink(ctx context.Context, digest string, typed app.Organisation, message string, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		before, l, err := lockInquiryLink(ctx, c, digest, now)
		if err != nil {
			return err
		}
		after, err := before.CorrectedTo(typed)
		message, problem := checkedMessage(message)
		if err := app.AllOf(err, problem); err != nil {
			return err
		}
		if err := settle(ctx, c, &after); err != nil {
			return err
		}
		if before.Version != typed.Version {
			return app.Errorf(app.Conflict, "Quelqu’un d’autre a modifié cette fiche pendant que vous écriviez. Rien n’est perdu : comparez, puis enregistrez à nouveau.")
		}
		state := app.InquiryConfirmed
		if message != "" || len(after.Placed(before).ChangesFrom(before)) > 0 {
			state = app.InquiryCorrected
		}
		if err := writeOver(ctx, c, byInquiryLink(l), after, before, l.Act("a corrigé la fiche"), now); err != nil {
			return err
		}
		return confirmByLink(ctx, c, before, l, state, message, now)
	})
}

// DeclineByLink keeps that who follows a link is not the one to ask: the coordination is told,
// with their message, and that address is not written to again about it. What another
// answered stands.
func (d *DB) DeclineByLink(ctx context.Context, digest, message string, now time.Time) error {
	message, err := checkedMessage(message)
	if err != nil {
		return err
	}
	return d.update(ctx, func(c conn) error {
		o, l, err := lockInquiryLink(ctx, c, digest, now)
		if err != nil {
			return err
		}
		if !l.Inquiry.Answered() || l.Inquiry.Message == "" {
			err = keepMessage(ctx, c, l, message)
		}
		if err == nil && !l.Inquiry.Answered() { // else by another: what they said stands
			err = endInquiries(ctx, c, o.ID, l.Inquiry.ID, app.InquiryWrong, now)
		}
		if err == nil {
			err = refuse(ctx, c, l, now)
		}
		if err != nil {
			return err
		}
		if err := c.exec(ctx, `UPDATE inquiry_letters SET expires_at = $3 WHERE organisation_id = $1 AND email = $2`, o.ID, l.Recipient.Email, stored(now)); err != nil {
			return err
		}
		return note(ctx, c, byInquiryLink(l), now, app.OfOrganisation, string(o.ID), l.Act("a dit ne plus être la bonne personne à qui écrire"), nil)
	})
}

func checkedMessage(message string) (string, error) {
	wrong := app.Fields{}
	message = app.TidyText(message)
	wrong.Limit("message", message, app.MaxInquiryMessage)
	return message, wrong.Err()
}
