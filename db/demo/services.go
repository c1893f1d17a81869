package demo

import (
	"slices"
	"strings"

	"maillage/app"
	"maillage/db"
)

// missions are what the law or their charter has every structure of a kind offer, by how its
// name begins: nothing is said of one that is not true of all. Sources: the charter of France
// services (2019); code du travail, L. 5314-2 (missions locales) and L. 5131-6 (CEJ); code de
// l’action sociale et des familles, L. 214-2-1 (relais petite enfance); code de la santé
// publique, L. 2112-2 (PMI); code de la sécurité sociale, L. 223-1 (Caf).
var missions = []struct {
	begins []string // of the name, folded
	app.Service
}{
	{[]string{"france services", "espace france services"}, app.Service{
		Name: "Aide aux démarches administratives et numériques", Kind: "information", Themes: []app.Theme{"acces-droits", "numerique"}, Publics: []app.Public{"tous"}, Cost: "gratuit",
		Description: "Deux personnes formées aident à faire ses démarches auprès de la Caf, de la MSA, de France Travail, de l’Assurance maladie, des impôts… et à se servir des outils numériques.",
	}},
	{[]string{"mission locale"}, app.Service{
		Name: "Accompagnement vers l’emploi et l’autonomie", Kind: "accompagnement", Themes: []app.Theme{"jeunesse", "emploi"}, Publics: []app.Public{"16-25-ans"}, Cost: "gratuit",
		Description: "Un conseiller suit le jeune dans la durée : orientation, formation, emploi, logement, santé, mobilité.",
	}},
	{[]string{"mission locale"}, app.Service{
		Name: "Contrat d’engagement jeune", Kind: "dispositif", Themes: []app.Theme{"jeunesse", "emploi"}, Publics: []app.Public{"16-25-ans"}, Cost: "gratuit",
		Description: "Un accompagnement intensif des jeunes sans emploi ni formation, avec une allocation selon leurs ressources.",
	}},
	{[]string{"relais petite enfance"}, app.Service{
		Name: "Information sur les modes d’accueil du jeune enfant", Kind: "information", Themes: []app.Theme{"petite-enfance", "parentalite"}, Publics: []app.Public{"futurs-parents", "moins-de-3-ans", "parents", "professionnels"}, Cost: "gratuit",
		Description: "Informe les familles sur l’ensemble des modes d’accueil et accompagne les assistantes maternelles.",
	}},
	{[]string{"centre de protection maternelle", "pmi"}, app.Service{
		Name: "Consultations de protection maternelle et infantile", Kind: "soin", Themes: []app.Theme{"petite-enfance", "sante"}, Publics: []app.Public{"futurs-parents", "moins-de-3-ans", "parents"}, Cost: "gratuit",
		Description: "Suivi de la grossesse et des enfants de moins de six ans, conseils aux parents.",
	}},
	{[]string{"caf du lot", "caisse d allocations familiales"}, app.Service{
		Name: "Prestations familiales et aides au logement", Kind: "aide-financiere", Themes: []app.Theme{"acces-droits", "parentalite", "logement"}, Publics: []app.Public{"futurs-parents", "parents"}, Cost: "gratuit", Wide: true,
		Description: "Instruit les demandes et verse les prestations.",
	}},
}

// loadServices writes what each of the structures offers by its nature.
func (w *world) loadServices(l *db.Loader) error {
	for _, o := range w.organisations {
		name := app.Fold(o.Name)
		for _, m := range missions {
			if o.Archived() || !slices.ContainsFunc(m.begins, func(begins string) bool { return strings.HasPrefix(name, begins) }) {
				continue
			}
			s, err := m.Service.Checked()
			if err != nil {
				return err
			}
			s.ID, s.Organisation, s.UpdatedAt = app.NewOrderedID[app.ServiceID](w.entered), o.ID, w.entered
			if err := l.Service(s); err != nil {
				return err
			}
		}
	}
	return nil
}
