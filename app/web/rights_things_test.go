package web

import (
	"slices"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// Two more people sign in to the world of the rights: who animates a workshop, and who has
// an account and no role at all.
var (
	animator   = app.Viewer{Account: "a-anna", Person: "anna", Name: "Anna Lavergne", Email: "anna@maillage.test", Reads: []app.TerritoryID{dbtest.Cauvaldor}}
	unattached = app.Viewer{Account: "a-vide", Person: "vide", Name: "Éve Sansrôle", Email: "vide@maillage.test"}
)

// callers are who asks for each address; the first is nobody.
var callers = []struct {
	name    string
	account app.AccountID
}{
	{"sans compte", ""},
	{"sans rôle", unattached.Account},
	{"lecture", dbtest.Reader.Account},
	{"collègue", dbtest.Colleague.Account},
	{"référent·e", dbtest.Referent.Account},
	{"animation", animator.Account},
	{"coordination", dbtest.Coordinator.Account},
	{"coordination de l’enfance", dbtest.Limited.Account},
	{"coordination d’ailleurs", dbtest.Stranger.Account},
	{"administration", dbtest.Admin.Account},
}

// crowded makes the small world with, in an hour, a workshop that Anna animates, one on
// childhood that Claire does, and one of another territory, each with its invitations and
// who comes; a draft on childhood; and an account for Inès, who is of the school.
var crowded = dbtest.With(func(l *db.Loader) error {
	for _, v := range []app.Viewer{animator, unattached} {
		person := app.Person{ID: v.Person, FirstName: "Anna", LastName: v.Name, Email: v.Email, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}
		account := app.Account{ID: v.Account, Person: v.Person, Email: v.Email, CreatedAt: dbtest.Now, Territories: map[app.TerritoryID]app.Role{}}
		for _, t := range v.Reads {
			account.Territories[t] = app.ReadOnly
		}
		if err := l.Person(person, app.Position{ID: app.PositionID("p-" + v.Person), Person: v.Person, Organisation: dbtest.School, Since: "2025-01-01"}); err != nil {
			return err
		}
		if err := l.Account(account, dbtest.PasswordHash); err != nil {
			return err
		}
	}
	if err := loadKinds(l); err != nil {
		return err
	}
	pupil := app.Account{ID: "a-ines", Person: dbtest.Ines, Email: "ines@ecole.test", CreatedAt: dbtest.Now, Organisations: map[app.OrganisationID]app.Role{dbtest.School: app.Colleague}}
	if err := l.Account(pupil, dbtest.PasswordHash); err != nil {
		return err
	}
	if err := l.Convention(app.Convention{ID: "ctg-loin", Territory: dbtest.Figeac, Name: "CTG de Figeac", StartsOn: "2026-01-01", EndsOn: "2029-12-31"}, dbtest.Now); err != nil {
		return err
	}
	for id, territory := range map[app.ImportID]app.TerritoryID{"import": dbtest.Cauvaldor, "import-loin": dbtest.Figeac} {
		i := app.Import{ID: id, Territory: territory, File: "essai.csv", Sheets: []app.ImportSheet{{Lines: 2, Width: 1}}, Header: 1, State: app.ImportDropped, CreatedAt: dbtest.Now}
		if err := l.Import(i, []app.ImportLine{{Number: 1, Cells: []string{"Nom"}}, {Number: 2, Cells: []string{"Foyer"}}}); err != nil {
			return err
		}
	}
	for _, w := range []struct {
		id         app.WorkshopID
		themes     []app.Theme
		animator   app.PersonID
		convention app.ConventionID
		of         map[app.OrganisationID]app.PersonID // who comes for whom
	}{
		{"anime", []app.Theme{"jeunesse"}, animator.Person, dbtest.CTG, map[app.OrganisationID]app.PersonID{dbtest.Mission: dbtest.Referent.Person, dbtest.School: dbtest.Ines}},
		{"voisin", []app.Theme{"sante", "enfance"}, dbtest.Coordinator.Person, dbtest.CTG, map[app.OrganisationID]app.PersonID{dbtest.Mission: dbtest.Referent.Person, dbtest.School: dbtest.Ines}},
		{"loin", []app.Theme{"enfance"}, dbtest.Stranger.Person, "ctg-loin", map[app.OrganisationID]app.PersonID{dbtest.Foreign: dbtest.Stranger.Person}},
		{"projet", []app.Theme{"enfance"}, dbtest.Coordinator.Person, dbtest.CTG, nil},
	} {
		at := app.Workshop{ID: w.id, Territory: dbtest.Cauvaldor, Convention: w.convention, Title: "Vivre ici", Kind: "atelier", Themes: w.themes, Place: "Mairie", StartsAt: dbtest.Now.Add(3600e9), EndsAt: dbtest.Now.Add(7200e9), Status: app.Published, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}
		if w.convention != dbtest.CTG {
			at.Territory = dbtest.Figeac
		}
		if w.of == nil {
			at.Status = app.Draft
		}
		if err := l.Workshop(at, w.animator); err != nil {
			return err
		}
		for o, p := range w.of {
			if err := l.Invitation(app.Invitation{ID: app.InvitationID(string(w.id) + "-" + string(o)), Workshop: w.id, Organisation: o, InvitedAt: dbtest.Now}); err != nil {
				return err
			}
			if err := l.Registration(app.Registration{ID: app.RegistrationID(string(w.id) + "-" + string(o)), Workshop: w.id, Person: p, Organisation: o, State: app.Registered, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}); err != nil {
				return err
			}
		}
	}
	return nil
})

// A thing is what an address names: its identifiers, what the table is asked about it,
// and the act by which one knows that it exists (the one of the address when zero).
type thing struct {
	name string
	ids  map[string]string
	on   app.On
	seen app.Act
	at   app.On // what that one is asked about, on when it names nothing

	wide  bool // several territories know the person, or none: only the administration takes them
	split bool // its roles are of several territories: who coordinates one closes nothing

	answers []app.Theme // borne besides where the act is about the answer of an organisation
}

// about is what the table is asked of an act on t.
func (t thing) about(act app.Act) app.On {
	on := t.on
	if act == app.AnswerFor || act == app.SeeAnswers {
		on.Themes = slices.Concat(on.Themes, t.answers)
	}
	return on
}

const unknown = "inconnu"

// things are what the addresses that begin so name, somebody's own, a neighbour's,
// another territory's; who looks for one that does not exist is added to each.
var things = []struct {
	prefix string
	all    []thing
}{
	{"/structures/:id/membres/:compte", []thing{
		{name: "la Mission locale", ids: ids(":id", "mission", ":compte", "a-lea"), on: in(dbtest.Mission), seen: app.SeeTerritory},
		{name: "l’école", ids: ids(":id", "ecole", ":compte", "a-ines"), on: in(dbtest.School), seen: app.SeeTerritory},
	}},
	{"/structures/:id", []thing{
		{name: "la Mission locale", ids: ids(":id", "mission", ":autre", "ecole"), on: in(dbtest.Mission), seen: app.SeeTerritory},
		{name: "l’école", ids: ids(":id", "ecole", ":autre", "mission"), on: in(dbtest.School), seen: app.SeeTerritory},
		{name: "la CAF, de deux territoires", ids: ids(":id", "caf"), on: in(dbtest.CAF), seen: app.SeeTerritory},
		{name: "le centre social d’ailleurs", ids: ids(":id", "ailleurs", ":autre", "{une autre d’ailleurs}"), on: in(dbtest.Foreign), seen: app.SeeTerritory},
	}},
	{"/structures/fusions/:id", []thing{
		{name: "celle d’ici", ids: ids(":id", "{fusion}"), on: app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}},
		{name: "celle d’ailleurs", ids: ids(":id", "{fusion d’ailleurs}"), on: app.On{Territories: []app.TerritoryID{dbtest.Figeac}}},
	}},
	{"/structures/imports/:id", []thing{
		{name: "celui d’ici", ids: ids(":id", "import"), on: app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}},
		{name: "celui d’ailleurs", ids: ids(":id", "import-loin"), on: app.On{Territories: []app.TerritoryID{dbtest.Figeac}}},
	}},
	{"/personnes/:id", []thing{
		{name: "Léa, de la Mission locale", ids: ids(":id", "lea", "{courriel}", "lea@maillage.test"), on: person(dbtest.Colleague, dbtest.Mission), seen: app.SeeTerritory},
		{name: "Inès, de l’école", ids: ids(":id", "ines", "{courriel}", "ines@ecole.test"), on: person(app.Viewer{Person: dbtest.Ines}, dbtest.School), seen: app.SeeTerritory},
		{name: "Paul, de la CAF", ids: ids(":id", "paul", "{courriel}", "paul@maillage.test"), on: person(dbtest.Reader, dbtest.CAF), seen: app.SeeTerritory, wide: true},
		{name: "Nina, d’ailleurs", ids: ids(":id", "nina", "{courriel}", "nina@maillage.test"), on: person(dbtest.Stranger, dbtest.Foreign), seen: app.SeeTerritory},
	}},
	{"/fonctions/:id", []thing{
		{name: "celle de Léa", ids: ids(":id", "p-lea"), on: in(dbtest.Mission), seen: app.SeeTerritory},
		{name: "celle d’Inès", ids: ids(":id", "p-ines"), on: in(dbtest.School), seen: app.SeeTerritory},
		{name: "celle de Paul", ids: ids(":id", "p-paul"), on: in(dbtest.CAF), seen: app.SeeTerritory},
		{name: "celle de Nina", ids: ids(":id", "p-nina"), on: in(dbtest.Foreign), seen: app.SeeTerritory},
	}},
	{"/ateliers/:id", []thing{
		workshop("anime", dbtest.Mission, animator), workshop("anime", dbtest.School, animator),
		workshop("voisin", dbtest.Mission, dbtest.Coordinator), workshop("voisin", dbtest.School, dbtest.Coordinator),
		workshop("loin", dbtest.Foreign, dbtest.Stranger),
		draft("brouillon"), draft("projet", "enfance"),
	}},
	{"/structures/campagnes/:id", []thing{
		{name: "celle d’ici", ids: ids(":id", "{campagne 200066371}"), on: app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}},
		{name: "celle d’ailleurs", ids: ids(":id", "{campagne 200067361}"), on: app.On{Territories: []app.TerritoryID{dbtest.Figeac}}},
	}},
	{"/services/:id", []thing{
		{name: "celui de la Mission locale", ids: ids(":id", "{service mission}"), on: in(dbtest.Mission), seen: app.SeeTerritory},
		{name: "celui de l’école", ids: ids(":id", "{service ecole}"), on: in(dbtest.School), seen: app.SeeTerritory},
		{name: "celui du centre social d’ailleurs", ids: ids(":id", "{service ailleurs}"), on: in(dbtest.Foreign), seen: app.SeeTerritory},
	}},
	{"/demandes/:id", []thing{
		{name: "celle pour la Mission locale", ids: ids(":id", "{demande mission}"), on: in(dbtest.Mission)},
		{name: "celle pour l’école", ids: ids(":id", "{demande ecole}"), on: in(dbtest.School)},
		{name: "celle pour le centre social d’ailleurs", ids: ids(":id", "{demande ailleurs}"), on: in(dbtest.Foreign)},
		{name: "celle d’une structure seulement nommée", ids: ids(":id", "{demande }", "{structure}", "ecole"), on: app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}},
	}},
	{"/convention/:id", []thing{
		{name: "celle d’ici", ids: ids(":id", "ctg"), on: app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}, seen: app.SeeTerritory},
		{name: "celle d’ailleurs", ids: ids(":id", "ctg-loin"), on: app.On{Territories: []app.TerritoryID{dbtest.Figeac}}, seen: app.SeeTerritory},
	}},
	{"/administration/comptes/:id", []thing{
		{name: "celui de Léa", ids: ids(":id", "a-lea", "{structure}", "mission"), on: app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}},
		{name: "celui de Nina", ids: ids(":id", "a-nina", "{structure}", "ailleurs"), on: app.On{Territories: []app.TerritoryID{dbtest.Figeac}}},
		{name: "celui d’Adèle, qui administre", ids: ids(":id", "a-admin", "{structure}", "cauvaldor"), on: app.On{}},
	}},
	{"/administration/demandes/:id", []thing{
		{name: "celle de Léa", ids: ids(":id", "{opposition lea}"), on: app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}},
		{name: "celle de Nina", ids: ids(":id", "{opposition nina}"), on: app.On{Territories: []app.TerritoryID{dbtest.Figeac}}},
	}},
	{"/administration/information/:id", []thing{
		{name: "Léa", ids: ids(":id", "lea"), on: app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}},
		{name: "Nina", ids: ids(":id", "nina"), on: app.On{Territories: []app.TerritoryID{dbtest.Figeac}}},
	}},
	{"/administration/instance/connexions/:id", []thing{{name: "l’autre appareil de Léa", ids: ids(":id", secret.Digest("autre a-lea"))}}},
	{"/administration/instance/attentes/:id", []thing{{name: "Léa, qui a mal tapé", ids: ids(":id", "a-lea")}}},
	{"/compte/identites/:id", []thing{
		{name: "celle de Léa", ids: ids(":id", "{identité lea}"), on: app.On{Person: dbtest.Colleague.Person}},
		{name: "celle de Claire", ids: ids(":id", "{identité claire}"), on: app.On{Person: dbtest.Coordinator.Person}},
	}},
	{"/compte/cles/:id", []thing{
		{name: "celle de Léa", ids: ids(":id", "{clé lea}"), on: app.On{Person: dbtest.Colleague.Person}},
		{name: "celle de Claire", ids: ids(":id", "{clé claire}"), on: app.On{Person: dbtest.Coordinator.Person}},
	}},
	{"/administration/courriels/:id", []thing{{name: "un courriel", ids: ids(":id", "{mail}")}}},
	{"/compte/connexions/:id", []thing{
		{name: "l’autre appareil de Léa", ids: ids(":id", secret.Digest("autre a-lea")), on: app.On{Person: dbtest.Colleague.Person}},
		{name: "l’autre appareil de Claire", ids: ids(":id", secret.Digest("autre a-claire")), on: app.On{Person: dbtest.Coordinator.Person}},
	}},
}

