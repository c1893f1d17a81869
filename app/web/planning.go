package web

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

func (s *server) newWorkshopPage(c *gin.Context, v app.Viewer) error {
	conventions, err := s.DB.Conventions(c.Request.Context(), v.Territory)
	if err != nil {
		return err
	}
	typed := url.Values{"genre": {"atelier"}, "debut": {"14:00"}, "fin": {"16:30"}, "date": {c.Query("date")}, "animation": {string(v.Person)}}
	if mine := v.ThemesAt(v.Territory); len(mine) == 1 {
		typed.Set("themes", string(mine[0]))
	}
	today := app.DateOf(s.Now())
	if i := app.CurrentConvention(conventions, today); i >= 0 {
		typed.Set("convention", string(conventions[i].ID))
		typed.Set("phase", string(conventions[i].PhaseOn(today)))
	}
	return s.planPage(c, v, http.StatusOK, views.PlanForm{Typed: typed})
}

// planPage completes a form with what there is to choose from, and shows it.
func (s *server) planPage(c *gin.Context, v app.Viewer, status int, f views.PlanForm) (err error) {
	ctx := c.Request.Context()
	f.Frame = s.frame(c, v, "Préparer un atelier", workshopsSection)
	if f.ID != "" {
		f.Frame.Title = "Modifier une rencontre"
	}
	if f.Conventions, err = s.DB.Conventions(ctx, v.Territory); err != nil {
		return err
	}
	if f.Communes, err = s.DB.CommunesNear(ctx, v.Territory); err != nil {
		return err
	}
	hosts, err := s.DB.StructuresOf(ctx, v.Territory)
	if err != nil {
		return err
	}
	for _, h := range hosts {
		f.Hosts = append(f.Hosts, views.Option{Value: string(h.ID), Label: h.Name})
	}
	if f.Animators, err = s.animatorOptions(c, v, f.Typed); err != nil {
		return err
	}
	f.Searched = app.Tidy(f.Typed.Get("chercher")) != ""
	return render(c, status, views.Plan(f))
}

// animatorOptions are the people chosen to animate, then those the search finds.
func (s *server) animatorOptions(c *gin.Context, v app.Viewer, typed url.Values) (options []views.Option, err error) {
	chosen := all[app.PersonID](&form{typed: typed}, "animation")
	people, err := s.DB.People(c.Request.Context(), v, chosen)
	if err != nil {
		return nil, err
	}
	known := len(people)
	if query := app.Tidy(typed.Get("chercher")); query != "" {
		found, err := s.DB.PeopleNamed(c.Request.Context(), v, query, choicesShown)
		if err != nil {
			return nil, err
		}
		people = append(people, found...)
	}
	seen := map[app.PersonID]bool{}
	for i, p := range people {
		if !seen[p.ID] {
			options = append(options, views.Option{Value: string(p.ID), Label: p.Name, Hint: p.Organisation, Chosen: i < known})
		}
		seen[p.ID] = true
	}
	return options, nil
}

// searches reports whether the form of a plan looks for somebody, by its button or by
// Enter in the field, rather than to be kept.
func (f *form) searches() bool {
	return f.ticked("trouver") || !f.ticked("enregistrer") && f.line("chercher", longestQuery) != ""
}

// foundAnimators shows a form again as it was typed, with the people that it looks for.
func (s *server) foundAnimators(c *gin.Context, v app.Viewer, f views.PlanForm) (err error) {
	if !wantsFragment(c) {
		return s.planPage(c, v, http.StatusOK, f)
	}
	if f.Animators, err = s.animatorOptions(c, v, f.Typed); err != nil {
		return err
	}
	f.Searched = true
	return page(c, views.AnimatorFields(f))
}

// planOf reads a plan from its form; the dates are left alone when dated.
func planOf(f *form, dated bool) (w app.Workshop, animators []app.PersonID) {
	w = app.Workshop{
		Kind: app.WorkshopKind(f.line("genre", 40)), Convention: app.ConventionID(f.line("convention", 40)), Phase: app.PhaseID(f.line("phase", 40)),
		Axis: app.AxisID(f.line("axe", 40)), Host: app.OrganisationID(f.line("structure", 40)), Title: f.line("titre", app.MaxTitle),
		Place: f.line("lieu", 200), Address: f.line("adresse", 300), Commune: app.CommuneCode(f.line("commune", 10)), Link: f.line("lien", 500),
		Themes: app.OrderThemes(all[app.Theme](f, "themes")), Capacity: f.number("jauge", 1, app.MaxCapacity), Description: f.text("presentation", app.MaxPresentation), Agenda: f.text("ordre_du_jour", app.MaxAgenda),
	}
	if !dated {
		w.StartsAt, w.EndsAt = f.span()
	}
	w.Version = f.version()
	return w, all[app.PersonID](f, "animation")
}

// span reads the hours of a meeting on one day of Paris.
func (f *form) span() (from, to time.Time) {
	from, err := app.ParseMoment(f.line("date", 20), f.line("debut", 20))
	if err != nil {
		field := "debut"
		if _, wrong := app.ParseDate(f.line("date", 20)); wrong != nil || f.line("date", 20) == "" {
			field = "date"
		}
		f.fields.Add(field, err.Error())
		return time.Time{}, time.Time{}
	}
	if to, err = app.ParseMoment(f.line("date", 20), f.line("fin", 20)); err != nil {
		f.fields.Add("fin", err.Error())
	}
	return from, to
}

