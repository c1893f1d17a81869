package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

const requestColumns = `id, organisation_id, named, territory_id, first_name, last_name, function, email, word, vouched,
		asked_at, confirmed_at, expires_at`

func scanRequest(s scanner) (r app.JoinRequest, err error) {
	err = s.Scan(&r.ID, text(&r.Organisation), &r.Named, text(&r.Territory), &r.Who.FirstName, &r.Who.LastName, &r.Who.Function, &r.Who.Email, &r.Word, &r.Vouched,
		&r.AskedAt, moment(&r.ConfirmedAt), &r.ExpiresAt)
	return r, err
}

// RequestLetter words the e-mail that tells who decides of a request; to is their name. Its
// recipient is filled in here.
type RequestLetter func(r app.JoinRequest, to string) app.Mail

// Between two mails that ask one address to confirm the same request, and how many
// requests of one address, at most, wait to be confirmed: nobody fills somebody else's mailbox.
const (
	confirmAgain = 10 * time.Minute
	unconfirmed  = 3
)

// AskToJoin keeps a request whose address is still to be confirmed and sends there mail,
// whose link holds what digest is the digest of; mail comes without its recipient. It is
// silent, and sends nothing, for a request that was made a moment ago or is confirmed, and
// when enough left for that address: who asks learns nothing of who else did. A structure that is unknown or archived is refused
// on the field "structure", and what Checked refuses.
func (d *DB) AskToJoin(ctx context.Context, r app.JoinRequest, digest string, mail app.Mail, now time.Time) error {
	r, err := r.Checked()
	if err != nil {
		return err
	}
	return d.update(ctx, func(c conn) error {
		r.AskedAt, r.ExpiresAt = now, now.Add(app.ConfirmWithin)
		place, err := placeOf(ctx, c, &r)
		if err != nil {
			return err
		}
		waiting, err := one[int](c.row(ctx, `
			SELECT COUNT(*) FROM join_requests
			WHERE email = $1 AND place <> $2 AND confirmed_at IS NULL AND expires_at > $3`, r.Who.Email, place, stored(now)))
		if err != nil || waiting >= unconfirmed {
			return err
		}
		if may, err := mayAsk(ctx, c, app.MailToConfirm, r.Who.Email, now); err != nil || !may {
			return err
		}
		kept, err := keepRequest(ctx, c, &r, place, digest)
		if err != nil {
			return err
		}
		mail.Recipient = r.Who.Email
		return queueIf(ctx, c, kept, mail, now)
	})
}

// FileJoinRequest keeps the request of somebody whose address is known to be theirs, as an
// identity provider says, and tells who decides; a request like it that waits already
// stays as it is. The refusals are those of AskToJoin.
func (d *DB) FileJoinRequest(ctx context.Context, r app.JoinRequest, letter RequestLetter, now time.Time) error {
	r, err := r.Checked()
	if err != nil {
		return err
	}
	return d.update(ctx, func(c conn) error {
		r.AskedAt, r.ConfirmedAt, r.ExpiresAt = now, now, now.Add(app.AnswerWithin)
		place, err := placeOf(ctx, c, &r)
		if err != nil {
			return err
		}
		kept, err := keepRequest(ctx, c, &r, place, "")
		if err != nil || !kept {
			return err
		}
		return tellDeciders(ctx, c, r, letter, now)
	})
}

// keepRequest writes r, over one like it that is not confirmed and not of this moment; it
// reports false when such a one stays.
func keepRequest(ctx context.Context, c conn, r *app.JoinRequest, place, digest string) (bool, error) {
	if err := c.exec(ctx, `DELETE FROM join_requests WHERE expires_at <= $1`, stored(r.AskedAt)); err != nil {
		return false, err
	}
	again := r.AskedAt.Add(-confirmAgain)
	if !r.ConfirmedAt.IsZero() {
		again = r.AskedAt
	}
	r.ID = app.NewID[app.JoinRequestID]()
	err := c.change(ctx, `
		INSERT INTO join_requests (id, organisation_id, territory_id, place, named, first_name, last_name, function, email, word, vouched, token, asked_at, confirmed_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (email, place) DO UPDATE SET
			id = excluded.id, named = excluded.named, first_name = excluded.first_name, last_name = excluded.last_name, function = excluded.function,
			word = excluded.word, vouched = excluded.vouched, token = excluded.token, asked_at = excluded.asked_at, confirmed_at = excluded.confirmed_at, expires_at = excluded.expires_at
		WHERE join_requests.confirmed_at IS NULL AND join_requests.asked_at <= $16`,
		r.ID, orNull(r.Organisation), orNull(r.Territory), place, r.Named, r.Who.FirstName, r.Who.LastName, r.Who.Function, r.Who.Email, r.Word, r.Vouched, digest,
		stored(r.AskedAt), orNull(r.ConfirmedAt), stored(r.ExpiresAt), stored(again))
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// placeOf names what r asks to join, and gives it its name in the directory.
func placeOf(ctx context.Context, c conn, r *app.JoinRequest) (string, error) {
	if r.Organisation == "" {
		known, err := one[bool](c.row(ctx, `SELECT EXISTS (SELECT 1 FROM territories WHERE id = $1)`, r.Territory))
		if err == nil && !known {
			err = app.InvalidField("territoire", "Choisissez le territoire de votre structure.")
		}
		return string(r.Territory) + " " + app.Fold(r.Named), err
	}
	err := c.row(ctx, `SELECT name FROM organisations WHERE id = $1 AND archived_at IS NULL`, r.Organisation).Scan(&r.Named)
	if errors.Is(err, sql.ErrNoRows) {
		err = app.InvalidField("structure", "Cette structure n’est plus dans l’annuaire : cherchez-la de nouveau.")
	}
	return string(r.Organisation), err
}

// JoinRequestToConfirm returns the request whose address a link confirms. One that is
// confirmed already is a Conflict; a link that is unknown, used or late is NotFound.
func (d *DB) JoinRequestToConfirm(ctx context.Context, digest string, now time.Time) (app.JoinRequest, error) {
	return requestOfLink(ctx, d.reader(), digest, now)
}

func requestOfLink(ctx context.Context, c conn, digest string, now time.Time) (app.JoinRequest, error) {
	r, err := scanRequest(c.row(ctx, `
		SELECT `+requestColumns+`
		FROM join_requests
		WHERE token = $1 AND token <> '' AND expires_at > $2`, digest, stored(now)))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return r, app.Errorf(app.NotFound, "Ce lien ne sert plus : il a expiré, ou la demande a déjà reçu une réponse. Vous pouvez la refaire en une minute.")
	case err == nil && !r.ConfirmedAt.IsZero():
		return r, app.Errorf(app.Conflict, "Votre demande est déjà confirmée. La réponse arrivera par courriel à cette adresse.")
	}
	return r, err
}

