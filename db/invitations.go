package db

import (
	"context"
	"strings"
	"time"

	"maillage/app"
)

// Invited is an organisation invited to a workshop, and how it stands with it.
type Invited struct {
	app.Invitation
	Name      string
	Category  app.Category
	Themes    []app.Theme // read where it is one's own
	Commune   string      // its name
	Referents int         // accounts that may answer for it; with none, the coordination does
	Seated    int         // of its people who have a seat
	Waiting   int         // and who wait for one
}

const invitedColumns = `i.id, i.workshop_id, i.organisation_id, i.answer, i.comment, i.invited_at, i.answered_at, i.reminded_at,
		o.name, o.category, COALESCE(m.name, ''), ` + referentsOf + `,
		(SELECT COUNT(*) FROM registrations r
			WHERE r.workshop_id = i.workshop_id AND r.organisation_id = i.organisation_id AND r.state IN ('inscrit', 'present')),
		(SELECT COUNT(*) FROM registrations r
			WHERE r.workshop_id = i.workshop_id AND r.organisation_id = i.organisation_id AND r.state = 'attente')`

func scanInvited(s scanner) (i Invited, err error) {
	err = s.Scan(&i.ID, &i.Workshop, &i.Organisation, &i.Answer, &i.Comment, &i.InvitedAt, moment(&i.AnsweredAt), moment(&i.RemindedAt),
		&i.Name, &i.Category, &i.Commune, &i.Referents, &i.Seated, &i.Waiting)
	return i, err
}

// Invitations returns a workshop with the organisations invited to it, by name, for
// who may invite to it.
func (d *DB) Invitations(ctx context.Context, by app.Viewer, id app.WorkshopID) (app.Workshop, []Invited, error) {
	w, err := seenFor(ctx, d.reader(), by, app.Invite, id)
	if err != nil {
		return w, nil, err
	}
	invited, err := list(ctx, d.reader(), scanInvited, `
		SELECT `+invitedColumns+`
		FROM invitations i
		JOIN organisations o ON o.id = i.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		WHERE i.workshop_id = $1
		ORDER BY o.sort_key, o.id`, id)
	return w, invited, err
}

// Choice narrows the organisations that may be invited; its zero value lets through
// all those of the territory.
type Choice struct {
	Query    string
	Category app.Category
	Theme    app.Theme
	Commune  app.CommuneCode
}

// Candidate is an organisation that may be invited, or is already.
type Candidate struct {
	ID        app.OrganisationID
	Name      string
	Category  app.Category
	Commune   string // its name
	Referents int
	Invited   bool
}

// mostCandidates is more than a territory has of organisations.
const mostCandidates = 1000

// Candidates returns the organisations of a workshop's territory that match a choice,
// by name, with that workshop; those put aside are left out.
func (d *DB) Candidates(ctx context.Context, by app.Viewer, id app.WorkshopID, choice Choice) (app.Workshop, []Candidate, error) {
	w, err := seenFor(ctx, d.reader(), by, app.Invite, id)
	if err != nil {
		return w, nil, err
	}
	var q where
	invited := q.arg(id)
	q.and("t.territory_id = ?", w.Territory)
	q.and("o.archived_at IS NULL")
	if choice.Category != "" {
		q.and("o.category = ?", choice.Category)
	}
	if choice.Theme != "" {
		q.and("o.themes LIKE ?", "%,"+string(choice.Theme)+",%")
	}
	if choice.Commune != "" {
		q.and("o.commune_code = ?", choice.Commune)
	}
	q.matching(app.OfOrganisation, "o.id", choice.Query)
	most := q.arg(mostCandidates)
	found, err := list(ctx, d.reader(), func(s scanner) (o Candidate, err error) {
		err = s.Scan(&o.ID, &o.Name, &o.Category, &o.Commune, &o.Referents, &o.Invited)
		return o, err
	}, `
		SELECT o.id, o.name, o.category, COALESCE(m.name, ''), `+referentsOf+`,
			EXISTS (SELECT 1 FROM invitations i WHERE i.workshop_id = `+invited+` AND i.organisation_id = o.id)
		FROM organisation_territories t
		JOIN organisations o ON o.id = t.organisation_id
		LEFT JOIN communes m ON m.code = o.commune_code
		`+q.String()+`
		ORDER BY t.sort_key, o.id
		LIMIT `+most, q.args...)
	return w, found, err
}

// Invite invites organisations to a workshop, all of them or none, and writes to their
// référent·e·s. Those invited already are left as they are. It returns how many are new.
func (d *DB) Invite(ctx context.Context, by app.Viewer, id app.WorkshopID, organisations []app.OrganisationID, letter Letter, now time.Time) (n int, err error) {
	if len(organisations) == 0 {
		return 0, app.InvalidField("structures", "Choisissez au moins une structure.")
	}
	err = d.update(ctx, func(c conn) error {
		w, err := lockFor(ctx, c, by, app.Invite, id, now)
		if err != nil {
			return err
		}
		if err := w.MayInvite(now); err != nil {
			return err
		}
		fresh, err := notYetInvited(ctx, c, w, organisations)
		if err != nil || len(fresh) == 0 {
			return err
		}
		n = len(fresh)
		if err := insertInvitations(ctx, c, id, fresh, now); err != nil {
			return err
		}
		ids, names := make([]app.OrganisationID, n), make([]string, n)
		for i, o := range fresh {
			ids[i], names[i] = o.ID, o.Name
		}
		if _, err := writeTo(ctx, c, ids, app.Notice{Workshop: w}, letter, now); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfWorkshop, string(id), "a invité "+app.Count(n, "structure", "structures"),
			app.Changes{{Field: "Structures invitées", After: strings.Join(names, ", ")}})
	})
	return n, err
}

