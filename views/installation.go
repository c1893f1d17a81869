package views

import "maillage/app"

// EPCIPicker is the search for one intercommunalité among those of France.
type EPCIPicker struct {
	Action   string // address that answers what is typed with the choices
	Query    string
	Choices  []EPCIChoice
	Chosen   app.TerritoryID
	Error    string
	Searched bool // something was looked for: an empty list means nothing found
}

// EPCIChoice is one intercommunalité found.
type EPCIChoice struct {
	ID         app.TerritoryID
	Name       string
	Department string // code
	Communes   int
	Population int
	Found      string // the commune it was found by, or ""
	Open       bool   // serves here already
}

func (c EPCIChoice) detail() string {
	detail := app.Count(c.Communes, "commune", "communes") + " · " + app.Count(c.Population, "habitant", "habitants") + " · département " + c.Department
	if c.Found != "" {
		detail += " · avec " + c.Found
	}
	if c.Open {
		detail += " · déjà ouverte ici"
	}
	return detail
}

func (p EPCIPicker) options() []Option {
	options := make([]Option, len(p.Choices))
	for i, c := range p.Choices {
		options[i] = Option{Value: string(c.ID), Label: c.Name, Hint: c.detail(), Chosen: c.ID == p.Chosen, Off: c.Open}
	}
	return options
}

// SetUpPage is the page that makes an instance of an empty database.
type SetUpPage struct {
	Frame  Frame
	Token  string // of the link that leads there
	Picker EPCIPicker
	Form   Filled
}

// convention, founder and password are the fields of the page, in its order.
func conventionFields(f Filled) (name, from, to Field) {
	name = f.field(Field{Name: "convention", Label: "Nom de la convention", Hint: "Par exemple : CTG 2026–2029.", Required: true, Max: 150})
	from = f.field(Field{Name: "debut", Label: "Premier jour", Type: "date", Required: true, Short: true})
	to = f.field(Field{Name: "fin", Label: "Dernier jour", Type: "date", Required: true, Short: true})
	return name, from, to
}

func (p SetUpPage) founder() []Field {
	return []Field{
		p.Form.field(Field{Name: "prenom", Label: "Prénom", Required: true, Complete: "given-name", Max: 80}),
		p.Form.field(Field{Name: "nom", Label: "Nom", Required: true, Complete: "family-name", Max: 80}),
		p.Form.field(Field{Name: "fonction", Label: "Fonction", Hint: "Par exemple : Chargé·e de coopération CTG.", Required: true, Complete: "organization-title", Max: 150}),
		p.Form.field(Field{Name: "courriel", Label: "Adresse électronique", Type: "email", Required: true, Complete: "username", Max: 254}),
		p.Form.field(Field{
			Name: "mot_de_passe", Label: "Mot de passe", Type: "password", Required: true, Complete: "new-password",
			Hint: passwordHint,
		}),
	}
}

const passwordHint = "12 caractères avec majuscules, minuscules, chiffres et signes ; ou 14 sans signe ; ou une phrase de 7 mots."

func (p SetUpPage) fields() []Field {
	name, from, to := conventionFields(p.Form)
	territory := Field{Name: "epci", Label: "Intercommunalité", Error: p.Picker.Error}
	return append([]Field{territory, name, from, to}, p.founder()...)
}
