package db

import (
	"context"
	"time"

	"maillage/app"
)

// Comers is what the page says on which an organisation answers: who may come and who does.
type Comers struct {
	Organisation app.OrganisationID
	Part         app.Membership // what the rights on it depend on
	Name         string
	Invitation   app.Invitation // ID "" when the organisation is not invited
	Archived     bool           // put aside: it answers no more
	People       []Comer        // by name
}

// Comer is a person of an organisation and their registration, of which the ID is ""
// when they were never named.
type Comer struct {
	Person       app.PersonID
	Name         string
	Function     string
	Registration app.Registration
	Rank         int // on the waiting list, from 1; 0 off it
}

// Elsewhere reports whether c is registered on behalf of another organisation than o.
func (c Comer) Elsewhere(o app.OrganisationID) bool {
	return c.Registration.State.Active() && c.Registration.Organisation != o
}

// rankOf counts how many wait before r and r itself; 0 off the waiting list.
const rankOf = `CASE WHEN r.state = 'attente' THEN
			(SELECT COUNT(*) FROM registrations x WHERE x.workshop_id = r.workshop_id AND x.state = 'attente' AND x.rank <= r.rank)
			ELSE 0 END`

// Comers returns a workshop with the people of one organisation, for who belongs to
// that organisation or coordinates one of its themes, or of those of the workshop.
func (d *DB) Comers(ctx context.Context, by app.Viewer, id app.WorkshopID, o app.OrganisationID, now time.Time) (app.Workshop, Comers, error) {
	c := d.reader()
	w, err := seenWorkshop(ctx, c, by, id)
	if err != nil {
		return w, Comers{}, err
	}
	part, err := partFor(ctx, c, by, o)
	if err != nil {
		return w, Comers{}, err
	}
	if !by.MaySeeAnswersOf(part, w) {
		return w, Comers{}, app.Errorf(app.Forbidden, "Seules une structure et la coordination voient qui vient pour elle.")
	}
	comers, err := invitedOrNot(ctx, c, w, o)
	if err != nil {
		return w, comers, err
	}
	comers.Part = part
	if comers.Archived, err = isArchived(ctx, c, o); err != nil {
		return w, comers, err
	}
	comers.People, err = list(ctx, c, scanComer, `
		SELECT p.id, p.first_name, p.last_name,
			COALESCE((SELECT po.function FROM positions po
				WHERE po.person_id = p.id AND po.organisation_id = $2 AND po.since <= $3 AND (po.until = '' OR po.until >= $3)
				ORDER BY po.since DESC, po.id LIMIT 1), r.function, ''),
			r.id, r.state, r.organisation_id, r.represents_id, `+rankOf+`
		FROM people p
		LEFT JOIN registrations r ON r.person_id = p.id AND r.workshop_id = $1
		WHERE p.id IN (
			SELECT po.person_id FROM positions po
			WHERE po.organisation_id = $2 AND NOT po.unconfirmed AND po.since <= $3 AND (po.until = '' OR po.until >= $3)
			UNION
			SELECT x.person_id FROM registrations x
			WHERE x.workshop_id = $1 AND x.organisation_id = $2 AND x.state <> 'desinscrit')
		ORDER BY p.sort_key, p.id`, id, o, app.DateOf(now))
	return w, comers, err
}

func scanComer(s scanner) (k Comer, err error) {
	var first, last string
	r := &k.Registration
	err = s.Scan(&k.Person, &first, &last, &k.Function, text(&r.ID), text(&r.State), text(&r.Organisation), text(&r.Represents), &k.Rank)
	k.Name, r.Person = app.Tidy(first+" "+last), k.Person
	return k, err
}

func invitedOrNot(ctx context.Context, c conn, w app.Workshop, o app.OrganisationID) (k Comers, err error) {
	i, err := invitationOf(ctx, c, w.ID, o)
	if err != nil {
		return k, err
	}
	if i.ID != "" {
		return Comers{Organisation: o, Name: i.Name, Invitation: i.Invitation}, nil
	}
	k.Organisation = o
	err = c.row(ctx, `
		SELECT o.name
		FROM organisations o
		JOIN organisation_territories t ON t.organisation_id = o.id
		WHERE o.id = $1 AND t.territory_id = $2`, o, w.Territory).Scan(&k.Name)
	return k, found(err, "Cette structure")
}

// AnswersOf returns the organisations that by belongs to, by name, with what each was
// asked for a workshop and answered: an Invited without ID is not invited.
func (d *DB) AnswersOf(ctx context.Context, by app.Viewer, id app.WorkshopID) (app.Workshop, []Invited, error) {
	c := d.reader()
	w, err := seenWorkshop(ctx, c, by, id)
	if err != nil {
		return w, nil, err
	}
	var q where
	workshop := q.arg(id)
	own, err := list(ctx, c, func(s scanner) (i Invited, err error) {
		err = s.Scan(text(&i.ID), &i.Organisation, &i.Name, text(&i.Answer))
		return i, err
	}, `
		SELECT i.id, o.id, o.name, i.answer
		FROM organisations o
		LEFT JOIN invitations i ON i.organisation_id = o.id AND i.workshop_id = `+workshop+`
		WHERE o.id IN `+in(&q, by.Organisations())+`
		ORDER BY CASE WHEN i.id IS NULL THEN 1 ELSE 0 END, o.sort_key, o.id`, q.args...)
	return w, own, err
}
