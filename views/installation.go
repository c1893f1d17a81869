package views

import "maillage/app"

// Picker is the search for one thing among many, to be chosen in a form.
type Picker struct {
	Name    string // of the value chosen in the form
	Label   string // of the search
	Legend  string // of what was found
	None    string // said after the query when nothing answers it
	Action  string // address that answers what is typed with the choices
	Query   string
	Options []Option
	Chosen  string
	Error   string
}

func (p Picker) id() string { return "choix-" + p.Name }

// EPCIOption words one intercommunalité to be chosen; found is the commune it was found
// by, open says that it serves here already.
func EPCIOption(id app.TerritoryID, name, department string, communes, population int, found string, open bool) Option {
	hint := app.Count(communes, "commune", "communes") + " · " + app.Count(population, "habitant", "habitants") + " · département " + department
	if found != "" {
		hint += " · avec " + found
	}
	if open {
		hint += " · déjà ouverte ici"
	}
	return Option{Value: string(id), Label: name, Hint: hint, Off: open}
}

// EPCIPicker is a Picker of an intercommunalité, still without what was found.
func EPCIPicker(action string) Picker {
	return Picker{
		Name: "epci", Action: action, Label: "Chercher par son nom, une commune ou un code postal", Legend: "Choisissez l’intercommunalité",
		None: "Essayez le nom d’une de ses communes, ou son code postal.",
	}
}

// SetUpPage is the page that makes an instance of an empty database.
type SetUpPage struct {
	Frame  Frame
	Token  string // of the link that leads there
	Picker Picker
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
		p.Form.field(Field{Name: "prenom", Label: "Prénom", Required: true, Complete: "given-name", Max: app.MaxPersonName}),
		p.Form.field(Field{Name: "nom", Label: "Nom", Required: true, Complete: "family-name", Max: app.MaxPersonName}),
		p.Form.field(Field{Name: "fonction", Label: "Fonction", Hint: "Par exemple : Chargé·e de coopération CTG.", Required: true, Complete: "organization-title", Max: app.MaxFunction}),
		p.Form.field(Field{Name: "courriel", Label: "Adresse électronique", Type: "email", Required: true, Complete: "username", Max: app.MaxEmail}),
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
