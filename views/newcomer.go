package views

import "maillage/app"

// NewcomerPage is where somebody whom the provider of identities knows, and who has no
// account, asks for one.
type NewcomerPage struct {
	Frame       Frame
	Provider    string
	Who         app.Identity
	Employers   []app.Organisation // that bear their SIRET
	Territories []Option           // when there is none: whose coordination is asked
	Form        Filled
}

func (p NewcomerPage) unknown() bool { return len(p.Employers) == 0 }

// told names what the request passes on of what the provider told.
func (p NewcomerPage) told() string {
	if !p.Who.Vouched {
		return "nom, structure, rôles"
	}
	return "nom, adresse " + p.Who.Email + ", structure, rôles"
}

// fields are those to type, in their order.
func (p NewcomerPage) fields() []Field {
	var fields []Field
	if p.unknown() {
		fields = append(fields, p.Form.field(Field{Name: "structure", Label: "Nom de votre structure", Required: true, Max: app.MaxName, Complete: "organization"}))
	}
	fields = append(fields,
		p.Form.field(Field{Name: app.FieldFirstName, Label: "Votre prénom", Required: true, Max: app.MaxPersonName, Complete: "given-name"}),
		p.Form.field(Field{Name: app.FieldLastName, Label: "Votre nom", Required: true, Max: app.MaxPersonName, Complete: "family-name"}),
		p.Form.field(Field{Name: app.FieldFunction, Label: "Votre fonction", Max: app.MaxFunction, Complete: "organization-title"}))
	if p.Who.Email == "" {
		fields = append(fields, p.Form.field(Field{Name: app.FieldEmail, Label: "Votre adresse électronique", Type: "email", Required: true, Max: app.MaxEmail, Complete: "email", Hint: "Vous y confirmerez votre demande."}))
	}
	return fields
}

func (p NewcomerPage) employer() Field {
	return p.Form.field(Field{Name: "organisation", Label: "Votre structure"})
}

func (p NewcomerPage) employers() []Option {
	options := make([]Option, len(p.Employers))
	for i, o := range p.Employers {
		options[i] = Option{Value: string(o.ID), Label: o.Name, Hint: communeOrDepartment(o.CommuneName, o.Departmental), Chosen: p.Form.Typed.Get("organisation") == string(o.ID) || len(p.Employers) == 1}
	}
	return options
}

func (p NewcomerPage) territory() Field {
	return p.Form.field(Field{Name: "territoire", Label: "Son territoire", Required: true, Hint: "Sa coordination recevra votre demande."})
}

func (p NewcomerPage) word() Field {
	return p.Form.field(Field{Name: "mot", Label: "Un mot pour la personne qui vous répondra", Max: app.MaxWord, Hint: "Facultatif."})
}

// wrong are the fields that may be refused, in the order of the form.
func (p NewcomerPage) wrong() []Field {
	fields := p.fields()
	if p.unknown() {
		fields = append([]Field{p.territory()}, fields...)
	} else {
		fields = append([]Field{p.employer()}, fields...)
	}
	return append(fields, p.word())
}
