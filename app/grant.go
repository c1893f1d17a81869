package app

import (
	"cmp"
	"slices"
)

// Grant is one role of an account, on what it is for: a territory, an organisation, or
// the instance when both are empty.
type Grant struct {
	Role         Role
	Territory    TerritoryID
	Organisation OrganisationID
	Themes       []Theme // of a ThemedCoordination, at least one, in the order of Themes
}

// Words returns the words for the role of g, with its themes.
func (g Grant) Words() string {
	if len(g.Themes) == 0 {
		return g.Role.Label()
	}
	return g.Role.Label() + " : " + ThemeLabels(g.Themes)
}

// equal reports whether g and h are the same role on the same thing.
func (g Grant) equal(h Grant) bool {
	return g.Role == h.Role && g.Territory == h.Territory && g.Organisation == h.Organisation && slices.Equal(g.Themes, h.Themes)
}

// Grants returns the roles of a in a steady order, the widest first.
func (a Account) Grants() []Grant {
	var all []Grant
	if a.Administrator {
		all = append(all, Grant{Role: Administrator})
	}
	for t, role := range a.Territories {
		all = append(all, Grant{Role: role, Territory: t, Themes: a.Themes[t]})
	}
	for o, role := range a.Organisations {
		all = append(all, Grant{Role: role, Organisation: o})
	}
	slices.SortFunc(all, func(x, y Grant) int {
		return cmp.Or(cmp.Compare(x.Role.rank(), y.Role.rank()), cmp.Compare(x.Territory, y.Territory), cmp.Compare(x.Organisation, y.Organisation))
	})
	return all
}

// WithGrants returns a with those roles and no other; of two for one thing the last holds.
func (a Account) WithGrants(grants []Grant) Account {
	a.Administrator = false
	a.Territories, a.Organisations, a.Themes = map[TerritoryID]Role{}, map[OrganisationID]Role{}, map[TerritoryID][]Theme{}
	for _, g := range grants {
		switch {
		case g.Territory != "":
			a.Territories[g.Territory] = g.Role
			delete(a.Themes, g.Territory)
			if len(g.Themes) > 0 {
				a.Themes[g.Territory] = g.Themes
			}
		case g.Organisation != "":
			a.Organisations[g.Organisation] = g.Role
		default:
			a.Administrator = true
		}
	}
	return a
}

func (r Role) rank() int {
	return slices.IndexFunc(Roles, func(t Term[Role]) bool { return t.Key == r })
}

// Fits reports whether the role of g is one for what g is on, and its themes are known and
// in their order.
func (g Grant) Fits() bool {
	themed := len(g.Themes) > 0 && slices.Equal(g.Themes, OrderThemes(g.Themes)) &&
		!slices.ContainsFunc(g.Themes, func(t Theme) bool { return !t.Known() })
	if themed != (g.Role == ThemedCoordination) {
		return false
	}
	switch g.Role {
	case Administrator:
		return g.Territory == "" && g.Organisation == ""
	case Coordination, ThemedCoordination, ReadOnly:
		return g.Territory != "" && g.Organisation == ""
	case Referent, Colleague:
		return g.Organisation != "" && g.Territory == ""
	}
	return false
}

// misfit says why g does not fit.
func (g Grant) misfit() error {
	if g.Role == ThemedCoordination && g.Territory != "" && len(g.Themes) == 0 {
		return InvalidField("roles", "Cochez au moins un thème, ou donnez la coordination de tout le territoire.")
	}
	return InvalidField("roles", "Ce rôle ne va pas avec ce à quoi il s’applique.")
}

// PartOf tells which territories organisations take part in, and which themes they bear.
type PartOf map[OrganisationID]Membership

// Part is PartOf of o alone.
func (o Organisation) Part() PartOf { return PartOf{o.ID: o.Membership()} }

// MayGrant reports whether v may give or take back g: nobody gives more than they have.
// Who coordinates a territory does so there, and for the organisations that take part in
// it; a référent·e does for their own organisation.
func (v Viewer) MayGrant(g Grant, partOf PartOf) bool {
	if g.Organisation != "" {
		return v.May(KeepTeam, partOf.Of(g.Organisation).on())
	}
	return v.Keeps(g, partOf)
}

