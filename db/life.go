package db

import (
	"context"
	"time"

	"maillage/app"
)

// Publish shows a draft to everybody who may see its territory.
func (d *DB) Publish(ctx context.Context, by app.Viewer, id app.WorkshopID, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		w, err := lockFor(ctx, c, by, app.KeepWorkshops, id, now)
		if err != nil {
			return err
		}
		if err := w.MayPublish(); err != nil {
			return err
		}
		w.Status = app.Published
		if err := writePlan(ctx, c, w, now); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfWorkshop, string(id), "a publié "+w.Kind.WithArticle(), nil)
	})
}

// Postpone puts a workshop off to other hours. Registrations stay; the structures that
// were invited and have not declined are told by letter.
func (d *DB) Postpone(ctx context.Context, by app.Viewer, id app.WorkshopID, from, to time.Time, letter Letter, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		w, err := lockFor(ctx, c, by, app.KeepWorkshops, id, now)
		if err != nil {
			return err
		}
		var changes app.Changes
		before := w
		if err := w.Move(from, to, now); err != nil {
			return err
		}
		changes.Note("Début", momentWords(before.StartsAt), momentWords(w.StartsAt))
		changes.Note("Fin", momentWords(before.EndsAt), momentWords(w.EndsAt))
		if err := writePlan(ctx, c, w, now); err != nil {
			return err
		}
		if err := note(ctx, c, by, now, app.OfWorkshop, string(id), "a reporté "+w.Kind.WithArticle(), changes); err != nil {
			return err
		}
		return tellConcerned(ctx, c, w, letter, now)
	})
}

// Cancel calls a workshop off, and tells the structures that were invited and have not declined.
func (d *DB) Cancel(ctx context.Context, by app.Viewer, id app.WorkshopID, reason string, letter Letter, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		w, err := lockFor(ctx, c, by, app.KeepWorkshops, id, now)
		if err != nil {
			return err
		}
		if err := w.Cancel(reason, now); err != nil {
			return err
		}
		if err := writePlan(ctx, c, w, now); err != nil {
			return err
		}
		act := "a annulé " + w.Kind.WithArticle()
		if w.Abandoned() {
			act = "a abandonné le brouillon"
		}
		if err := note(ctx, c, by, now, app.OfWorkshop, string(id), act, app.Changes{{Field: "Motif", After: reason}}); err != nil {
			return err
		}
		if w.Abandoned() {
			return nil
		}
		return tellConcerned(ctx, c, w, letter, now)
	})
}

// Resume takes up again a draft that was abandoned.
func (d *DB) Resume(ctx context.Context, by app.Viewer, id app.WorkshopID, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		w, err := lockFor(ctx, c, by, app.KeepWorkshops, id, now)
		if err != nil {
			return err
		}
		if err := w.Resume(); err != nil {
			return err
		}
		if err := writePlan(ctx, c, w, now); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfWorkshop, string(id), "a repris le brouillon", nil)
	})
}

// tellConcerned writes to who answers for a structure that was invited and has not
// declined, or of which somebody is registered; then to each person registered whose
// address is known and who was not just written to.
func tellConcerned(ctx context.Context, c conn, w app.Workshop, letter Letter, now time.Time) error {
	organisations, err := list(ctx, c, one[app.OrganisationID], `
		SELECT organisation_id FROM invitations WHERE workshop_id = $1 AND answer <> 'non'
		UNION
		SELECT organisation_id FROM registrations
		WHERE workshop_id = $1 AND organisation_id IS NOT NULL AND state IN ('inscrit', 'attente', 'present')`, w.ID)
	if err != nil {
		return err
	}
	if _, err = writeTo(ctx, c, organisations, app.Notice{Workshop: w}, letter, now); err != nil {
		return err
	}
	registered, err := list(ctx, c, func(s scanner) (a addressed, err error) {
		var first, last string
		a.notice.Workshop = w
		err = s.Scan(&a.email, &first, &last, text(&a.notice.Organisation), &a.notice.Name)
		a.notice.To = app.Tidy(first + " " + last)
		a.notice.Person = a.notice.To
		return a, err
	}, `
		SELECT p.email, p.first_name, p.last_name, r.organisation_id, COALESCE(o.name, '')
		FROM registrations r
		JOIN people p ON p.id = r.person_id
		LEFT JOIN organisations o ON o.id = r.organisation_id
		WHERE r.workshop_id = $1 AND r.state IN ('inscrit', 'attente', 'present') AND p.email <> ''
			AND NOT EXISTS (
				SELECT 1
				FROM account_organisations ao
				JOIN accounts a ON a.id = ao.account_id AND a.disabled_at IS NULL
				WHERE a.person_id = p.id AND ao.organisation_id = r.organisation_id AND ao.role = 'referent')
		ORDER BY p.sort_key, p.id`, w.ID)
	if err != nil {
		return err
	}
	return post(ctx, c, registered, letter, now)
}

// Duplicate prepares a workshop like another one, as a draft four weeks later.
func (d *DB) Duplicate(ctx context.Context, by app.Viewer, id app.WorkshopID, now time.Time) (copied app.WorkshopID, err error) {
	err = d.update(ctx, func(c conn) error {
		w, err := seenFor(ctx, c, by, app.KeepWorkshops, id)
		if err != nil {
			return err
		}
		animators, err := animatorsOf(ctx, c, id)
		if err != nil {
			return err
		}
		ids := make([]app.PersonID, len(animators))
		for i, p := range animators {
			ids[i] = p.ID
		}
		w = w.Again(now)
		copied = w.ID
		if err := insertWorkshop(ctx, c, w, ids); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfWorkshop, string(copied), "a préparé "+w.Kind.WithArticle()+" sur le modèle d’une autre rencontre", nil)
	})
	return copied, err
}
