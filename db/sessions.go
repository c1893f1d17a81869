package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"maillage/app"
)

// SessionLife is how long a sign-in lasts without being renewed.
const SessionLife = 30 * 24 * time.Hour

// Session is one device on which a person is signed in.
type Session struct {
	ID       string // digest of what the cookie holds
	Device   string // what the browser says of itself
	Place    string // network address of its last use, without what names the machine
	Created  time.Time
	LastSeen time.Time
}

// seenEvery spares a write a request: the last use is known to the quarter of an hour.
const seenEvery = 15 * time.Minute

// Viewer returns who holds the session of that id, with all that decides on their
// rights, read at each request so that what is withdrawn is withdrawn at once. It is
// nobody, the zero Viewer, when the session is unknown, ended or expired, or the
// account disabled. Of a session that acts in another's place it is that other person.
func (d *DB) Viewer(ctx context.Context, session string, now time.Time) (app.Viewer, error) {
	h, err := d.holder(ctx, session, now)
	return h.Viewer, err
}

// Seen is Viewer for a request that came from a place: that a session was used, when and
// where, is known to the quarter of an hour. A help that is over stays so, whatever
// brought it to its end, and marks the session until TellHelpOver.
func (d *DB) Seen(ctx context.Context, session, place string, now time.Time) (app.Viewer, error) {
	h, err := d.holder(ctx, session, now)
	if err != nil || !h.SignedIn() {
		return h.Viewer, err
	}
	if h.HelpOver && now.Before(h.until) {
		err = d.update(ctx, func(c conn) error { return endHelp(ctx, c, session, now) })
	} else if h.place == "" && place != "" || now.Sub(h.seen) > seenEvery {
		err = d.update(ctx, func(c conn) error {
			return c.exec(ctx, `UPDATE sessions SET seen_at = $2, place = $3 WHERE id = $1`, session, stored(now), place)
		})
	}
	return h.Viewer, err
}

// A sessionHolder is who holds a session, and when and where it was last used.
type sessionHolder struct {
	app.Viewer
	seen   time.Time
	place  string
	helped app.AccountID // in whose place it acts
	until  time.Time
}

func (d *DB) holder(ctx context.Context, session string, now time.Time) (h sessionHolder, err error) {
	h, err = d.accountOn(ctx, "s.account_id", session, now)
	if errors.Is(err, sql.ErrNoRows) {
		return sessionHolder{}, nil
	}
	if err != nil || h.helped == "" {
		return h, err
	}
	helped, err := d.standIn(ctx, h, session, now)
	if err != nil || helped.SignedIn() {
		h.Viewer = helped
		return h, err
	}
	h.HelpOver = true
	return h, nil
}

// accountOn reads who has the account that a column of a session names, as that session sees it.
func (d *DB) accountOn(ctx context.Context, column, session string, now time.Time) (h sessionHolder, err error) {
	var first, last, territories, organisations, partners string
	v := &h.Viewer
	err = d.reader().row(ctx, `
		SELECT a.id, a.email, a.administrator, p.id, p.first_name, p.last_name, s.territory_id, COALESCE(t.name, ''), s.seen_at, s.place,
			s.helped_id, s.helped_until, EXISTS (SELECT 1 FROM sessions x WHERE x.helped_id = a.id AND x.helped_until > $2),
			COALESCE((SELECT `+territoryRoles+` FROM account_territories at WHERE at.account_id = a.id), ''),
			COALESCE((SELECT string_agg(organisation_id || ' ' || role, ',') FROM account_organisations WHERE account_id = a.id), ''),
			COALESCE((SELECT string_agg(x.territory_id, ',') FROM (
				SELECT DISTINCT ot.territory_id
				FROM account_organisations ao
				JOIN organisation_territories ot ON ot.organisation_id = ao.organisation_id
				WHERE ao.account_id = a.id) x), '')
		FROM sessions s
		JOIN accounts a ON a.id = `+column+`
		JOIN people p ON p.id = a.person_id
		LEFT JOIN territories t ON t.id = s.territory_id
		WHERE s.id = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL`, session, stored(now)).
		Scan(&v.Account, &v.Email, &v.Administrator, &v.Person, &first, &last, text(&v.Territory), &v.TerritoryName, &h.seen, &h.place,
			text(&h.helped), moment(&h.until), &v.Assisted, &territories, &organisations, &partners)
	if err != nil {
		return sessionHolder{}, err
	}
	v.Name = app.Tidy(first + " " + last)
	hold(v, territories, organisations, partners)
	return h, d.turn(ctx, v)
}

// turn shows v another of their territories when they may no longer see the one on screen,
// or none when there is no other.
func (d *DB) turn(ctx context.Context, v *app.Viewer) error {
	if v.MaySee(v.Territory) {
		return nil
	}
	v.Territory, v.TerritoryName = "", ""
	left := v.Territories()
	if len(left) == 0 {
		return nil
	}
	v.Territory = left[0]
	return d.reader().row(ctx, `SELECT name FROM territories WHERE id = $1`, v.Territory).Scan(&v.TerritoryName)
}

// hold gives v its roles and the territories of its organisations, as string_agg joined them.
func hold(v *app.Viewer, territories, organisations, partners string) {
	for id, rest := range pairs(territories) {
		t := app.TerritoryID(id)
		switch role, themes := roleAndThemes(rest); role {
		case app.Coordination:
			v.Coordinates = append(v.Coordinates, t)
		case app.ThemedCoordination:
			v.Themed = append(v.Themed, app.Remit{Territory: t, Themes: themes})
		default:
			v.Reads = append(v.Reads, t)
		}
	}
	for id, role := range pairs(organisations) {
		if role == string(app.Referent) {
			v.Refers = append(v.Refers, app.OrganisationID(id))
		} else {
			v.Belongs = append(v.Belongs, app.OrganisationID(id))
		}
	}
	for id := range pairs(partners) {
		v.Partners = append(v.Partners, app.TerritoryID(id))
	}
}

