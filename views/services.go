package views

import (
	"net/url"

	"maillage/app"
)

// ServicePath is the address of the list of who does what for whom; that of a service is under it.
const ServicePath = "/services"

func servicePath(id app.ServiceID) string { return ServicePath + "/" + pathEscape(string(id)) }

// OfferFilter is what the list of services is narrowed to, as it stands in its address.
type OfferFilter struct {
	Query   string
	Theme   app.Theme
	Public  app.Public
	Kind    app.ServiceKind
	Commune app.CommuneCode
	After   string // only what follows this service
}

func (f OfferFilter) values() url.Values {
	v := url.Values{}
	for _, pair := range [][2]string{{"q", f.Query}, {"theme", string(f.Theme)}, {"public", string(f.Public)}, {"genre", string(f.Kind)}, {"commune", string(f.Commune)}} {
		if pair[1] != "" {
			v.Set(pair[0], pair[1])
		}
	}
	return v
}

// Address returns the address of the list so narrowed, from its first page.
func (f OfferFilter) Address() string { return f.with(ServicePath, "", "") }

// with returns an address of the list with one value changed; "" takes it out.
func (f OfferFilter) with(path, name, value string) string {
	return address(path, f.values(), name, value)
}

// narrows reports whether f leaves anything out; narrowed, whether a filter is in use that a
// phone folds away.
func (f OfferFilter) narrows() bool { return f.Query != "" || f.narrowed() }

func (f OfferFilter) narrowed() bool {
	return f.Theme != "" || f.Public != "" || f.Kind != "" || f.Commune != ""
}

// OfferRow is a service as the list shows it, with its structure.
type OfferRow struct {
	app.Service
	Structure    string
	Place        string // the commune of that structure
	Departmental bool
	Phone        string // of that structure
}

// where says where the service is offered.
func (r OfferRow) where() string {
	return serviceWhere(r.Service, r.Place, r.Departmental)
}

func serviceWhere(s app.Service, place string, departmental bool) string {
	switch {
	case s.Wide:
		return "Tout le territoire"
	case s.CommuneName != "":
		return s.CommuneName
	}
	return communeOrDepartment(place, departmental)
}

// OffersPage is a page of who does what for whom.
type OffersPage struct {
	Frame    Frame
	Filter   OfferFilter
	Read     app.CommuneCode // the commune that was read in the words, "" when none was
	Rows     []OfferRow
	Count    int // of all pages, one more than Counted when there are more
	Counted  int
	More     bool
	Communes []app.Commune
}

func (p OffersPage) count() string {
	if p.Count > p.Counted {
		return "Plus de " + app.Number(p.Counted) + "\u00a0services"
	}
	return howMany(p.Count, "Aucun service", "service", "services")
}

// place is the name of the commune that was read in the words.
func (p OffersPage) place() string {
	for _, m := range p.Communes {
		if m.Code == p.Read {
			return m.Name
		}
	}
	return ""
}

// last is the service after which the next page begins.
func (p OffersPage) last() string { return string(p.Rows[len(p.Rows)-1].ID) }

// directoryTabs are the two lists of the directory.
func directoryTabs(at string) []Link {
	return []Link{{Href: "/structures", Label: "Structures", Current: at == "/structures"}, {Href: ServicePath, Label: "Qui fait quoi, pour qui", Current: at == ServicePath}}
}

// ServicePage is the page of one service.
type ServicePage struct {
	Frame        Frame
	Service      app.Service
	Organisation app.Organisation
}

func (p ServicePage) editable() bool {
	return p.Frame.Viewer.MayEditOrganisation(p.Organisation) && !p.Organisation.Archived()
}

// serviceCost says what a service costs.
func serviceCost(s app.Service) string {
	if s.CostNote == "" {
		return s.Cost.Label()
	}
	if s.Cost == "" {
		return s.CostNote
	}
	return s.Cost.Label() + " – " + s.CostNote
}

// ServiceForm is what is typed of a service.
type ServiceForm struct {
	Frame        Frame
	Filled       Filled
	Organisation app.Organisation
	ID           app.ServiceID // "" for a new one
	Typed        app.Service
	Version      int
	Theirs       app.Changes // how what somebody else wrote differs
	Communes     []app.Commune
}

func (f ServiceForm) title() string {
	if f.ID == "" {
		return "Ajouter un service"
	}
	return "Modifier le service"
}

func (f ServiceForm) action() string {
	if f.ID == "" {
		return structurePath(f.Organisation.ID) + ServicePath
	}
	return servicePath(f.ID)
}

func (f ServiceForm) back() string {
	if f.ID == "" {
		return structurePath(f.Organisation.ID)
	}
	return servicePath(f.ID)
}

func (f ServiceForm) of(name, label, value, hint string) Field {
	return f.Filled.of(name, label, value, hint)
}

// fields are those of the form in its order, for what is wrong with them.
func (f ServiceForm) fields() (all []Field) {
	for _, one := range [][2]string{{"nom", "Nom du service"}, {"genre", "C’est"}, {"description", "Description"}, {"themes", "Thèmes"}, {"publics", "Pour qui"}, {"acces", "Comment y accéder"}, {"cout", "Coût"}, {"precision", "Précision sur le coût"}, {"horaires", "Horaires"}, {"commune", "Où"}} {
		all = append(all, f.of(one[0], one[1], "", ""))
	}
	return all
}

// ServiceColumns are the headings of the file of services.
var ServiceColumns = []string{"Service", "C’est", "Structure", "Où", "Thèmes", "Publics", "Accès", "Coût", "Horaires", "Description", "Téléphone de la structure", "Mis à jour"}

// Cells are the cells of r in that file.
func (r OfferRow) Cells() []string {
	return []string{
		r.Name, r.Kind.Label(), r.Structure, r.where(), app.ThemeLabels(r.Themes), app.Labels(app.Publics, r.Publics), app.Labels(app.Ways, r.Ways), serviceCost(r.Service),
		r.OpeningHours, r.Description, r.Phone, r.UpdatedAt.In(app.Paris).Format("02/01/2006"),
	}
}

// services returns those a structure offers, or those it did.
func (p OrganisationPage) services(stopped bool) (all []app.Service) {
	for _, s := range p.Services {
		if s.Stopped() == stopped {
			all = append(all, s)
		}
	}
	return all
}
