package views

import (
	"strings"
	"time"

	"maillage/app"
)

const (
	joinPage = "/acces"
	mutePage = "/administration/sans-referent"
)

func requestPath(r app.JoinRequestID) string { return "/demandes/" + pathEscape(string(r)) }

// JoinPage is where somebody without an account asks for one: first for which structure,
// then who they are.
type JoinPage struct {
	Frame       Frame
	Query       string
	Searched    bool
	Found       []PublicOrganisation
	Chosen      PublicOrganisation // the structure asked for, without ID before that
	Unlisted    bool               // the structure is only named
	Territories []Option           // of one only named
	Form        Filled
}

// PublicOrganisation is what anybody may know of a structure.
type PublicOrganisation struct {
	ID        app.OrganisationID
	Name      string
	Commune   string
	Territory string
}

func (o PublicOrganisation) where() string {
	if o.Commune == "" {
		return o.Territory
	}
	return o.Commune + " · " + o.Territory
}

func (p JoinPage) asking() bool { return p.Unlisted || p.Chosen.ID != "" }

func (p JoinPage) fields() []Field {
	var fields []Field
	if p.Unlisted {
		fields = append(fields, p.Form.field(Field{Name: "structure", Label: "Nom de votre structure", Required: true, Max: app.MaxName, Complete: "organization"}))
	}
	return append(fields,
		p.Form.field(Field{Name: app.FieldFirstName, Label: "Votre prénom", Required: true, Max: app.MaxPersonName, Complete: "given-name"}),
		p.Form.field(Field{Name: app.FieldLastName, Label: "Votre nom", Required: true, Max: app.MaxPersonName, Complete: "family-name"}),
		p.Form.field(Field{Name: app.FieldFunction, Label: "Votre fonction", Max: app.MaxFunction, Complete: "organization-title"}),
		p.Form.field(Field{Name: app.FieldEmail, Label: "Votre adresse électronique", Type: "email", Required: true, Max: app.MaxEmail, Complete: "email", Hint: "De préférence professionnelle. Vous y confirmerez votre demande, et elle servira à vous connecter."}))
}

func (p JoinPage) territory() Field {
	return p.Form.field(Field{Name: "territoire", Label: "Son territoire", Required: true})
}

func (p JoinPage) word() Field {
	return p.Form.field(Field{Name: "mot", Label: "Un mot pour la personne qui vous répondra", Max: app.MaxWord, Hint: "Facultatif."})
}

// wrong are the fields that may be refused, in the order of the form.
func (p JoinPage) wrong() []Field {
	fields := p.fields()
	if p.Unlisted {
		fields = append(fields[:1:1], append([]Field{p.territory()}, fields[1:]...)...)
	} else if said := p.Form.Wrong["structure"]; said != "" {
		fields = append([]Field{{Name: "structure", Label: "Structure", Error: said}}, fields...)
	}
	return append(fields, p.word())
}

// JoinNews is a page that says what became of a request, to who makes it.
type JoinNews struct {
	Frame   Frame
	Words   []string
	Problem string // shown as an alert, "" when all is well
	Again   bool   // the request may be made anew
	SignIn  bool   // one may sign in
}

// ConfirmPage is where the link in the mail leads: one tap confirms.
type ConfirmPage struct {
	Frame   Frame
	Token   string
	Request app.JoinRequest
}

// RequestPage is a request, with the two answers.
type RequestPage struct {
	Frame       Frame
	Request     app.JoinRequest
	Role        app.Role // chosen
	Picker      Picker   // of a structure that was only named
	Form        Filled
	MayCreate   bool // the structure, in the directory
	Established bool // somebody of that name is in the structure already
	Now         time.Time
}

func (p RequestPage) role() Field {
	return Field{Name: "role", Label: "Son rôle", Value: string(p.Role), Error: p.Form.Wrong["role"]}
}

func (p RequestPage) refusal() Field {
	return p.Form.field(Field{Name: "mot", Label: "Un mot pour la personne", Max: app.MaxWord, Hint: "Facultatif. Il lui est écrit avec votre réponse."})
}

func requestSub(r app.JoinRequest) string {
	parts := []string{}
	if r.Who.Function != "" {
		parts = append(parts, "« "+r.Who.Function+" »")
	}
	return strings.Join(append(parts, r.Named, r.Who.Email), " · ")
}

