package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

// offerOf reads the filters of the services from their address; what means nothing is left out.
func offerOf(c *gin.Context) views.OfferFilter {
	return views.OfferFilter{
		Query: app.Tidy(c.Query("q")), Theme: among(c.Query("theme"), app.Themes), Public: among(c.Query("public"), app.Publics),
		Kind: among(c.Query("genre"), app.ServiceKinds), Commune: app.CommuneCode(c.Query("commune")), After: c.Query("apres"),
	}
}

func offerAsked(f views.OfferFilter) db.Offer {
	return db.Offer{Query: f.Query, Theme: f.Theme, Public: f.Public, Kind: f.Kind, Commune: f.Commune, After: app.ServiceID(f.After)}
}

// placed returns what is looked for when a commune of the territory is named in the words:
// the rest of them, there. Without one, or when one is chosen, it is f as it stands.
func placed(f db.Offer, communes []app.Commune) (db.Offer, app.CommuneCode) {
	if f.Commune != "" {
		return f, ""
	}
	rest, place := app.PlaceIn(f.Query, communes)
	if place != "" {
		f.Query, f.Commune = rest, place
	}
	return f, place
}

func (s *server) servicesPage(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	communes, err := s.communesOf(ctx, v.Territory)
	if err != nil {
		return err
	}
	p := views.OffersPage{Filter: offerOf(c), Counted: db.OffersCounted, Communes: communes}
	f, place := placed(offerAsked(p.Filter), communes)
	l, err := s.DB.Services(ctx, v, f)
	if err == nil && l.Count == 0 && place != "" { // that name may be one of a structure
		place = ""
		l, err = s.DB.Services(ctx, v, offerAsked(p.Filter))
	}
	if err != nil {
		return err
	}
	p.Count, p.More, p.Read = l.Count, l.More, place
	for _, o := range l.Rows {
		p.Rows = append(p.Rows, views.OfferRow(o))
	}
	if wantsFragment(c) {
		c.Header("HX-Replace-Url", p.Filter.Address())
		return page(c, views.OfferList(p))
	}
	p.Frame = s.frame(c, v, "Qui fait quoi, pour qui", directorySection)
	return page(c, views.Offers(p))
}

// servicesFile is the list as it is shown, all pages, for a spreadsheet.
func (s *server) servicesFile(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	communes, err := s.communesOf(ctx, v.Territory)
	if err != nil {
		return err
	}
	asked := offerAsked(offerOf(c))
	asked.After = ""
	f, place := placed(asked, communes)
	if place != "" {
		if l, err := s.DB.Services(ctx, v, f); err != nil {
			return err
		} else if l.Count == 0 {
			f = asked
		}
	}
	return spreadsheet(c, "services", views.ServiceColumns, func(row func(...string) error) error {
		return s.DB.ExportServices(ctx, v, f, func(o db.Offered) error { return row(views.OfferRow(o).Cells()...) })
	})
}

func (s *server) servicePage(c *gin.Context, v app.Viewer) error {
	service, o, err := s.DB.Service(c.Request.Context(), v, app.ServiceID(c.Param("id")))
	if err != nil {
		return err
	}
	return page(c, views.ServiceOf(views.ServicePage{Frame: s.frame(c, v, service.Name, directorySection), Service: service, Organisation: o}))
}

// editedService returns a service, and its structure, that v may edit.
func (s *server) editedService(c *gin.Context, v app.Viewer) (app.Service, app.Organisation, error) {
	service, o, err := s.DB.Service(c.Request.Context(), v, app.ServiceID(c.Param("id")))
	if err == nil && !v.MayEditOrganisation(o) {
		err = errMayNot
	}
	return service, o, err
}

// serviceForm shows the form of a service with what surrounds it.
func (s *server) serviceForm(c *gin.Context, v app.Viewer, status int, f views.ServiceForm) (err error) {
	title := "Ajouter un service"
	if f.ID != "" {
		title = "Modifier le service"
	}
	f.Frame = s.frame(c, v, title, directorySection)
	if f.Communes, err = s.DB.CommunesNear(c.Request.Context(), v.Territory); err != nil {
		return err
	}
	return render(c, status, views.EditService(f))
}

