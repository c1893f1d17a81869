package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"maillage/app"
)

// A member is an invented person with the position they hold in a structure.
type member struct {
	app.Person
	app.Position
	diagnostic int  // how many of the diagnostic workshops they came to
	planDay    bool // invited to the day on the action plan
	keenness   int  // how readily they come to the workshops of the running convention; 0: no more, or never
}

func members(loaded time.Time) ([]member, error) {
	rows, err := read("people.csv")
	if err != nil {
		return nil, err
	}
	all := make([]member, len(rows))
	for i, r := range rows {
		m := &all[i]
		if m.diagnostic, err = strconv.Atoi(r["diagnostic"]); err != nil {
			return nil, fmt.Errorf("people.csv, %s: %w", r["nom"], err)
		}
		if m.keenness, err = strconv.Atoi(r["presence"]); err != nil {
			return nil, fmt.Errorf("people.csv, %s: %w", r["nom"], err)
		}
		m.planDay = r["journee"] == "oui"
		m.Person = app.Person{
			ID: stableID[app.PersonID]("personne", r["prenom"], r["nom"]), FirstName: r["prenom"], LastName: r["nom"],
			Email: mailbox(r["prenom"], r["nom"]), Phone: fictitiousPhone(i), Invented: true,
			CreatedAt: loaded, UpdatedAt: loaded,
		}
		for _, a := range accounts {
			if a.holds(r["prenom"], r["nom"]) && a.email != "" {
				m.Email = a.email
			}
		}
		m.Position = app.Position{
			ID: stableID[app.PositionID]("fonction", r["prenom"], r["nom"]), Person: m.Person.ID,
			Organisation: organisationID(r["structure"]), Function: r["fonction"],
			Since: app.Date(r["depuis"]), Until: app.Date(r["jusqua"]),
		}
	}
	return all, nil
}

// mailbox is an address in a domain that exists nowhere (RFC 2606).
func mailbox(first, last string) string {
	name := app.Fold(first) + "." + app.Fold(last)
	return strings.ReplaceAll(name, " ", "-") + "@exemple.test"
}

// fictitiousPhone gives every third person a number of those the ARCEP keeps for
// fiction: 06 39 98, 05 36 49.
func fictitiousPhone(i int) string {
	if i%3 != 0 {
		return ""
	}
	prefix := []string{"06 39 98", "05 36 49"}[i%2]
	return fmt.Sprintf("%s %02d %02d", prefix, (i*37+11)%100, (i*53+29)%100)
}

// An access is an account of the demonstration.
type access struct {
	email         string // "" keeps the person's own address, without password: by link
	first, last   string
	administrator bool
	territory     app.Role    // in Cauvaldor, or ""
	themes        []app.Theme // of a coordination limited to some
	organisation  app.Role    // in the person's own structure, or ""
}

func (a access) holds(first, last string) bool { return a.first == first && a.last == last }

// accounts are those the demonstration prints at start, then référent·es of other
// structures, who have no password and sign in by a link sent to them.
var accounts = []access{
	{email: "admin@demo.test", first: "Rémi", last: "Lacoste", administrator: true},
	{email: "coordination@demo.test", first: "Élodie", last: "Vaissié", territory: app.Coordination},
	{email: "themes@demo.test", first: "Maëlle", last: "Cabrit", territory: app.ThemedCoordination, themes: themes("petite-enfance", "parentalite")},
	{email: "referent@demo.test", first: "Nadège", last: "Bouyssou", organisation: app.Referent},
	{email: "collegue@demo.test", first: "Théo", last: "Delmas", organisation: app.Colleague},
	{email: "lecture@demo.test", first: "Marie-Hélène", last: "d’Orgeix", territory: app.ReadOnly},
	{first: "Bastien", last: "Laborie", territory: app.Coordination},
	{first: "Samia", last: "Benhaddou", organisation: app.Referent},
	{first: "Gaëlle", last: "Lescure", organisation: app.Referent},
	{first: "Anne-Lise", last: "Pradines", organisation: app.Referent},
	{first: "Laurence", last: "Taillefer", organisation: app.Referent},
	{first: "Yannick", last: "L’Hostis", organisation: app.Referent},
	{first: "Sandrine", last: "Labrousse", organisation: app.Referent},
	{first: "Véronique", last: "Bastit", organisation: app.Referent},
	{first: "Geneviève", last: "Teulières", organisation: app.Referent},
	{first: "Pascal", last: "Mazeyrie", organisation: app.Referent},
	{first: "Christiane", last: "Sol", organisation: app.Referent},
	{first: "Françoise", last: "Amadieu", organisation: app.Referent},
}

// account returns the account of a, who is one of all.
func (a access) account(all []member, loaded time.Time) (app.Account, error) {
	i := slices.IndexFunc(all, func(m member) bool { return a.holds(m.FirstName, m.LastName) })
	if i < 0 {
		return app.Account{}, fmt.Errorf("%s %s is nobody", a.first, a.last)
	}
	m := all[i]
	account := app.Account{
		ID: stableID[app.AccountID]("compte", m.Email), Person: m.Person.ID, Email: m.Email,
		Administrator: a.administrator, CreatedAt: loaded,
		Territories: map[app.TerritoryID]app.Role{}, Themes: map[app.TerritoryID][]app.Theme{}, Organisations: map[app.OrganisationID]app.Role{},
	}
	if a.territory != "" {
		account.Territories[Territory], account.Themes[Territory] = a.territory, a.themes
	}
	if a.organisation != "" {
		account.Organisations[m.Organisation] = a.organisation
	}
	return account, nil
}
