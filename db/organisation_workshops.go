package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

// OrganisationWorkshop is a workshop as it concerns one organisation.
type OrganisationWorkshop struct {
	Workshop   app.Workshop
	Commune    string
	Hosted     bool          // the organisation calls it
	Invited    bool          // known to who may see the answers only, as what follows
	Answer     app.Answer    // of the organisation
	AnsweredAt time.Time     // zero while it has not
	Comment    string        // of its answer
	People     []Participant // of the organisation, withdrawn ones left out
}

// Participant is somebody at a workshop.
type Participant struct {
	ID    app.PersonID
	Name  string
	State app.Attendance // "" when it was noted and the viewer may not see it
}

// OrganisationWorkshops returns the workshops that an organisation hosts, is invited to or
// sent people to, drafts never, in the territories that by may see; the last first, at
// most 200.
func (d *DB) OrganisationWorkshops(ctx context.Context, by app.Viewer, o app.Organisation) ([]OrganisationWorkshop, error) {
	var territories []app.TerritoryID
	for _, t := range o.Territories {
		if by.MaySee(t) {
			territories = append(territories, t)
		}
	}
	var w where
	id := w.arg(o.ID)
	w.and("w.territory_id IN " + in(&w, territories))
	w.and("w.status <> ?", app.Draft)
	w.and(`w.id IN (
			SELECT i.workshop_id FROM invitations i WHERE i.organisation_id = ` + id + `
			UNION SELECT r.workshop_id FROM registrations r WHERE r.organisation_id = ` + id + ` AND r.state <> 'desinscrit'
			UNION SELECT x.id FROM workshops x WHERE x.host_id = ` + id + ` AND x.territory_id IN ` + in(&w, territories) + `)`)
	workshops, err := list(ctx, d.reader(), func(s scanner) (x OrganisationWorkshop, err error) {
		err = s.Scan(append(workshopFields(&x.Workshop), &x.Commune, &x.Hosted, &x.Invited, &x.Answer, &x.Comment, moment(&x.AnsweredAt))...)
		if !by.MaySeeAnswersOf(o.Membership(), x.Workshop) {
			x.Invited, x.Answer, x.Comment, x.AnsweredAt = false, "", "", time.Time{}
		}
		return x, err
	}, `
		SELECT `+workshopColumns+`, COALESCE(m.name, ''), COALESCE(w.host_id = `+id+`, FALSE), i.id IS NOT NULL,
			COALESCE(i.answer, ''), COALESCE(i.comment, ''), i.answered_at
		FROM workshops w
		LEFT JOIN invitations i ON i.workshop_id = w.id AND i.organisation_id = `+id+`
		LEFT JOIN communes m ON m.code = w.commune_code
		`+w.String()+`
		ORDER BY w.starts_at DESC, w.id
		LIMIT 200`, w.args...)
	if err != nil || len(workshops) == 0 {
		return nil, err
	}
	if err := d.addParticipants(ctx, by, o.ID, workshops); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(workshops, func(w OrganisationWorkshop) bool {
		return !w.Hosted && !w.Invited && len(w.People) == 0 // an invitation that by may not know of
	}), nil
}

// addParticipants writes into workshops who of an organisation is registered for each, and
// whether they were there as far as by may see it.
func (d *DB) addParticipants(ctx context.Context, by app.Viewer, id app.OrganisationID, workshops []OrganisationWorkshop) error {
	at := map[app.WorkshopID]*OrganisationWorkshop{}
	for i := range workshops {
		at[workshops[i].Workshop.ID] = &workshops[i]
	}
	_, err := list(ctx, d.reader(), func(s scanner) (none struct{}, err error) {
		var workshop app.WorkshopID
		var person app.Person
		var state app.Attendance
		var animates bool
		if err = s.Scan(&workshop, &person.ID, &person.FirstName, &person.LastName, &state, &animates); err != nil {
			return none, err
		}
		if w := at[workshop]; w != nil {
			if state.Noted() && !by.MaySeeAttendanceOf(person.ID, []app.OrganisationID{id}, w.Workshop, animates) {
				state = ""
			}
			w.People = append(w.People, Participant{person.ID, person.Name(), state})
		}
		return none, nil
	}, `
		SELECT r.workshop_id, p.id, p.first_name, p.last_name, r.state,
			EXISTS (SELECT 1 FROM workshop_animators x WHERE x.workshop_id = r.workshop_id AND x.person_id = $2)
		FROM registrations r
		JOIN people p ON p.id = r.person_id
		WHERE r.organisation_id = $1 AND r.state <> 'desinscrit'
		ORDER BY p.sort_key, p.id`, id, by.Person)
	return err
}