// serviceTyped is the service as it was typed, to be kept or shown again.
func serviceTyped(f *form) app.Service {
	typed := func(name string) string { return f.typed.Get(name) }
	return app.Service{
		Name: typed("nom"), Kind: app.ServiceKind(typed("genre")), Description: typed("description"), Themes: all[app.Theme](f, "themes"), Publics: all[app.Public](f, "publics"),
		Ways: all[app.Way](f, "acces"), Cost: app.Cost(typed("cout")), CostNote: typed("precision"), OpeningHours: typed("horaires"), Commune: app.CommuneCode(typed("commune")),
		Wide: f.ticked("territoire"), Version: f.version(),
	}
}

func (s *server) newServicePage(c *gin.Context, v app.Viewer) error {
	o, err := s.edited(c, v)
	if err != nil {
		return err
	}
	return s.serviceForm(c, v, http.StatusOK, views.ServiceForm{Organisation: o, Typed: app.Service{Themes: o.Themes}})
}

func (s *server) addService(c *gin.Context, v app.Viewer) error {
	o, err := s.edited(c, v)
	if err != nil {
		return err
	}
	typed := serviceTyped(formOf(c))
	typed.Organisation = o.ID
	id, err := s.DB.AddService(c.Request.Context(), v, typed, s.Now())
	if app.KindOf(err) == app.Invalid {
		return s.serviceForm(c, v, http.StatusUnprocessableEntity, views.ServiceForm{Organisation: o, Typed: typed, Filled: views.Filled{Wrong: app.FieldsOf(err), Problem: err.Error()}})
	}
	if err != nil {
		return err
	}
	return s.done(c, views.ServicePath+"/"+string(id), "Le service est écrit.", "")
}

func (s *server) editServicePage(c *gin.Context, v app.Viewer) error {
	service, o, err := s.editedService(c, v)
	if err != nil {
		return err
	}
	return s.serviceForm(c, v, http.StatusOK, views.ServiceForm{Organisation: o, ID: service.ID, Typed: service, Version: service.Version})
}

// editService keeps what was typed; changed by somebody else meanwhile, it shows how both differ.
func (s *server) editService(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	current, o, err := s.editedService(c, v)
	if err != nil {
		return err
	}
	typed := serviceTyped(formOf(c))
	typed.ID, typed.Organisation = current.ID, current.Organisation
	err = s.DB.EditService(ctx, v, typed, s.Now())
	if err == nil {
		return s.done(c, views.ServicePath+"/"+string(current.ID), "Le service est enregistré.", "")
	}
	kind := app.KindOf(err)
	if kind != app.Invalid && kind != app.Conflict {
		return err
	}
	again := views.ServiceForm{Organisation: o, ID: current.ID, Typed: typed, Version: typed.Version, Filled: views.Filled{Wrong: app.FieldsOf(err), Problem: err.Error()}}
	if kind == app.Conflict { // sent again, it is written over what is there now
		if current, _, err = s.DB.Service(ctx, v, current.ID); err != nil {
			return err
		}
		mine, _ := typed.Checked()
		if mine.CommuneName, err = s.DB.CommuneName(ctx, mine.Commune); err != nil {
			return err
		}
		again.Theirs, again.Version = mine.ChangesFrom(current), current.Version
	}
	return s.serviceForm(c, v, statuses[kind], again)
}

func (s *server) stopService(c *gin.Context, v app.Viewer) error {
	id := app.ServiceID(c.Param("id"))
	if err := s.DB.StopService(c.Request.Context(), v, id, s.Now()); err != nil {
		return err
	}
	return s.done(c, views.ServicePath+"/"+string(id), "Ce service n’est plus proposé.", views.ServicePath+"/"+string(id)+"/reprise")
}

func (s *server) resumeService(c *gin.Context, v app.Viewer) error {
	id := app.ServiceID(c.Param("id"))
	if err := s.DB.ResumeService(c.Request.Context(), v, id, s.Now()); err != nil {
		return err
	}
	return s.done(c, views.ServicePath+"/"+string(id), "Ce service est de nouveau proposé.", "")
}
