package views

import (
	"slices"

	"maillage/app"
)

// OrganisationForm is the record of a structure as somebody writes it.
type OrganisationForm struct {
	Frame       Frame
	ID          app.OrganisationID // "" for a new one
	Name        string             // of the structure as it is
	Version     int                // of the record written over
	Typed       app.Organisation   // as typed
	Filled                         // what is wrong; its Typed is not used
	Differences []app.Difference   // with what somebody else wrote in the meantime
	Doubts      []app.Pair         // which it may be, when it is new
	Confirmed   string             // of which it was said that it is not, as typed
	Communes    []app.Commune
}

func (f OrganisationForm) title() string {
	if f.ID == "" {
		return "Ajouter une structure"
	}
	return "Modifier la fiche"
}

func (f OrganisationForm) action() string {
	if f.ID == "" {
		return "/structures"
	}
	return structurePath(f.ID)
}

// themes is the field of themes; of a new record, who coordinates some only is told which.
func (f OrganisationForm) themes() Field {
	field, mine := f.of("themes", "Thèmes", "", ""), f.Frame.Viewer.ThemesAt(f.Frame.Viewer.Territory)
	if f.ID == "" && len(mine) > 0 {
		field.Hint = oneOfMine(mine)
	}
	return field
}

func (f OrganisationForm) back() string { return f.action() }

// fields are those of the form in its order, for what is wrong to be named above it.
func (f OrganisationForm) fields() []Field {
	var fields []Field
	for _, one := range [][2]string{
		{"nom", "Nom"},
		{"anciens_noms", "Anciens noms et sigles"},
		{"siret", "SIRET"},
		{"categorie", "Catégorie"},
		{"themes", "Thèmes"},
		{"description", "Description"},
		{"telephone", "Téléphone"},
		{"courriel", "Courriel"},
		{"site", "Site"},
		{"adresse", "Adresse"},
		{"code_postal", "Code postal"},
		{"commune", "Commune"},
		{"horaires", "Horaires"},
	} {
		fields = append(fields, f.of(one[0], one[1], "", ""))
	}
	return fields
}

func (f OrganisationForm) categories() []Option {
	return TermOptions("Choisir…", app.Categories, f.Typed.Category)
}

func (f OrganisationForm) communes() []Option {
	options := CommuneOptions("Sans commune", f.Communes, f.Typed.Commune)
	if f.Typed.Commune != "" && !slices.ContainsFunc(f.Communes, func(m app.Commune) bool { return m.Code == f.Typed.Commune }) && f.Typed.CommuneName != "" {
		options = append(options, Option{Value: string(f.Typed.Commune), Label: f.Typed.CommuneName, Chosen: true})
	}
	return options
}
