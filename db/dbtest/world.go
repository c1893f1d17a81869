package dbtest

import (
	"time"

	"maillage/app"
	"maillage/db"
)

// Now is when the small world is looked at: a Monday morning.
var Now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// What the small world holds. Two territories; the convention runs in the first.
const (
	Cauvaldor app.TerritoryID = "200066371"
	Figeac    app.TerritoryID = "200067361"

	Gramat   app.CommuneCode = "46128"
	Souillac app.CommuneCode = "46309"

	CC      app.OrganisationID = "cauvaldor"
	CAF     app.OrganisationID = "caf"
	Mission app.OrganisationID = "mission" // formerly « PAIO »
	School  app.OrganisationID = "ecole"
	Closed  app.OrganisationID = "fermee" // archived
	Foreign app.OrganisationID = "ailleurs"

	CTG    app.ConventionID = "ctg"
	Phase1 app.PhaseID      = "phase1"
	Phase2 app.PhaseID      = "phase2"
	Axis1  app.AxisID       = "axe1"
	Axis2  app.AxisID       = "axe2"

	Soon      app.WorkshopID = "bientot"   // in a week, three seats, CAF, the Mission locale and the school invited, nobody named
	Past      app.WorkshopID = "passe"     // two months ago, Claire and Bruno present, Inès absent
	Unwritten app.WorkshopID = "brouillon" // in a month, a draft

	Password = "Maillage-essai-2026!" // of every account, hashed as PasswordHash
)

// Who can sign in, and Inès Faure of the school, who cannot.
var (
	Admin       = app.Viewer{Account: "a-admin", Person: "admin", Name: "Adèle Admin", Email: "admin@maillage.test", Administrator: true, Territory: Cauvaldor}
	Coordinator = app.Viewer{Account: "a-claire", Person: "claire", Name: "Claire Bonnet", Email: "claire@maillage.test", Coordinates: []app.TerritoryID{Cauvaldor}, Territory: Cauvaldor}
	Limited     = app.Viewer{Account: "a-zoe", Person: "zoe", Name: "Zoé Rouquié", Email: "zoe@maillage.test", Themed: []app.Remit{{Territory: Cauvaldor, Themes: []app.Theme{"petite-enfance", "enfance"}}}, Territory: Cauvaldor}
	Referent    = app.Viewer{Account: "a-bruno", Person: "bruno", Name: "Bruno Delmas", Email: "bruno@maillage.test", Refers: []app.OrganisationID{Mission}, Partners: []app.TerritoryID{Cauvaldor}, Territory: Cauvaldor}
	Colleague   = app.Viewer{Account: "a-lea", Person: "lea", Name: "Léa Cœur", Email: "lea@maillage.test", Belongs: []app.OrganisationID{Mission}, Partners: []app.TerritoryID{Cauvaldor}, Territory: Cauvaldor}
	Reader      = app.Viewer{Account: "a-paul", Person: "paul", Name: "Paul d’Huart", Email: "paul@maillage.test", Reads: []app.TerritoryID{Cauvaldor}, Territory: Cauvaldor}
	Stranger    = app.Viewer{Account: "a-nina", Person: "nina", Name: "Nina Loin", Email: "nina@maillage.test", Coordinates: []app.TerritoryID{Figeac}, Territory: Figeac}

	Ines app.PersonID = "ines"
)

// Viewers lists who can sign in, by the role they are here for.
var Viewers = map[string]app.Viewer{
	"admin": Admin, "coordination": Coordinator, "thèmes": Limited, "référent": Referent, "collègue": Colleague, "lecture": Reader, "ailleurs": Stranger,
}

// PasswordHash is Password hashed with less work than a real one.
const PasswordHash = "$argon2id$v=19$m=64,t=1,p=1$yc9qFbiozbB7uk/ViPxxkg$tBklepor1Gxdskd7KlXYKgUlirWrbZNtCuVcWsYcOuQ"

// World writes the small world.
func World(l *db.Loader) error {
	for _, load := range []func(*db.Loader) error{places, organisations, people, convention, workshops} {
		if err := load(l); err != nil {
			return err
		}
	}
	return nil
}

