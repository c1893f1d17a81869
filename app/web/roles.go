package web

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

// places are the structures in which a person has a function or a role.
func places(r db.AccountRecord) []db.AccountPosition {
	all := slices.Clone(r.Positions)
	for _, g := range r.Grants() {
		if g.Organisation != "" && !slices.ContainsFunc(all, func(p db.AccountPosition) bool { return p.Organisation == g.Organisation }) {
			all = append(all, db.AccountPosition{Organisation: g.Organisation, Name: r.Titles.Organisations[g.Organisation]})
		}
	}
	return all
}

func functions(positions []db.AccountPosition) []string {
	var words []string
	for _, p := range positions {
		words = append(words, strings.TrimPrefix(p.Function+", "+p.Name, ", "))
	}
	return words
}

// grantable returns the territories on which v may give roles.
func (s *server) grantable(c *gin.Context, v app.Viewer) ([]app.Territory, error) {
	every, err := s.DB.Territories(c.Request.Context())
	return slices.DeleteFunc(every, func(t app.Territory) bool { return !v.MayCoordinate(t.ID) }), err
}

const (
	onStructure = "structure:"
	onTerritory = "territoire:"
	themesOf    = "themes:" // and the territory
	toMake      = "administrateur"
)

// themesAsked is of how many territories the themes are asked at once; of more, once a
// coordination of some themes was chosen.
const themesAsked = 3

// choices are the roles that v may give, with those of a chosen.
func choices(v app.Viewer, a app.Account, places []db.AccountPosition, parts app.PartOf, territories []app.Territory) []views.RoleChoice {
	var all []views.RoleChoice
	for _, p := range places {
		if v.Keeps(app.Grant{Role: app.Colleague, Organisation: p.Organisation}, parts) {
			all = append(all, views.RoleChoice{
				Field: onStructure + string(p.Organisation), Of: p.Name, Hint: p.Function,
				Options: views.RoleOptions(views.OrganisationRoles, a.Organisations[p.Organisation]),
			})
		}
	}
	for _, t := range territories {
		all = append(all, views.RoleChoice{
			Field: onTerritory + string(t.ID), Of: t.Name, Hint: "Sur le territoire, en entier ou pour certains thèmes",
			Options: views.RoleOptions(views.TerritoryRoles, a.Territories[t.ID]),
		})
		if a.Territories[t.ID] == app.ThemedCoordination || len(territories) <= themesAsked {
			c := &all[len(all)-1]
			c.Themes = views.Field{Name: themesOf + string(t.ID), Label: "Thèmes coordonnés", Hint: "Au moins un : la personne tient ce qui porte l’un d’eux, et lit le reste."}
			c.Every = views.Options(app.Themes, a.Themes[t.ID]...)
		}
	}
	return all
}

// grants reads the roles chosen, whatever they are: who gives them is asked about later.
func grants(f *form) []app.Grant {
	var granted []app.Grant
	for name, values := range f.typed {
		role := app.Role(values[0])
		if role == "" {
			continue
		}
		if id, ok := strings.CutPrefix(name, onStructure); ok {
			granted = append(granted, app.Grant{Role: role, Organisation: app.OrganisationID(id)})
		}
		if id, ok := strings.CutPrefix(name, onTerritory); ok {
			granted = append(granted, territoryGrant(f, role, id))
		}
	}
	if f.ticked(toMake) {
		granted = append(granted, app.Grant{Role: app.Administrator})
	}
	return granted
}

func territoryGrant(f *form, role app.Role, territory string) app.Grant {
	g := app.Grant{Role: role, Territory: app.TerritoryID(territory)}
	if role == app.ThemedCoordination {
		g.Themes = app.OrderThemes(all[app.Theme](f, themesOf+territory))
	}
	return g
}
