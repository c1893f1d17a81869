package db

import (
	"context"
	"strings"

	"maillage/app"
)

// forgetWords takes a person out of what is written freely where they are: the comments of
// their structures on invitations, and the campaigns that they sent.
func forgetWords(ctx context.Context, c conn, a erased, names []string) error {
	without := func(s string) string {
		for _, name := range names {
			s = app.WithoutName(s, name)
		}
		for _, own := range []string{a.person.Email, a.account.Email, a.person.Phone} {
			if own != "" {
				s = strings.ReplaceAll(s, own, "…")
			}
		}
		return s
	}
	type written struct{ id, one, other string }
	scan := func(s scanner) (w written, err error) { return w, s.Scan(&w.id, &w.one, &w.other) }
	for _, t := range []struct{ read, write string }{
		{
			`SELECT i.id, i.comment, '' FROM invitations i WHERE i.comment <> '' AND i.organisation_id IN (SELECT organisation_id FROM positions WHERE person_id = $1) AND $2 <> '-'`,
			`UPDATE invitations SET comment = $2 WHERE id = $1 AND $3 <> '-'`,
		},
		{
			`SELECT g.id, g.subject, g.body FROM campaigns g WHERE g.account_id = $2 AND $1 <> '-'`,
			`UPDATE campaigns SET subject = $2, body = $3 WHERE id = $1`,
		},
	} {
		all, err := list(ctx, c, scan, t.read, a.person.ID, a.account.ID)
		if err != nil {
			return err
		}
		for _, w := range all {
			if one, other := without(w.one), without(w.other); one != w.one || other != w.other {
				if err := c.exec(ctx, t.write, w.id, one, other); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// forgetMails removes what was written to a person, with what was at an address that they
// showed to be theirs before they were known here, and takes them out of what was written to
// others that names them.
func forgetMails(ctx context.Context, c conn, a erased, themselves bool) error {
	if err := c.exec(ctx, `DELETE FROM mails WHERE person_id = $1`, a.person.ID); err != nil {
		return err
	}
	var shown []string
	switch {
	case a.account.Email != "": // that of their record is typed by others
		if themselves || !a.account.LastSignedIn.IsZero() {
			shown = append(shown, a.account.Email)
		}
	case themselves && a.person.Email != "":
		shown = append(shown, app.FoldEmail(a.person.Email))
	}
	for _, email := range shown {
		if err := forgetAddress(ctx, c, a.person.ID, email); err != nil {
			return err
		}
	}
	type naming struct {
		app.Mail
		name, email string
	}
	all, err := list(ctx, c, func(s scanner) (n naming, err error) {
		return n, s.Scan(&n.ID, &n.Subject, &n.Body, &n.name, &n.email)
	}, `
		SELECT m.id, m.subject, m.body, n.name, n.email
		FROM mail_names n
		JOIN mails m ON m.id = n.mail_id
		WHERE n.person_id = $1`, a.person.ID)
	if err != nil {
		return err
	}
	for _, n := range all {
		without := func(s string) string {
			if s = app.WithoutName(s, n.name); n.email != "" {
				s = strings.ReplaceAll(s, n.email, "…")
			}
			return s
		}
		if err := c.exec(ctx, `UPDATE mails SET subject = $2, body = $3 WHERE id = $1`, n.ID, without(n.Subject), without(n.Body)); err != nil {
			return err
		}
	}
	return c.exec(ctx, `DELETE FROM mail_names WHERE person_id = $1`, a.person.ID)
}

// forgetAddress removes what is of nobody here at an address that is a person's.
func forgetAddress(ctx context.Context, c conn, person app.PersonID, email string) error {
	if err := c.exec(ctx, `DELETE FROM mails WHERE recipient = $1 AND person_id IS NULL`, email); err != nil {
		return err
	}
	return c.exec(ctx, `
		DELETE FROM join_requests
		WHERE email = $1 AND NOT EXISTS (SELECT 1 FROM accounts k WHERE k.email = $1 AND k.person_id <> $2)`, email, person)
}

// forgetAddresses takes the addresses of an account out of what the journal says of it.
func forgetAddresses(ctx context.Context, c conn, id app.AccountID) error {
	entries, err := list(ctx, c, scanEntry, `SELECT `+entryColumns+` FROM `+entryTables+` WHERE e.thing = 'compte' AND e.thing_id = $1 ORDER BY e.id`, id)
	if err != nil || len(entries) == 0 {
		return err
	}
	return unsealed(ctx, c, func() error {
		for _, e := range entries {
			if err := rewrite(ctx, c, e, e.Unnamed(nil, true)); err != nil {
				return err
			}
		}
		return nil
	})
}