func places(l *db.Loader) error {
	for _, t := range []app.Territory{
		{ID: Cauvaldor, Name: "CC Causses et Vallée de la Dordogne", Population: 45320},
		{ID: Figeac, Name: "CC Grand-Figeac", Population: 43000},
	} {
		if err := l.Territory(t, Now); err != nil {
			return err
		}
	}
	for _, m := range []app.Commune{
		{Code: Gramat, Name: "Gramat", Territory: Cauvaldor, PostalCodes: "46500", Population: 3441, Point: app.Point{Latitude: 44.7799, Longitude: 1.7250}},
		{Code: Souillac, Name: "Souillac", Territory: Cauvaldor, PostalCodes: "46200", Population: 3170, Point: app.Point{Latitude: 44.8960, Longitude: 1.4780}},
		{Code: "46102", Name: "Figeac", Territory: Figeac, PostalCodes: "46100", Population: 9757, Point: app.Point{Latitude: 44.6086, Longitude: 2.0317}},
	} {
		if err := l.Commune(m, ""); err != nil {
			return err
		}
	}
	return nil
}

func organisations(l *db.Loader) error {
	here := []app.TerritoryID{Cauvaldor}
	for _, o := range []app.Organisation{
		{ID: CC, Name: "Communauté de communes Cauvaldor", Category: "collectivite", Themes: []app.Theme{"transversal"}, Commune: Souillac, CommuneName: "Souillac", Territories: here},
		{ID: CAF, Name: "Caisse d’allocations familiales du Lot", FormerNames: "CAF", Category: "securite-sociale", Themes: []app.Theme{"acces-droits", "parentalite"}, Departmental: true, Territories: []app.TerritoryID{Cauvaldor, Figeac}},
		{ID: Mission, Name: "Mission locale du Lot", FormerNames: "PAIO", Category: "emploi", Themes: []app.Theme{"jeunesse", "emploi"}, Commune: Souillac, CommuneName: "Souillac", Address: "1 rue de la Halle", PostalCode: "46200", Phone: "05 65 00 00 00", Email: "contact@mission.test", Territories: here},
		{ID: School, Name: "École élémentaire Clément-Brouqui", Category: "education", Themes: []app.Theme{"enfance"}, Commune: Gramat, CommuneName: "Gramat", Source: "Éducation nationale", Vintage: "2022", Territories: here},
		{ID: Closed, Name: "Ludothèque Œuf de Pâques", Category: "vie-sociale", Themes: []app.Theme{"vie-sociale"}, Commune: Gramat, CommuneName: "Gramat", ArchivedAt: Now.AddDate(0, -1, 0), Territories: here},
		{ID: Foreign, Name: "Centre social de Figeac", Category: "vie-sociale", Themes: []app.Theme{"vie-sociale"}, Commune: "46102", CommuneName: "Figeac", Territories: []app.TerritoryID{Figeac}},
	} {
		o.CreatedAt, o.UpdatedAt = Now.AddDate(-1, 0, 0), Now.AddDate(-1, 0, 0)
		if err := l.Organisation(o); err != nil {
			return err
		}
	}
	return nil
}

func people(l *db.Loader) error {
	type membership struct {
		organisation app.OrganisationID
		function     string
	}
	for _, p := range []struct {
		viewer app.Viewer
		first  string
		last   string
		of     membership
	}{
		{Admin, "Adèle", "Admin", membership{CC, "Responsable informatique"}},
		{Coordinator, "Claire", "Bonnet", membership{CC, "Chargée de coopération CTG"}},
		{Limited, "Zoé", "Rouquié", membership{CC, "Chargée de coopération enfance"}},
		{Referent, "Bruno", "Delmas", membership{Mission, "Directeur"}},
		{Colleague, "Léa", "Cœur", membership{Mission, "Conseillère"}},
		{Reader, "Paul", "d’Huart", membership{CAF, "Conseiller territorial"}},
		{Stranger, "Nina", "Loin", membership{Foreign, "Chargée de coopération CTG"}},
		{app.Viewer{Person: Ines, Email: "ines@ecole.test"}, "Inès", "Faure", membership{School, "Directrice"}},
	} {
		v := p.viewer
		person := app.Person{ID: v.Person, FirstName: p.first, LastName: p.last, Email: v.Email, Invented: true, CreatedAt: Now.AddDate(-1, 0, 0), UpdatedAt: Now.AddDate(-1, 0, 0)}
		position := app.Position{ID: app.PositionID("p-" + v.Person), Person: v.Person, Organisation: p.of.organisation, Function: p.of.function, Since: "2025-01-01"}
		if err := l.Person(person, position); err != nil {
			return err
		}
		if v.Account == "" {
			continue
		}
		account := app.Account{ID: v.Account, Person: v.Person, Email: v.Email, Administrator: v.Administrator, CreatedAt: Now.AddDate(-1, 0, 0), Territories: map[app.TerritoryID]app.Role{}, Themes: map[app.TerritoryID][]app.Theme{}, Organisations: map[app.OrganisationID]app.Role{}}
		for _, t := range v.Coordinates {
			account.Territories[t] = app.Coordination
		}
		for _, r := range v.Themed {
			account.Territories[r.Territory], account.Themes[r.Territory] = app.ThemedCoordination, r.Themes
		}
		for _, t := range v.Reads {
			account.Territories[t] = app.ReadOnly
		}
		for _, o := range v.Refers {
			account.Organisations[o] = app.Referent
		}
		for _, o := range v.Belongs {
			account.Organisations[o] = app.Colleague
		}
		if err := l.Account(account, PasswordHash); err != nil {
			return err
		}
	}
	return nil
}

