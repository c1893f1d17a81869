package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

// A moveKind says what was moved from one organisation to another.
type moveKind string

// What is attached to organisations, but for their territories and the words they are found
// by; TestEveryColumnThatPointsAtAnOrganisationIsMerged says where each is handled.
const (
	movedPosition     moveKind = "fonction"
	movedAccess       moveKind = "acces"
	movedInvitation   moveKind = "invitation"
	movedRegistration moveKind = "inscription"
	movedWorkshop     moveKind = "atelier"
	movedService      moveKind = "service"
	movedRequest      moveKind = "demande"
	copiedDistinction moveKind = "distinction"
)

// A movedPiece is one thing as it is kept for undoing. What it was is "" for one that only
// changed organisations; of a request it is the other one by the same address.
type movedPiece struct {
	kind   moveKind
	thing  string
	person app.PersonID
	was    string
}

// heldPosition is a position with what is not of app.Position.
type heldPosition struct {
	app.Position
	CreatedAt time.Time
	name      string
}

// twicePosition is how two positions of one person became one.
type twicePosition struct{ Kept, Absorbed, Became heldPosition }

// sharedAccess is an account of either organisation: its role in each, and in both.
type sharedAccess struct {
	account        app.AccountID
	person         app.PersonID
	name, email    string
	disabled       bool
	Kept, Absorbed app.Role
	Became         app.Role
}

// twiceInvitation is how two invitations to one workshop became one.
type twiceInvitation struct{ Kept, Absorbed, Became app.Invitation }

// gathered is all that is attached to two organisations that become one.
type gathered struct {
	kept, absorbed app.OrganisationID
	positions      []heldPosition
	twice          map[app.PositionID]twicePosition // by that of the absorbed organisation
	accesses       []sharedAccess
	invitations    []app.Invitation // of the absorbed one, to what the other is not invited to
	invitedTwice   []twiceInvitation
	registrations  []movedPiece
	workshops      []movedPiece
	services       []movedPiece
	requests       []movedPiece
	apart          []movedPiece
	territories    int // that the kept one joins
}

