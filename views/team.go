package views

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"maillage/app"
)

// TeamPage is who acts for a structure, and what can be done about it.
type TeamPage struct {
	Frame        Frame
	Organisation app.Organisation
	Mates        []Teammate
	Known        []Member // people of the structure who do not act for it
	Requests     []app.JoinRequest
	Query        string     // whom one looks for
	Listed       []Teammate // of Mates, those on this page
	Others       []Member   // of Known
	Found        int        // members whom the query finds, on all pages
	Next         string     // address of those who follow, "" after the last
	Problem      string
	Now          time.Time
}

// Teammate is somebody whose account acts for a structure.
type Teammate struct {
	Account    app.AccountID
	Person     app.PersonID
	Name       string
	Email      string
	Function   string
	Role       app.Role
	LastSignIn time.Time // zero if never, or not to be told
	LinkUntil  time.Time
	Disabled   bool
}

func teamPath(o app.OrganisationID) string { return structurePath(o) + "/membres" }

func (m Teammate) path(o app.OrganisationID, act string) string {
	return teamPath(o) + "/" + pathEscape(string(m.Account)) + act
}

func (p TeamPage) keeps() bool {
	return p.Frame.Viewer.MayKeepTeam(p.Organisation)
}

// leads reports whether the viewer decides from outside the structure.
func (p TeamPage) leads() bool {
	return p.Frame.Viewer.LeadsTeam(p.Organisation)
}

// referents counts those who can answer for the structure.
func (p TeamPage) referents() (n int) {
	for _, m := range p.Mates {
		if m.Role == app.Referent && !m.Disabled {
			n++
		}
	}
	return n
}

// needed reports whether m is the only référent·e, whom the structure cannot lose.
func (p TeamPage) needed(m Teammate) bool {
	return m.Role == app.Referent && !m.Disabled && p.referents() == 1 && !p.leads()
}

func (p TeamPage) own(m Teammate) bool { return p.Frame.Viewer.IsPerson(m.Person) }

// relays reports whether the viewer has something to hand over, and to whom.
func (p TeamPage) relays() bool {
	mine, others := false, false
	for _, m := range p.Mates {
		mine = mine || p.own(m) && m.Role == app.Referent
		others = others || !p.own(m) && !m.Disabled
	}
	return mine && others
}

// came says when somebody last came, or that they still have to.
func (m Teammate) came() (words, tone string) {
	switch {
	case m.Disabled:
		return "Compte désactivé", "bad"
	case !m.LastSignIn.IsZero():
		return "", ""
	case m.LinkUntil.IsZero():
		return "Jamais venu·e, sans lien en attente", "warn"
	}
	return "Invité·e, pas encore venu·e", "warn"
}

func (m Teammate) sub(now time.Time, keeps bool) string {
	parts := []string{}
	if m.Function != "" {
		parts = append(parts, m.Function)
	}
	switch {
	case !keeps || m.Disabled:
	case !m.LastSignIn.IsZero():
		parts = append(parts, "dernière connexion : "+Ago(m.LastSignIn, now))
	case !m.LinkUntil.IsZero():
		parts = append(parts, "son lien sert jusqu’au "+LongDate(app.DateOf(m.LinkUntil)))
	}
	return Capital(strings.Join(parts, " · "))
}

// InvitePage asks whom to bring into a structure.
type InvitePage struct {
	Frame        Frame
	Organisation app.Organisation
	Person       app.PersonID // of the structure, "" for somebody new
	Name         string       // of that person
	Role         app.Role     // chosen
	Form         Filled
}

func (p InvitePage) fields() []Field {
	fields := []Field{}
	if p.Person == "" {
		fields = append(fields,
			p.Form.field(Field{Name: app.FieldFirstName, Label: "Prénom", Required: true, Max: app.MaxPersonName}),
			p.Form.field(Field{Name: app.FieldLastName, Label: "Nom", Required: true, Max: app.MaxPersonName}),
			p.Form.field(Field{Name: app.FieldFunction, Label: "Fonction", Hint: "Par exemple : directrice, agent d’accueil.", Max: app.MaxFunction}))
	}
	return append(fields, p.Form.field(Field{Name: app.FieldEmail, Label: "Adresse électronique", Type: "email", Required: true, Max: app.MaxEmail, Hint: "Une adresse professionnelle à son nom. L’invitation y est envoyée aussitôt."}))
}

func (p InvitePage) role() Field {
	return Field{Name: "role", Label: "Son rôle", Value: string(p.Role), Error: p.Form.Wrong["role"]}
}

// TeamRoles are the roles in a structure, with what each opens.
var TeamRoles = []Option{
	{Value: string(app.Colleague), Label: "Collègue", Hint: "Voit les ateliers, l’annuaire et ce que la structure a répondu."},
	{Value: string(app.Referent), Label: "Référent·e", Hint: "Répond aussi aux invitations, dit qui vient, tient la fiche, et invite ses collègues."},
}

// DepartPage asks how somebody leaves a structure.
type DepartPage struct {
	Frame        Frame
	Organisation app.Organisation
	Mate         Teammate
	Own          bool
}

// positionAfter are what becomes of a position when an access ends.
var positionAfter = []Option{
	{Value: "finir", Label: "Elle prend fin", Hint: "La personne ne travaille plus dans cette structure. Son histoire reste."},
	{Value: "garder", Label: "Elle continue", Hint: "La personne y travaille toujours, sans accès à Maillage pour cette structure."},
}

