package web

import (
	"slices"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

// A kind is somebody whose positions are not those of most people, with an account that
// nobody ever signed in with.
type kind struct {
	id     app.PersonID
	name   string
	held   []app.Position
	roles  []app.OrganisationID // that the account acts for
	keeper app.Viewer           // who answers what they ask about their data

	keep  app.On // who keeps their record: current positions, or the territories of the former ones
	known app.On // who sees it
	wide  bool   // only the administration takes them: several territories know them, or none
}

var ended, cauvaldor = app.Position{Since: "2015-01-01", Until: "2015-02-01"}, []app.TerritoryID{dbtest.Cauvaldor}

func at(o app.OrganisationID, p app.Position) app.Position {
	p.Organisation = o
	return p
}

var kinds = []kind{
	{
		id: "noe", name: "Noé, que la Mission locale a seulement écrit", held: []app.Position{at(dbtest.Mission, app.Position{Unconfirmed: true})},
		roles: []app.OrganisationID{dbtest.Mission}, keeper: dbtest.Admin, known: app.On{Territories: cauvaldor}, wide: true,
	},
	{
		id: "pia", name: "Pia, partie de l’école", held: []app.Position{at(dbtest.School, ended)},
		roles: []app.OrganisationID{dbtest.Mission}, keeper: dbtest.Coordinator, keep: app.On{Territories: cauvaldor},
	},
	{
		id: "odile", name: "Odile, de nulle part",
		roles: []app.OrganisationID{dbtest.Mission}, keeper: dbtest.Admin, wide: true,
	},
	{
		id: "remi", name: "Rémi, de deux territoires", held: []app.Position{at(dbtest.School, app.Position{}), at(dbtest.Foreign, app.Position{})},
		roles: []app.OrganisationID{dbtest.School, dbtest.Foreign}, keeper: dbtest.Coordinator, keep: both(dbtest.School, dbtest.Foreign), wide: true,
	},
	{
		id: "sam", name: "Sam, de l’école, autrefois d’ailleurs", held: []app.Position{at(dbtest.School, app.Position{}), at(dbtest.Foreign, ended)},
		roles: []app.OrganisationID{dbtest.School}, keeper: dbtest.Coordinator, keep: in(dbtest.School), known: both(dbtest.School, dbtest.Foreign), wide: true,
	},
}

// both is what is of two organisations.
func both(one, other app.OrganisationID) app.On {
	a, b := in(one), in(other)
	return app.On{Organisations: slices.Concat(a.Organisations, b.Organisations), Territories: slices.Concat(a.Territories, b.Territories), Themes: slices.Concat(a.Themes, b.Themes)}
}

// loadKinds writes them.
func loadKinds(l *db.Loader) error {
	for _, k := range kinds {
		email := string(k.id) + "@essai.test"
		var held []app.Position
		for _, p := range k.held {
			p.ID, p.Person = app.PositionID("p-"+string(k.id)+"-"+string(p.Organisation)), k.id
			held = append(held, p)
		}
		p := app.Person{ID: k.id, FirstName: "Essai", LastName: string(k.id), Email: email, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}
		if err := l.Person(p, held...); err != nil {
			return err
		}
		a := app.Account{ID: app.AccountID("a-" + k.id), Person: k.id, Email: email, CreatedAt: dbtest.Now, Organisations: map[app.OrganisationID]app.Role{}}
		for _, o := range k.roles {
			a.Organisations[o] = app.Colleague
		}
		if err := l.Account(a, dbtest.PasswordHash); err != nil {
			return err
		}
	}
	return nil
}

// thingsOfKinds are what the addresses that begin with prefix name of them.
func thingsOfKinds(prefix string) (all []thing) {
	for _, k := range kinds {
		id, account := string(k.id), "a-"+string(k.id)
		on := k.keep
		on.Person = k.id
		roles := app.On{}
		for _, o := range k.roles {
			roles.Territories = append(roles.Territories, in(o).Territories...)
		}
		switch prefix {
		case "/personnes/:id":
			all = append(all, thing{name: k.name, ids: ids(":id", id, "{courriel}", id+"@essai.test"), on: on, at: k.known, seen: app.SeeTerritory, wide: k.wide})
		case "/administration/information/:id":
			all = append(all, thing{name: k.name, ids: ids(":id", id), on: app.On{Territories: on.Territories}})
		case "/administration/demandes/:id":
			all = append(all, thing{name: "celle de " + k.name, ids: ids(":id", "{opposition "+id+"}"), on: app.On{Territories: on.Territories}})
		case "/administration/comptes/:id":
			all = append(all, thing{name: "celui de " + k.name, ids: ids(":id", account, "{structure}", string(k.roles[0])), on: roles, wide: k.wide, split: len(k.roles) > 1})
		case "/structures/:id/membres/:compte":
			for _, o := range k.roles {
				all = append(all, thing{name: string(o) + ", " + k.name, ids: ids(":id", string(o), ":compte", account), on: in(o), seen: app.SeeTerritory})
			}
		case "/fonctions/:id":
			for _, p := range k.held {
				all = append(all, thing{name: "celle à " + string(p.Organisation) + " de " + k.name, ids: ids(":id", "p-"+id+"-"+string(p.Organisation)), on: in(p.Organisation), seen: app.SeeTerritory})
			}
		}
	}
	return all
}
