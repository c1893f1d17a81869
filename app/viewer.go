package app

import "slices"

// Role is what a person is for the convention; a person may have several.
type Role string

// The roles, from the widest to the narrowest.
const (
	Administrator      Role = "administrateur"      // of the instance
	Coordination       Role = "coordination"        // of a territory
	ThemedCoordination Role = "coordination-themes" // of what bears some themes in a territory
	ReadOnly           Role = "lecture"             // of a territory
	Referent           Role = "referent"            // of an organisation
	Colleague          Role = "collegue"            // of an organisation
)

// Roles lists the roles with the words people read.
var Roles = []Term[Role]{
	{Administrator, "Administration de l’instance", "Administration"},
	{Coordination, "Coordination d’un territoire", "Coordination"},
	{ThemedCoordination, "Coordination de certains thèmes", "Coordination de thèmes"},
	{Referent, "Référent·e d’une structure", "Référent·e"},
	{Colleague, "Collègue d’une structure", "Collègue"},
	{ReadOnly, "Lecture seule", "Lecture"},
}

// Label returns the words for r.
func (r Role) Label() string { return term(Roles, r).Label }

// Short returns the words for r in a narrow place.
func (r Role) Short() string { return term(Roles, r).Short }

// Viewer is who is asking: one signed-in person with the roles of their account.
// The zero Viewer is nobody, who may see nothing but the pages open to all.
type Viewer struct {
	Account       AccountID
	Person        PersonID
	Name          string // first and last name
	Email         string
	Administrator bool
	Coordinates   []TerritoryID    // territories this person coordinates, whatever the theme
	Themed        []Remit          // territories of which they coordinate some themes only
	Reads         []TerritoryID    // territories this person may read
	Refers        []OrganisationID // organisations this person is référent·e of
	Belongs       []OrganisationID // organisations this person is a colleague in, Refers not repeated
	Partners      []TerritoryID    // territories the person's organisations take part in
	Territory     TerritoryID      // the one on screen
	TerritoryName string           // its name
	Helper        Helper           // who acts in this person's place, if anybody does
	Assisted      bool             // somebody acts in this person's place now
	HelpOver      bool             // they helped somebody, are themselves again, and no page told them yet
}

// SignedIn reports whether somebody is asking.
func (v Viewer) SignedIn() bool { return v.Account != "" }

// Role returns the widest role of v in the territory on screen.
func (v Viewer) Role() Role {
	switch {
	case !v.SignedIn():
		return ""
	case v.MayCoordinate(v.Territory) && !v.Administrator:
		return Coordination
	case v.Administrator:
		return Administrator
	case len(v.ThemesAt(v.Territory)) > 0:
		return ThemedCoordination
	case len(v.Refers) > 0:
		return Referent
	case len(v.Belongs) > 0:
		return Colleague
	}
	return ReadOnly
}

// MayAdminister reports whether v may open the administration of the instance.
func (v Viewer) MayAdminister() bool { return v.May(Administer, On{}) }

// MayCoordinate reports whether v coordinates the whole of t: its convention, its journal,
// its accounts, and what bears no theme. An administrator may wherever a coordinator may.
func (v Viewer) MayCoordinate(t TerritoryID) bool {
	return t != "" && v.May(KeepConvention, On{Territories: []TerritoryID{t}})
}

// MayHere reports whether v may do a on something of the territory on screen: on whatever
// they like, or on what bears one of the themes they coordinate there.
func (v Viewer) MayHere(a Act) bool {
	return v.Territory != "" && v.May(a, On{Territories: []TerritoryID{v.Territory}, Themes: v.ThemesAt(v.Territory)})
}

// MaySee reports whether v may see the directory, the workshops and the network of t.
// A member of an organisation sees the territories that organisation takes part in.
func (v Viewer) MaySee(t TerritoryID) bool {
	return t != "" && v.May(SeeTerritory, On{Territories: []TerritoryID{t}})
}

