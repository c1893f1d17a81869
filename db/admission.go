package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"maillage/app"
)

// An Entrant is somebody who is to act for a structure: Person of the directory, or, when
// that is "", who bears this name and address, found there or added to it.
type Entrant struct {
	Person app.PersonID
	Who    app.Newcomer // as Tidied leaves it; the function is that of a position to be
	Role   app.Role     // Referent or Colleague
	Ask    AskLetter    // for who has an account under another name than Who's: they are asked first, and nil admits them at once
	Former FormerLetter // for the address of Person's record, when their account is opened at another
	Asked  bool         // to be let in, themselves
}

// Admission is what became of an entrant.
type Admission struct {
	Account app.AccountID // "" while they are asked first
	Person  app.PersonID
	Name    string
	Fresh   bool // nobody ever signed in with the account: the link in the mail opens it
	Changed bool // the role was not theirs already
}

// Welcome words the e-mail to who enters o, without its recipient: with the link of which
// the digest is kept when fresh, without any when they know how to sign in.
type Welcome func(o app.Organisation, fresh bool) app.Mail

// A holder is the account of an entrant, with its person, as far as there are any.
type holder struct {
	account  app.AccountID
	person   app.Person
	email    string
	disabled bool
	signed   bool // somebody signed in with it
}

// admit gives an entrant their role in o: to the account they have, or to a new one of
// somebody who is in the directory already, or who is added to it.
func admit(ctx context.Context, c conn, by app.Viewer, o app.Organisation, e Entrant, digest string, welcome Welcome, now time.Time) (a Admission, err error) {
	if err := mayEnter(by, o, e.Role); err != nil {
		return a, err
	}
	h, err := holderOf(ctx, c, o.ID, e, now)
	if err != nil {
		return a, err
	}
	if err := mayTake(by, h.account, o.Part(), app.Grant{Role: e.Role, Organisation: o.ID}); err != nil {
		return a, err
	}
	if h.disabled {
		return a, app.Errorf(app.Conflict, "Le compte de cette personne est désactivé : l’administration de l’instance peut le réactiver.")
	}
	known := h.person.ID != ""
	if h, err = provide(ctx, c, by, h, e, now); err != nil {
		return a, err
	}
	a = Admission{Account: h.account, Person: h.person.ID, Name: h.person.Name(), Fresh: !h.signed}
	if err := station(ctx, c, by, o.ID, h.person, e.Who.Function, e.Asked || !known, now); err != nil {
		return a, err
	}
	if a.Changed, err = raise(ctx, c, by, o, h, e.Role, now); err != nil {
		return a, err
	}
	mail := welcome(o, a.Fresh)
	mail.Names = append(mail.Names, by.Named())
	if e.Asked {
		by.Account = "" // whoever asked is written to at their own wish
	}
	return a, receive(ctx, c, by, h, a, digest, mail, now)
}

// mayEnter refuses that by gives somebody that role in o.
func mayEnter(by app.Viewer, o app.Organisation, role app.Role) error {
	grant := app.Grant{Role: role, Organisation: o.ID}
	switch {
	case !grant.Fits():
		return app.InvalidField("role", "Choisissez un rôle.")
	case !by.MayGrant(grant, o.Part()):
		return app.Errorf(app.Forbidden, "Les accès d’une structure sont donnés par sa personne référente et par la coordination.")
	case o.Archived():
		return app.Errorf(app.Conflict, "Cette structure est archivée : rétablissez-la d’abord.")
	}
	return nil
}

// mayTake refuses that by gives their own account what opens a territory to it.
func mayTake(by app.Viewer, to app.AccountID, parts app.PartOf, grants ...app.Grant) error {
	for _, g := range grants {
		if to == by.Account && !by.MayTake(g, parts) {
			return app.Errorf(app.Forbidden, "Vous ne pouvez pas vous donner vous-même cet accès : cette structure agit aussi sur un territoire que vous ne voyez pas. Demandez-le à sa personne référente ou à l’administration de l’instance.")
		}
	}
	return nil
}

