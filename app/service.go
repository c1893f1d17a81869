package app

import (
	"slices"
	"strings"
	"time"
)

// Service is what a structure offers: who does what, for whom, where. The words of its lists
// follow those of data·inclusion where they are a family's.
type Service struct {
	ID           ServiceID
	Organisation OrganisationID
	Name         string
	Kind         ServiceKind
	Themes       []Theme
	Publics      []Public // none: not said
	Ways         []Way    // none: not said
	Cost         Cost     // "": not said
	CostNote     string
	Description  string
	OpeningHours string
	Commune      CommuneCode // "": that of the structure
	CommuneName  string      // read with it, never written
	Wide         bool        // offered in all the territory
	StoppedAt    time.Time   // zero while it is offered
	UpdatedAt    time.Time
	Version      int // grows by one at each change
}

// Limits of what a service says, in characters.
const (
	MaxServiceName = 150
	MaxCostNote    = 200
)

// MaxServices is how many services a structure may have, stopped ones too.
const MaxServices = 100

// What a service is.
type (
	ServiceKind string
	Public      string
	Way         string
	Cost        string
)

// ServiceKinds are the kinds of services.
var ServiceKinds = []Term[ServiceKind]{
	{"information", "Accueil, information, orientation", "Information"},
	{"accompagnement", "Accompagnement individuel", "Accompagnement"},
	{"activite", "Atelier, activité collective", "Atelier, activité"},
	{"accueil-enfants", "Accueil et garde d’enfants", "Accueil d’enfants"},
	{"ecoute", "Écoute, médiation, soutien", "Écoute"},
	{"soin", "Soin, prévention, dépistage", "Soin"},
	{"aide-financiere", "Aide financière", "Aide financière"},
	{"aide-materielle", "Aide matérielle ou alimentaire", "Aide matérielle"},
	{"logement", "Logement, hébergement", "Logement"},
	{"mobilite", "Transport, mobilité", "Mobilité"},
	{"formation", "Formation", "Formation"},
	{"dispositif", "Autre dispositif", "Dispositif"},
}

// Publics are those whom services are for.
var Publics = []Term[Public]{
	{"tous", "Tous publics", "Tous publics"},
	{"futurs-parents", "Futurs parents", "Futurs parents"},
	{"moins-de-3-ans", "Enfants de moins de 3 ans", "Moins de 3 ans"},
	{"3-11-ans", "Enfants de 3 à 11 ans", "3–11 ans"},
	{"11-17-ans", "Adolescents de 11 à 17 ans", "11–17 ans"},
	{"16-25-ans", "Jeunes de 16 à 25 ans", "16–25 ans"},
	{"parents", "Parents, familles", "Familles"},
	{"monoparentales", "Familles monoparentales", "Familles monoparentales"},
	{"handicap", "Personnes en situation de handicap", "Handicap"},
	{"aidants", "Aidants", "Aidants"},
	{"seniors", "Personnes âgées", "Personnes âgées"},
	{"emploi", "Personnes en recherche d’emploi", "Recherche d’emploi"},
	{"difficulte", "Personnes en difficulté financière", "Difficulté financière"},
	{"etrangers", "Personnes étrangères, exilées", "Personnes étrangères"},
	{"professionnels", "Professionnels, bénévoles", "Professionnels"},
}

// Ways are how one comes to a service.
var Ways = []Term[Way]{
	{"libre", "Sans rendez-vous", "Sans rendez-vous"},
	{"rendez-vous", "Sur rendez-vous", "Sur rendez-vous"},
	{"orientation", "Sur orientation d’un professionnel", "Sur orientation"},
	{"telephone", "Par téléphone", "Par téléphone"},
	{"en-ligne", "En ligne", "En ligne"},
	{"domicile", "À domicile", "À domicile"},
	{"itinerant", "Itinérant", "Itinérant"},
}

// Costs are what a service costs who uses it.
var Costs = []Term[Cost]{
	{"gratuit", "Gratuit", "Gratuit"},
	{"quotient", "Selon le quotient familial", "Quotient familial"},
	{"adhesion", "Adhésion demandée", "Adhésion"},
	{"payant", "Payant", "Payant"},
}

// Label returns the words for k.
func (k ServiceKind) Label() string { return term(ServiceKinds, k).Label }

// Short returns the words for k in a list.
func (k ServiceKind) Short() string { return term(ServiceKinds, k).Short }

// Label returns the words for c, "" when it is not said.
func (c Cost) Label() string { return term(Costs, c).Label }

// Short returns the words for c in a list, "" when it is not said.
func (c Cost) Short() string { return term(Costs, c).Short }