// Territories returns those v may see, an administrator's own apart; the first is shown first.
func (v Viewer) Territories() []TerritoryID {
	var all []TerritoryID
	for _, t := range slices.Concat(v.Coordinates, v.themedTerritories(), v.Reads, v.Partners) {
		if !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all
}

// Organisations returns those v belongs to, as référent·e first.
func (v Viewer) Organisations() []OrganisationID { return slices.Concat(v.Refers, v.Belongs) }

// Is reports whether v belongs to o, as référent·e or as a colleague.
func (v Viewer) Is(o OrganisationID) bool {
	return slices.Contains(v.Refers, o) || slices.Contains(v.Belongs, o)
}

// MayEditOrganisation reports whether v may change the record of o: its référent·e does,
// and who coordinates where it takes part.
func (v Viewer) MayEditOrganisation(o Organisation) bool {
	return v.MayEditPart(o.Membership())
}

// MayEditPart is MayEditOrganisation for one of which no more is known.
func (v Viewer) MayEditPart(m Membership) bool { return v.May(EditOrganisation, m.on()) }

// MaySeeOrganisation reports whether v may open the record of o.
func (v Viewer) MaySeeOrganisation(o Organisation) bool {
	return v.May(SeeTerritory, o.Membership().on())
}

// MayArchiveOrganisation reports whether v may put o aside, and bring it back; its
// référent·e may not.
func (v Viewer) MayArchiveOrganisation(o Organisation) bool {
	return v.May(KeepDirectory, o.Membership().on())
}

// MayAsk reports whether v may have o written to about its record.
func (v Viewer) MayAsk(o Organisation) bool { return v.May(AskPartners, o.Membership().on()) }

// A Membership is an organisation, a person's for one, with the territories it takes part
// in and the themes it bears.
type Membership struct {
	Organisation OrganisationID
	Territories  []TerritoryID
	Themes       []Theme
}

// Membership returns what rights on o depend on.
func (o Organisation) Membership() Membership { return Membership{o.ID, o.Territories, o.Themes} }

func (m Membership) on() On {
	on := On{Territories: m.Territories, Themes: m.Themes}
	if m.Organisation != "" {
		on.Organisations = []OrganisationID{m.Organisation}
	}
	return on
}

// MayEditPerson reports whether v may change what is kept of p, who belongs to
// memberships: oneself, a référent·e of one of them, who coordinates where one takes part;
// whoever acts in the place of p leaves it, and changes it in their own name or not at all.
func (v Viewer) MayEditPerson(p PersonID, memberships ...Membership) bool {
	if v.Helped() && v.Person == p {
		return false
	}
	return v.mayOn(EditPerson, p, memberships)
}

// mayOn reports whether v may do a on p, as one who belongs to some of memberships: the
// themes of one organisation say nothing of the territories of another.
func (v Viewer) mayOn(a Act, p PersonID, memberships []Membership) bool {
	return v.May(a, On{Person: p}) || slices.ContainsFunc(memberships, func(m Membership) bool { return v.May(a, m.on()) })
}

// MayReaddress reports whether v may change the address of p, who belongs to memberships and
// is known in territories: oneself, the structure that alone keeps them, and who coordinates
// every one of those territories, as to erase them. By their address one reads all that is
// known of a person, and signs in as them.
func (v Viewer) MayReaddress(p PersonID, territories []TerritoryID, memberships ...Membership) bool {
	if v.May(EditPerson, On{Person: p}) || len(memberships) > 0 && !slices.ContainsFunc(memberships, func(m Membership) bool { return !v.answersFor(m.Organisation) }) {
		return true
	}
	return len(territories) > 0 && !slices.ContainsFunc(territories, func(t TerritoryID) bool { return !v.coordinatesAt(t, memberships) })
}

// answersFor reports whether v keeps the people of o as its référent·e, where it is or
// whatever it bears apart; a colleague sees them, and keeps none.
func (v Viewer) answersFor(o OrganisationID) bool {
	return o != "" && v.May(EditPerson, On{Organisations: []OrganisationID{o}})
}

// coordinatesAt reports whether v coordinates t, or a theme that one of memberships bears there.
func (v Viewer) coordinatesAt(t TerritoryID, memberships []Membership) bool {
	here := []TerritoryID{t}
	return v.May(EditPerson, On{Territories: here}) || slices.ContainsFunc(memberships, func(m Membership) bool {
		return slices.Contains(m.Territories, t) && v.May(EditPerson, On{Territories: here, Themes: m.Themes})
	})
}

// MaySeeContactsOf reports whether v may see the e-mail address and telephone of p, who
// belongs to memberships.
func (v Viewer) MaySeeContactsOf(p Person, memberships ...Membership) bool {
	return v.mayOn(SeeContacts, p.ID, memberships) || p.Visible && v.mayOn(SeeShownContacts, p.ID, memberships)
}

// MaySeeReadsOf reports whether v may see who was shown what is known of p, who belongs to
// memberships: oneself, and who coordinates where one of them takes part.
func (v Viewer) MaySeeReadsOf(p PersonID, memberships ...Membership) bool {
	return v.mayOn(SeeReads, p, memberships)
}

// MaySeeContacts reports whether v may see the e-mail addresses and telephones of the
// people of o.
func (v Viewer) MaySeeContacts(o Organisation) bool {
	return v.May(SeeContacts, o.Membership().on())
}

// Named returns v as a mail that tells what they did names them.
func (v Viewer) Named() Named { return Named{v.Person, v.Name} }
