package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

// recipients returns to whom a structure is written about i; when there is nobody, none is what
// i comes to. Left out are who objected to what is written to them, who said not to be the
// one to ask, and the addresses that did not work for i.
func recipients(ctx context.Context, c conn, i app.Inquiry, o app.Organisation) (to []app.Recipient, none app.InquiryState, err error) {
	referents, err := list(ctx, c, func(s scanner) (r app.Recipient, err error) {
		var first, last string
		err = s.Scan(&r.Account, &r.Email, &first, &last)
		r.Name = app.Tidy(first + " " + last)
		return r, err
	}, `
		SELECT a.id, a.email, p.first_name, p.last_name
		FROM account_organisations ao
		JOIN accounts a ON a.id = ao.account_id AND a.disabled_at IS NULL
		JOIN people p ON p.id = a.person_id
		WHERE ao.organisation_id = $1 AND ao.role = 'referent' AND `+heard+`
		ORDER BY a.email`, o.ID)
	if err != nil {
		return nil, "", err
	}
	own, err := ownAddress(ctx, c, o)
	if err != nil {
		return nil, "", err
	}
	refused, err := refusals(ctx, c, o.ID)
	if err != nil {
		return nil, "", err
	}
	undelivered, err := list(ctx, c, one[string], `
		SELECT DISTINCT l.email
		FROM inquiry_letters l
		JOIN mails m ON m.id = l.mail_id
		WHERE l.inquiry_id = $1 AND m.failed_at IS NOT NULL`, i.ID)
	if err != nil {
		return nil, "", err
	}
	declined := func(r app.Recipient) bool { return slices.Contains(refused, addressDigest(r.Email)) }
	willing := slices.DeleteFunc(slices.Clone(referents), declined)
	none = app.InquiryUnreachable
	if len(willing) < len(referents) {
		none = app.InquiryWrong
	}
	if declined(app.Recipient{Email: own}) {
		own, none = "", app.InquiryWrong
	}
	to, failed := app.Recipients(willing, own, undelivered)
	if failed {
		none = app.InquiryFailed
	}
	return to, none, nil
}

// ownAddress returns the address of a structure, "" when it is that of somebody who objected
// to what is written to them.
func ownAddress(ctx context.Context, c conn, o app.Organisation) (string, error) {
	email := app.FoldEmail(o.Email)
	objected, err := one[bool](c.row(ctx, `
		SELECT EXISTS (SELECT 1 FROM people p WHERE LOWER(p.email) = $1 AND p.objected_at IS NOT NULL)
			OR EXISTS (SELECT 1 FROM accounts a JOIN people p ON p.id = a.person_id WHERE a.email = $1 AND p.objected_at IS NOT NULL)`, email))
	if objected {
		email = ""
	}
	return email, err
}

// refusals returns the digests of the addresses whose owner said not to be the one to ask about
// a structure, or about one that was merged into it.
func refusals(ctx context.Context, c conn, o app.OrganisationID) ([]string, error) {
	return list(ctx, c, one[string], `
		WITH RECURSIVE merged (id, depth) AS (
			SELECT id, 0 FROM organisations WHERE id = $1
			UNION ALL
			SELECT o.id, m.depth + 1 FROM merged m JOIN organisations o ON o.merged_into = m.id WHERE m.depth < 50)
		SELECT DISTINCT address FROM inquiry_refusals WHERE organisation_id IN (SELECT id FROM merged)`, o)
}

// refuse keeps that who follows l is not written to again about its structure.
func refuse(ctx context.Context, c conn, l app.InquiryLink, now time.Time) error {
	return c.exec(ctx, `
		INSERT INTO inquiry_refusals (organisation_id, address, person_id, created_at)
		VALUES ($1, $2, (SELECT a.person_id FROM accounts a WHERE a.id = $3), $4)
		ON CONFLICT (organisation_id, address) DO NOTHING`, l.Inquiry.Organisation, addressDigest(l.Recipient.Email), orNull(l.Recipient.Account), stored(now))
}

// forgetInquired removes what a person wrote by the link of a letter, and that they said not to
// be the one to ask, unless a structure still gives their address as its own. emails are
// theirs.
func forgetInquired(ctx context.Context, c conn, person app.PersonID, emails ...string) error {
	for _, email := range emails {
		email = app.FoldEmail(email)
		if email == "" {
			continue
		}
		for _, forget := range []struct {
			query string
			args  []any
		}{
			{`UPDATE inquiries SET message = '' WHERE message_by IS NULL AND id IN (SELECT inquiry_id FROM inquiry_letters WHERE email = $1 AND account_id IS NULL)`, []any{email}},
			{`UPDATE inquiry_refusals SET person_id = NULL WHERE address = $1`, []any{addressDigest(email)}},
			{`DELETE FROM inquiry_refusals
				WHERE address = $1 AND NOT EXISTS (SELECT 1 FROM organisations o WHERE o.id = inquiry_refusals.organisation_id AND LOWER(o.email) = $2)`, []any{addressDigest(email), email}},
		} {
			if err := c.exec(ctx, forget.query, forget.args...); err != nil {
				return err
			}
		}
	}
	return c.exec(ctx, `UPDATE inquiries SET message = '', message_by = NULL WHERE message_by = $1`, person)
}
