package db

import (
	"context"
	"time"

	"maillage/app"
)

// Record notes, once a workshop is over, what became of a person who was expected:
// excused, absent, or represented by another person of its list (stand, "" when it is
// not known by whom). Registered takes such a note back. Noting twice is noting once.
func (d *DB) Record(ctx context.Context, by app.Viewer, id app.WorkshopID, r app.RegistrationID, state app.Attendance, stand app.RegistrationID, now time.Time) (a Arrival, err error) {
	err = d.update(ctx, func(c conn) error {
		w, err := lockDoor(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		if err := w.MayRecord(state, now); err != nil {
			return err
		}
		if a, err = arrival(ctx, c, id, r); err != nil {
			return err
		}
		if state == app.Present {
			if a.State == app.Present {
				return nil
			}
			return tick(ctx, c, by, w, &a, now)
		}
		if err := becomes(ctx, c, by, a, state, stand, now); err != nil {
			return err
		}
		a, err = arrival(ctx, c, id, r)
		return err
	})
	return a, err
}

// becomes notes that the person of a, whose workshop is locked, was not there.
func becomes(ctx context.Context, c conn, by app.Viewer, a Arrival, state app.Attendance, stand app.RegistrationID, now time.Time) error {
	var proxy Arrival
	if state == app.Represented && stand != "" {
		var err error
		if proxy, err = standIn(ctx, c, a, stand); err != nil {
			return err
		}
	}
	if a.State == state && a.RepresentedBy == proxy.Name() {
		return nil
	}
	if err := c.exec(ctx, `UPDATE registrations SET represents_id = NULL WHERE represents_id = $1`, a.ID); err != nil {
		return err
	}
	if err := c.change(ctx, `
		UPDATE registrations SET state = $2, state_before = '', checked_in_at = NULL, updated_at = $3
		WHERE id = $1`, a.ID, state, stored(now)); err != nil {
		return err
	}
	after := state.Label()
	if proxy.ID != "" {
		after += app.StoodIn + proxy.Name()
		if err := c.change(ctx, `UPDATE registrations SET represents_id = $2 WHERE id = $1`, proxy.ID, a.ID); err != nil {
			return err
		}
	}
	return note(ctx, c, by, now, app.OfWorkshop, string(a.Workshop), "a noté la présence "+app.Of(a.Name()),
		app.Changes{{Field: a.Name(), Before: a.State.Label(), After: after}}, a.who(), proxy.who())
}

// standIn returns who takes the place of a: somebody present, for nobody else.
func standIn(ctx context.Context, c conn, a Arrival, stand app.RegistrationID) (Arrival, error) {
	proxy, err := arrival(ctx, c, a.Workshop, stand)
	switch {
	case err != nil:
		return proxy, err
	case proxy.ID == a.ID:
		return proxy, app.InvalidField("par", "Une personne ne se représente pas elle-même.")
	case proxy.State != app.Present:
		return proxy, app.InvalidField("par", proxy.Name()+" n’est pas noté·e présent·e.")
	case proxy.Represents != "" && proxy.Represents != a.ID:
		return proxy, app.InvalidField("par", proxy.Name()+" représente déjà une autre personne.")
	}
	return proxy, nil
}

// MarkOthersAbsent notes as absent everybody who had a seat at a workshop that is over
// and of whom nothing was noted. It returns how many they are.
func (d *DB) MarkOthersAbsent(ctx context.Context, by app.Viewer, id app.WorkshopID, now time.Time) (n int, err error) {
	err = d.update(ctx, func(c conn) error {
		w, err := lockDoor(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		if err := w.MayRecord(app.Absent, now); err != nil {
			return err
		}
		others, err := list(ctx, c, scanNamed, `
			SELECT `+registrationColumns+`, p.first_name, p.last_name
			FROM registrations r JOIN people p ON p.id = r.person_id
			WHERE r.workshop_id = $1 AND r.state = 'inscrit'
			ORDER BY p.sort_key, p.id`, id)
		if err != nil || len(others) == 0 {
			return err
		}
		n = len(others)
		var changes app.Changes
		var who []app.Named
		for _, r := range others {
			who = append(who, r.who())
			changes.Note(r.Name, r.State.Label(), app.Absent.Label())
		}
		if err := c.exec(ctx, `
			UPDATE registrations SET state = 'absent', updated_at = $2
			WHERE workshop_id = $1 AND state = 'inscrit'`, id, stored(now)); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfWorkshop, string(id), "a noté "+app.Count(n, "absence", "absences"), changes, who...)
	})
	return n, err
}

// Sheet is what the sign-in sheet of a workshop bears.
type Sheet struct {
	Door
	Convention string
	Territory  string
	Host       string
	Commune    string
}

// SignInSheet returns what the sign-in sheet of a workshop bears and notes that by took it.
func (d *DB) SignInSheet(ctx context.Context, by app.Viewer, id app.WorkshopID, now time.Time) (sheet Sheet, err error) {
	err = d.update(ctx, func(c conn) error {
		if sheet.Door, err = doorOf(ctx, c, by, id); err != nil {
			return err
		}
		if err := c.row(ctx, `
			SELECT v.name, t.name, COALESCE(o.name, ''), COALESCE(m.name, '')
			FROM workshops w
			JOIN conventions v ON v.id = w.convention_id
			JOIN territories t ON t.id = w.territory_id
			LEFT JOIN organisations o ON o.id = w.host_id
			LEFT JOIN communes m ON m.code = w.commune_code
			WHERE w.id = $1`, id).Scan(&sheet.Convention, &sheet.Territory, &sheet.Host, &sheet.Commune); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfWorkshop, string(id), "a édité la feuille d’émargement", nil)
	})
	return sheet, err
}