// gather reads it.
func gather(ctx context.Context, c conn, kept, absorbed app.Organisation, now time.Time) (*gathered, error) {
	g := &gathered{kept: kept.ID, absorbed: absorbed.ID, twice: map[app.PositionID]twicePosition{}}
	for _, t := range absorbed.Territories {
		if !slices.Contains(kept.Territories, t) {
			g.territories++
		}
	}
	for _, read := range []func(context.Context, conn, time.Time) error{g.readPositions, g.readAccesses, g.readInvitations, g.readRest} {
		if err := read(ctx, c, now); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func (g *gathered) readPositions(ctx context.Context, c conn, now time.Time) (err error) {
	g.positions, err = list(ctx, c, func(s scanner) (h heldPosition, err error) {
		var first, last string
		err = s.Scan(append(positionFields(&h.Position), &h.CreatedAt, &first, &last)...)
		h.name = app.Tidy(first + " " + last)
		return h, err
	}, `
		SELECT `+positionColumns+`, t.created_at, p.first_name, p.last_name
		FROM positions t
		JOIN people p ON p.id = t.person_id
		WHERE t.organisation_id IN ($1, $2)
		ORDER BY p.sort_key, t.id`, g.kept, g.absorbed)
	held := map[app.PersonID]heldPosition{}
	for _, h := range g.positions {
		if h.Organisation == g.kept && !h.Ended(now) {
			held[h.Person] = h
		}
	}
	for _, h := range g.positions {
		if other, both := held[h.Person]; both && h.Organisation == g.absorbed && !h.Ended(now) {
			became := other
			became.Position = other.With(h.Position)
			became.Version++
			g.twice[h.ID] = twicePosition{other, h, became}
			held[h.Person] = became
		}
	}
	return err
}

func (g *gathered) readAccesses(ctx context.Context, c conn, _ time.Time) (err error) {
	g.accesses, err = list(ctx, c, func(s scanner) (a sharedAccess, err error) {
		var first, last string
		err = s.Scan(&a.account, &a.person, &first, &last, &a.email, &a.disabled, &a.Kept, &a.Absorbed)
		a.name, a.Became = app.Tidy(first+" "+last), app.Wider(a.Kept, a.Absorbed)
		return a, err
	}, `
		SELECT a.id, p.id, p.first_name, p.last_name, a.email, a.disabled_at IS NOT NULL, COALESCE(x.role, ''), COALESCE(y.role, '')
		FROM accounts a
		JOIN people p ON p.id = a.person_id
		LEFT JOIN account_organisations x ON x.account_id = a.id AND x.organisation_id = $1
		LEFT JOIN account_organisations y ON y.account_id = a.id AND y.organisation_id = $2
		WHERE a.id IN (SELECT account_id FROM account_organisations WHERE organisation_id IN ($1, $2))
		ORDER BY p.sort_key, a.id`, g.kept, g.absorbed)
	return err
}

func (g *gathered) readInvitations(ctx context.Context, c conn, _ time.Time) error {
	all, err := list(ctx, c, func(s scanner) (i app.Invitation, err error) {
		err = s.Scan(&i.ID, &i.Workshop, &i.Organisation, &i.Answer, &i.Comment, &i.InvitedAt, moment(&i.AnsweredAt), moment(&i.RemindedAt))
		return i, err
	}, `
		SELECT id, workshop_id, organisation_id, answer, comment, invited_at, answered_at, reminded_at
		FROM invitations
		WHERE organisation_id IN ($1, $2)
		ORDER BY id`, g.kept, g.absorbed)
	invited := map[app.WorkshopID]app.Invitation{}
	for _, i := range all {
		if i.Organisation == g.kept {
			invited[i.Workshop] = i
		}
	}
	for _, i := range all {
		switch other, both := invited[i.Workshop]; {
		case i.Organisation == g.kept:
		case both:
			g.invitedTwice = append(g.invitedTwice, twiceInvitation{other, i, other.With(i)})
		default:
			g.invitations = append(g.invitations, i)
		}
	}
	return err
}

// readRest reads what only changes organisations, and which request is doubled: of two by
// one address the one that is confirmed stays with the kept organisation.
func (g *gathered) readRest(ctx context.Context, c conn, _ time.Time) error {
	for _, part := range []struct {
		kind  moveKind
		into  *[]movedPiece
		query string
	}{
		{movedRegistration, &g.registrations, `SELECT id, '', '' FROM registrations WHERE organisation_id = $1 AND $2 <> '' ORDER BY id`},
		{movedWorkshop, &g.workshops, `SELECT id, '', '' FROM workshops WHERE host_id = $1 AND $2 <> '' ORDER BY id`},
		{movedService, &g.services, `SELECT id, '', '' FROM services WHERE organisation_id = $1 AND $2 <> '' ORDER BY id`},
		{movedRequest, &g.requests, `
			SELECT r.id, '', CASE WHEN o.id IS NULL THEN '' WHEN o.confirmed_at IS NULL AND r.confirmed_at IS NOT NULL THEN o.id ELSE '` + stays + `' END
			FROM join_requests r
			LEFT JOIN join_requests o ON o.email = r.email AND o.organisation_id = $2
			WHERE r.organisation_id = $1
			ORDER BY r.id`},
		{copiedDistinction, &g.apart, `
			SELECT x.id, '', ''
			FROM (SELECT CASE WHEN one_id = $1 THEN other_id ELSE one_id END AS id FROM distinctions WHERE one_id = $1 OR other_id = $1) x
			WHERE x.id <> $2 AND NOT EXISTS (
				SELECT 1 FROM distinctions d WHERE d.one_id = $2 AND d.other_id = x.id OR d.other_id = $2 AND d.one_id = x.id)
			ORDER BY x.id`},
	} {
		var err error
		*part.into, err = list(ctx, c, func(s scanner) (p movedPiece, err error) {
			err = s.Scan(&p.thing, &p.person, &p.was)
			p.kind = part.kind
			return p, err
		}, part.query, g.absorbed, g.kept)
		if err != nil {
			return err
		}
	}
	return nil
}

// moves are all the pieces, as they are kept.
func (g *gathered) moves() []movedPiece {
	all := slices.Concat(g.registrations, g.workshops, g.services, g.requests, g.apart)
	for _, h := range g.positions {
		if h.Organisation == g.absorbed {
			was := ""
			if twice, both := g.twice[h.ID]; both {
				was = asJSON(twice)
			}
			all = append(all, movedPiece{movedPosition, string(h.ID), h.Person, was})
		}
	}
	for _, a := range g.accesses {
		all = append(all, movedPiece{movedAccess, string(a.account), a.person, asJSON(a)})
	}
	for _, i := range g.invitations {
		all = append(all, movedPiece{movedInvitation, string(i.ID), "", ""})
	}
	for _, i := range g.invitedTwice {
		all = append(all, movedPiece{movedInvitation, string(i.Absorbed.ID), "", asJSON(i)})
	}
	return all
}

// counts says in numbers what is moved.
func (g *gathered) counts() (all app.Changes) {
	people, accesses, doubled := 0, 0, 0
	for _, h := range g.positions {
		if h.Organisation == g.absorbed {
			people++
		}
	}
	for _, a := range g.accesses {
		switch {
		case a.Absorbed != "" && a.Kept != "":
			doubled++
		case a.Absorbed != "":
			accesses++
		}
	}
	requests := 0
	for _, r := range g.requests {
		if r.was != stays {
			requests++
		}
	}
	all.NoteCount("Fonctions", people-len(g.twice))
	all.NoteCount("Fonctions d’une même personne, réunies", len(g.twice))
	all.NoteCount("Accès", accesses)
	all.NoteCount("Accès d’un même compte, réunis", doubled)
	all.NoteCount("Invitations", len(g.invitations))
	all.NoteCount("Invitations à un même atelier, réunies", len(g.invitedTwice))
	all.NoteCount("Inscriptions et présences", len(g.registrations))
	all.NoteCount("Ateliers organisés", len(g.workshops))
	all.NoteCount("Services", len(g.services))
	all.NoteCount("Demandes d’accès", requests)
	all.NoteCount("Paires dites distinctes", len(g.apart))
	all.NoteCount("Territoires", g.territories)
	return all
}
