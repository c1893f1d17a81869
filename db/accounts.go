package db

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"time"

	"maillage/app"
)

// AccountLine is an account as a list shows it.
type AccountLine struct {
	app.Account
	Name   string // of its person
	Titles Titles // of what its roles are on
}

func (l AccountLine) who() app.Named { return app.Named{Person: l.Person, Name: l.Name} }

// Titles are the names of territories and organisations.
type Titles struct {
	Territories   map[app.TerritoryID]string
	Organisations map[app.OrganisationID]string
}

// AccountState narrows a list of accounts.
type AccountState string

// The states of an account that can be asked for.
const (
	InUse       AccountState = "actifs"
	NeverSigned AccountState = "jamais"
	Disabled    AccountState = "desactives"
)

// AccountFilter narrows a list of accounts; zero values do not.
type AccountFilter struct {
	Query string // words of the person's name, or an address
	Role  app.Role
	State AccountState
	After app.AccountID // the last one of the page before
}

const accountColumns = `a.id, a.person_id, a.email, a.administrator, a.created_at, a.last_signed_in_at, a.disabled_at,
		COALESCE((SELECT ` + territoryRoles + ` FROM account_territories at WHERE at.account_id = a.id), ''),
		COALESCE((SELECT string_agg(o.organisation_id || ' ' || o.role, ',') FROM account_organisations o WHERE o.account_id = a.id), ''),
		p.first_name, p.last_name`

func scanAccountLine(s scanner) (l AccountLine, err error) {
	var territories, organisations, first, last string
	err = s.Scan(&l.ID, &l.Person, &l.Email, &l.Administrator, &l.CreatedAt, moment(&l.LastSignedIn), moment(&l.DisabledAt),
		&territories, &organisations, &first, &last)
	l.Name = app.Tidy(first + " " + last)
	l.Territories, l.Organisations = map[app.TerritoryID]app.Role{}, map[app.OrganisationID]app.Role{}
	l.Themes = map[app.TerritoryID][]app.Theme{}
	for id, rest := range pairs(territories) {
		role, themes := roleAndThemes(rest)
		if l.Territories[app.TerritoryID(id)] = role; len(themes) > 0 {
			l.Themes[app.TerritoryID(id)] = themes
		}
	}
	for id, role := range pairs(organisations) {
		l.Organisations[app.OrganisationID(id)] = app.Role(role)
	}
	return l, err
}

var errAccountsClosed = app.Errorf(app.Forbidden, "Les comptes sont tenus par la coordination de la convention et par l’administration.")

// accountsOf gathers which accounts by may see among those of f: all for an
// administrator; for who coordinates, those with a role in the territory on screen.
func accountsOf(by app.Viewer, f AccountFilter) (w where, err error) {
	if !by.MayCoordinate(by.Territory) && !by.MayAdminister() {
		return w, errAccountsClosed
	}
	w.and(`NOT EXISTS (SELECT 1 FROM people x WHERE x.id = a.person_id AND x.erased_at IS NOT NULL)`)
	if !by.MayAdminister() {
		w.and(`(EXISTS (SELECT 1 FROM account_territories x WHERE x.account_id = a.id AND x.territory_id = ?)
			OR EXISTS (
				SELECT 1 FROM account_organisations x
				JOIN organisation_territories y ON y.organisation_id = x.organisation_id
				WHERE x.account_id = a.id AND y.territory_id = ?))`, by.Territory, by.Territory)
	}
	if email := app.FoldEmail(f.Query); app.CheckEmail(email) == nil {
		w.and(`a.email = ?`, email)
	} else {
		w.matching(app.OfPerson, "a.person_id", f.Query)
	}
	switch f.Role {
	case app.Administrator:
		w.and(`a.administrator`)
	case app.Coordination, app.ThemedCoordination, app.ReadOnly:
		w.and(`EXISTS (SELECT 1 FROM account_territories x WHERE x.account_id = a.id AND x.role = ?)`, f.Role)
	case app.Referent, app.Colleague:
		w.and(`EXISTS (SELECT 1 FROM account_organisations x WHERE x.account_id = a.id AND x.role = ?)`, f.Role)
	}
	switch f.State {
	case InUse:
		w.and(`a.disabled_at IS NULL AND a.last_signed_in_at IS NOT NULL`)
	case NeverSigned:
		w.and(`a.disabled_at IS NULL AND a.last_signed_in_at IS NULL`)
	case Disabled:
		w.and(`a.disabled_at IS NOT NULL`)
	}
	return w, nil
}

// Accounts returns the accounts of f that by may see, by name, at most limit, and how
// many there are in all.
func (d *DB) Accounts(ctx context.Context, by app.Viewer, f AccountFilter, limit int) (lines []AccountLine, count int, err error) {
	w, err := accountsOf(by, f)
	if err != nil {
		return nil, 0, err
	}
	c := d.reader()
	err = c.row(ctx, `SELECT COUNT(*) FROM accounts a `+w.String(), w.args...).Scan(&count)
	if err != nil {
		return nil, 0, err
	}
	if f.After != "" {
		w.and(`(p.sort_key, a.id) > (SELECT y.sort_key, x.id FROM accounts x JOIN people y ON y.id = x.person_id WHERE x.id = ?)`, f.After)
	}
	lines, err = list(ctx, c, scanAccountLine, `
		SELECT `+accountColumns+`
		FROM accounts a
		JOIN people p ON p.id = a.person_id
		`+w.String()+`
		ORDER BY p.sort_key, a.id
		LIMIT `+w.arg(limit), w.args...)
	if err != nil {
		return nil, 0, err
	}
	return lines, count, entitle(ctx, c, lines)
}

