package db

import (
	"context"
	"time"

	"maillage/app"
)

// requestsShown bounds how many requests a page lists; others follow as they are answered.
const requestsShown = 20

// JoinRequestsToAnswer returns the confirmed requests that wait for by, the oldest first:
// for the organisations by is référent·e of; for who coordinates the territory on screen, or
// some themes there, those of its organisations that have no référent·e; for the former, of
// those only named.
func (d *DB) JoinRequestsToAnswer(ctx context.Context, by app.Viewer, now time.Time) ([]app.JoinRequest, error) {
	var w where
	mine := `join_requests.organisation_id IN ` + in(&w, by.Refers)
	if whole := by.MayCoordinate(by.Territory); whole || by.MayHere(app.KeepTeam) {
		here := w.arg(by.Territory)
		kept := `ot.territory_id = ` + here
		if whole {
			mine += ` OR join_requests.territory_id = ` + here
		} else {
			kept += ` AND ` + bears(&w, "ot.themes", by.ThemesAt(by.Territory))
		}
		mine += ` OR EXISTS (
			SELECT 1 FROM organisation_territories ot
			WHERE ` + kept + ` AND ot.organisation_id = join_requests.organisation_id) AND ` + noReferent("join_requests.organisation_id")
	} else if len(by.Refers) == 0 {
		return nil, nil
	}
	return requests(ctx, d.reader(), w, mine, now)
}

// JoinRequestsOf returns the confirmed requests for one organisation, the oldest first.
func (d *DB) JoinRequestsOf(ctx context.Context, by app.Viewer, o app.Organisation, now time.Time) ([]app.JoinRequest, error) {
	if !by.MayDecideOn(app.JoinRequest{Organisation: o.ID}, o.Part()) {
		return nil, nil
	}
	var w where
	return requests(ctx, d.reader(), w, `organisation_id = `+w.arg(o.ID), now)
}

func requests(ctx context.Context, c conn, w where, which string, now time.Time) ([]app.JoinRequest, error) {
	w.and(`(` + which + `)`)
	w.and(`confirmed_at IS NOT NULL AND expires_at > ?`, stored(now))
	return list(ctx, c, scanRequest, `
		SELECT `+requestColumns+`
		FROM join_requests
		`+w.String()+`
		ORDER BY confirmed_at, id
		LIMIT `+w.arg(requestsShown), w.args...)
}

const goneRequest = "Cette demande a déjà reçu une réponse, ou elle a expiré."

// JoinRequest returns one confirmed request that by may answer; for others there is none.
func (d *DB) JoinRequest(ctx context.Context, by app.Viewer, id app.JoinRequestID, now time.Time) (app.JoinRequest, error) {
	c := d.reader()
	r, err := scanRequest(c.row(ctx, `
		SELECT `+requestColumns+`
		FROM join_requests
		WHERE id = $1 AND confirmed_at IS NOT NULL AND expires_at > $2`, id, stored(now)))
	if err != nil {
		return r, goneAs(err, goneRequest)
	}
	return r, mayDecide(ctx, c, by, r)
}

// takeRequest deletes a request that by answers: of two answers the second finds none.
func takeRequest(ctx context.Context, c conn, by app.Viewer, id app.JoinRequestID, now time.Time) (app.JoinRequest, error) {
	r, err := scanRequest(c.row(ctx, `
		DELETE FROM join_requests
		WHERE id = $1 AND confirmed_at IS NOT NULL AND expires_at > $2
		RETURNING `+requestColumns, id, stored(now)))
	if err != nil {
		return r, goneAs(err, goneRequest)
	}
	return r, mayDecide(ctx, c, by, r)
}

func mayDecide(ctx context.Context, c conn, by app.Viewer, r app.JoinRequest) error {
	parts, err := partOf(ctx, c, []app.OrganisationID{r.Organisation})
	if err != nil {
		return err
	}
	if !by.MayDecideOn(r, parts) {
		return app.Errorf(app.NotFound, "%s", goneRequest)
	}
	return nil
}

// AcceptJoinRequest gives who asked the role in the structure they named, or in o when they
// could only write its name: their account is opened, or gets that structure besides.
func (d *DB) AcceptJoinRequest(ctx context.Context, by app.Viewer, id app.JoinRequestID, o app.OrganisationID, role app.Role, digest string, welcome Welcome, now time.Time) (a Admission, err error) {
	err = d.update(ctx, func(c conn) error {
		r, err := takeRequest(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		if r.Organisation != "" {
			o = r.Organisation
		}
		organisation, err := lockOrganisation(ctx, c, by, o)
		if err != nil {
			if app.KindOf(err) == app.NotFound {
				return app.InvalidField("structure", "Cherchez la structure, puis choisissez-la dans la liste.")
			}
			return err
		}
		a, err = admit(ctx, c, by, organisation, Entrant{Who: r.Who, Role: role, Asked: true}, digest, welcome, now)
		if err != nil {
			return err
		}
		if err := askerIs(ctx, c, r.Who.Email, a.Person); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(o), "a accepté la demande d’accès "+app.Of(a.Name), nil, app.Named{Person: a.Person, Name: a.Name})
	})
	return a, err
}

// RefuseJoinRequest deletes a request and writes mail, without its recipient, to who made
// it. The trail does not name them: they are in no directory.
func (d *DB) RefuseJoinRequest(ctx context.Context, by app.Viewer, id app.JoinRequestID, mail app.Mail, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		r, err := takeRequest(ctx, c, by, id, now)
		if err != nil {
			return err
		}
		mail.Recipient, mail.Name, mail.Names = r.Who.Email, r.Who.Name(), []app.Named{by.Named()}
		if err := queueMail(ctx, c, mail, now); err != nil {
			return err
		}
		thing, on := app.OfOrganisation, string(r.Organisation)
		if r.Organisation == "" {
			thing, on = app.OfTerritory, string(r.Territory)
		}
		return note(ctx, c, by, now, thing, on, "a refusé une demande d’accès", nil)
	})
}
