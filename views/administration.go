package views

import (
	"slices"
	"strings"
	"time"

	"maillage/app"
)

// RoleLine is one role of an account in words: which, and of what.
type RoleLine struct {
	Role app.Role
	Of   string // the name of the structure or the territory, "" for the instance
	On   string // the themes it is limited to, or ""
}

// of says on what a role is, with its themes.
func (r RoleLine) of() string {
	if r.On == "" {
		return r.Of
	}
	return r.Of + " (" + r.On + ")"
}

// AccountRow is an account in a list.
type AccountRow struct {
	ID         app.AccountID
	Name       string
	Email      string
	Roles      []RoleLine
	LastSignIn time.Time
	Disabled   bool
}

// AccountsPage is the list of the accounts.
type AccountsPage struct {
	Frame Frame
	Query string
	Role  app.Role
	State string
	Rows  []AccountRow
	Count int
	Next  string // address of the rows that follow, "" after the last
	File  string // address of the same list as a file
	Now   time.Time
}

var accountStates = []Option{
	{Value: "", Label: "Tous"},
	{Value: "actifs", Label: "En service"},
	{Value: "jamais", Label: "Jamais venus"},
	{Value: "desactives", Label: "Désactivés"},
}

func (p AccountsPage) filtered() bool { return p.Query != "" || p.Role != "" || p.State != "" }

func (p AccountsPage) roles() []Option {
	return TermOptions("Tous", app.Roles, p.Role)
}

func signedInWords(last, now time.Time) string {
	if last.IsZero() {
		return "jamais"
	}
	return Ago(last, now)
}

// RoleChoice is one role that may be chosen on one thing: a structure or a territory.
type RoleChoice struct {
	Field   string // name in the form
	Of      string // name of the thing
	Hint    string
	Options []Option
	Themes  Field    // to which a coordination may be limited; its Name is "" where they are not asked
	Every   []Option // of them
}

// AccountRecord is the page of one account.
type AccountRecord struct {
	Frame     Frame
	Row       AccountRow
	Person    app.PersonID
	Functions []string     // what the person does and where
	Choices   []RoleChoice // roles the viewer may give
	Elsewhere []RoleLine   // roles that are not the viewer's to change
	MayMake   bool         // an administrator of the account's person
	Admin     bool         // it administers
	MayClose  bool
	MayMove   bool // to another address
	Own       bool // the viewer's
	Factors   app.Factors
	Sessions  int
	LinkUntil time.Time
	Problem   string
	Address   Field // the address to sign in with
	MayHelp   bool  // by acting in the person's place
	Help      Field // their code
	History   []app.Entry
	Now       time.Time
}

// factorWords says with what an account proves itself besides its first factor.
func factorWords(f app.Factors) string {
	var ways []string
	if f.Codes {
		ways = append(ways, "codes d’une application")
	}
	if f.Passkeys > 0 {
		ways = append(ways, app.Count(f.Passkeys, "clé d’accès", "clés d’accès"))
	}
	switch {
	case len(ways) > 0:
		return strings.Join(ways, ", ")
	case f.Required:
		return "aucun, demandé à la prochaine connexion"
	}
	return "aucun"
}

// AddressField asks for the address an account signs in with.
func AddressField(value, wrong string) Field {
	return Field{Name: "courriel", Label: "Nouvelle adresse", Type: "email", Value: value, Error: wrong, Required: true, Max: app.MaxEmail}
}

// MovedMail is the e-mail that tells an address that an account left it.
func MovedMail(by, to string) app.Mail {
	return app.Mail{
		Subject: "Votre adresse de connexion à Maillage a changé",
		Body: "Bonjour,\n\n" + by + " a changé l’adresse de votre compte Maillage : vous vous connectez maintenant avec " + to + ".\n\n" +
			"Si ce changement vous surprend, prévenez la coordination de la convention.\n\nMaillage\n",
	}
}

func (p AccountRecord) at(act string) string {
	return "/administration/comptes/" + pathEscape(string(p.Row.ID)) + act
}

// NewAccountPage is where an account is opened: first for whom, then with which roles.
type NewAccountPage struct {
	Frame     Frame
	Query     string
	People    []PersonChoice // who answers the query
	Person    string         // chosen: an id, "nouvelle", or "" before that
	Name      string         // of the person chosen
	Account   app.AccountID  // the one that person has already, or ""
	Functions []string
	Form      Filled
	Picker    Picker // of the structure of somebody new
	Choices   []RoleChoice
	MayMake   bool
	Admin     bool
}

// PersonChoice is somebody an account may be opened for.
type PersonChoice struct {
	ID        app.PersonID
	Name      string
	Structure string
	Account   bool // there is one already
}