// territoryRoles joins the roles of an account on territories, each with its themes:
// "id coordination-themes enfance jeunesse ,id lecture ".
const territoryRoles = `string_agg(at.territory_id || ' ' || at.role || REPLACE(at.themes, ',', ' '), ',')`

// roleAndThemes reads what follows the territory there.
func roleAndThemes(s string) (role app.Role, themes []app.Theme) {
	for i, word := range strings.Fields(s) {
		if i == 0 {
			role = app.Role(word)
		} else {
			themes = append(themes, app.Theme(word))
		}
	}
	return role, themes
}

// pairs yields what string_agg joined: "id role,id role".
func pairs(s string) func(yield func(id, role string) bool) {
	return func(yield func(id, role string) bool) {
		for pair := range strings.SplitSeq(s, ",") {
			if id, role, _ := strings.Cut(pair, " "); id != "" && !yield(id, role) {
				return
			}
		}
	}
}

// BeginSession signs the person of an account in on one device and returns who they
// are; nobody, when a second factor is due (HalfWay). session is the digest of a fresh
// token: a sign-in never keeps an older one.
func (d *DB) BeginSession(ctx context.Context, account app.AccountID, session, device string, now time.Time) (app.Viewer, error) {
	return d.signedIn(ctx, session, now, func(c conn) error { return beginSession(ctx, c, account, session, device, now) })
}

// signedIn runs begin, which begins a session, in a transaction and returns who holds it.
func (d *DB) signedIn(ctx context.Context, session string, now time.Time, begin func(conn) error) (app.Viewer, error) {
	if err := d.update(ctx, begin); err != nil {
		return app.Viewer{}, err
	}
	return d.Viewer(ctx, session, now)
}

// openSession signs the person of an account in on a device, all that had to be proved being so.
func openSession(ctx context.Context, c conn, account app.AccountID, session, device string, now time.Time) error {
	err := c.change(ctx, `UPDATE accounts SET last_signed_in_at = $2 WHERE id = $1 AND disabled_at IS NULL`, account, stored(now))
	if err != nil {
		return found(err, "Ce compte")
	}
	if err := c.exec(ctx, `DELETE FROM sessions WHERE expires_at <= $1`, stored(now)); err != nil {
		return err
	}
	return c.exec(ctx, `
		INSERT INTO sessions (id, account_id, territory_id, device, created_at, seen_at, expires_at)
		VALUES ($1, $2, COALESCE(
			(SELECT MIN(territory_id) FROM account_territories WHERE account_id = $2),
			(SELECT MIN(ot.territory_id) FROM organisation_territories ot
				JOIN account_organisations ao ON ao.organisation_id = ot.organisation_id WHERE ao.account_id = $2),
			(SELECT MIN(t.id) FROM territories t JOIN accounts a ON a.id = $2 AND a.administrator)), $3, $4, $4, $5)`,
		session, account, device, stored(now), stored(now.Add(SessionLife)))
}

// EndSession signs a device of by's out; by's own current one or another.
func (d *DB) EndSession(ctx context.Context, by app.Viewer, session string) error {
	return d.update(ctx, func(c conn) error {
		return found(c.change(ctx, `DELETE FROM sessions WHERE id = $1 AND account_id = $2`, session, by.Actor()), "Cette connexion")
	})
}

// EndOtherSessions signs by out everywhere but in session, also where they are half-way.
func (d *DB) EndOtherSessions(ctx context.Context, by app.Viewer, session string, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		if err := endOthers(ctx, c, by.Account, session); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfAccount, string(by.Account), "a déconnecté ses autres appareils", nil)
	})
}

func endOthers(ctx context.Context, c conn, id app.AccountID, session string) error {
	if err := c.exec(ctx, `DELETE FROM half_sessions WHERE account_id = $1`, id); err != nil {
		return err
	}
	if err := stayPut(ctx, c, id); err != nil {
		return err
	}
	return c.exec(ctx, `DELETE FROM sessions WHERE account_id = $1 AND id <> $2`, id, session)
}

// Sessions returns the devices on which by is signed in, the last used first.
func (d *DB) Sessions(ctx context.Context, by app.Viewer, now time.Time) ([]Session, error) {
	return list(ctx, d.reader(), func(s scanner) (v Session, err error) {
		err = s.Scan(&v.ID, &v.Device, &v.Place, &v.Created, &v.LastSeen)
		return v, err
	}, `
		SELECT id, device, place, created_at, seen_at
		FROM sessions
		WHERE account_id = $1 AND expires_at > $2
		ORDER BY seen_at DESC, id`, by.Account, stored(now))
}

// LookAt changes the territory that a session shows.
func (d *DB) LookAt(ctx context.Context, by app.Viewer, session string, t app.TerritoryID) error {
	if !by.MaySee(t) {
		return gone("Ce territoire")
	}
	return d.update(ctx, func(c conn) error {
		err := c.change(ctx, `UPDATE sessions SET territory_id = $3 WHERE id = $1 AND account_id = $2`, session, by.Actor(), t)
		if err != nil && c.referenced(err) { // an administrator may see whatever there is, and only that
			return gone("Ce territoire")
		}
		return found(err, "Cette connexion")
	})
}
