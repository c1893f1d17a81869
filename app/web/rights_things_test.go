package web

import (
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
	{"coordination d’ailleurs", dbtest.Stranger.Account},
	{"administration", dbtest.Admin.Account},
}

// crowded makes the small world with, in an hour, a workshop that Anna animates, one that
// Claire does, and one of another territory, each with its invitations and who comes.
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
	if err := l.Convention(app.Convention{ID: "ctg-loin", Territory: dbtest.Figeac, Name: "CTG de Figeac", StartsOn: "2026-01-01", EndsOn: "2029-12-31"}, dbtest.Now); err != nil {
		return err
	}
	for _, w := range []struct {
		id         app.WorkshopID
		animator   app.PersonID
		convention app.ConventionID
		of         map[app.OrganisationID]app.PersonID // who comes for whom
	}{
		{"anime", animator.Person, dbtest.CTG, map[app.OrganisationID]app.PersonID{dbtest.Mission: dbtest.Referent.Person, dbtest.School: dbtest.Ines}},
		{"voisin", dbtest.Coordinator.Person, dbtest.CTG, map[app.OrganisationID]app.PersonID{dbtest.Mission: dbtest.Referent.Person, dbtest.School: dbtest.Ines}},
		{"loin", dbtest.Stranger.Person, "ctg-loin", map[app.OrganisationID]app.PersonID{dbtest.Foreign: dbtest.Stranger.Person}},
	} {
		at := app.Workshop{ID: w.id, Territory: dbtest.Cauvaldor, Convention: w.convention, Title: "Vivre ici", Kind: "atelier", Place: "Mairie", StartsAt: dbtest.Now.Add(3600e9), EndsAt: dbtest.Now.Add(7200e9), Status: app.Published, CreatedAt: dbtest.Now, UpdatedAt: dbtest.Now}
		if w.convention != dbtest.CTG {
			at.Territory = dbtest.Figeac
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
}

const unknown = "inconnu"

// things are what the addresses that begin so name, somebody's own, a neighbour's,
// another territory's; who looks for one that does not exist is added to each.
var things = []struct {
	prefix string
	all    []thing
}{
	{"/structures/:id", []thing{
		{"la Mission locale", ids(":id", "mission"), in(dbtest.Mission), app.SeeTerritory},
		{"l’école", ids(":id", "ecole"), in(dbtest.School), app.SeeTerritory},
		{"la CAF, de deux territoires", ids(":id", "caf"), in(dbtest.CAF), app.SeeTerritory},
		{"le centre social d’ailleurs", ids(":id", "ailleurs"), in(dbtest.Foreign), app.SeeTerritory},
	}},
	{"/personnes/:id", []thing{
		{"Léa, de la Mission locale", ids(":id", "lea"), person(dbtest.Colleague, dbtest.Mission), app.SeeTerritory},
		{"Inès, de l’école", ids(":id", "ines"), person(app.Viewer{Person: dbtest.Ines}, dbtest.School), app.SeeTerritory},
		{"Paul, de la CAF", ids(":id", "paul"), person(dbtest.Reader, dbtest.CAF), app.SeeTerritory},
		{"Nina, d’ailleurs", ids(":id", "nina"), person(dbtest.Stranger, dbtest.Foreign), app.SeeTerritory},
	}},
	{"/fonctions/:id", []thing{
		{"celle de Léa", ids(":id", "p-lea"), in(dbtest.Mission), app.SeeTerritory},
		{"celle d’Inès", ids(":id", "p-ines"), in(dbtest.School), app.SeeTerritory},
		{"celle de Paul", ids(":id", "p-paul"), in(dbtest.CAF), app.SeeTerritory},
		{"celle de Nina", ids(":id", "p-nina"), in(dbtest.Foreign), app.SeeTerritory},
	}},
	{"/ateliers/:id", []thing{
		workshop("anime", dbtest.Mission, animator), workshop("anime", dbtest.School, animator),
		workshop("voisin", dbtest.Mission, dbtest.Coordinator), workshop("voisin", dbtest.School, dbtest.Coordinator),
		workshop("loin", dbtest.Foreign, dbtest.Stranger),
		{"un brouillon", ids(":id", "brouillon", "{structure}", "mission"), in(dbtest.Mission, dbtest.Coordinator.Person), app.SeeDrafts},
	}},
	{"/convention/:id", []thing{
		{"celle d’ici", ids(":id", "ctg"), app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}, app.SeeTerritory},
		{"celle d’ailleurs", ids(":id", "ctg-loin"), app.On{Territories: []app.TerritoryID{dbtest.Figeac}}, app.SeeTerritory},
	}},
	{"/administration/comptes/:id", []thing{
		{"celui de Léa", ids(":id", "a-lea", "{structure}", "mission"), app.On{Territories: []app.TerritoryID{dbtest.Cauvaldor}}, 0},
		{"celui de Nina", ids(":id", "a-nina", "{structure}", "ailleurs"), app.On{Territories: []app.TerritoryID{dbtest.Figeac}}, 0},
		{"celui d’Adèle, qui administre", ids(":id", "a-admin", "{structure}", "cauvaldor"), app.On{}, 0},
	}},
	{"/administration/courriels/:id", []thing{{"un courriel", ids(":id", "{mail}"), app.On{}, 0}}},
	{"/compte/connexions/:id", []thing{
		{"l’autre appareil de Léa", ids(":id", secret.Digest("autre a-lea")), app.On{Person: dbtest.Colleague.Person}, 0},
		{"l’autre appareil de Claire", ids(":id", secret.Digest("autre a-claire")), app.On{Person: dbtest.Coordinator.Person}, 0},
	}},
}

