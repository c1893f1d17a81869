package db

import (
	"context"
	"time"

	"maillage/app"
)

// FormerLetter words the e-mail to the address that somebody else replaced on a record;
// structure is whose member did it, "" for who coordinates. Its recipient is filled in here.
type FormerLetter func(structure string) app.Mail

// leaveAddress ends what was sent to the address that was a person's and is no more: the
// personal links, which would open what concerns them to whoever reads it. It is told,
// unless enough was sent there; who has it replaced again and again fills no mailbox.
func leaveAddress(ctx context.Context, c conn, p app.Person, mail app.Mail, now time.Time) error {
	if err := endPersonLinks(ctx, c, p.ID); err != nil || p.Email == "" {
		return err
	}
	may, err := mayAsk(ctx, c, app.MailOfChange, p.Email, now)
	if err != nil || !may {
		return err
	}
	mail.Recipient, mail.Name, mail.Person = p.Email, p.Name(), p.ID
	return queueMail(ctx, c, mail, now)
}

// replacedBy leaves the address of p, as it was, that by replaced by email.
func replacedBy(ctx context.Context, c conn, by app.Viewer, p app.Person, email string, letter FormerLetter, now time.Time) error {
	if by.IsPerson(p.ID) || app.FoldEmail(p.Email) == app.FoldEmail(email) {
		return nil
	}
	held, err := holdings(ctx, c, p.ID, now)
	if err != nil {
		return err
	}
	structure := ""
	for _, h := range held {
		if !h.Ended(now) && by.Is(h.Organisation) && structure == "" {
			structure = h.OrganisationName
		}
	}
	mail := letter(structure)
	mail.Names = append(mail.Names, by.Named())
	return leaveAddress(ctx, c, p, mail, now)
}

// mayTakeOver refuses that by signs in as a person, or makes somebody: opens their account at
// another address than they are known at, moves it, or reads the link that opens it.
func mayTakeOver(ctx context.Context, c conn, by app.Viewer, id app.PersonID, now time.Time) error {
	if by.MayAdminister() {
		return nil
	}
	r, err := seenPerson(ctx, c, by, id, now)
	if app.KindOf(err) == app.NotFound && err != nil { // they see the account, of somebody whom they do not know
		return errKnownElsewhere
	}
	if err != nil {
		return err
	}
	return mayReaddress(ctx, c, by, r, now)
}

var errKnownElsewhere = app.InvalidField(app.FieldEmail, "Cette personne est connue ailleurs que sur les territoires que vous coordonnez : son adresse se change par elle-même, dans « Mes données », ou par l’administration de l’instance.")

// mayReaddress refuses that by changes the address of r, or opens their account at another.
func mayReaddress(ctx context.Context, c conn, by app.Viewer, r PersonRecord, now time.Time) error {
	territories, err := everyTerritoryOf(ctx, c, r.ID)
	if err != nil {
		return err
	}
	var current []app.Membership
	for _, p := range r.Positions {
		if !p.Ended(now) && !p.Unconfirmed {
			current = append(current, p.Part)
		}
	}
	if by.MayReaddress(r.ID, territories, current...) {
		return nil
	}
	if by.MayCoordinate(by.Territory) {
		return errKnownElsewhere
	}
	return app.InvalidField(app.FieldEmail, "Cette personne est aussi d’une autre structure : son adresse se change par elle-même, dans « Mes données », ou par la coordination.")
}
