package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

const (
	maxParts   = 60 // axes or phases that one form may bring
	maxName    = 200
	maxTitle   = 300
	maxSummary = 5000
)

func (s *server) newConventionPage(c *gin.Context, v app.Viewer) error {
	conventions, err := s.DB.Conventions(c.Request.Context(), v.Territory)
	if err != nil {
		return err
	}
	next := app.Convention{Axes: []app.Axis{{}, {}, {}}}
	if len(conventions) > 0 {
		next = conventions[0]
	}
	next = next.Next()
	next.ID, next.Territory = app.NewID[app.ConventionID](), v.Territory
	p := views.ConventionForm{New: true}
	p.Show(next)
	return s.conventionForm(c, v, http.StatusOK, p)
}

func (s *server) createConvention(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	if app.TerritoryID(f.line("territoire", 40)) != v.Territory { // a page opened before another territory was chosen
		return app.Errorf(app.NotFound, "Ce territoire n’est pas celui que vous regardez. Rien n’a été enregistré.")
	}
	p, typed := readConvention(f, app.Convention{ID: app.ConventionID(f.line("convention", 40)), Territory: v.Territory})
	p.New = true
	if !identifier.MatchString(string(typed.ID)) {
		typed.ID = app.NewID[app.ConventionID]()
	}
	if p.Rearrange(f.line("agir", 80)) {
		return s.conventionForm(c, v, http.StatusOK, p)
	}
	if err := checked(f, typed); err != nil {
		return s.refused(c, v, p, err)
	}
	err := s.DB.CreateConvention(c.Request.Context(), v, typed, s.Now())
	if app.KindOf(err) == app.Conflict {
		if _, err := s.DB.Convention(c.Request.Context(), v, typed.ID); err == nil { // sent twice
			return s.done(c, views.ConventionHref(typed.ID), "La convention est enregistrée.", "")
		}
	}
	if err != nil {
		return s.refused(c, v, p, err)
	}
	return s.done(c, views.ConventionHref(typed.ID), "La convention est créée."+views.OutsideWords(typed), "")
}

func (s *server) editConventionPage(c *gin.Context, v app.Viewer) error {
	stored, err := s.editable(c, v)
	if err != nil {
		return err
	}
	p := views.ConventionForm{}
	p.Show(stored)
	return s.conventionForm(c, v, http.StatusOK, p)
}

func (s *server) editConvention(c *gin.Context, v app.Viewer) error {
	stored, err := s.editable(c, v)
	if err != nil {
		return err
	}
	f := formOf(c)
	p, typed := readConvention(f, stored)
	if p.Rearrange(f.line("agir", 80)) {
		return s.conventionForm(c, v, http.StatusOK, p)
	}
	if err := checked(f, typed); err != nil {
		return s.refused(c, v, p, err)
	}
	err = s.DB.EditConvention(c.Request.Context(), v, typed, s.Now())
	if app.KindOf(err) == app.Conflict && len(app.FieldsOf(err)) == 0 {
		if stored, err = s.editable(c, v); err != nil {
			return err
		}
		p, typed = readConvention(f, stored) // what came in the meantime is in the form too
		p.Version, p.Theirs = stored.Version, typed.Arranged().ChangesFrom(stored)
		return s.refused(c, v, p, views.ErrStale)
	}
	if err != nil {
		return s.refused(c, v, p, err)
	}
	return s.done(c, views.ConventionHref(typed.ID), "La convention est enregistrée."+views.OutsideWords(typed), "")
}

// editable reads the convention of the address, which v must coordinate.
func (s *server) editable(c *gin.Context, v app.Viewer) (app.Convention, error) {
	stored, err := s.DB.Convention(c.Request.Context(), v, app.ConventionID(c.Param("id")))
	if err == nil && !v.MayCoordinate(stored.Territory) {
		err = errMayNot
	}
	return stored, err
}

// refused shows the form again as it was typed, with what is wrong; errors that are not
// about what was typed have a page of their own.
func (s *server) refused(c *gin.Context, v app.Viewer, p views.ConventionForm, err error) error {
	kind := app.KindOf(err)
	if kind != app.Invalid && kind != app.Conflict {
		return err
	}
	p.Message, p.Errors = err.Error(), app.FieldsOf(err)
	return s.conventionForm(c, v, statuses[kind], p)
}