func (p DepartPage) positionLabel() string {
	if p.Own {
		return "Votre fonction dans la structure"
	}
	return "Sa fonction dans la structure"
}

func (p DepartPage) act() string {
	if p.Own {
		return "Quitter cette structure"
	}
	return "Retirer l’accès"
}

// RelayPage asks to whom a référent·e hands over.
type RelayPage struct {
	Frame        Frame
	Organisation app.Organisation
	Mates        []Teammate
	Form         Filled
}

func (p RelayPage) options() []Option {
	var all []Option
	for _, m := range p.Mates {
		if m.Account == p.Frame.Viewer.Account || m.Disabled {
			continue
		}
		hint := m.Role.Short()
		if m.LastSignIn.IsZero() {
			hint += ", pas encore venu·e : la structure resterait sans réponse jusqu’à sa première connexion"
		}
		all = append(all, Option{Value: string(m.Account), Label: m.Name, Hint: hint})
	}
	return all
}

func (p RelayPage) to() Field {
	return Field{Name: "relais", Label: "À qui ?", Value: p.Form.Typed.Get("relais"), Hint: "Cette personne deviendra référent·e et en sera prévenue.", Error: p.Form.Wrong["relais"]}
}

func (p RelayPage) then() Field {
	return Field{Name: "ensuite", Label: "Et vous ?", Value: cmp.Or(p.Form.Typed.Get("ensuite"), "rester")}
}

// relayThen are what a référent·e may become.
var relayThen = []Option{
	{Value: "rester", Label: "Je reste, comme collègue"},
	{Value: "acces", Label: "Je n’ai plus besoin d’accès pour cette structure", Hint: "J’y travaille toujours."},
	{Value: "partir", Label: "Je quitte cette structure", Hint: "Ma fonction y prend fin."},
}

// LinkToPass is the page that shows, once, a link that no mail carries.
type LinkToPass struct {
	Frame Frame
	Name  string
	Email string
	Link  string
	Back  Link
}

// mailto opens a mail to the person in the program of who reads.
func (p LinkToPass) mailto() string {
	body := "Bonjour,\n\nVoici votre lien pour entrer dans Maillage. Il sert une seule fois, pendant 7 jours :\n\n" + p.Link + "\n"
	return "mailto:" + url.PathEscape(p.Email) + "?subject=" + url.PathEscape("Votre accès à Maillage") + "&body=" + url.PathEscape(body)
}

// WelcomeMail is the e-mail to somebody who is given a role in a structure, without its
// recipient; link opens the account of who never signed in, and is "" for the others.
func WelcomeMail(by string, o app.Organisation, link, address string) app.Mail {
	m := app.Mail{Subject: "Votre accès à Maillage pour « " + o.Name + " »"}
	m.Body = "Bonjour,\n\n" + by + " vous donne accès à Maillage, l’outil des partenaires de la convention territoriale globale, pour « " + o.Name + " » : " +
		"l’annuaire, les ateliers et les réponses aux invitations.\n\n"
	if link == "" {
		m.Body += "Vous avez déjà un compte : connectez-vous comme d’habitude, cette structure y est.\n\n" + address + "/connexion\n\n"
	} else {
		m.Body += "Ouvrez ce lien pour entrer, sans mot de passe :\n\n" + link + "\n\n" +
			"Il sert une seule fois, pendant 7 jours. Passé ce délai, demandez un nouveau lien avec votre adresse : " + address + "/connexion\n\n"
	}
	m.Body += "Vos coordonnées professionnelles figurent dans l’annuaire des partenaires. Vous pouvez les voir et les corriger dans « Ma fiche », ou demander à la coordination de les retirer.\n\nMaillage\n"
	return m
}

// AskedIntoMail is the e-mail that asks who has an account already, and of whom by knows
// the address alone, whether they will act for a structure.
func AskedIntoMail(by string, o app.Organisation, link string) app.Mail {
	return app.Mail{
		Subject: "Voulez-vous agir pour « " + o.Name + " » ?",
		Body: "Bonjour,\n\n" + by + " vous invite à agir pour « " + o.Name + " » dans Maillage, où cette adresse a déjà un compte.\n\n" +
			"Si vous le voulez bien, ouvrez ce lien, puis confirmez. Il sert pendant 7 jours ; votre nom n’est montré à cette structure qu’ensuite :\n\n" + link + "\n\n" +
			"Sinon, ne faites rien : rien n’est changé, et personne ne sait que cette adresse est la vôtre.\n\nMaillage\n",
	}
}

// DepartMail is the e-mail that tells somebody that their access to a structure ended.
func DepartMail(by string, o app.Organisation) app.Mail {
	return app.Mail{
		Subject: "Votre accès pour « " + o.Name + " » a pris fin",
		Body: "Bonjour,\n\n" + by + " a mis fin à votre accès à Maillage pour « " + o.Name + " ». Vos autres accès, s’il y en a, ne changent pas.\n\n" +
			"Si cela vous surprend, demandez à la personne référente de la structure ou à la coordination de la convention.\n\nMaillage\n",
	}
}

// RelayMail is the e-mail that tells somebody that they now answer for a structure.
func RelayMail(by string, o app.Organisation, address string) app.Mail {
	return app.Mail{
		Subject: "Vous êtes maintenant référent·e de « " + o.Name + " »",
		Body: "Bonjour,\n\n" + by + " vous passe la main : vous répondez désormais pour « " + o.Name + " » aux invitations des ateliers, et vous invitez vos collègues.\n\n" +
			address + teamPath(o.ID) + "\n\nMaillage\n",
	}
}