func ids(pairs ...string) map[string]string {
	all := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return all
}

// in is what is of an organisation, animated by animators.
func in(o app.OrganisationID, animators ...app.PersonID) app.On {
	on := app.On{Organisations: []app.OrganisationID{o}, Territories: []app.TerritoryID{dbtest.Cauvaldor}, Animators: animators}
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
	return thing{id + ", pour " + string(o), ids(":id", id, ":structure", string(o), ":inscription", id+"-"+string(o), "{structure}", string(o), "{personne}", comes[o]), in(o, by.Person), app.SeeTerritory}
}

// forms are what is sent to the addresses that do something, so that a refusal is one for
// want of a right. An address without is sent nothing.
var forms = map[string]string{
	"POST /compte/mot-de-passe":                                 "actuel=" + dbtest.Password + "&nouveau=Un-autre-mot-2026!",
	"POST /territoire":                                          "territoire={territoire}",
	"POST /administration/comptes":                              "personne=nouvelle&prenom=Ivan&nom=Neuf&structure=caf&structure:caf=collegue&courriel=neuf@essai.test",
	"POST /administration/comptes/:id/roles":                    "structure:{structure}=collegue",
	"POST /administration/comptes/:id/adresse":                  "courriel=neuve@essai.test",
	"POST /administration/territoires":                          "epci=200023737&convention=CTG&debut=2026-01-01&fin=2026-12-31",
	"POST /structures":                                          "nom=Toute nouvelle&categorie=etat",
	"POST /structures/:id":                                      "nom=Prise&categorie=etat&version=1",
	"POST /structures/:id/personnes":                            "prenom=Ivan&nom=Neuf&fonction=Aide",
	"POST /personnes/:id":                                       "prenom=Prise&nom=Prise&version=1",
	"POST /fonctions/:id":                                       "fonction=Prise&depuis=2025-01-01&version=1",
	"POST /ateliers":                                            "titre=Neuf&convention={convention}&genre=groupe&date=2026-03-17&debut=14:00&fin=16:30&lieu=Mairie&enregistrer=oui",
	"POST /ateliers/:id":                                        "titre=Pris&convention={convention}&genre=groupe&date=2026-03-17&debut=14:00&fin=16:30&lieu=Mairie&version=1&enregistrer=oui",
	"POST /ateliers/:id/report":                                 "date=2026-04-02&debut=14:00&fin=16:30",
	"POST /ateliers/:id/annulation":                             "motif=Verglas",
	"POST /ateliers/:id/invitations":                            "structures=caf",
	"POST /ateliers/:id/inscriptions":                           "structure={structure}&personnes={personne}",
	"POST /ateliers/:id/inscriptions/reponse":                   "structure={structure}&reponse=oui",
	"POST /ateliers/:id/inscriptions/:inscription/retrait":      "structure={structure}",
	"POST /ateliers/:id/inscriptions/:inscription/remplacement": "structure={structure}&prenom=Ivan&nom=Neuf",
	"POST /ateliers/:id/presences":                              "prenom=Ivan&nom=Venu",
	"POST /ateliers/:id/presences/:inscription":                 "etat=present",
	"POST /convention/nouvelle":                                 "territoire={territoire}&convention=suite&nom=Suite&debut=2030-01-01&fin=2033-12-31&axe=a&axe-a=Vivre",
	"POST /convention/:id/modifier":                             "nom=Prise&debut=2026-01-01&fin=2029-12-31&version=1",
	"GET /ateliers/:id/inscriptions":                            "structure={structure}",
}

// fragments are the addresses that answer HTMX, and lead everyone else to the page around.
var fragments = []string{"GET /ateliers/:id/presences/recherche"}