// ConfirmJoinRequest uses a link up: the address of its request is known, and who decides
// is told. Somebody who may sign in for the structure already is told so by a Conflict,
// and the request is gone.
func (d *DB) ConfirmJoinRequest(ctx context.Context, digest string, letter RequestLetter, now time.Time) (r app.JoinRequest, err error) {
	var already error
	err = d.update(ctx, func(c conn) error {
		if r, err = requestOfLink(ctx, c, digest, now); err != nil {
			return err
		}
		r.ConfirmedAt, r.ExpiresAt = now, now.Add(app.AnswerWithin)
		err := c.change(ctx, `
			UPDATE join_requests SET confirmed_at = $2, expires_at = $3
			WHERE id = $1 AND confirmed_at IS NULL`, r.ID, stored(now), stored(r.ExpiresAt))
		if err != nil {
			return conflict(err, "Votre demande est déjà confirmée. La réponse arrivera par courriel à cette adresse.")
		}
		member, err := one[bool](c.row(ctx, `
			SELECT EXISTS (
				SELECT 1 FROM accounts a JOIN account_organisations ao ON ao.account_id = a.id
				WHERE a.email = $1 AND a.disabled_at IS NULL AND ao.organisation_id = $2)`, r.Who.Email, orNull(r.Organisation)))
		if err != nil {
			return err
		}
		if member {
			already = app.Errorf(app.Conflict, "Vous avez déjà un accès pour « %s » : connectez-vous avec cette adresse.", r.Named)
			return c.exec(ctx, `DELETE FROM join_requests WHERE id = $1`, r.ID)
		}
		return tellDeciders(ctx, c, r, letter, now)
	})
	if err == nil {
		err = already
	}
	return r, err
}

// tellDeciders writes to the référent·e·s of what r asks to join; without any, to who
// coordinates there, or one of its themes there; without anybody, to the administration.
func tellDeciders(ctx context.Context, c conn, r app.JoinRequest, letter RequestLetter, now time.Time) error {
	part, err := partOf(ctx, c, []app.OrganisationID{r.Organisation})
	if err != nil {
		return err
	}
	here := where{args: []any{orNull(r.Organisation)}}
	ofThemes := bears(&here, "x.themes", part.Of(r.Organisation).Themes)
	for _, among := range []struct {
		query string
		of    []any
	}{
		{`JOIN account_organisations x ON x.account_id = a.id AND x.role = 'referent' WHERE x.organisation_id = $1`, []any{orNull(r.Organisation)}},
		{`JOIN account_territories x ON x.account_id = a.id AND (x.role = 'coordination' OR x.role = 'coordination-themes' AND ` + ofThemes + `)
			JOIN organisation_territories y ON y.territory_id = x.territory_id WHERE y.organisation_id = $1`, here.args},
		{`JOIN account_territories x ON x.account_id = a.id AND x.role = 'coordination' WHERE x.territory_id = $1`, []any{orNull(r.Territory)}},
		{`WHERE a.administrator = $1`, []any{true}},
	} {
		deciders, err := list(ctx, c, scanRecipient, `
			SELECT DISTINCT a.email, p.first_name, p.last_name
			FROM people p JOIN accounts a ON a.person_id = p.id
			`+among.query+` AND a.disabled_at IS NULL
			ORDER BY a.email`, among.of...)
		if err != nil || len(deciders) > 0 {
			return errors.Join(err, writeRequest(ctx, c, r, deciders, letter, now))
		}
	}
	return nil
}

func scanRecipient(s scanner) (m app.Mail, err error) {
	var first, last string
	err = s.Scan(&m.Recipient, &first, &last)
	m.Name = app.Tidy(first + " " + last)
	return m, err
}

func writeRequest(ctx context.Context, c conn, r app.JoinRequest, deciders []app.Mail, letter RequestLetter, now time.Time) error {
	for _, to := range deciders {
		mail := letter(r, to.Name)
		mail.Recipient, mail.Name = to.Recipient, to.Name
		mail.Names, mail.Asker = append(mail.Names, app.Named{Name: r.Who.Name()}), app.FoldEmail(r.Who.Email)
		if err := queueMail(ctx, c, mail, now); err != nil {
			return err
		}
	}
	return nil
}
