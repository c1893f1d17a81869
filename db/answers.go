package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
	"unicode/utf8"

	"maillage/app"
)

// invitationOf returns what an organisation was asked and answered; its ID is "" when
// it is not invited.
func invitationOf(ctx context.Context, c conn, id app.WorkshopID, o app.OrganisationID) (Invited, error) {
	i, err := scanInvited(c.row(ctx, `
		SELECT `+invitedColumns+`
		FROM invitations i
		JOIN organisations o ON o.id = i.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE i.workshop_id = $1 AND i.organisation_id = $2`, id, o))
	if errors.Is(err, sql.ErrNoRows) {
		return Invited{}, nil
	}
	return i, err
}

// partFor returns what the rights of by on the answers of an organisation depend on. Its
// themes are read for who coordinates some; to the others they say nothing.
func partFor(ctx context.Context, c conn, by app.Viewer, o app.OrganisationID) (app.Membership, error) {
	if len(by.Themed) == 0 {
		return app.Membership{Organisation: o}, nil
	}
	parts, err := partOf(ctx, c, []app.OrganisationID{o})
	return parts.Of(o), err
}

// lockAnswer locks a workshop of which by may say who of an organisation comes. The
// invitation that who may invite answers for is made if there was none.
func lockAnswer(ctx context.Context, c conn, by app.Viewer, id app.WorkshopID, o app.OrganisationID, now time.Time) (w app.Workshop, i Invited, err error) {
	if w, err = lockSeen(ctx, c, by, id, now); err != nil {
		return w, i, err
	}
	part, err := partFor(ctx, c, by, o)
	if err != nil {
		return w, i, err
	}
	if err = w.MayAnswer(by, part, now); err != nil {
		return w, i, err
	}
	if err = mustBeKept(ctx, c, o); err != nil {
		return w, i, err
	}
	if i, err = invitationOf(ctx, c, id, o); err != nil || i.ID != "" {
		return w, i, err
	}
	if !by.MayInviteTo(w) {
		return w, i, app.Errorf(app.Forbidden, "Votre structure n’est pas invitée à cet atelier : demandez à la coordination.")
	}
	fresh, err := notYetInvited(ctx, c, w, []app.OrganisationID{o})
	if err != nil {
		return w, i, err
	}
	if err = insertInvitations(ctx, c, id, fresh, now); err != nil {
		return w, i, err
	}
	i, err = invitationOf(ctx, c, id, o)
	return w, i, err
}

// mustBeKept refuses, with Conflict, that an archived organisation answers or names somebody.
func mustBeKept(ctx context.Context, c conn, o app.OrganisationID) error {
	archived, err := isArchived(ctx, c, o)
	if err == nil && archived {
		return ErrArchived
	}
	return err
}

// ErrArchived refuses, with Conflict, an answer of an organisation that was put aside.
var ErrArchived = app.Errorf(app.Conflict, "Cette structure est archivée : elle ne répond plus aux invitations. La coordination peut la rétablir.")

// isArchived reports whether an organisation was put aside; one that does not exist was not.
func isArchived(ctx context.Context, c conn, o app.OrganisationID) (archived bool, err error) {
	err = c.row(ctx, `SELECT archived_at IS NOT NULL FROM organisations WHERE id = $1`, o).Scan(&archived)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return archived, err
}

// longestComment bounds what an organisation adds to its answer, in characters.
const longestComment = 1000

// Answer says for an organisation whether it comes, and why not or with what in mind.
// Declining takes its people off; those who wait for their seats get them and are told
// by letter.
func (d *DB) Answer(ctx context.Context, by app.Viewer, id app.WorkshopID, o app.OrganisationID, answer app.Answer, comment string, letter Letter, now time.Time) error {
	comment = app.TidyText(comment)
	if utf8.RuneCountInString(comment) > longestComment {
		return app.InvalidField("commentaire", "C’est trop long : 1 000 caractères au plus.")
	}
	if answer != app.Coming && answer != app.Declined {
		return app.InvalidField("reponse", "Dites si votre structure vient ou ne vient pas.")
	}
	return d.update(ctx, func(c conn) error {
		w, i, err := lockAnswer(ctx, c, by, id, o, now)
		if err != nil || i.Answer == answer && i.Comment == comment {
			return err
		}
		if err := setAnswer(ctx, c, i, answer, comment, now); err != nil {
			return err
		}
		var changes app.Changes
		var who []app.Named
		changes.Note("Réponse", answerWords(i.Answer), answerWords(answer))
		changes.Note("Commentaire", noted(i.Comment), noted(comment)) // its words stay where they may be taken out
		if answer == app.Declined {
			if who, err = takeOffAll(ctx, c, &w, i, &changes, now); err != nil {
				return err
			}
		}
		if err := note(ctx, c, by, now, app.OfWorkshop, string(id), "a répondu pour "+i.Name, changes, who...); err != nil {
			return err
		}
		return promote(ctx, c, &w, letter, now)
	})
}

func setAnswer(ctx context.Context, c conn, i Invited, answer app.Answer, comment string, now time.Time) error {
	return c.change(ctx, `
		UPDATE invitations SET answer = $2, comment = $3, answered_at = $4
		WHERE id = $1`, i.ID, answer, comment, stored(now))
}

func answerWords(a app.Answer) string {
	switch a {
	case app.Coming:
		return "vient"
	case app.Declined:
		return "ne vient pas"
	}
	return "sans réponse"
}

// takeOffAll withdraws everybody of an organisation who was to come, and returns them.
func takeOffAll(ctx context.Context, c conn, w *app.Workshop, i Invited, changes *app.Changes, now time.Time) (who []app.Named, err error) {
	gone, err := list(ctx, c, scanNamed, `
		SELECT `+registrationColumns+`, p.first_name, p.last_name
		FROM registrations r JOIN people p ON p.id = r.person_id
		WHERE r.workshop_id = $1 AND r.organisation_id = $2 AND r.state IN ('inscrit', 'attente')
		ORDER BY p.sort_key, p.id`, w.ID, i.Organisation)
	if err != nil || len(gone) == 0 {
		return nil, err
	}
	for _, r := range gone {
		w.Release(r.State)
		who = append(who, r.who())
		changes.Note(r.Name, r.State.Label(), app.Withdrawn.Label())
	}
	return who, c.exec(ctx, `
		UPDATE registrations SET state = 'desinscrit', updated_at = $3
		WHERE workshop_id = $1 AND organisation_id = $2 AND state IN ('inscrit', 'attente')`, w.ID, i.Organisation, stored(now))
}

// noted says of a comment that there is one.
func noted(comment string) string {
	if comment == "" {
		return ""
	}
	return "oui"
}
