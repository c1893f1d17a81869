package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

// Agenda narrows the workshops of a territory; its zero value lets everything through
// that the viewer may see, the latest first.
type Agenda struct {
	Kind       app.WorkshopKind
	Status     app.WorkshopStatus
	Convention app.ConventionID
	Phase      app.PhaseID
	Axis       app.AxisID
	Theme      app.Theme
	Commune    app.CommuneCode
	Query      string         // words of the title or the place
	From, To   time.Time      // start within [From, To), zero on either side for no limit
	Past       bool           // those that are over, latest first
	Coming     bool           // those that are not, soonest first
	After      app.WorkshopID // the last one of the page before
}

// Scheduled is a workshop as a list shows it.
type Scheduled struct {
	Workshop app.Workshop
	Commune  string
	Phase    string
	Axis     string
	Host     string
}

func scanScheduled(s scanner) (r Scheduled, err error) {
	err = s.Scan(append(workshopFields(&r.Workshop), &r.Commune, &r.Phase, &r.Axis, &r.Host)...)
	return r, err
}

// Workshops returns the workshops of the territory on screen that a lets through, at most limit.
func (d *DB) Workshops(ctx context.Context, by app.Viewer, a Agenda, limit int, now time.Time) ([]Scheduled, error) {
	w, err := a.where(by, now)
	if err != nil {
		return nil, err
	}
	order := "DESC"
	if a.Coming || !a.From.IsZero() {
		order = "ASC"
	}
	if a.After != "" {
		than := map[string]string{"ASC": ">", "DESC": "<"}[order]
		w.and("(w.starts_at, w.id) "+than+" (SELECT x.starts_at, x.id FROM workshops x WHERE x.id = ?)", a.After)
	}
	return list(ctx, d.reader(), scanScheduled, `
		SELECT `+workshopColumns+`, COALESCE(m.name, ''), COALESCE(ph.name, ''), COALESCE(x.title, ''), COALESCE(o.name, '')
		FROM workshops w
		LEFT JOIN communes m ON m.code = w.commune_code
		LEFT JOIN phases ph ON ph.id = w.phase_id
		LEFT JOIN axes x ON x.id = w.axis_id
		LEFT JOIN organisations o ON o.id = w.host_id
		`+w.String()+`
		ORDER BY w.starts_at `+order+`, w.id `+order+`
		LIMIT `+w.arg(limit), w.args...)
}

// CountWorkshops returns how many workshops a lets through, pages apart.
func (d *DB) CountWorkshops(ctx context.Context, by app.Viewer, a Agenda, now time.Time) (n int, err error) {
	w, err := a.where(by, now)
	if err != nil {
		return 0, err
	}
	err = d.reader().row(ctx, `SELECT COUNT(*) FROM workshops w `+w.String(), w.args...).Scan(&n)
	return n, err
}

// WorkshopCommunes returns the communes in which workshops of the territory on screen
// are held, by name.
func (d *DB) WorkshopCommunes(ctx context.Context, by app.Viewer) ([]app.Commune, error) {
	if !by.MaySee(by.Territory) {
		return nil, nil
	}
	return list(ctx, d.reader(), scanCommune, `
		SELECT `+communeColumns+`
		FROM communes m
		WHERE m.code IN (SELECT w.commune_code FROM workshops w WHERE w.territory_id = $1)
		ORDER BY m.sort_key, m.code`, by.Territory)
}

func (a Agenda) where(by app.Viewer, now time.Time) (*where, error) {
	if !by.MaySee(by.Territory) {
		return nil, gone("Ce territoire")
	}
	w := &where{}
	w.and("w.territory_id = ?", by.Territory)
	w.draftsFor(by, by.Territory)
	for _, is := range [][2]string{
		{"w.kind", string(a.Kind)},
		{"w.status", string(a.Status)},
		{"w.convention_id", string(a.Convention)},
		{"w.phase_id", string(a.Phase)},
		{"w.axis_id", string(a.Axis)},
		{"w.commune_code", string(a.Commune)},
	} {
		if is[1] != "" {
			w.and(is[0]+" = ?", is[1])
		}
	}
	if a.Theme != "" {
		w.and(bears(w, "w.themes", []app.Theme{a.Theme}))
	}
	if !a.From.IsZero() {
		w.and("w.starts_at >= ?", stored(a.From))
	}
	if !a.To.IsZero() {
		w.and("w.starts_at < ?", stored(a.To))
	}
	if a.Past {
		w.and("w.ends_at <= ?", stored(now))
	}
	if a.Coming {
		w.and("w.ends_at > ?", stored(now))
	}
	w.matching(app.OfWorkshop, "w.id", a.Query)
	return w, nil
}

