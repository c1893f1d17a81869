package db

import (
	"context"
	"time"

	"maillage/app"
)

// AskLetter words the e-mail that asks somebody whether they will act for o, without its
// recipient: with the link of which the digest is kept.
type AskLetter func(o app.Organisation) app.Mail

// askFirst sends an entrant who has an account under another name, in the place of a role,
// what makes them ask for it themselves; who invites them knows no more of them than was
// typed, until they do. It reports whether it did.
func askFirst(ctx context.Context, c conn, by app.Viewer, o app.Organisation, e Entrant, digest string, now time.Time) (a Admission, asked bool, err error) {
	if asked, err = underAnotherName(ctx, c, o.ID, e); err != nil || !asked {
		return a, false, err
	}
	if err := mayEnter(by, o, e.Role); err != nil {
		return a, false, err
	}
	a, err = sendRequest(ctx, c, by, o, e, digest, now)
	return a, true, err
}

func sendRequest(ctx context.Context, c conn, by app.Viewer, o app.Organisation, e Entrant, digest string, now time.Time) (a Admission, err error) {
	if err := mustInvite(ctx, c, by, e.Who.Email, now); err != nil {
		return a, err
	}
	r := app.JoinRequest{Organisation: o.ID, Who: e.Who, AskedAt: now, ExpiresAt: now.Add(app.ConfirmWithin)}
	place, err := placeOf(ctx, c, &r)
	if err != nil {
		return a, err
	}
	kept, err := keepRequest(ctx, c, &r, place, digest)
	if err != nil {
		return a, err
	}
	mail := e.Ask(o)
	mail.Recipient, mail.Name = e.Who.Email, e.Who.Name()
	mail.Names = append(mail.Names, by.Named())
	if err := queueIf(ctx, c, kept, mail, now); err != nil {
		return a, err
	}
	a = Admission{Name: e.Who.Name(), Fresh: true, Changed: true}
	return a, note(ctx, c, by, now, app.OfOrganisation, string(o.ID), "a invité une personne à rejoindre l’équipe", nil)
}

// underAnotherName reports whether who is not of o's team has an account at the address of
// an entrant and bears another name there.
func underAnotherName(ctx context.Context, c conn, o app.OrganisationID, e Entrant) (bool, error) {
	if e.Ask == nil || e.Person != "" {
		return false, nil
	}
	return one[bool](c.row(ctx, `
		SELECT EXISTS (
			SELECT 1 FROM accounts a JOIN people p ON p.id = a.person_id
			WHERE a.email = $1 AND p.sort_key <> $2 AND NOT EXISTS (
				SELECT 1 FROM account_organisations x WHERE x.account_id = a.id AND x.organisation_id = $3))`,
		e.Who.Email, app.Fold(e.Who.LastName+" "+e.Who.FirstName), o))
}
