package db

import (
	"context"
	"time"

	"maillage/app"
)

// A named registration is one with the person's name.
type named struct {
	app.Registration
	Name string
}

func scanNamed(s scanner) (r named, err error) {
	var first, last string
	err = s.Scan(append(registrationFields(&r.Registration), &first, &last)...)
	r.Name = app.Tidy(first + " " + last)
	return r, err
}

func (r named) who() app.Named { return app.Named{Person: r.Person, Name: r.Name} }

// promote gives the seats that are free to those who have waited longest, as long as
// the workshop has not begun, and writes to who answers for each of them.
func promote(ctx context.Context, c conn, w *app.Workshop, letter Letter, now time.Time) error {
	n := w.Promotions(now)
	if n == 0 {
		return nil
	}
	called, err := list(ctx, c, scanNamed, `
		SELECT `+registrationColumns+`, p.first_name, p.last_name
		FROM registrations r JOIN people p ON p.id = r.person_id
		WHERE r.workshop_id = $1 AND r.state = 'attente'
		ORDER BY r.rank, r.id
		LIMIT $2`, w.ID, n)
	if err != nil {
		return err
	}
	for _, r := range called {
		if err := c.change(ctx, `UPDATE registrations SET state = 'inscrit', updated_at = $2 WHERE id = $1`, r.ID, stored(now)); err != nil {
			return err
		}
		w.Waiting--
		w.Taken++
		if _, err := writeTo(ctx, c, []app.OrganisationID{r.Organisation}, app.Notice{Workshop: *w, Person: r.Name, Who: r.who()}, letter, now); err != nil {
			return err
		}
		if err := insertEntry(ctx, c, w.Territory, app.Entry{
			ID: app.NewOrderedID[app.AuditID](now), At: now, Thing: app.OfWorkshop, ThingID: string(w.ID),
			Act: "a donné à " + r.Name + " une place qui s’est libérée", Changes: app.Changes{{Field: r.Name, Before: app.Waiting.Label(), After: app.Registered.Label()}},
			Names: []app.Named{r.who()},
		}); err != nil {
			return err
		}
	}
	return nil
}