// also adds what is wrong by the rules to what could not be read.
func (f *form) also(err error) error {
	f.fields.Join(app.FieldsOf(err))
	if len(f.fields) > 0 {
		return f.err()
	}
	return err
}

func (s *server) createWorkshop(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	w, animators := planOf(f, false)
	if f.searches() {
		return s.foundAnimators(c, v, views.PlanForm{Typed: f.typed})
	}
	err := f.also(app.AllOf(w.CheckPlan(0), v.InRemit(app.KeepWorkshops, v.Territory, w.Themes)))
	var id app.WorkshopID
	if err == nil {
		id, err = s.DB.Plan(c.Request.Context(), v, w, animators, s.Now())
	}
	if app.FieldsOf(err) != nil {
		return s.planPage(c, v, statuses[app.Invalid], views.PlanForm{Typed: f.typed, Errors: app.FieldsOf(err), Message: err.Error()})
	}
	if err != nil {
		return err
	}
	return s.done(c, "/ateliers/"+string(id), "Le brouillon est enregistré. Relisez-le, puis publiez-le.", "")
}

func (s *server) editWorkshopPage(c *gin.Context, v app.Viewer) error {
	g, err := s.coordinated(c, v)
	if err != nil {
		return err
	}
	return s.planPage(c, v, http.StatusOK, s.planFormOf(g))
}

// coordinated reads the workshop of the address for who keeps it.
func (s *server) coordinated(c *gin.Context, v app.Viewer) (db.Gathering, error) {
	g, err := s.DB.Gathering(c.Request.Context(), v, workshopOf(c))
	if err == nil && !v.MayKeep(g.Workshop) {
		err = errMayNot
	}
	return g, err
}

func (s *server) planFormOf(g db.Gathering) views.PlanForm {
	w := g.Workshop
	typed := url.Values{
		"titre": {w.Title}, "genre": {string(w.Kind)}, "convention": {string(w.Convention)}, "phase": {string(w.Phase)}, "axe": {string(w.Axis)},
		"date": {string(app.DateOf(w.StartsAt))}, "debut": {w.StartsAt.In(app.Paris).Format("15:04")}, "fin": {w.EndsAt.In(app.Paris).Format("15:04")},
		"lieu": {w.Place}, "adresse": {w.Address}, "commune": {string(w.Commune)}, "lien": {w.Link}, "structure": {string(w.Host)},
		"presentation": {w.Description}, "ordre_du_jour": {w.Agenda}, "version": {strconv.Itoa(w.Version)},
	}
	if w.Capacity > 0 {
		typed.Set("jauge", strconv.Itoa(w.Capacity))
	}
	for _, t := range w.Themes {
		typed.Add("themes", string(t))
	}
	for _, a := range g.Animators {
		typed.Add("animation", string(a.ID))
	}
	return views.PlanForm{ID: w.ID, Kind: w.Kind, Typed: typed, Dated: w.Status != app.Draft, Movable: w.MayMove(s.Now()) == nil, When: views.Capital(views.Span(w.StartsAt, w.EndsAt))}
}

func (s *server) editWorkshop(c *gin.Context, v app.Viewer) error {
	g, err := s.coordinated(c, v)
	if err != nil {
		return err
	}
	again := s.planFormOf(g)
	f := formOf(c)
	w, animators := planOf(f, again.Dated)
	w.ID, again.Typed = g.Workshop.ID, f.typed
	if f.searches() {
		return s.foundAnimators(c, v, again)
	}
	checked := w
	if again.Dated {
		checked.StartsAt, checked.EndsAt = g.Workshop.StartsAt, g.Workshop.EndsAt
	}
	if err = f.also(app.AllOf(checked.CheckPlan(g.Workshop.Taken), v.InRemit(app.KeepWorkshops, g.Workshop.Territory, w.Themes))); err == nil {
		err = s.DB.Replan(c.Request.Context(), v, w, animators, s.seatLetter, s.Now())
	}
	switch {
	case app.FieldsOf(err) != nil:
		again.Errors, again.Message = app.FieldsOf(err), err.Error()
		return s.planPage(c, v, statuses[app.Invalid], again)
	case err != nil && app.KindOf(err) == app.Conflict:
		return s.stalePlan(c, v, again, w, animators, err)
	case err != nil:
		return err
	}
	return s.done(c, "/ateliers/"+string(w.ID), "C’est enregistré.", "")
}

// stalePlan shows what somebody else wrote meanwhile beside what was typed; sending the
// form once more keeps what was typed.
func (s *server) stalePlan(c *gin.Context, v app.Viewer, again views.PlanForm, w app.Workshop, animators []app.PersonID, stale error) error {
	differences, version, err := s.DB.PlanDifferences(c.Request.Context(), v, w, animators)
	if err != nil {
		return err
	}
	again.Theirs, again.Message = differences, stale.Error()
	again.Typed = maps.Clone(again.Typed)
	again.Typed.Set("version", strconv.Itoa(version))
	return s.planPage(c, v, statuses[app.Conflict], again)
}