func convention(l *db.Loader) error {
	return l.Convention(app.Convention{
		ID: CTG, Territory: Cauvaldor, Name: "CTG 2026–2029", StartsOn: "2026-01-01", EndsOn: "2029-12-31",
		Phases: []app.Phase{
			{ID: Phase1, Name: "Diagnostic partagé", StartsOn: "2026-01-01", EndsOn: "2026-06-30"},
			{ID: Phase2, Name: "Mise en œuvre", StartsOn: "2026-07-01", EndsOn: "2029-12-31"},
		},
		Axes: []app.Axis{
			{ID: Axis1, Number: 1, Title: "Concilier vie familiale et vie professionnelle"},
			{ID: Axis2, Number: 2, Title: "Structurer l’offre d’accueil"},
		},
	}, Now)
}

func workshops(l *db.Loader) error {
	base := app.Workshop{
		Territory: Cauvaldor, Convention: CTG, Phase: Phase1, Axis: Axis1, Host: CC, Kind: "atelier", Place: "Salle des fêtes", Commune: Gramat,
		Status: app.Published, CreatedAt: Now.AddDate(0, -3, 0), UpdatedAt: Now.AddDate(0, -3, 0),
	}
	at := func(id app.WorkshopID, title string, start time.Time, capacity int, status app.WorkshopStatus) app.Workshop {
		w := base
		w.ID, w.Title, w.StartsAt, w.EndsAt, w.Capacity, w.Status = id, title, start, start.Add(2*time.Hour), capacity, status
		return w
	}
	for _, w := range []app.Workshop{
		at(Soon, "Accueillir les 0–3 ans", Now.AddDate(0, 0, 7), 3, app.Published),
		at(Past, "Aller vers les jeunes", Now.AddDate(0, -2, 0), 0, app.Published),
		at(Unwritten, "Logement : où en sommes-nous ?", Now.AddDate(0, 1, 0), 20, app.Draft),
	} {
		if err := l.Workshop(w, Coordinator.Person); err != nil {
			return err
		}
	}
	for _, o := range []app.OrganisationID{CAF, Mission, School} {
		if err := l.Invitation(app.Invitation{ID: "i-" + app.InvitationID(o), Workshop: Soon, Organisation: o, InvitedAt: Now.AddDate(0, 0, -7)}); err != nil {
			return err
		}
	}
	for _, r := range []app.Registration{
		{ID: "r-claire", Person: Coordinator.Person, Organisation: CC, State: app.Present},
		{ID: "r-bruno", Person: Referent.Person, Organisation: Mission, Function: "Directeur", State: app.Present},
		{ID: "r-ines", Person: Ines, Organisation: School, State: app.Absent},
	} {
		r.Workshop, r.CreatedAt, r.UpdatedAt = Past, Now.AddDate(0, -3, 0), Now.AddDate(0, -2, 0)
		if r.State == app.Present {
			r.CheckedInAt = Now.AddDate(0, -2, 0)
		}
		if err := l.Registration(r); err != nil {
			return err
		}
	}
	return nil
}
