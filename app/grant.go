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
}

// Grants returns the roles of a in a steady order, the widest first.
func (a Account) Grants() []Grant {
	var all []Grant
	if a.Administrator {
		all = append(all, Grant{Role: Administrator})
	}
	for t, role := range a.Territories {
		all = append(all, Grant{Role: role, Territory: t})
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
	a.Territories, a.Organisations = map[TerritoryID]Role{}, map[OrganisationID]Role{}
	for _, g := range grants {
		switch {
		case g.Territory != "":
			a.Territories[g.Territory] = g.Role
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

// Fits reports whether the role of g is one for what g is on.
func (g Grant) Fits() bool {
	switch g.Role {
	case Administrator:
		return g.Territory == "" && g.Organisation == ""
	case Coordination, ReadOnly:
		return g.Territory != "" && g.Organisation == ""
	case Referent, Colleague:
		return g.Organisation != "" && g.Territory == ""
	}
	return false
}

// PartOf tells which territories organisations take part in.
type PartOf map[OrganisationID][]TerritoryID

// MayGrant reports whether v may give or take back g: nobody gives more than they have.
// Who coordinates a territory does so there, and for the organisations that take part in
// it; a référent·e does for their own organisation.
func (v Viewer) MayGrant(g Grant, partOf PartOf) bool {
	if g.Organisation != "" {
		return v.MayKeepTeam(g.Organisation, partOf[g.Organisation]...)
	}
	return v.Keeps(g, partOf)
}

// MayKeepTeam reports whether v may say who acts for o, which takes part in territories.
func (v Viewer) MayKeepTeam(o OrganisationID, territories ...TerritoryID) bool {
	return v.May(KeepTeam, On{Organisations: []OrganisationID{o}, Territories: territories})
}

// MayKeepAccounts reports whether v may open accounts and give roles in t.
func (v Viewer) MayKeepAccounts(t TerritoryID) bool {
	return t != "" && v.May(KeepAccounts, On{Territories: []TerritoryID{t}})
}

// MaySeeTeam reports whether v may see who acts for o, which takes part in territories.
func (v Viewer) MaySeeTeam(o OrganisationID, territories ...TerritoryID) bool {
	return v.May(SeeTeam, On{Organisations: []OrganisationID{o}, Territories: territories})
}

// Keeps reports whether g is in the hands of v from outside what it is on: of who
// coordinates there, or administers. Of their organisation, a référent·e gives and takes
// back the roles, by MayGrant, and keeps no account.
func (v Viewer) Keeps(g Grant, partOf PartOf) bool {
	on := On{Territories: partOf[g.Organisation]}
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
		case slices.Contains(kept, g):
		case !g.Fits():
			return nil, Errorf(Invalid, "Ce rôle ne va pas avec ce à quoi il s’applique.")
		case !v.Keeps(g, partOf):
			return nil, Errorf(Forbidden, "Vous ne pouvez pas donner ce rôle : il dépasse les vôtres. Demandez à l’administration de l’instance.")
		default:
			kept = append(kept, g)
		}
	}
	return kept, nil
}
