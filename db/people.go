package db

import (
	"context"
	"time"

	"maillage/app"
)

const personColumns = `p.id, p.first_name, p.last_name, p.email, p.phone, p.visible, p.invented, p.created_at, p.updated_at, p.version`

func personFields(p *app.Person) []any {
	return []any{&p.ID, &p.FirstName, &p.LastName, &p.Email, &p.Phone, &p.Visible, &p.Invented, &p.CreatedAt, &p.UpdatedAt, &p.Version}
}

func scanPerson(s scanner) (p app.Person, err error) {
	err = s.Scan(personFields(&p)...)
	return p, err
}

func insertPerson(ctx context.Context, c conn, p app.Person) error {
	err := c.exec(ctx, `
		INSERT INTO people (id, first_name, last_name, sort_key, email, phone, visible, invented, created_at, updated_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.ID, p.FirstName, p.LastName, app.Fold(p.LastName+" "+p.FirstName), p.Email, p.Phone, p.Visible, p.Invented,
		stored(p.CreatedAt), stored(p.UpdatedAt), max(1, p.Version))
	if err != nil {
		return err
	}
	return addWords(ctx, c, app.OfPerson, string(p.ID), p.FirstName, p.LastName)
}

// PersonRecord is a person as somebody may see them.
type PersonRecord struct {
	app.Person           // e-mail and telephone empty unless Contacts
	Positions  []Holding // those that last first, then the last ended
	Contacts   bool      // e-mail and telephone may be seen
	Kept       bool      // they may be seen even if the person did not show them to all
	Editable   bool
	ObjectedAt time.Time // not invited by e-mail since, at their demand; zero unless Traced
	Traced     bool      // who was shown it may be seen: by oneself and by who coordinates
}

// Holding is a position with the organisation it is held in.
type Holding struct {
	app.Position
	OrganisationName string
	Archived         bool           // the organisation is
	Part             app.Membership // where it takes part, and on what
}

const thisPerson = "Cette personne"

// Person returns what is kept of somebody, as far as by may see it. A person is seen where
// an organisation they belong or belonged to takes part, where they came to a workshop, and
// by the administration; for everybody else there is none.
func (d *DB) Person(ctx context.Context, by app.Viewer, id app.PersonID, now time.Time) (PersonRecord, error) {
	return seenPerson(ctx, d.reader(), by, id, now)
}

func seenPerson(ctx context.Context, c conn, by app.Viewer, id app.PersonID, now time.Time) (r PersonRecord, err error) {
	row := c.row(ctx, `SELECT `+personColumns+`, p.objected_at FROM people p WHERE p.id = $1 AND p.erased_at IS NULL`, id)
	if r.Person, err = scanPerson(wider{row, []any{moment(&r.ObjectedAt)}}); err != nil {
		return r, found(err, thisPerson)
	}
	places, err := personPlaces(ctx, c, id)
	if err != nil {
		return r, err
	}
	if r.Positions, err = holdings(ctx, c, id, now); err != nil {
		return r, err
	}
	memberships := map[app.OrganisationID]app.Membership{}
	seen := by.IsPerson(id) || by.MayAdminister()
	for _, p := range places {
		seen = seen || by.MaySee(p.territory) || by.Is(p.organisation)
		m := memberships[p.organisation]
		memberships[p.organisation] = app.Membership{Organisation: p.organisation, Territories: append(m.Territories, p.territory), Themes: p.themes}
	}
	if !seen {
		return PersonRecord{}, gone(thisPerson)
	}
	for i := range r.Positions {
		r.Positions[i].Part = memberships[r.Positions[i].Organisation]
	}
	current := currentMemberships(r.Positions, memberships, now)
	r.Editable = by.MayEditPerson(id, current...)
	r.Contacts = by.MaySeeContactsOf(r.Person, current...)
	hidden := r.Person
	hidden.Visible = false
	r.Kept = by.MaySeeContactsOf(hidden, current...)
	r.Traced = by.MaySeeReadsOf(r.Person.ID, current...)
	if !r.Traced {
		r.ObjectedAt = time.Time{}
	}
	if !r.Contacts {
		r.Email, r.Phone = "", ""
	}
	return r, nil
}

// currentMemberships returns the memberships that give rights over a person: those that
// last and are confirmed. Of somebody who has none left, who coordinates the whole of where
// they were keeps the record; the organisations left do not.
func currentMemberships(positions []Holding, all map[app.OrganisationID]app.Membership, now time.Time) (current []app.Membership) {
	claimed := map[app.OrganisationID]bool{} // where nothing but an unconfirmed position says that they are
	for _, p := range positions {
		if _, met := claimed[p.Organisation]; !met || !p.Unconfirmed {
			claimed[p.Organisation] = p.Unconfirmed
		}
		if !p.Ended(now) && !p.Unconfirmed {
			current = append(current, all[p.Organisation])
		}
	}
	if len(current) > 0 {
		return current
	}
	for o, m := range all {
		if !claimed[o] {
			current = append(current, app.Membership{Territories: m.Territories})
		}
	}
	return current
}

type personPlace struct {
	organisation app.OrganisationID // "" for a workshop they came to
	territory    app.TerritoryID
	themes       []app.Theme // of the organisation
}

// personPlaces returns where a person is known.
func personPlaces(ctx context.Context, c conn, id app.PersonID) ([]personPlace, error) {
	return list(ctx, c, func(s scanner) (p personPlace, err error) {
		err = s.Scan(&p.organisation, &p.territory, keysIn(&p.themes))
		return p, err
	}, `
		SELECT ot.organisation_id, ot.territory_id, ot.themes
		FROM positions p
		JOIN organisation_territories ot ON ot.organisation_id = p.organisation_id
		WHERE p.person_id = $1
		UNION
		SELECT '', w.territory_id, ','
		FROM registrations r
		JOIN workshops w ON w.id = r.workshop_id
		WHERE r.person_id = $1 AND w.status <> 'brouillon'
		ORDER BY 1, 2`, id)
}

func holdings(ctx context.Context, c conn, id app.PersonID, now time.Time) ([]Holding, error) {
	return list(ctx, c, scanHolding, `
		SELECT `+positionColumns+`, o.name, o.archived_at IS NOT NULL
		FROM positions t
		JOIN organisations o ON o.id = t.organisation_id
		WHERE t.person_id = $1
		ORDER BY CASE WHEN t.until = '' OR t.until >= $2 THEN 0 ELSE 1 END, t.until DESC, o.sort_key, t.id`, id, app.DateOf(now))
}

// EditPerson replaces what is kept of a person. p.Version is that of the record it was
// written over; if somebody changed it since, it is a Conflict and nothing changes.
// Whether the contact details are visible is the person's own choice: others leave it. Their
// own new address they confirm, by CorrectOwnData; that of their account they have shown
// theirs.
// The address that somebody else replaces is told, by former, and the personal links sent
// there end.
func (d *DB) EditPerson(ctx context.Context, by app.Viewer, p app.Person, former FormerLetter, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := c.change(ctx, `UPDATE people SET version = version WHERE id = $1`, p.ID); err != nil {
			return found(err, thisPerson)
		}
		before, err := seenPerson(ctx, c, by, p.ID, now)
		if err != nil {
			return err
		}
		if !before.Editable {
			return app.Errorf(app.Forbidden, "Cette fiche est tenue par la personne elle-même, la personne référente de sa structure et la coordination.")
		}
		p, invalid := p.CheckedOver(before.Person)
		if invalid != nil {
			return invalid
		}
		if before.Version != p.Version {
			return app.Errorf(app.Conflict, "Quelqu’un d’autre a modifié cette fiche pendant que vous écriviez. Rien n’est perdu : comparez, puis enregistrez à nouveau.")
		}
		if !by.IsPerson(p.ID) {
			p.Visible = before.Visible
		} else if email := app.FoldEmail(p.Email); email != "" && email != app.FoldEmail(before.Email) && email != by.Email {
			return app.InvalidField("courriel", "Votre adresse se change dans « Mes données », où un lien la confirme.")
		}
		if app.FoldEmail(p.Email) != app.FoldEmail(before.Email) {
			if err := mayReaddress(ctx, c, by, before, now); err != nil {
				return err
			}
		}
		changes := p.ChangesFrom(before.Person)
		if len(changes) == 0 { // what is saved as it was is news of the person: retention counts from it
			return c.exec(ctx, `UPDATE people SET updated_at = $2 WHERE id = $1`, p.ID, stored(now))
		}
		if err := writePerson(ctx, c, p, now); err != nil {
			return err
		}
		if err := replacedBy(ctx, c, by, before.Person, p.Email, former, now); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfPerson, string(p.ID), "a modifié la fiche", changes)
	})
}

func writePerson(ctx context.Context, c conn, p app.Person, now time.Time) error {
	err := c.change(ctx, `
		UPDATE people
		SET first_name = $2, last_name = $3, sort_key = $4, email = $5, phone = $6, visible = $7, updated_at = $8, version = version + 1
		WHERE id = $1`,
		p.ID, p.FirstName, p.LastName, app.Fold(p.LastName+" "+p.FirstName), p.Email, p.Phone, p.Visible, stored(now))
	if err != nil {
		return err
	}
	return indexWords(ctx, c, app.OfPerson, string(p.ID), p.FirstName, p.LastName)
}

// AttendedWorkshop is a workshop a person was registered for, with what became of it.
type AttendedWorkshop struct {
	Workshop         app.Workshop
	Commune          string
	State            app.Attendance     // "" when it was noted and the viewer may not see it
	Organisation     app.OrganisationID // that they came for, "" for none
	OrganisationName string
}

// WorkshopsOf returns the workshops that the person of a record is or was registered for, in
// the territories that by may see, the last first, at most 200. Whether they were there is
// told as MaySeeAttendanceOf says.
func (d *DB) WorkshopsOf(ctx context.Context, by app.Viewer, r PersonRecord, now time.Time) ([]AttendedWorkshop, error) {
	var own []app.OrganisationID
	for _, p := range r.Positions {
		if !p.Ended(now) && !p.Unconfirmed {
			own = append(own, p.Organisation)
		}
	}
	all, err := list(ctx, d.reader(), func(s scanner) (a AttendedWorkshop, err error) {
		var animates bool
		err = s.Scan(append(workshopFields(&a.Workshop), &a.Commune, &a.State, text(&a.Organisation), &a.OrganisationName, &animates)...)
		if a.State.Noted() && !by.MaySeeAttendanceOf(r.ID, append(own, a.Organisation), a.Workshop, animates) {
			a.State = ""
		}
		return a, err
	}, `
		SELECT `+workshopColumns+`, COALESCE(m.name, ''), r.state, r.organisation_id, COALESCE(o.name, ''),
			EXISTS (SELECT 1 FROM workshop_animators x WHERE x.workshop_id = w.id AND x.person_id = $2)
		FROM registrations r
		JOIN workshops w ON w.id = r.workshop_id
		LEFT JOIN communes m ON m.code = w.commune_code
		LEFT JOIN organisations o ON o.id = r.organisation_id
		WHERE r.person_id = $1 AND r.state <> 'desinscrit' AND w.status <> 'brouillon'
		ORDER BY w.starts_at DESC, w.id
		LIMIT 200`, r.ID, by.Person)
	seen := all[:0]
	for _, a := range all {
		if by.MaySee(a.Workshop.Territory) || by.IsPerson(r.ID) {
			seen = append(seen, a)
		}
	}
	return seen, err
}

// PeopleAt returns who can be reached at e-mail addresses: those on their records and those
// of their accounts.
func (d *DB) PeopleAt(ctx context.Context, emails ...string) ([]app.PersonID, error) {
	return peopleAt(ctx, d.reader(), emails...)
}

func peopleAt(ctx context.Context, c conn, emails ...string) ([]app.PersonID, error) {
	folded := make([]string, len(emails))
	for i, email := range emails {
		folded[i] = app.FoldEmail(email)
	}
	var w where
	addresses := in(&w, folded)
	return list(ctx, c, one[app.PersonID], `
		SELECT p.id FROM people p WHERE LOWER(p.email) IN `+addresses+` AND p.email <> ''
		UNION
		SELECT a.person_id FROM accounts a WHERE a.email IN `+addresses, w.args...)
}

// Invented reports whether somebody of the directory is made up: every page then says so,
// however the instance is started.
func (d *DB) Invented(ctx context.Context) (invented bool, err error) {
	err = d.reader().row(ctx, `SELECT EXISTS (SELECT 1 FROM people WHERE invented)`).Scan(&invented)
	return invented, err
}
