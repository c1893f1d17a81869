package app

import "slices"

// Role is what a person is for the convention; a person may have several.
type Role string

// The roles, from the widest to the narrowest.
const (
	Administrator Role = "administrateur" // of the instance
	Coordination  Role = "coordination"   // of a territory
	ReadOnly      Role = "lecture"        // of a territory
	Referent      Role = "referent"       // of an organisation
	Colleague     Role = "collegue"       // of an organisation
)

// Roles lists the roles with the words people read.
var Roles = []Term[Role]{
	{Administrator, "Administration de l’instance", "Administration"},
	{Coordination, "Coordination d’un territoire", "Coordination"},
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
	Coordinates   []TerritoryID    // territories this person coordinates
	Reads         []TerritoryID    // territories this person may read
	Refers        []OrganisationID // organisations this person is référent·e of
	Belongs       []OrganisationID // organisations this person is a colleague in, Refers not repeated
	Partners      []TerritoryID    // territories the person's organisations take part in
	Territory     TerritoryID      // the one on screen
	TerritoryName string           // its name
	Helper        Helper           // who acts in this person's place, if anybody does
	HelpOver      bool             // they helped somebody until now, and are themselves again
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
	case len(v.Refers) > 0:
		return Referent
	case len(v.Belongs) > 0:
		return Colleague
	}
	return ReadOnly
}

// MayAdminister reports whether v may open the administration of the instance.
func (v Viewer) MayAdminister() bool { return v.May(Administer, On{}) }

// MayCoordinate reports whether v may call workshops in t, invite to them, keep its
// directory and edit its convention. An administrator may wherever a coordinator may.
func (v Viewer) MayCoordinate(t TerritoryID) bool {
	return t != "" && v.May(KeepWorkshops, On{Territories: []TerritoryID{t}})
}

// MaySee reports whether v may see the directory, the workshops and the network of t.
// A member of an organisation sees the territories that organisation takes part in.
func (v Viewer) MaySee(t TerritoryID) bool {
	return t != "" && v.May(SeeTerritory, On{Territories: []TerritoryID{t}})
}

// Territories returns those v may see, an administrator's own apart; the first is shown first.
func (v Viewer) Territories() []TerritoryID {
	var all []TerritoryID
	for _, t := range slices.Concat(v.Coordinates, v.Reads, v.Partners) {
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

// MayEditOrganisation reports whether v may change the record of an organisation that
// takes part in territories: its référent·e does, and who coordinates one of them.
func (v Viewer) MayEditOrganisation(o OrganisationID, territories ...TerritoryID) bool {
	return v.May(EditOrganisation, On{Organisations: []OrganisationID{o}, Territories: territories})
}

// MaySeeOrganisation reports whether v may open the record of an organisation that takes
// part in territories.
func (v Viewer) MaySeeOrganisation(o OrganisationID, territories ...TerritoryID) bool {
	return v.May(SeeTerritory, On{Organisations: []OrganisationID{o}, Territories: territories})
}

// MayArchiveOrganisation reports whether v may put aside, and bring back, an organisation
// that takes part in territories; its référent·e may not.
func (v Viewer) MayArchiveOrganisation(territories ...TerritoryID) bool {
	return v.May(KeepDirectory, On{Territories: territories})
}

// MaySeeAnswersOf reports whether v may see what o answered to the invitations of t.
func (v Viewer) MaySeeAnswersOf(o OrganisationID, t TerritoryID) bool {
	return v.May(SeeAnswers, On{Organisations: []OrganisationID{o}, Territories: []TerritoryID{t}})
}

// A Membership is an organisation a person belongs to, with the territories it takes part in.
type Membership struct {
	Organisation OrganisationID
	Territories  []TerritoryID
}

// MayEditPerson reports whether v may change what is kept of p, who belongs to
// memberships: oneself, a référent·e of one of them, who coordinates where one takes part.
func (v Viewer) MayEditPerson(p PersonID, memberships ...Membership) bool {
	return v.May(EditPerson, personIn(p, memberships))
}

// personIn is p with all that memberships place them in.
func personIn(p PersonID, memberships []Membership) On {
	on := On{Person: p}
	for _, m := range memberships {
		on.Organisations = append(on.Organisations, m.Organisation)
		on.Territories = append(on.Territories, m.Territories...)
	}
	return on
}

// MaySeeContactsOf reports whether v may see the e-mail address and telephone of p, who
// belongs to memberships.
func (v Viewer) MaySeeContactsOf(p Person, memberships ...Membership) bool {
	on := personIn(p.ID, memberships)
	return v.May(SeeContacts, on) || p.Visible && v.May(SeeShownContacts, on)
}

// MaySeeReadsOf reports whether v may see who was shown what is known of p, who belongs to
// memberships: oneself, and who coordinates where one of them takes part.
func (v Viewer) MaySeeReadsOf(p PersonID, memberships ...Membership) bool {
	return v.May(SeeReads, personIn(p, memberships))
}

// MayAnswerFor reports whether v may say who of o comes to a workshop held in t.
func (v Viewer) MayAnswerFor(o OrganisationID, t TerritoryID) bool {
	return v.May(AnswerFor, On{Organisations: []OrganisationID{o}, Territories: []TerritoryID{t}})
}

// MaySeeContacts reports whether v may see the e-mail addresses and telephones of the
// people of an organisation that takes part in territories.
func (v Viewer) MaySeeContacts(o OrganisationID, territories ...TerritoryID) bool {
	return v.May(SeeContacts, On{Organisations: []OrganisationID{o}, Territories: territories})
}

// MayCheckIn reports whether v may note who is present at a workshop held in t and
// animated by animators.
func (v Viewer) MayCheckIn(t TerritoryID, animators []PersonID) bool {
	return v.May(CheckIn, On{Territories: []TerritoryID{t}, Animators: animators})
}