// Stopped reports whether s is offered no more; it keeps its history and can be resumed.
func (s Service) Stopped() bool { return !s.StoppedAt.IsZero() }

// Checked returns s as it is kept, tidied, each of its lists in the order people know; or an
// Invalid error that says by field of the form what cannot be kept.
func (s Service) Checked() (Service, error) {
	wrong := Fields{}
	s.Name, s.CostNote = Tidy(s.Name), Tidy(s.CostNote)
	s.Description, s.OpeningHours = TidyText(s.Description), TidyText(s.OpeningHours)
	if Fold(s.Name) == "" {
		wrong.Add("nom", "Indiquez le nom du service.")
	}
	if !known(ServiceKinds, s.Kind) {
		wrong.Add("genre", "Choisissez ce que c’est.")
	}
	if s.Cost != "" && !known(Costs, s.Cost) {
		wrong.Add("cout", "Choisissez parmi les coûts proposés.")
	}
	var all bool
	if s.Themes, all = ordered(Themes, s.Themes); !all {
		wrong.Add("themes", "Choisissez parmi les thèmes proposés.")
	}
	if s.Publics, all = ordered(Publics, s.Publics); !all {
		wrong.Add("publics", "Choisissez parmi les publics proposés.")
	}
	if s.Ways, all = ordered(Ways, s.Ways); !all {
		wrong.Add("acces", "Choisissez parmi les accès proposés.")
	}
	wrong.Limit("nom", s.Name, MaxServiceName)
	wrong.Limit("description", s.Description, MaxDescription)
	wrong.Limit("horaires", s.OpeningHours, MaxHours)
	wrong.Limit("precision", s.CostNote, MaxCostNote)
	return s, wrong.Err()
}

// ordered returns the chosen keys in the order of their list, each once; false when one is of
// no list, and then all as they came.
func ordered[T ~string](list []Term[T], chosen []T) ([]T, bool) {
	if slices.ContainsFunc(chosen, func(k T) bool { return !known(list, k) }) {
		return chosen, false
	}
	var keys []T
	for _, t := range list {
		if slices.Contains(chosen, t.Key) {
			keys = append(keys, t.Key)
		}
	}
	return keys, true
}

// Labels returns the words for keys of a list, separated by commas.
func Labels[T ~string](list []Term[T], keys []T) string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = term(list, k).Label
	}
	return strings.Join(words, ", ")
}

// ChangesFrom returns what s changes of before, in the words of the page.
func (s Service) ChangesFrom(before Service) (changes Changes) {
	for _, f := range []struct {
		label string
		read  func(Service) string
	}{
		{"Service", func(s Service) string { return s.Name }},
		{"C’est", func(s Service) string { return s.Kind.Label() }},
		{"Thèmes", func(s Service) string { return ThemeLabels(s.Themes) }},
		{"Publics", func(s Service) string { return Labels(Publics, s.Publics) }},
		{"Accès", func(s Service) string { return Labels(Ways, s.Ways) }},
		{"Coût", func(s Service) string { return s.Cost.Label() }},
		{"Précision sur le coût", func(s Service) string { return s.CostNote }},
		{"Description", func(s Service) string { return s.Description }},
		{"Horaires", func(s Service) string { return s.OpeningHours }},
		{"Commune", func(s Service) string { return s.CommuneName }},
		{"Sur tout le territoire", func(s Service) string { return yesNo(s.Wide) }},
	} {
		changes.Note(f.label, f.read(before), f.read(s))
	}
	return changes
}

// Words are what s is found by, besides those of its structure.
func (s Service) Words() []string {
	return append([]string{
		s.Name, s.Kind.Label(), ThemeLabels(s.Themes), Labels(Publics, s.Publics), Labels(Ways, s.Ways), s.Cost.Label(), s.Description, s.CommuneName,
	}, OtherNames(s.Name)...)
}

// PlaceIn finds in query the name of one of communes, the longest, and returns the words that
// are left and its code; "" when there is none: "parentalité à Gramat" is "parentalite" there.
func PlaceIn(query string, communes []Commune) (rest string, place CommuneCode) {
	words, longest, at := strings.Fields(Fold(query)), 0, 0
	for _, m := range communes {
		name := strings.Fields(Fold(m.Name))
		for i := 0; len(name) > longest && i+len(name) <= len(words); i++ {
			if slices.Equal(words[i:i+len(name)], name) {
				longest, at, place = len(name), i, m.Code
			}
		}
	}
	if place == "" {
		return query, ""
	}
	return strings.Join(slices.Delete(words, at, at+longest), " "), place
}