// notYetInvited returns those of organisations that w does not invite yet, each once.
// One that is unknown, put aside or of another territory is an error.
func notYetInvited(ctx context.Context, c conn, w app.Workshop, organisations []app.OrganisationID) (fresh []Candidate, err error) {
	asked := map[app.OrganisationID]bool{}
	for _, o := range organisations {
		asked[o] = true
	}
	var q where
	id, territory := q.arg(w.ID), q.arg(w.Territory)
	known, err := list(ctx, c, func(s scanner) (o Candidate, err error) {
		err = s.Scan(&o.ID, &o.Name, &o.Invited)
		return o, err
	}, `
		SELECT o.id, o.name, EXISTS (SELECT 1 FROM invitations i WHERE i.workshop_id = `+id+` AND i.organisation_id = o.id)
		FROM organisation_territories t
		JOIN organisations o ON o.id = t.organisation_id AND o.archived_at IS NULL
		WHERE t.territory_id = `+territory+` AND o.id IN `+in(&q, organisations)+`
		ORDER BY t.sort_key, o.id`, q.args...)
	if err != nil {
		return nil, err
	}
	if len(known) != len(asked) {
		return nil, app.InvalidField("structures", "Une des structures choisies n’est plus dans l’annuaire du territoire : rechargez la page.")
	}
	for _, o := range known {
		if !o.Invited {
			fresh = append(fresh, o)
		}
	}
	return fresh, nil
}

func insertInvitations(ctx context.Context, c conn, id app.WorkshopID, organisations []Candidate, now time.Time) error {
	var q where
	workshop, at := q.arg(id), q.arg(stored(now))
	rows := make([]string, len(organisations))
	for i, o := range organisations {
		rows[i] = "(" + q.arg(app.NewID[app.InvitationID]()) + ", " + workshop + ", " + q.arg(o.ID) + ", " + at + ")"
	}
	return c.exec(ctx, `
		INSERT INTO invitations (id, workshop_id, organisation_id, invited_at)
		VALUES `+strings.Join(rows, ", "), q.args...)
}

// Disinvite takes an invitation back. An organisation whose people are registered
// keeps it: they are to be taken off first. One that is not invited stays so.
func (d *DB) Disinvite(ctx context.Context, by app.Viewer, id app.WorkshopID, organisation app.OrganisationID, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if _, err := lockFor(ctx, c, by, app.Invite, id, now); err != nil {
			return err
		}
		i, err := invitationOf(ctx, c, id, organisation)
		if err != nil {
			return err
		}
		if i.ID == "" {
			return gone("Cette invitation")
		}
		if n := i.Seated + i.Waiting; n > 0 {
			return app.Errorf(app.Conflict, "%s de « %s » %s : désinscrivez d’abord, puis retirez l’invitation.",
				app.Count(n, "personne", "personnes"), i.Name, plural(n, "est inscrite", "sont inscrites"))
		}
		if err := c.exec(ctx, `DELETE FROM invitations WHERE id = $1`, i.ID); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfWorkshop, string(id), "a retiré l’invitation "+app.Of(i.Name), nil)
	})
}

func plural(n int, one, many string) string {
	if n > 1 {
		return many
	}
	return one
}

// Remind writes again to the organisations that have not answered and were not already
// reminded that day. It returns how many were, and how many of those nobody can answer for.
func (d *DB) Remind(ctx context.Context, by app.Viewer, id app.WorkshopID, letter Letter, now time.Time) (reminded, mute int, err error) {
	err = d.update(ctx, func(c conn) error {
		w, err := lockFor(ctx, c, by, app.Invite, id, now)
		if err != nil {
			return err
		}
		if err := w.MayInvite(now); err != nil {
			return err
		}
		silent, err := list(ctx, c, func(s scanner) (o Candidate, err error) {
			err = s.Scan(&o.ID, &o.Referents)
			return o, err
		}, `
			UPDATE invitations SET reminded_at = $2
			WHERE workshop_id = $1 AND answer = '' AND (reminded_at IS NULL OR reminded_at < $3)
			RETURNING organisation_id, (SELECT COUNT(*)
				FROM account_organisations ao
				JOIN accounts a ON a.id = ao.account_id AND a.disabled_at IS NULL
				WHERE ao.organisation_id = invitations.organisation_id AND ao.role = 'referent')`,
			id, stored(now), stored(app.DateOf(now).Time()))
		if err != nil || len(silent) == 0 {
			return err
		}
		ids := make([]app.OrganisationID, len(silent))
		for i, o := range silent {
			ids[i] = o.ID
			if o.Referents == 0 {
				mute++
			}
		}
		reminded = len(silent)
		if _, err := remindThose(ctx, c, ids, app.Notice{Workshop: w}, letter, now); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfWorkshop, string(id), "a relancé "+app.Count(reminded, "structure", "structures")+" sans réponse", nil)
	})
	return reminded, mute, err
}