// provide gives an entrant the person and the account that they have not: the address of
// a record is told when their account is opened at another.
func provide(ctx context.Context, c conn, by app.Viewer, h holder, e Entrant, now time.Time) (_ holder, err error) {
	if h.person.ID == "" {
		if h.person, err = addEntrant(ctx, c, by, e.Who, now); err != nil {
			return h, err
		}
	}
	if h.account != "" {
		return h, nil
	}
	if app.FoldEmail(e.Who.Email) != app.FoldEmail(h.person.Email) {
		seen, err := seenPerson(ctx, c, by, h.person.ID, now)
		if err == nil {
			err = mayReaddress(ctx, c, by, seen, now)
		}
		if err != nil && app.KindOf(err) != app.NotFound { // who is nobody to by was just added
			return h, err
		}
	}
	if h, err = openFor(ctx, c, by, h.person, e.Who.Email, now); err != nil {
		return h, err
	}
	if e.Former != nil && h.person.Email != "" {
		return h, replacedBy(ctx, c, by, h.person, h.email, e.Former, now)
	}
	return h, nil
}

// receive writes to an entrant, with a link of their own if they never signed in.
func receive(ctx context.Context, c conn, by app.Viewer, h holder, a Admission, digest string, mail app.Mail, now time.Time) error {
	if err := mustInvite(ctx, c, by, h.email, now); err != nil {
		return err
	}
	if a.Fresh {
		return invite(ctx, c, h.account, h.email, a.Name, digest, mail, now)
	}
	mail.Recipient, mail.Name = h.email, a.Name
	return queueMail(ctx, c, mail, now)
}

// holderOf finds the account that an entrant has, or the person of the directory they are.
func holderOf(ctx context.Context, c conn, o app.OrganisationID, e Entrant, now time.Time) (h holder, err error) {
	const columns = `SELECT COALESCE(a.id, ''), COALESCE(a.email, ''), a.disabled_at IS NOT NULL, a.last_signed_in_at IS NOT NULL, ` + personColumns
	read := func(query string, args ...any) (h holder, err error) {
		err = c.row(ctx, columns+query, args...).Scan(append([]any{&h.account, &h.email, &h.disabled, &h.signed}, personFields(&h.person)...)...)
		return h, err
	}
	if e.Person != "" { // who may be brought in by name is of the structure, still is, and agreed or was known to it
		h, err = read(`
			FROM people p LEFT JOIN accounts a ON a.person_id = p.id
			WHERE p.id = $1 AND EXISTS (
				SELECT 1 FROM positions t
				WHERE t.person_id = p.id AND t.organisation_id = $2 AND NOT t.unconfirmed AND (t.until = '' OR t.until >= $3))`, e.Person, o, app.DateOf(now))
		return h, found(err, thisPerson)
	}
	h, err = read(`
		FROM accounts a JOIN people p ON p.id = a.person_id
		WHERE a.email = $1`, e.Who.Email)
	if !errors.Is(err, sql.ErrNoRows) {
		return h, err
	}
	h, err = read(`
		FROM people p LEFT JOIN accounts a ON a.person_id = p.id
		WHERE p.sort_key = $1 AND a.id IS NULL AND (LOWER(p.email) = $2 OR p.email = '' AND EXISTS (
			SELECT 1 FROM positions t
			WHERE t.person_id = p.id AND t.organisation_id = $3 AND NOT t.unconfirmed AND (t.until = '' OR t.until >= $4)))
		ORDER BY p.email DESC, p.id
		LIMIT 1`, app.Fold(e.Who.LastName+" "+e.Who.FirstName), e.Who.Email, o, app.DateOf(now))
	if errors.Is(err, sql.ErrNoRows) {
		return holder{}, nil
	}
	return h, err
}

// addEntrant adds somebody to the directory.
func addEntrant(ctx context.Context, c conn, by app.Viewer, who app.Newcomer, now time.Time) (app.Person, error) {
	p := app.Person{
		ID: app.NewID[app.PersonID](), FirstName: who.FirstName, LastName: who.LastName, Email: who.Email, CreatedAt: now, UpdatedAt: now,
	}
	if err := insertPerson(ctx, c, p); err != nil {
		return p, err
	}
	return p, note(ctx, c, by, now, app.OfPerson, string(p.ID), "a ajouté la personne", p.ChangesFrom(app.Person{}))
}

// openFor opens an account that has no role yet.
func openFor(ctx context.Context, c conn, by app.Viewer, p app.Person, email string, now time.Time) (holder, error) {
	a := app.Account{ID: app.NewID[app.AccountID](), Person: p.ID, Email: email, CreatedAt: now}
	if err := insertAccount(ctx, c, a, ""); err != nil {
		if c.unique(err) {
			err = app.Errorf(app.Conflict, "Un compte vient d’être ouvert pour cette personne ou cette adresse.")
		}
		return holder{}, err
	}
	return holder{account: a.ID, person: p, email: email}, note(ctx, c, by, now, app.OfAccount, string(a.ID), "a ouvert le compte "+app.Of(p.Name()), nil, p.Named())
}