// draftsFor leaves out the drafts of t that by may not see.
func (w *where) draftsFor(by app.Viewer, t app.TerritoryID) {
	if !by.MayCoordinate(t) {
		w.conditions = append(w.conditions, `(w.status <> `+w.arg(app.Draft)+` OR `+bears(w, "w.themes", by.ThemesAt(t))+`)`)
	}
}

// Gathering is a workshop with all that its page shows.
type Gathering struct {
	Scheduled
	Convention string
	Animators  []app.Person
	Structures []Delegation
	Present    int       // how many were noted present
	Mine       []Invited // the invitations of the viewer's own structures
}

// Delegation is who comes for one structure.
type Delegation struct {
	Organisation app.OrganisationID // "" for those who come for nobody
	Name         string
	People       []Delegate
}

// Delegate is one of them; nothing by which to reach them.
type Delegate struct {
	Person   app.PersonID
	Name     string
	Function string
	State    app.Attendance // "" when it was noted and the viewer may not see it
}

// Gathering returns a workshop that by may see.
func (d *DB) Gathering(ctx context.Context, by app.Viewer, id app.WorkshopID) (g Gathering, err error) {
	c := d.reader()
	err = c.row(ctx, `
		SELECT `+workshopColumns+`, COALESCE(m.name, ''), COALESCE(ph.name, ''), COALESCE(x.title, ''), COALESCE(o.name, ''), v.name
		FROM workshops w
		JOIN conventions v ON v.id = w.convention_id
		LEFT JOIN communes m ON m.code = w.commune_code
		LEFT JOIN phases ph ON ph.id = w.phase_id
		LEFT JOIN axes x ON x.id = w.axis_id
		LEFT JOIN organisations o ON o.id = w.host_id
		WHERE w.id = $1`, id).
		Scan(append(workshopFields(&g.Workshop), &g.Commune, &g.Phase, &g.Axis, &g.Host, &g.Convention)...)
	if _, err = seen(g.Workshop, by, err); err != nil {
		return Gathering{}, err
	}
	if g.Animators, err = animatorsOf(ctx, c, id); err != nil {
		return g, err
	}
	if g.Structures, err = delegations(ctx, c, id); err != nil {
		return g, err
	}
	g.keepAttendance(by)
	if mine := by.Organisations(); len(mine) > 0 {
		var w where
		w.and("i.workshop_id = ?", id)
		w.and("i.organisation_id IN " + in(&w, mine))
		g.Mine, err = list(ctx, c, func(s scanner) (i Invited, err error) {
			err = s.Scan(&i.ID, &i.Organisation, &i.Name, &i.Answer, keysIn(&i.Themes))
			return i, err
		}, `
			SELECT i.id, i.organisation_id, o.name, i.answer, o.themes
			FROM invitations i JOIN organisations o ON o.id = i.organisation_id
			`+w.String()+`
			ORDER BY o.sort_key`, w.args...)
	}
	return g, err
}

// keepAttendance counts who was there, and leaves out what was noted of those of whom by may
// not see it.
func (g *Gathering) keepAttendance(by app.Viewer) {
	animates := slices.ContainsFunc(g.Animators, func(p app.Person) bool { return p.ID == by.Person })
	for _, of := range g.Structures {
		for i := range of.People {
			one := &of.People[i]
			if one.State == app.Present {
				g.Present++
			}
			if one.State.Noted() && !by.MaySeeAttendanceOf(one.Person, []app.OrganisationID{of.Organisation}, g.Workshop, animates) {
				one.State = ""
			}
		}
	}
}

func delegations(ctx context.Context, c conn, id app.WorkshopID) (all []Delegation, err error) {
	_, err = list(ctx, c, func(s scanner) (none struct{}, err error) {
		var o app.OrganisationID
		var name, first, last string
		var one Delegate
		if err = s.Scan(text(&o), &name, &one.Person, &first, &last, &one.Function, &one.State); err != nil {
			return none, err
		}
		one.Name = app.Tidy(first + " " + last)
		if len(all) == 0 || all[len(all)-1].Organisation != o {
			all = append(all, Delegation{Organisation: o, Name: name})
		}
		all[len(all)-1].People = append(all[len(all)-1].People, one)
		return none, nil
	}, `
		SELECT r.organisation_id, COALESCE(o.name, ''), p.id, p.first_name, p.last_name, r.function, r.state
		FROM registrations r
		JOIN people p ON p.id = r.person_id
		LEFT JOIN organisations o ON o.id = r.organisation_id
		WHERE r.workshop_id = $1 AND r.state <> 'desinscrit'
		ORDER BY CASE WHEN o.id IS NULL THEN 1 ELSE 0 END, o.sort_key, o.id, p.sort_key, p.id`, id)
	return all, err
}