func ids(pairs ...string) map[string]string {
	all := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return all
}

// themes are those that the organisations and the workshops of the world bear.
var themes = map[string][]app.Theme{
	"mission": {"jeunesse", "emploi"}, "ecole": {"enfance"}, "caf": {"acces-droits", "parentalite"}, "ailleurs": {"vie-sociale"},
	"anime": {"jeunesse"}, "voisin": {"sante", "enfance"}, "loin": {"enfance"},
}

// in is what is of an organisation.
func in(o app.OrganisationID) app.On {
	on := app.On{Organisations: []app.OrganisationID{o}, Territories: []app.TerritoryID{dbtest.Cauvaldor}, Themes: themes[string(o)]}
	switch o {
	case dbtest.CAF:
		on.Territories = append(on.Territories, dbtest.Figeac)
	case dbtest.Foreign:
		on.Territories = []app.TerritoryID{dbtest.Figeac}
	}
	return on
}

func person(v app.Viewer, o app.OrganisationID) app.On {
	on := in(o)
	on.Person = v.Person
	return on
}

// workshop is what an organisation does in a workshop that somebody animates.
func workshop(id string, o app.OrganisationID, by app.Viewer) thing {
	comes := map[app.OrganisationID]string{dbtest.Mission: "lea", dbtest.School: "anna", dbtest.Foreign: "nina"}
	on := in(o)
	on.Themes, on.Animators = themes[id], []app.PersonID{by.Person}
	return thing{
		name: id + ", pour " + string(o), on: on, seen: app.SeeTerritory, answers: themes[string(o)],
		ids: ids(":id", id, ":structure", string(o), ":inscription", id+"-"+string(o), "{structure}", string(o), "{personne}", comes[o]),
	}
}

// draft is a workshop that is being prepared, and what the Mission locale does in it.
func draft(id string, borne ...app.Theme) thing {
	on := in(dbtest.Mission)
	on.Themes, on.Animators = borne, []app.PersonID{dbtest.Coordinator.Person}
	return thing{name: "le brouillon " + id, ids: ids(":id", id, "{structure}", "mission"), on: on, seen: app.SeeDrafts, answers: themes["mission"]}
}