// station gives somebody a position in an organisation unless they hold one there;
// confirmed when they agreed to it, otherwise as AddPosition does.
func station(ctx context.Context, c conn, by app.Viewer, o app.OrganisationID, p app.Person, function string, confirmed bool, now time.Time) error {
	held, err := one[bool](c.row(ctx, `
		SELECT EXISTS (
			SELECT 1 FROM positions
			WHERE person_id = $1 AND organisation_id = $2 AND (until = '' OR until >= $3))`, p.ID, o, app.DateOf(now)))
	if err != nil || held {
		return err
	}
	if !confirmed {
		seen, err := seenPerson(ctx, c, by, p.ID, now)
		if err != nil && app.KindOf(err) != app.NotFound {
			return err
		}
		confirmed = err == nil && seen.Editable
	}
	return addPosition(ctx, c, by, p, app.Position{Organisation: o, Function: function, Since: app.DateOf(now), Unconfirmed: !confirmed}, now)
}

// raise gives an account at least a role in o, and reports whether that changed anything.
func raise(ctx context.Context, c conn, by app.Viewer, o app.Organisation, h holder, role app.Role, now time.Time) (bool, error) {
	var before app.Role
	err := c.row(ctx, `SELECT role FROM account_organisations WHERE account_id = $1 AND organisation_id = $2`, h.account, o.ID).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if before == role || before == app.Referent {
		return false, nil
	}
	return true, setRole(ctx, c, by, o, h.account, h.person.Named(), before, role, now)
}

// setRole makes role that of an account in o, "" for none, and notes it on both.
func setRole(ctx context.Context, c conn, by app.Viewer, o app.Organisation, account app.AccountID, who app.Named, before, role app.Role, now time.Time) error {
	if err := c.exec(ctx, `UPDATE accounts SET email = email WHERE id = $1`, account); err != nil {
		return err
	}
	query, args := `
		INSERT INTO account_organisations (account_id, organisation_id, role)
		VALUES ($1, $2, $3)
		ON CONFLICT (account_id, organisation_id) DO UPDATE SET role = excluded.role`, []any{account, o.ID, role}
	if role == "" {
		query, args = `DELETE FROM account_organisations WHERE account_id = $1 AND organisation_id = $2`, []any{account, o.ID}
	}
	if err := c.exec(ctx, query, args...); err != nil {
		return err
	}
	var onAccount, onOrganisation app.Changes
	onAccount.Note(o.Name, before.Label(), role.Label())
	onOrganisation.Note(who.Name, before.Label(), role.Label())
	if err := note(ctx, c, by, now, app.OfAccount, string(account), "a changé les rôles du compte "+app.Of(who.Name), onAccount, who); err != nil {
		return err
	}
	return note(ctx, c, by, now, app.OfOrganisation, string(o.ID), "a changé l’accès "+app.Of(who.Name), onOrganisation, who)
}

// LinkToPass reports whether by may be shown, once, the link they have just had sent to an
// account, because no mail leaves from here: nobody ever signed in with it, and all that it
// opens is by's to give, and so is the address of its person. That it is shown is written down.
func (d *DB) LinkToPass(ctx context.Context, by app.Viewer, id app.AccountID, now time.Time) (may bool, err error) {
	err = d.update(ctx, func(c conn) error {
		r, err := accountSeen(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		for _, g := range r.Grants() {
			if !by.MayGrant(g, r.PartOf) {
				return nil
			}
		}
		if !r.LastSignedIn.IsZero() || !r.DisabledAt.IsZero() {
			return nil
		}
		if err := mayTakeOver(ctx, c, by, r.Person, now); err != nil {
			if app.KindOf(err) == app.Invalid {
				return nil
			}
			return err
		}
		may = true
		return note(ctx, c, by, now, app.OfAccount, string(id), "a lu le lien d’invitation "+app.Of(r.Name)+", à lui transmettre", nil, r.who())
	})
	return may, err
}

// Established reports whether somebody of that name or address belongs to an organisation
// today.
func (d *DB) Established(ctx context.Context, o app.OrganisationID, who app.Newcomer, now time.Time) (known bool, err error) {
	err = d.reader().row(ctx, `
		SELECT EXISTS (
			SELECT 1 FROM positions t JOIN people p ON p.id = t.person_id
			WHERE t.organisation_id = $1 AND (t.until = '' OR t.until >= $2) AND (p.sort_key = $3 OR LOWER(p.email) = $4))`,
		o, app.DateOf(now), app.Fold(who.LastName+" "+who.FirstName), who.Email).Scan(&known)
	return known, err
}
