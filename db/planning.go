package db

import (
	"context"
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// Plan writes a new workshop as a draft of the territory on screen.
func (d *DB) Plan(ctx context.Context, by app.Viewer, w app.Workshop, animators []app.PersonID, now time.Time) (app.WorkshopID, error) {
	if !by.MayHere(app.KeepWorkshops) {
		return "", app.Errorf(app.Forbidden, "C’est à la coordination du territoire de préparer les rencontres.")
	}
	w.ID, w.Territory, w.Status = app.NewID[app.WorkshopID](), by.Territory, app.Draft
	w.CreatedAt, w.UpdatedAt, w.Version = now, now, 1
	if err := app.AllOf(w.CheckPlan(0), by.InRemit(app.KeepWorkshops, w.Territory, w.Themes)); err != nil {
		return "", err
	}
	err := d.update(ctx, func(c conn) error {
		if err := checkPlanRefs(ctx, c, by, w, animators); err != nil {
			return err
		}
		if err := insertWorkshop(ctx, c, w, animators); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfWorkshop, string(w.ID), "a préparé "+w.Kind.WithArticle(), nil)
	})
	return w.ID, err
}

// Replan changes a workshop as w says, date, status and announcements left alone unless
// it is a draft. w.Version is the one that was read: if somebody else wrote since, it
// refuses with Conflict and changes nothing. Seats that it adds go to those who wait.
func (d *DB) Replan(ctx context.Context, by app.Viewer, w app.Workshop, animators []app.PersonID, letter Letter, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		before, err := lockFor(ctx, c, by, app.KeepWorkshops, w.ID, now)
		if err != nil {
			return err
		}
		if before.Version != w.Version {
			return errStale
		}
		w.Territory, w.Status = before.Territory, before.Status
		w.Sequence, w.PostponedFrom, w.CancelReason = before.Sequence, before.PostponedFrom, before.CancelReason
		if before.Status != app.Draft {
			w.StartsAt, w.EndsAt = before.StartsAt, before.EndsAt
		}
		if w.Place != before.Place || w.Address != before.Address || w.Link != before.Link || w.Title != before.Title {
			w.Sequence++
		}
		if err := app.AllOf(w.CheckPlan(before.Taken), by.InRemit(app.KeepWorkshops, w.Territory, w.Themes)); err != nil {
			return err
		}
		if err := checkPlanRefs(ctx, c, by, w, animators); err != nil {
			return err
		}
		return replan(ctx, c, by, before, w, animators, letter, now)
	})
}

var errStale = app.Errorf(app.Conflict, "Quelqu’un a enregistré une autre version pendant que vous écriviez. Rien n’est perdu : comparez, puis enregistrez de nouveau.")

func replan(ctx context.Context, c conn, by app.Viewer, before, w app.Workshop, animators []app.PersonID, letter Letter, now time.Time) error {
	changes, who, err := planChanges(ctx, c, before, w, animators)
	if err != nil {
		return err
	}
	if len(changes) == 0 {
		return nil
	}
	if err := writePlan(ctx, c, w, now); err != nil {
		return err
	}
	if err := c.exec(ctx, `DELETE FROM workshop_animators WHERE workshop_id = $1`, w.ID); err != nil {
		return err
	}
	if err := addAnimators(ctx, c, w.ID, animators); err != nil {
		return err
	}
	if err := indexWords(ctx, c, app.OfWorkshop, string(w.ID), w.Title, w.Place, w.Kind.Label()); err != nil {
		return err
	}
	if err := note(ctx, c, by, now, app.OfWorkshop, string(w.ID), "a modifié "+w.Kind.WithArticle(), changes, who...); err != nil {
		return err
	}
	w.Taken, w.Waiting = before.Taken, before.Waiting
	return promote(ctx, c, &w, letter, now)
}

// PlanDifferences returns how w and animators, as somebody would have them, differ from
// what is written: Before is what is, After what they would have. The hours of a workshop
// that is announced are left out. It returns the version that is written too.
func (d *DB) PlanDifferences(ctx context.Context, by app.Viewer, w app.Workshop, animators []app.PersonID) (app.Changes, int, error) {
	c := d.reader()
	before, err := seenFor(ctx, c, by, app.KeepWorkshops, w.ID)
	if err != nil {
		return nil, 0, err
	}
	if before.Status != app.Draft {
		w.StartsAt, w.EndsAt = before.StartsAt, before.EndsAt
	}
	changes, _, err := planChanges(ctx, c, before, w, animators)
	return changes, before.Version, err
}

// writePlan writes every column of w that a form may change, and a new version.
func writePlan(ctx context.Context, c conn, w app.Workshop, now time.Time) error {
	return c.change(ctx, `
		UPDATE workshops
		SET convention_id = $2, phase_id = $3, axis_id = $4, host_id = $5, kind = $6, title = $7, description = $8, agenda = $9,
			starts_at = $10, ends_at = $11, place = $12, address = $13, commune_code = $14, link = $15, capacity = $16,
			status = $17, postponed_from = $18, cancel_reason = $19, sequence = $20, updated_at = $21, themes = $22, version = version + 1
		WHERE id = $1`,
		w.ID, w.Convention, orNull(w.Phase), orNull(w.Axis), orNull(w.Host), w.Kind, w.Title, w.Description, w.Agenda,
		stored(w.StartsAt), stored(w.EndsAt), w.Place, w.Address, orNull(w.Commune), w.Link, w.Capacity,
		w.Status, orNull(w.PostponedFrom), w.CancelReason, w.Sequence, stored(now), keysColumn(w.Themes))
}