// entitle fills the Titles of lines, which share them.
func entitle(ctx context.Context, c conn, lines []AccountLine) error {
	titles := Titles{map[app.TerritoryID]string{}, map[app.OrganisationID]string{}}
	var territories []app.TerritoryID
	var organisations []app.OrganisationID
	for i := range lines {
		lines[i].Titles = titles
		for id := range lines[i].Territories {
			territories = append(territories, id)
		}
		for id := range lines[i].Organisations {
			organisations = append(organisations, id)
		}
	}
	var w where
	_, err := list(ctx, c, func(s scanner) (none struct{}, err error) {
		var kind, id, name string
		err = s.Scan(&kind, &id, &name)
		if kind == "territoire" {
			titles.Territories[app.TerritoryID(id)] = name
		} else {
			titles.Organisations[app.OrganisationID(id)] = name
		}
		return none, err
	}, `
		SELECT 'territoire', id, name FROM territories WHERE id IN `+in(&w, territories)+`
		UNION ALL
		SELECT 'structure', id, name FROM organisations WHERE id IN `+in(&w, organisations), w.args...)
	return err
}

// AccountRecord is an account with all that its page shows.
type AccountRecord struct {
	AccountLine
	Positions []AccountPosition // of its person, held now
	PartOf    app.PartOf        // where the organisations of its roles and positions take part
	Factors   app.Factors       // how it proves itself
	Sessions  int               // devices signed in
	LinkUntil time.Time         // when the last link sent and not used expires; zero without one
}

// AccountPosition is one position of the person of an account, or to be.
type AccountPosition struct {
	Organisation app.OrganisationID
	Name         string // of the organisation
	Function     string
}

// Account returns one account; NotFound if by may not see it.
func (d *DB) Account(ctx context.Context, by app.Viewer, id app.AccountID, now time.Time) (r AccountRecord, err error) {
	c := d.reader()
	if r, err = accountSeen(ctx, c, by, id, now); err != nil {
		return r, err
	}
	lines := []AccountLine{r.AccountLine}
	if err = entitle(ctx, c, lines); err != nil {
		return r, err
	}
	r.Titles = lines[0].Titles
	if r.Factors, err = factorsOf(ctx, c, id); err != nil {
		return r, err
	}
	err = c.row(ctx, `SELECT COUNT(*) FROM sessions WHERE account_id = $1 AND expires_at > $2`, id, stored(now)).Scan(&r.Sessions)
	if err != nil {
		return r, err
	}
	err = c.row(ctx, `
		SELECT expires_at FROM links
		WHERE account_id = $1 AND used_at IS NULL AND expires_at > $2
		ORDER BY expires_at DESC
		LIMIT 1`, id, stored(now)).Scan(&r.LinkUntil)
	if errors.Is(err, sql.ErrNoRows) {
		return r, nil
	}
	return r, err
}

// accountSeen reads an account, its person's positions and where they all take part.
func accountSeen(ctx context.Context, c conn, by app.Viewer, id app.AccountID, now time.Time) (r AccountRecord, err error) {
	if r.AccountLine, err = scanAccountLine(c.row(ctx, `
		SELECT `+accountColumns+`
		FROM accounts a
		JOIN people p ON p.id = a.person_id
		WHERE a.id = $1 AND p.erased_at IS NULL`, id)); err != nil {
		return r, found(err, "Ce compte")
	}
	if r.Positions, err = positionsHeld(ctx, c, r.Person, now); err != nil {
		return r, err
	}
	organisations := make([]app.OrganisationID, 0, len(r.Positions))
	for _, p := range r.Positions {
		organisations = append(organisations, p.Organisation)
	}
	for o := range r.Organisations {
		organisations = append(organisations, o)
	}
	if r.PartOf, err = partOf(ctx, c, organisations); err != nil {
		return r, err
	}
	if !by.MaySeeAccount(r.Account, r.PartOf) {
		return AccountRecord{}, gone("Ce compte")
	}
	return r, nil
}

func positionsHeld(ctx context.Context, c conn, person app.PersonID, now time.Time) ([]AccountPosition, error) {
	return list(ctx, c, func(s scanner) (p AccountPosition, err error) {
		err = s.Scan(&p.Organisation, &p.Name, &p.Function)
		return p, err
	}, `
		SELECT o.id, o.name, MIN(x.function)
		FROM positions x
		JOIN organisations o ON o.id = x.organisation_id
		WHERE x.person_id = $1 AND (x.since = '' OR x.since <= $2) AND (x.until = '' OR x.until >= $2)
		GROUP BY o.id, o.name
		ORDER BY o.name, o.id`, person, app.DateOf(now))
}

// partOf returns where organisations take part and the themes they bear.
func partOf(ctx context.Context, c conn, organisations []app.OrganisationID) (app.PartOf, error) {
	parts := app.PartOf{}
	var w where
	_, err := list(ctx, c, func(s scanner) (none struct{}, err error) {
		var o app.Membership
		var t app.TerritoryID
		err = s.Scan(&o.Organisation, &t, keysIn(&o.Themes))
		o.Territories = append(parts[o.Organisation].Territories, t)
		parts[o.Organisation] = o
		return none, err
	}, `SELECT organisation_id, territory_id, themes FROM organisation_territories WHERE organisation_id IN `+in(&w, organisations), w.args...)
	return parts, err
}

// addParts adds to parts where the organisations of grants take part, unless one was merged.
func addParts(ctx context.Context, c conn, by app.Viewer, parts app.PartOf, grants []app.Grant) error {
	var more []app.OrganisationID
	for _, g := range grants {
		if _, read := parts[g.Organisation]; !read && g.Organisation != "" {
			more = append(more, g.Organisation)
		}
	}
	if err := notMerged(ctx, c, by, more); err != nil {
		return err
	}
	found, err := partOf(ctx, c, more)
	maps.Copy(parts, found)
	return err
}