// TypedWords stands over what somebody who asks for an access typed: nothing there passes
// for the site's own words.
const TypedWords = "Ce que cette personne a écrit, et que personne n’a vérifié"

// identityOf says who vouches for who asks, in words of the site's only.
func identityOf(r app.JoinRequest) string {
	if r.Vouched == "" {
		return "Personne ne l’a vérifiée"
	}
	return r.Vouched
}

// ownWords are what who asks typed about themselves, to be quoted.
func ownWords(r app.JoinRequest) []string {
	var words []string
	if r.Who.Function != "" {
		words = append(words, "Fonction : "+r.Who.Function)
	}
	if r.Word != "" {
		words = append(words, r.Word)
	}
	return words
}

// ConfirmMail is the e-mail that asks to confirm a request, without its recipient. It holds
// nothing that was typed: whoever asks could write to anybody by it.
func ConfirmMail(link string) app.Mail {
	return app.Mail{
		Subject: "Confirmez votre demande d’accès à Maillage",
		Body: "Bonjour,\n\nQuelqu’un, sans doute vous, demande avec cette adresse un accès à Maillage, l’outil des partenaires de la convention territoriale globale. " +
			"Ouvrez ce lien pour confirmer la demande :\n\n" + link + "\n\n" +
			"Il sert pendant 7 jours. Tant qu’il n’est pas ouvert, personne n’est prévenu. Si vous n’avez rien demandé, ne faites rien : la demande s’effacera d’elle-même.\n\nMaillage\n",
	}
}

// RequestMail is the e-mail that tells who decides of a request, without its recipient.
func RequestMail(r app.JoinRequest, to, site string) app.Mail {
	lines := []string{
		"Bonjour " + to + ",", "", r.Who.Name() + " demande un accès à Maillage pour « " + r.Named + " ».", "",
		"Identité : " + identityOf(r), "Adresse, confirmée : " + r.Who.Email,
	}
	if own := ownWords(r); len(own) > 0 {
		lines = append(lines, "", TypedWords+" :", "> "+strings.ReplaceAll(strings.Join(own, "\n"), "\n", "\n> "))
	}
	lines = append(lines, "", "Acceptez ou refusez en une minute :", site+requestPath(r.ID), "", "Sans réponse, la demande s’efface dans 30 jours.", "", "Maillage", "")
	return app.Mail{Subject: r.Who.Name() + " demande un accès pour « " + r.Named + " »", Body: strings.Join(lines, "\n")}
}

// RefusalMail is the e-mail that tells somebody that they were refused, without its recipient.
func RefusalMail(r app.JoinRequest, word string) app.Mail {
	body := "Bonjour,\n\nVotre demande d’accès à Maillage pour « " + r.Named + " » n’a pas été acceptée.\n\n"
	if word != "" {
		body += "« " + word + " »\n\n"
	}
	return app.Mail{
		Subject: "Votre demande d’accès à Maillage",
		Body:    body + "Vos données sont effacées. Pour en parler, adressez-vous à la personne référente de la structure ou à la coordination de la convention.\n\nMaillage\n",
	}
}

// MutePage is the structures that nobody answers for.
type MutePage struct {
	Frame Frame
	Count int
	Rows  []MuteRow
	Next  string // address of the rows that follow, "" after the last
}

// MuteRow is a structure that nobody answers for.
type MuteRow struct {
	ID         app.OrganisationID
	Name       string
	Commune    string
	People     int
	Team       int
	Unanswered int
}

func (r MuteRow) sub() string {
	parts := []string{}
	if r.Commune != "" {
		parts = append(parts, r.Commune)
	}
	switch {
	case r.Team > 0:
		parts = append(parts, app.Count(r.Team, "collègue a un accès", "collègues ont un accès"))
	case r.People > 0:
		parts = append(parts, app.Count(r.People, "personne connue", "personnes connues"))
	default:
		parts = append(parts, "personne n’y est connu·e")
	}
	return strings.Join(parts, " · ")
}

// invite is where a référent·e of the structure is invited: among those known, if any.
func (r MuteRow) invite() string {
	if r.Team > 0 || r.People > 0 {
		return teamPath(r.ID)
	}
	return teamPath(r.ID) + "/invitation?role=referent"
}