// MayTake reports whether v may give g to themselves: not of an organisation that takes part
// where v sees nothing, which would open it to them; somebody of there does.
func (v Viewer) MayTake(g Grant, partOf PartOf) bool {
	return !slices.ContainsFunc(partOf[g.Organisation].Territories, func(t TerritoryID) bool { return !v.MaySee(t) })
}

// Of returns what rights on o depend on, when it takes part nowhere too.
func (p PartOf) Of(o OrganisationID) Membership {
	m := p[o]
	m.Organisation = o
	return m
}

// MayKeepAccounts reports whether v may open accounts and give roles in t.
func (v Viewer) MayKeepAccounts(t TerritoryID) bool {
	return t != "" && v.May(KeepAccounts, On{Territories: []TerritoryID{t}})
}

// MayKeepTeam reports whether v may say who acts for o.
func (v Viewer) MayKeepTeam(o Organisation) bool { return v.May(KeepTeam, o.Membership().on()) }

// LeadsTeam reports whether v says who acts for o from outside of it: who coordinates where
// it takes part, or one of its themes there. A référent·e does from inside.
func (v Viewer) LeadsTeam(o Organisation) bool {
	v.Refers, v.Belongs = nil, nil
	return v.MayKeepTeam(o)
}

// MaySeeTeam reports whether v may see who acts for o.
func (v Viewer) MaySeeTeam(o Organisation) bool { return v.May(SeeTeam, o.Membership().on()) }

// Keeps reports whether g is in the hands of v from outside what it is on: of who
// coordinates the whole of it, or administers. Of their organisation, a référent·e gives and takes
// back the roles, by MayGrant, and keeps no account.
func (v Viewer) Keeps(g Grant, partOf PartOf) bool {
	on := On{Territories: partOf[g.Organisation].Territories}
	if g.Territory != "" {
		on.Territories = []TerritoryID{g.Territory}
	}
	return v.May(KeepAccounts, on)
}

// MaySeeAccount reports whether v may see that a exists and what its roles are: some of
// them are v's to give.
func (v Viewer) MaySeeAccount(a Account, partOf PartOf) bool {
	return v.Administrator || slices.ContainsFunc(a.Grants(), func(g Grant) bool { return v.MayGrant(g, partOf) })
}

// MayCloseAccount reports whether v, who coordinates or administers, may disable a or
// sign it out: all that it opens is in v's hands, and it is not v's own. A référent·e
// takes back the role in their organisation, and leaves the account alone.
func (v Viewer) MayCloseAccount(a Account, partOf PartOf) bool {
	kept := func(g Grant) bool { return v.Keeps(g, partOf) }
	return a.ID != v.Account && (v.Administrator || slices.ContainsFunc(a.Grants(), kept)) &&
		!slices.ContainsFunc(a.Grants(), func(g Grant) bool { return !kept(g) })
}

// MayMoveAccount reports whether v may change the address by which somebody else signs in.
// Whoever reads that address can sign in as them: only the administration moves an account
// that its person came to, or one of coordination; of another that nobody ever signed in
// with, v keeps all that it opens, in every territory.
func (v Viewer) MayMoveAccount(a Account, partOf PartOf) bool {
	return !v.Helped() && (v.Administrator || v.MayHelp(a, partOf) && !a.Administrator && len(a.Territories) == 0 && a.LastSignedIn.IsZero())
}

// Regrant returns the roles that an account which holds held has once v, who keeps
// accounts, asked for wanted: those that v does not keep stay. It refuses, with Forbidden,
// a new one that v may not give, and with Invalid a role that does not fit what it is on.
func (v Viewer) Regrant(held, wanted []Grant, partOf PartOf) ([]Grant, error) {
	var kept []Grant
	for _, g := range held {
		if !v.Keeps(g, partOf) {
			kept = append(kept, g)
		}
	}
	for _, g := range wanted {
		switch {
		case slices.ContainsFunc(kept, g.equal):
		case !g.Fits():
			return nil, g.misfit()
		case !v.Keeps(g, partOf):
			return nil, Errorf(Forbidden, "Vous ne pouvez pas donner ce rôle : il dépasse les vôtres. Demandez à l’administration de l’instance.")
		default:
			kept = append(kept, g)
		}
	}
	return kept, nil
}
