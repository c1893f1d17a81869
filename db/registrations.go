package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

func insertInvitation(ctx context.Context, c conn, i app.Invitation) error {
	return c.exec(ctx, `
		INSERT INTO invitations (id, workshop_id, organisation_id, answer, comment, invited_at, answered_at, reminded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		i.ID, i.Workshop, i.Organisation, i.Answer, i.Comment, stored(i.InvitedAt), orNull(i.AnsweredAt), orNull(i.RemindedAt))
}

const registrationColumns = `r.id, r.workshop_id, r.person_id, r.organisation_id, r.function, r.state, r.walk_in,
		r.represents_id, r.state_before, r.checked_in_at, r.created_at, r.updated_at`

func registrationFields(r *app.Registration) []any {
	return []any{
		&r.ID, &r.Workshop, &r.Person, text(&r.Organisation), &r.Function, &r.State, &r.WalkIn,
		text(&r.Represents), &r.Before, moment(&r.CheckedInAt), &r.CreatedAt, &r.UpdatedAt,
	}
}

// insertRegistration writes r, behind everybody who waits already.
func insertRegistration(ctx context.Context, c conn, r app.Registration) error {
	return c.exec(ctx, `
		INSERT INTO registrations (id, workshop_id, person_id, organisation_id, function, state, walk_in, represents_id,
			state_before, rank, checked_in_at, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $12,
			(SELECT COALESCE(MAX(x.rank), 0) + 1 FROM registrations x WHERE x.workshop_id = $2),
			$9, $10, $11)`,
		r.ID, r.Workshop, r.Person, orNull(r.Organisation), r.Function, r.State, r.WalkIn, orNull(r.Represents),
		orNull(r.CheckedInAt), stored(r.CreatedAt), stored(r.UpdatedAt), r.Before)
}

// A nominee is a person who may be named for a workshop, with the
// registration they have there already, if any.
type nominee struct {
	person   app.PersonID
	name     string
	function string
	known    app.Registration // zero when they were never named
}

func (n nominee) who() app.Named { return app.Named{Person: n.person, Name: n.name} }

// nominees returns people of an organisation, each once, in the order asked for. One
// who holds no position there is an error.
func nominees(ctx context.Context, c conn, id app.WorkshopID, o app.OrganisationID, people []app.PersonID, now time.Time) ([]nominee, error) {
	var q where
	workshop, organisation, day := q.arg(id), q.arg(o), q.arg(app.DateOf(now))
	all, err := list(ctx, c, func(s scanner) (n nominee, err error) {
		var first, last string
		err = s.Scan(&n.person, &first, &last, &n.function, text(&n.known.ID), text(&n.known.State), text(&n.known.Organisation), text(&n.known.Represents))
		n.name = app.Tidy(first + " " + last)
		return n, err
	}, `
		SELECT p.id, p.first_name, p.last_name, po.function, r.id, r.state, r.organisation_id, r.represents_id
		FROM positions po
		JOIN people p ON p.id = po.person_id
		LEFT JOIN registrations r ON r.person_id = p.id AND r.workshop_id = `+workshop+`
		WHERE po.organisation_id = `+organisation+` AND NOT po.unconfirmed AND po.since <= `+day+` AND (po.until = '' OR po.until >= `+day+`)
			AND p.id IN `+in(&q, people)+`
		ORDER BY po.since DESC, po.id`, q.args...)
	if err != nil {
		return nil, err
	}
	byID := map[app.PersonID]nominee{}
	for _, n := range all {
		if _, known := byID[n.person]; !known {
			byID[n.person] = n
		}
	}
	var ordered []nominee
	for _, p := range people {
		n, known := byID[p]
		if !known {
			return nil, app.InvalidField("personnes", "Une des personnes choisies n’est plus dans la structure : rechargez la page.")
		}
		if !slices.ContainsFunc(ordered, func(x nominee) bool { return x.person == p }) {
			ordered = append(ordered, n)
		}
	}
	return ordered, nil
}

// Register names people of an organisation for a workshop, all of them or none: they
// get the seats that are left, then places on the waiting list in the order given. Who
// is named already stays as they are. It returns how many of those newly named have a
// seat and how many wait.
func (d *DB) Register(ctx context.Context, by app.Viewer, id app.WorkshopID, o app.OrganisationID, people []app.PersonID, now time.Time) (seated, waiting int, err error) {
	if len(people) == 0 {
		return 0, 0, app.InvalidField("personnes", "Choisissez au moins une personne.")
	}
	err = d.update(ctx, func(c conn) error {
		w, i, err := lockAnswer(ctx, c, by, id, o, now)
		if err != nil {
			return err
		}
		seated, waiting, err = enrol(ctx, c, by, &w, i, people, now)
		return err
	})
	return seated, waiting, err
}

// RegisterNewcomer is Register for somebody who is not in the directory: they enter it
// with a position in the organisation. A person of the organisation who bears that
// name is that person.
func (d *DB) RegisterNewcomer(ctx context.Context, by app.Viewer, id app.WorkshopID, o app.OrganisationID, n app.Newcomer, now time.Time) (seated, waiting int, err error) {
	n = n.Tidied()
	if err := n.Check(); err != nil {
		return 0, 0, err
	}
	err = d.update(ctx, func(c conn) error {
		w, i, err := lockAnswer(ctx, c, by, id, o, now)
		if err != nil {
			return err
		}
		person, err := welcome(ctx, c, by, w.Territory, o, n, now)
		if err != nil {
			return err
		}
		seated, waiting, err = enrol(ctx, c, by, &w, i, []app.PersonID{person}, now)
		return err
	})
	return seated, waiting, err
}

// enrol names people of the organisation of i for w, which is locked.
func enrol(ctx context.Context, c conn, by app.Viewer, w *app.Workshop, i Invited, people []app.PersonID, now time.Time) (seated, waiting int, err error) {
	chosen, err := nominees(ctx, c, w.ID, i.Organisation, people, now)
	if err != nil {
		return 0, 0, err
	}
	var changes app.Changes
	var who []app.Named
	for _, n := range chosen {
		if n.known.State.Active() {
			if n.known.Organisation != i.Organisation {
				return 0, 0, app.Errorf(app.Conflict, "%s est déjà inscrit·e, au titre d’une autre structure.", n.name)
			}
			continue
		}
		state := w.Admit()
		if state == app.Waiting {
			waiting++
		} else {
			seated++
		}
		changes.Note(n.name, before(n.known), state.Label())
		who = append(who, n.who())
		err := seat(ctx, c, n, app.Registration{Workshop: w.ID, Organisation: i.Organisation, State: state, CreatedAt: now, UpdatedAt: now})
		if err != nil {
			return 0, 0, err
		}
	}
	if len(changes) == 0 {
		return 0, 0, nil
	}
	if i.Answer != app.Coming {
		changes.Note("Réponse", answerWords(i.Answer), answerWords(app.Coming))
		if err := setAnswer(ctx, c, i, app.Coming, i.Comment, now); err != nil {
			return 0, 0, err
		}
	}
	return seated, waiting, note(ctx, c, by, now, app.OfWorkshop, string(w.ID),
		"a inscrit "+app.Count(seated+waiting, "personne", "personnes")+" "+app.Of(i.Name), changes, who...)
}

func before(r app.Registration) string {
	if r.ID == "" {
		return ""
	}
	return r.State.Label()
}

// seat writes that n comes as r says, at the end of the queue; who was named once and
// taken off has their registration opened again.
func seat(ctx context.Context, c conn, n nominee, r app.Registration) error {
	r.Person, r.Function = n.person, n.function
	if n.known.ID == "" {
		r.ID = app.NewID[app.RegistrationID]()
		return insertRegistration(ctx, c, r)
	}
	if err := c.exec(ctx, `UPDATE registrations SET represents_id = NULL WHERE represents_id = $1`, n.known.ID); err != nil {
		return err
	}
	return c.change(ctx, `
		UPDATE registrations SET organisation_id = $2, function = $3, state = $4, represents_id = $5, state_before = $6, walk_in = $7,
			checked_in_at = $8, updated_at = $9,
			rank = (SELECT COALESCE(MAX(x.rank), 0) + 1 FROM registrations x WHERE x.workshop_id = $10)
		WHERE id = $1`,
		n.known.ID, orNull(r.Organisation), r.Function, r.State, orNull(r.Represents), r.Before, r.WalkIn,
		orNull(r.CheckedInAt), stored(r.UpdatedAt), r.Workshop)
}