// newAccountFor is where an account is opened for somebody, or leads to the one there is.
func newAccountFor(id app.PersonID) string {
	return Address("/administration/comptes/nouveau", "personne", string(id))
}

func (p NewAccountPage) isNew() bool { return p.Person == "nouvelle" }

func (p NewAccountPage) names() []Field {
	return []Field{
		p.Form.field(Field{Name: "prenom", Label: "Prénom", Required: true, Max: app.MaxPersonName}),
		p.Form.field(Field{Name: "nom", Label: "Nom", Required: true, Max: app.MaxPersonName}),
	}
}

func (p NewAccountPage) function() Field {
	return p.Form.field(Field{Name: "fonction", Label: "Fonction", Hint: "Par exemple : directrice, agent d’accueil.", Max: app.MaxFunction})
}

func (p NewAccountPage) email() Field {
	return p.Form.field(Field{Name: "courriel", Label: "Adresse électronique", Type: "email", Required: true, Max: app.MaxEmail, Hint: "Elle sert à se connecter. L’invitation y est envoyée aussitôt."})
}

func (p NewAccountPage) roles() Field {
	return Field{Name: "roles", Label: "Rôles", Error: p.Form.Wrong["roles"]}
}

func (p NewAccountPage) fields() []Field {
	fields := []Field{p.email(), p.roles()}
	if p.isNew() {
		fields = slices.Concat(p.names(), []Field{{Name: "structure", Label: "Structure", Error: p.Picker.Error}, p.function()}, fields)
	}
	return fields
}

// OrganisationRoles and TerritoryRoles are what may be chosen on each, none first.
var (
	OrganisationRoles = []app.Term[app.Role]{{Key: app.Referent, Label: app.Referent.Short()}, {Key: app.Colleague, Label: app.Colleague.Short()}}
	TerritoryRoles    = []app.Term[app.Role]{{Key: app.Coordination, Label: "Coordination, tous les thèmes"}, {Key: app.ThemedCoordination, Label: app.ThemedCoordination.Label()}, {Key: app.ReadOnly, Label: "Lecture seule"}}
)

// RoleOptions returns none and roles, chosen marked.
func RoleOptions(roles []app.Term[app.Role], chosen app.Role) []Option {
	return TermOptions("Aucun rôle", roles, chosen)
}

// InvitationMail is the e-mail that invites somebody to their new account, without its
// recipient: who invites and the territory are said in it.
func InvitationMail(by, territory, link, address string) app.Mail {
	where := ""
	if territory != "" {
		where = " (" + territory + ")"
	}
	return app.Mail{
		Subject: "Invitation à rejoindre Maillage",
		Body: "Bonjour,\n\n" + by + " vous ouvre un accès à Maillage, l’outil des partenaires de la convention territoriale globale" + where + " : " +
			"l’annuaire, les ateliers et vos réponses aux invitations.\n\nOuvrez ce lien pour entrer :\n\n" + link + "\n\n" +
			"Il sert une seule fois, pendant 7 jours. Passé ce délai, demandez un nouveau lien avec votre adresse : " + address + "/connexion\n\n" +
			"Vos coordonnées professionnelles figurent dans l’annuaire des partenaires. Vous pouvez les voir et les corriger dans « Ma fiche », ou demander à la coordination de les retirer.\n\nMaillage\n",
	}
}

func joined(words []string) string { return strings.Join(words, " · ") }

func roleTone(r app.Role) string {
	switch r {
	case app.Administrator:
		return "accent"
	case app.Coordination, app.ThemedCoordination:
		return "info"
	case app.Referent:
		return "good"
	}
	return ""
}

// StructurePicker is a Picker of a structure, still without what was found.
func StructurePicker(action string) Picker {
	return Picker{Name: "structure", Action: action, Label: "Chercher sa structure", Legend: "Choisissez la structure", None: "Si elle n’est pas encore dans l’annuaire, ajoutez-la d’abord."}
}

// AccountColumns are the headings of the file of accounts.
var AccountColumns = []string{"Personne", "Adresse", "Rôles", "Dernière connexion", "État"}

// AccountCells are the cells of an account in that file.
func AccountCells(r AccountRow) []string {
	var roles []string
	for _, line := range r.Roles {
		roles = append(roles, strings.TrimSuffix(line.Role.Short()+" : "+line.of(), " : "))
	}
	last, state := "", "En service"
	if !r.LastSignIn.IsZero() {
		last = string(app.DateOf(r.LastSignIn))
	}
	if r.Disabled {
		state = "Désactivé"
	}
	return []string{r.Name, r.Email, strings.Join(roles, " ; "), last, state}
}
