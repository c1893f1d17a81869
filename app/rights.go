package app

import "slices"

// An Act is something that people do here; each address of the site is one of an act.
type Act int

// The acts. Each has its line in Rights.
const (
	ReadLeaflets Act = iota
	SignIn
	AskToJoin
	FollowLink
	ComeHome
	KeepOwnAccount
	SeeTerritory
	SeeContacts
	SeeShownContacts
	SeeAnswers
	SeeAttendance
	SeeDrafts
	EditOrganisation
	EditPerson
	ErasePerson
	KeepDirectory
	ImportDirectory
	AskPartners
	MergeDoubles
	KeepWorkshops
	Invite
	AnswerFor
	CheckIn
	SeeTeam
	LeaveTeam
	KeepTeam
	HandOver
	KeepConvention
	KeepAccounts
	ReadJournal
	SeeReads
	AnswerObjections
	Administer
)

// What somebody may be to a thing besides the roles of an account.
const (
	Nobody   Role = ""          // not signed in
	Animator Role = "animation" // of the workshop in question
)

// Standings lists what somebody may be to a thing: the columns of Rights. Whoever is
// signed in stands at least as a reader does.
var Standings = [...]Term[Role]{
	{Nobody, "Sans compte", "Sans compte"},
	{ReadOnly, "Lecture seule", "Lecture"},
	{Colleague, "Collègue d’une structure", "Collègue"},
	{Referent, "Référent·e d’une structure", "Référent·e"},
	{Animator, "Animation de l’atelier", "Animation"},
	{ThemedCoordination, "Coordination de certains thèmes", "Coordination de thèmes"},
	{Coordination, "Coordination d’un territoire", "Coordination"},
	{Administrator, "Administration de l’instance", "Administration"},
}

// A Scope is how far a right reaches. A wider one holds the narrower, but for that of
// the workshops one animates, which stands apart.
type Scope int

// The scopes.
const (
	none   Scope = iota
	lead         // the workshops one animates
	self         // one's own account and record
	ours         // one's organisations and their people
	themed       // what bears one of one's themes, in one's territories
	area         // one's territories
	wide         // everything
)

// Scopes are those in which somebody has a right, the widest first.
var Scopes = [...]Scope{wide, area, themed, ours, self, lead}

// Words returns the words for s, "" when there is no right.
func (s Scope) Words() string {
	return [...]string{none: "", lead: "ses ateliers", self: "pour soi", ours: "ses structures", themed: "ses thèmes", area: "ses territoires", wide: "partout"}[s]
}

// A Reach is how far a right goes for each of Standings, in their order.
type Reach [len(Standings)]Scope

// A Right is a line of the table: who may do an act, and the act in words.
type Right struct {
	Reach Reach
	Words string
}

// Rights says who may do what. It is the one place that does: the rules read it, the page
// « Droits » shows it, and a test plays each address of the site against it.
var Rights = [...]Right{
	// nobody, reader, colleague, référent·e, animator, coordination of themes, coordination, administration
	ReadLeaflets:     {Reach{wide, wide, wide, wide, wide, wide, wide, wide}, "Lire l’aide, les sources et les mentions"},
	SignIn:           {Reach{wide, wide, wide, wide, wide, wide, wide, wide}, "Se connecter, se déconnecter"},
	AskToJoin:        {Reach{wide, wide, wide, wide, wide, wide, wide, wide}, "Demander un accès pour sa structure"},
	FollowLink:       {Reach{wide, wide, wide, wide, wide, wide, wide, wide}, "Suivre un lien personnel reçu, pour ce à quoi il sert"},
	ComeHome:         {Reach{none, self, self, self, self, self, self, self}, "Voir son accueil, choisir le territoire affiché"},
	KeepOwnAccount:   {Reach{none, self, self, self, self, self, self, self}, "Tenir son compte : adresse, mot de passe, second facteur, appareils, données, code d’aide"},
	SeeTerritory:     {Reach{none, area, area, area, none, area, area, wide}, "Voir les structures, les personnes, les ateliers publiés, la convention et le réseau"},
	SeeContacts:      {Reach{none, self, ours, ours, none, themed, area, wide}, "Voir les coordonnées des personnes"},
	SeeShownContacts: {Reach{none, wide, wide, wide, wide, wide, wide, wide}, "Voir les coordonnées qu’une personne a rendues visibles"},
	SeeAnswers:       {Reach{none, none, ours, ours, none, themed, area, wide}, "Voir ce qu’une structure a répondu aux invitations"},
	SeeAttendance:    {Reach{none, self, ours, ours, lead, themed, area, wide}, "Voir qui a été noté présent, excusé ou absent à un atelier"},
	SeeDrafts:        {Reach{none, none, none, none, none, themed, area, wide}, "Voir les ateliers en préparation"},
	EditOrganisation: {Reach{none, none, none, ours, none, themed, area, wide}, "Tenir la fiche d’une structure, ses personnes et leurs fonctions"},
	EditPerson:       {Reach{none, self, self, ours, self, themed, area, wide}, "Modifier la fiche d’une personne ; son adresse, si tous ses territoires ou toutes ses structures sont les siens"},
	ErasePerson:      {Reach{none, self, self, self, self, self, area, wide}, "Effacer une personne, dont tous les territoires sont les siens"},
	KeepDirectory:    {Reach{none, none, none, none, none, themed, area, wide}, "Ajouter, archiver et rétablir une structure"},
	ImportDirectory:  {Reach{none, none, none, none, none, none, area, wide}, "Importer un fichier de structures, annuler un import"},
	AskPartners:      {Reach{none, none, none, none, none, none, area, wide}, "Suivre la fraîcheur de l’annuaire, écrire aux structures pour vérifier leur fiche"},
	MergeDoubles:     {Reach{none, none, none, none, none, none, area, wide}, "Chercher les doublons, réunir deux structures dont tous les territoires sont les siens, défaire une fusion"},
	KeepWorkshops:    {Reach{none, none, none, none, none, themed, area, wide}, "Préparer, publier, reporter, annuler et copier un atelier"},
	Invite:           {Reach{none, none, none, none, none, themed, area, wide}, "Inviter des structures à un atelier et les relancer"},
	AnswerFor:        {Reach{none, none, none, ours, none, themed, area, wide}, "Répondre pour une structure et dire qui vient"},
	CheckIn:          {Reach{none, none, none, none, lead, themed, area, wide}, "Accueillir à la porte, imprimer la feuille d’émargement"},
	SeeTeam:          {Reach{none, none, ours, ours, none, themed, area, wide}, "Voir qui agit pour une structure"},
	LeaveTeam:        {Reach{none, none, ours, ours, none, themed, area, wide}, "Quitter les membres d’une structure ; qui les tient en retire aussi les autres"},
	KeepTeam:         {Reach{none, none, none, ours, none, themed, area, wide}, "Inviter et retirer les membres d’une structure, répondre à qui demande à la rejoindre"},
	HandOver:         {Reach{none, none, none, ours, none, none, none, none}, "Passer le relais de référent·e à quelqu’un de sa structure"},
	KeepConvention:   {Reach{none, none, none, none, none, none, area, wide}, "Écrire la convention, ses phases et ses axes"},
	KeepAccounts:     {Reach{none, none, none, none, none, none, area, wide}, "Ouvrir et fermer des comptes, donner des rôles"},
	AnswerObjections: {Reach{none, none, none, none, none, none, area, wide}, "Répondre aux personnes sur leurs données, les informer"},
	SeeReads:         {Reach{none, self, self, self, self, self, area, wide}, "Voir qui a consulté des coordonnées et des présences"},
	ReadJournal:      {Reach{none, none, none, none, none, none, area, wide}, "Lire le journal de ce qui a été fait"},
	Administer:       {Reach{none, none, none, none, none, none, none, wide}, "Tenir l’installation : territoires, courriels, conservation des données, règles de connexion, seconds facteurs perdus"},
}