// checkPlanRefs refuses a convention of another territory, a phase or an axis of another
// convention, a commune that does not exist, a host or animators who are not of the territory.
func checkPlanRefs(ctx context.Context, c conn, by app.Viewer, w app.Workshop, animators []app.PersonID) error {
	var q where
	convention, territory := q.arg(w.Convention), q.arg(w.Territory)
	var conventions, phases, axes, communes, hosts, people int
	err := c.row(ctx, `
		SELECT (SELECT COUNT(*) FROM conventions WHERE id = `+convention+` AND territory_id = `+territory+`),
			(SELECT COUNT(*) FROM phases WHERE id = `+q.arg(w.Phase)+` AND convention_id = `+convention+`),
			(SELECT COUNT(*) FROM axes WHERE id = `+q.arg(w.Axis)+` AND convention_id = `+convention+`),
			(SELECT COUNT(*) FROM communes WHERE code = `+q.arg(w.Commune)+`),
			(SELECT COUNT(*) FROM organisation_territories WHERE organisation_id = `+q.arg(w.Host)+` AND territory_id = `+territory+`),
			(SELECT COUNT(*) FROM people p WHERE p.id IN `+in(&q, animators)+` AND (p.id = `+q.arg(by.Person)+` OR `+around(territory)+`))`, q.args...).
		Scan(&conventions, &phases, &axes, &communes, &hosts, &people)
	if err != nil {
		return err
	}
	f := app.Fields{}
	if conventions == 0 {
		f.Add("convention", "Choisissez une convention de ce territoire.")
	}
	if w.Phase != "" && phases == 0 {
		f.Add("phase", "Cette phase n’est pas de la convention choisie.")
	}
	if w.Axis != "" && axes == 0 {
		f.Add("axe", "Cet axe n’est pas de la convention choisie.")
	}
	if w.Commune != "" && communes == 0 {
		f.Add("commune", "Choisissez la commune dans la liste.")
	}
	if w.Host != "" && hosts == 0 {
		f.Add("structure", "Choisissez une structure du territoire.")
	}
	if people != len(animators) {
		f.Add("animation", "Choisissez les personnes dans la liste.")
	}
	return f.Err()
}

// planChanges tells what differs between two plans, in the words of the form, and whom
// these name.
func planChanges(ctx context.Context, c conn, a, b app.Workshop, animators []app.PersonID) (changes app.Changes, who []app.Named, err error) {
	before, err := planNames(ctx, c, a)
	if err != nil {
		return nil, nil, err
	}
	after, err := planNames(ctx, c, b)
	if err != nil {
		return nil, nil, err
	}
	changes.Note("Titre", a.Title, b.Title)
	changes.Note("Genre", a.Kind.Label(), b.Kind.Label())
	changes.Note("Convention", before.convention, after.convention)
	changes.Note("Phase", before.phase, after.phase)
	changes.Note("Axe", before.axis, after.axis)
	changes.Note("Structure organisatrice", before.host, after.host)
	changes.Note("Thèmes", app.ThemeLabels(a.Themes), app.ThemeLabels(b.Themes))
	changes.Note("Début", momentWords(a.StartsAt), momentWords(b.StartsAt))
	changes.Note("Fin", momentWords(a.EndsAt), momentWords(b.EndsAt))
	changes.Note("Lieu", a.Place, b.Place)
	changes.Note("Adresse", a.Address, b.Address)
	changes.Note("Commune", before.commune, after.commune)
	changes.Note("Visioconférence", a.Link, b.Link)
	changes.Note("Jauge", capacityWords(a.Capacity), capacityWords(b.Capacity))
	changes.Note("Présentation", a.Description, b.Description)
	changes.Note("Ordre du jour", a.Agenda, b.Agenda)
	old, err := animatorsOf(ctx, c, a.ID)
	if err != nil {
		return nil, nil, err
	}
	fresh, err := peopleNamed(ctx, c, animators)
	if leaders, led := namesOf(old), namesOf(fresh); leaders != led {
		changes.Note(app.LedBy, leaders, led)
		for _, p := range slices.Concat(old, fresh) {
			who = append(who, p.Named())
		}
	}
	return changes, who, err
}

type names struct{ convention, phase, axis, host, commune string }

func planNames(ctx context.Context, c conn, w app.Workshop) (n names, err error) {
	err = c.row(ctx, `
		SELECT COALESCE((SELECT name FROM conventions WHERE id = $1), ''), COALESCE((SELECT name FROM phases WHERE id = $2), ''),
			COALESCE((SELECT title FROM axes WHERE id = $3), ''), COALESCE((SELECT name FROM organisations WHERE id = $4), ''),
			COALESCE((SELECT name FROM communes WHERE code = $5), '')`, w.Convention, w.Phase, w.Axis, w.Host, w.Commune).
		Scan(&n.convention, &n.phase, &n.axis, &n.host, &n.commune)
	return n, err
}

func peopleNamed(ctx context.Context, c conn, ids []app.PersonID) ([]app.Person, error) {
	var w where
	return list(ctx, c, scanPerson, `SELECT `+personColumns+` FROM people p WHERE p.id IN `+in(&w, ids)+` ORDER BY p.sort_key, p.id`, w.args...)
}

func namesOf(people []app.Person) string {
	all := make([]string, len(people))
	for i, p := range people {
		all[i] = p.Name()
	}
	return strings.Join(all, ", ")
}

func momentWords(t time.Time) string { return t.In(app.Paris).Format("02/01/2006 15:04") }

func capacityWords(capacity int) string {
	if capacity == 0 {
		return "sans limite"
	}
	return app.Count(capacity, "place", "places")
}