func (s *server) conventionForm(c *gin.Context, v app.Viewer, status int, p views.ConventionForm) error {
	p.Frame = s.frame(c, v, "Modifier la convention", conventionSection)
	if p.New {
		p.Frame.Title = "Nouvelle convention"
		return render(c, status, views.EditConvention(p))
	}
	meetings, err := s.DB.Meetings(c.Request.Context(), v, app.Convention{ID: p.ID, Territory: v.Territory})
	if err != nil {
		return err
	}
	p.Hang(meetings)
	return render(c, status, views.EditConvention(p))
}

// checked is what is wrong with a form and with the convention it describes, or nil.
func checked(f *form, typed app.Convention) error {
	f.fields.Join(typed.Check())
	return f.err()
}

// identifier is what an id made by us, or by a test, looks like.
var identifier = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// readConvention reads what was typed of stored: as it stands in the form, and the
// convention it makes. An axis or a phase goes only when its box is ticked.
func readConvention(f *form, stored app.Convention) (views.ConventionForm, app.Convention) {
	typed := stored
	typed.Name, typed.Summary = f.line("nom", maxName), f.text("presentation", maxSummary)
	typed.StartsOn, typed.EndsOn, typed.SignedOn = f.date("debut"), f.date("fin"), f.date("signature")
	typed.Version = f.version()
	p := views.ConventionForm{
		ID: stored.ID, Territory: stored.Territory, Version: typed.Version, Saved: stored.Name, Name: f.typed.Get("nom"), Summary: f.typed.Get("presentation"),
		StartsOn: f.typed.Get("debut"), EndsOn: f.typed.Get("fin"), SignedOn: f.typed.Get("signature"),
	}
	p.Axes, typed.Axes = readAxes(f, stored.Axes)
	p.Phases, typed.Phases = readPhases(f, stored.Phases)
	return p, typed
}

func readAxes(f *form, stored []app.Axis) (rows []views.PartRow, axes []app.Axis) {
	var known []string
	for _, a := range stored {
		known = append(known, string(a.ID))
	}
	for _, id := range partIDs(f, "axe", known) {
		i := slices.Index(known, id)
		field := "axe-" + id
		if !f.typed.Has(field) { // came since the form was opened
			rows, axes = append(rows, views.AxisRow(stored[i])), append(axes, stored[i])
			continue
		}
		row := views.PartRow{ID: id, Title: f.typed.Get(field), Removed: f.ticked(field + "-retirer"), New: i < 0}
		axis := app.Axis{ID: app.AxisID(id), Title: f.line(field, maxTitle)}
		rows = append(rows, row)
		if !row.Removed && (i >= 0 || axis.Title != "") {
			axes = append(axes, axis)
		}
	}
	return rows, axes
}

func readPhases(f *form, stored []app.Phase) (rows []views.PartRow, phases []app.Phase) {
	var known []string
	for _, p := range stored {
		known = append(known, string(p.ID))
	}
	for _, id := range partIDs(f, "phase", known) {
		i := slices.Index(known, id)
		field := "phase-" + id
		if !f.typed.Has(field) {
			rows, phases = append(rows, views.PhaseRow(stored[i])), append(phases, stored[i])
			continue
		}
		row := views.PartRow{
			ID: id, Title: f.typed.Get(field), From: f.typed.Get(field + "-debut"), To: f.typed.Get(field + "-fin"),
			Removed: f.ticked(field + "-retirer"), New: i < 0,
		}
		rows = append(rows, row)
		if row.Removed || i < 0 && strings.TrimSpace(row.Title+row.From+row.To) == "" {
			continue
		}
		phases = append(phases, app.Phase{
			ID: app.PhaseID(id), Name: f.line(field, maxName), StartsOn: f.date(field + "-debut"), EndsOn: f.date(field + "-fin"),
		})
	}
	return rows, phases
}

// partIDs returns the ids of the parts of a form in its order, then those it does not know of.
func partIDs(f *form, name string, known []string) []string {
	ids := all[string](f, name)
	ids = slices.DeleteFunc(ids, func(id string) bool {
		return !identifier.MatchString(id) || !slices.Contains(known, id) && !f.typed.Has(name+"-"+id)
	})
	ids = ids[:min(len(ids), maxParts)]
	for _, id := range known {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