// On is what an act is done on: the person it concerns, the organisations and the
// territories it belongs to, the themes it bears, who animates it. The zero On is the instance itself.
type On struct {
	Person        PersonID
	Organisations []OrganisationID
	Territories   []TerritoryID
	Themes        []Theme
	Animators     []PersonID
}

// May reports whether Rights lets v do a on that; whoever acts in v's place does nothing
// that is personal, and is neither the person nor, beyond what the account opens, the
// animator that v is.
func (v Viewer) May(a Act, on On) bool {
	if v.Helped() && a.Personal() {
		return false
	}
	if v.Helped() && a != ComeHome { // that alone is done in a person's place
		on.Person = ""
	}
	for i, scope := range Rights[a].Reach {
		if scope != none && v.Stands(Standings[i].Key) && v.reaches(Standings[i].Key, scope, on) {
			return true
		}
	}
	return false
}

// Stands reports whether v is something as role, for whatever thing.
func (v Viewer) Stands(role Role) bool {
	switch role {
	case Nobody:
		return true
	case Administrator:
		return v.SignedIn() && v.Administrator
	case Coordination:
		return v.SignedIn() && len(v.Coordinates) > 0
	case ThemedCoordination:
		return v.SignedIn() && len(v.Themed) > 0
	case Referent, Colleague:
		return v.SignedIn() && len(v.organisations(role)) > 0
	}
	return v.SignedIn()
}

// reaches reports whether on is within scope for who is role.
func (v Viewer) reaches(role Role, scope Scope, on On) bool {
	switch scope {
	case wide:
		return true
	case area:
		if overlap(v.territories(role), on.Territories) {
			return true
		}
		fallthrough
	case themed:
		if role == ThemedCoordination && slices.ContainsFunc(v.Themed, func(t Remit) bool { return t.covers(on) }) {
			return true
		}
		fallthrough
	case ours:
		if overlap(v.organisations(role), on.Organisations) {
			return true
		}
		fallthrough
	case self:
		return on.Person != "" && on.Person == v.Person
	case lead:
		return v.Person != "" && slices.Contains(on.Animators, v.Person) && (!v.Helped() || slices.ContainsFunc(on.Territories, v.MaySee))
	}
	return false
}

// territories returns where v is role.
func (v Viewer) territories(role Role) []TerritoryID {
	switch role {
	case Coordination:
		return v.Coordinates
	case ThemedCoordination:
		return v.themedTerritories()
	case ReadOnly:
		return v.Reads
	case Colleague, Referent:
		return v.Partners
	}
	return nil
}

// organisations returns where v is role.
func (v Viewer) organisations(role Role) []OrganisationID {
	switch role {
	case Referent:
		return v.Refers
	case Colleague:
		return v.Organisations() // a référent·e is of the organisation too
	}
	return nil
}

func overlap[T comparable](one, other []T) bool {
	return slices.ContainsFunc(one, func(x T) bool { return slices.Contains(other, x) })
}
