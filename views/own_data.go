package views

import (
	"time"

	"maillage/app"
)

// OwnDataPage is all that is known of a person, for themselves.
type OwnDataPage struct {
	Frame        Frame
	Base         string // address of the page
	Linked       bool   // reached by a personal link
	Person       app.Person
	AddedBy      string // who entered it, "" when not known
	InformedAt   time.Time
	ObjectedAt   time.Time
	Positions    []Holding
	Workshops    []AttendedWorkshop
	Account      *AccountRow // nil without one
	AccountSince time.Time
	Mails        []app.Mail
	Reads        []ReadLine
	Objections   []app.Objection
	Places       []string
	Kept         app.Retention // how long what is known is kept
	Forms        OwnDataForms
	Now          time.Time
}

// OwnDataForms is what was typed on that page and is wrong.
type OwnDataForms struct {
	Correction Filled
	Typed      bool // show what was typed instead of what is kept
	Objection  Filled
}

func (p OwnDataPage) value(name, kept string) string {
	if p.Forms.Typed {
		return p.Forms.Correction.Typed.Get(name)
	}
	return kept
}

func (p OwnDataPage) field(f Field, kept string) Field {
	f.Value, f.Error = p.value(f.Name, kept), p.Forms.Correction.Wrong[f.Name]
	return f
}

func (p OwnDataPage) addressHint() string {
	hint := "Une nouvelle adresse est à confirmer par un lien qui y est envoyé."
	if p.Account != nil {
		hint += " Celle qui sert à vous connecter se change dans Mon compte."
	}
	return hint
}

func (p OwnDataPage) fields() []Field {
	fields := []Field{
		p.field(Field{Name: "prenom", Label: "Prénom", Max: app.MaxPersonName}, p.Person.FirstName),
		p.field(Field{Name: "nom", Label: "Nom", Required: true, Max: app.MaxPersonName}, p.Person.LastName),
		p.field(Field{Name: "courriel", Label: "Courriel", Type: "email", Hint: p.addressHint()}, p.Person.Email),
		p.field(Field{Name: "telephone", Label: "Téléphone", Type: "tel"}, p.Person.Phone),
	}
	for _, h := range p.current() {
		hint := ""
		if h.Position.Unconfirmed {
			hint = "Cette structure vous a inscrit·e. En enregistrant, vous confirmez : elle verra vos coordonnées. Si c’est une erreur, dites-le plus bas."
		}
		fields = append(fields, p.field(Field{Name: "fonction-" + string(h.Position.ID), Label: "Fonction à " + h.OrganisationName, Max: app.MaxFunction, Hint: hint}, h.Position.Function))
	}
	return fields
}

func (p OwnDataPage) visible() bool {
	if p.Forms.Typed {
		return p.Forms.Correction.Typed.Get("visible") != ""
	}
	return p.Person.Visible
}

func (p OwnDataPage) current() (all []Holding) {
	for _, h := range p.Positions {
		if !h.Position.Ended(p.Now) {
			all = append(all, h)
		}
	}
	return all
}

// source says who entered the data, and when.
func (p OwnDataPage) source() string {
	words := "Enregistrées le " + LongDate(app.DateOf(p.Person.CreatedAt))
	if p.AddedBy != "" {
		words += " par " + p.AddedBy
	}
	return words + "."
}

func (p OwnDataPage) objectionFields() []Field {
	return []Field{
		{Name: "demande", Label: "Ce que vous demandez", Error: p.Forms.Objection.Wrong["demande"], Value: p.Forms.Objection.Typed.Get("demande")},
		{Name: "motif", Label: "Pourquoi", Hint: "Nécessaire pour une opposition : ce qui, dans votre situation, la justifie.", Error: p.Forms.Objection.Wrong["motif"], Value: p.Forms.Objection.Typed.Get("motif"), Max: app.MaxReason},
	}
}

// objectionOptions are what can be asked, each with what comes of it.
func objectionOptions() []Option {
	options := Options(app.ObjectionKinds)
	for i := range options {
		switch app.ObjectionKind(options[i].Value) {
		case app.ToObject:
			options[i].Hint = "Vous n’êtes plus invité·e par courriel. " + stillListed
		case app.ToErase:
			options[i].Hint = "Votre fiche et votre compte disparaissent ; vos présences restent comptées, sans votre nom."
		}
	}
	return options
}

// stillListed says what an objection, granted, does not do.
const stillListed = "Votre nom et vos fonctions restent dans l’annuaire ; pour qu’ils n’y soient plus, demandez l’effacement."

const (
	ownPurpose = "Préparer et tenir les rencontres de la convention territoriale globale : annuaire des partenaires, invitations, présences, comptes rendus."
	ownBasis   = "Mission d’intérêt public (RGPD, article 6, paragraphe 1, e)."
	ownSeen    = "Votre nom, votre fonction et votre structure sont vus par les partenaires connectés ; vos coordonnées, par votre structure et la coordination seulement, sauf si vous les rendez visibles."
)
