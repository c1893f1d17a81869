package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

const directorySection = "/structures"

// directoryOf reads the filters of the directory from its address; what means nothing is
// left out.
func directoryOf(c *gin.Context, v app.Viewer) views.DirectoryFilter {
	f := views.DirectoryFilter{
		Query: app.Tidy(c.Query("q")), Category: among(c.Query("categorie"), app.Categories), Theme: among(c.Query("theme"), app.Themes),
		Commune: app.CommuneCode(c.Query("commune")), Archived: c.Query("archivees") != "", Incomplete: c.Query("a-completer") != "",
		WithoutPeople: c.Query("sans-personne") != "", Mute: c.Query("sans-referent") != "" && v.MayHere(app.KeepDirectory), Sort: c.Query("tri"), After: c.Query("apres"),
		Freshness: among(c.Query("verification"), app.Freshnesses),
	}
	if v.MayHere(app.AskPartners) {
		f.Asked = among(c.Query("demande"), app.InquiriesToFollow)
	}
	if !db.OrganisationSort(f.Sort).Known() {
		f.Sort = ""
	}
	return f
}

func asked(f views.DirectoryFilter) db.OrganisationFilter {
	return db.OrganisationFilter{
		Query: f.Query, Category: f.Category, Theme: f.Theme, Commune: f.Commune, Archived: f.Archived, Incomplete: f.Incomplete,
		WithoutPeople: f.WithoutPeople, Mute: f.Mute, Sort: db.OrganisationSort(f.Sort), After: app.OrganisationID(f.After), Freshness: f.Freshness, Asked: f.Asked,
	}
}

func (s *server) organisationsPage(c *gin.Context, v app.Viewer) error {
	ctx, now := c.Request.Context(), s.Now()
	p := views.OrganisationsPage{Filter: directoryOf(c, v), Counted: db.OrganisationsCounted, Now: now}
	l, err := s.DB.Organisations(ctx, v, asked(p.Filter), now)
	if err != nil {
		return err
	}
	p.Rows, p.Count, p.More = organisationRows(l.Rows), l.Count, l.More
	if wantsFragment(c) {
		p.Frame = views.Frame{Viewer: v}
		c.Header("HX-Replace-Url", p.Filter.Address())
		return page(c, views.OrganisationList(p))
	}
	p.Frame = s.frame(c, v, "Structures", directorySection)
	if p.Communes, err = s.communesOf(ctx, v.Territory); err != nil {
		return err
	}
	return page(c, views.Organisations(p))
}

// communesOf returns the communes of a territory by name, read once.
func (s *server) communesOf(ctx context.Context, t app.TerritoryID) ([]app.Commune, error) {
	if kept, ok := s.communes.Load(t); ok {
		return kept.([]app.Commune), nil
	}
	communes, err := s.DB.CommunesOf(ctx, t)
	if err == nil && len(communes) > 0 {
		s.communes.Store(t, communes)
	}
	return communes, err
}

func organisationRows(listed []db.ListedOrganisation) []views.OrganisationRow {
	rows := make([]views.OrganisationRow, len(listed))
	for i, o := range listed {
		rows[i] = views.OrganisationRow(o)
	}
	return rows
}

// organisationsFile is the list as it is shown, all pages, for a spreadsheet.
func (s *server) organisationsFile(c *gin.Context, v app.Viewer) error {
	f := directoryOf(c, v)
	f.After = ""
	return spreadsheet(c, "structures", views.OrganisationColumns, func(row func(...string) error) error {
		return s.DB.ExportOrganisations(c.Request.Context(), v, asked(f), s.Now(), func(o app.Organisation) error {
			return row(views.OrganisationCells(o)...)
		})
	})
}

func (s *server) organisationPage(c *gin.Context, v app.Viewer) error {
	return s.organisationWith(c, v, http.StatusOK, "")
}

// organisationWith is the page of a structure, under what went wrong.
func (s *server) organisationWith(c *gin.Context, v app.Viewer, status int, problem string) error {
	ctx, now := c.Request.Context(), s.Now()
	o, err := s.DB.Organisation(ctx, v, app.OrganisationID(c.Param("id")))
	if err != nil {
		return s.toFormerMate(c, v, err)
	}
	p := views.OrganisationPage{Frame: s.frame(c, v, o.Name, directorySection), Organisation: o, Problem: problem, Now: now}
	members, err := s.DB.Members(ctx, v, o, now)
	if err != nil {
		return err
	}
	if p.Services, err = s.DB.ServicesOf(ctx, v, o); err != nil {
		return err
	}
	var reached []app.PersonID
	for _, m := range members {
		p.Members = append(p.Members, views.Member(m))
		if m.Person.Email != "" || m.Person.Phone != "" {
			reached = append(reached, m.Person.ID)
		}
	}
	workshops, err := s.DB.OrganisationWorkshops(ctx, v, o)
	if err != nil {
		return err
	}
	for _, w := range workshops {
		for _, person := range w.People {
			if person.State.Noted() {
				reached = append(reached, person.ID)
			}
		}
		if shown := organisationWorkshop(w); w.Workshop.Ended(now) {
			p.Past = append(p.Past, shown)
		} else {
			p.Coming = append(p.Coming, shown)
		}
	}
	slices.Reverse(p.Coming)
	if err := s.trace(c, v, app.Read{Kind: app.SawContacts, ThingID: string(o.ID)}, reached...); err != nil {
		return err
	}
	if err := s.forKeepers(ctx, v, &p); err != nil {
		return err
	}
	return render(c, status, views.Organisation(p))
}

// forKeepers adds to the page of a structure what only those see who keep the directory.
func (s *server) forKeepers(ctx context.Context, v app.Viewer, p *views.OrganisationPage) (err error) {
	o := p.Organisation
	if v.MayAsk(o) {
		if p.Inquiry, err = s.DB.LastInquiry(ctx, o.ID); err != nil {
			return err
		}
	}
	if v.MayArchiveOrganisation(o) {
		if p.Answered, err = s.DB.Answered(ctx, o.ID); err != nil {
			return err
		}
		if p.History, err = s.DB.History(ctx, app.OfOrganisation, string(o.ID), historyShown); err != nil {
			return err
		}
	}
	p.Merges, err = s.DB.MergesInto(ctx, v, o, p.Now)
	return err
}

func organisationWorkshop(w db.OrganisationWorkshop) views.OrganisationWorkshop {
	shown := views.OrganisationWorkshop{
		Workshop: w.Workshop, Commune: w.Commune, Hosted: w.Hosted, Invited: w.Invited, Answer: w.Answer, AnsweredAt: w.AnsweredAt, Comment: w.Comment,
	}
	for _, person := range w.People {
		shown.People = append(shown.People, views.Participant(person))
	}
	return shown
}

// organisationForm shows the form of a record with what surrounds it.
func (s *server) organisationForm(c *gin.Context, v app.Viewer, status int, f views.OrganisationForm) (err error) {
	title := "Ajouter une structure"
	if f.ID != "" {
		title = "Modifier " + f.Name
	}
	f.Frame = s.frame(c, v, title, directorySection)
	if f.Communes, err = s.DB.CommunesNear(c.Request.Context(), v.Territory); err != nil {
		return err
	}
	return render(c, status, views.EditOrganisation(f))
}

// organisationTyped is the record as it was typed, to be kept or shown again.
func organisationTyped(f *form) app.Organisation {
	typed := func(name string) string { return f.typed.Get(name) }
	return app.Organisation{
		Name: typed("nom"), FormerNames: typed("anciens_noms"), SIRET: app.SIRET(typed("siret")), Category: app.Category(typed("categorie")), Themes: all[app.Theme](f, "themes"),
		Description: typed("description"), Address: typed("adresse"), PostalCode: typed("code_postal"), Commune: app.CommuneCode(typed("commune")),
		Phone: typed("telephone"), Email: typed("courriel"), Website: typed("site"), OpeningHours: typed("horaires"),
		Departmental: f.ticked("departement"), Incomplete: f.ticked("a_completer"), Version: f.version(),
	}
}

// edited returns a structure that v may edit.
func (s *server) edited(c *gin.Context, v app.Viewer) (app.Organisation, error) {
	o, err := s.DB.Organisation(c.Request.Context(), v, app.OrganisationID(c.Param("id")))
	if err == nil && !v.MayEditOrganisation(o) {
		err = errMayNot
	}
	return o, err
}

func (s *server) editOrganisationPage(c *gin.Context, v app.Viewer) error {
	o, err := s.edited(c, v)
	if err != nil {
		return err
	}
	return s.organisationForm(c, v, http.StatusOK, views.OrganisationForm{ID: o.ID, Name: o.Name, Version: o.Version, Typed: o})
}

func (s *server) editOrganisation(c *gin.Context, v app.Viewer) error {
	current, err := s.edited(c, v)
	if err != nil {
		return err
	}
	f := formOf(c)
	typed := organisationTyped(f).Keeping(current, f.typed["garder"]...)
	typed.ID = current.ID
	edit, done := s.DB.EditOrganisation, "La fiche est enregistrée."
	if f.ticked("juste") {
		edit, done = s.DB.EditAndConfirm, "La fiche est enregistrée et confirmée."
	}
	if err = edit(c.Request.Context(), v, typed, s.Now()); err == nil {
		return s.done(c, directorySection+"/"+string(current.ID), done+phoneDoubt(typed.Phone), "")
	}
	kind := app.KindOf(err)
	if kind != app.Invalid && kind != app.Conflict {
		return err
	}
	again := views.OrganisationForm{
		ID: current.ID, Name: current.Name, Version: typed.Version, Typed: typed, Filled: views.Filled{Wrong: app.FieldsOf(err), Problem: err.Error()},
	}
	if kind == app.Conflict { // what was typed stays; sent again, it is written over what is there now
		if err := s.compare(c, v, &again); err != nil {
			return err
		}
	}
	return s.organisationForm(c, v, statuses[kind], again)
}

// compare puts into a form what differs between what was typed and the record as it is.
func (s *server) compare(c *gin.Context, v app.Viewer, f *views.OrganisationForm) error {
	current, err := s.DB.Organisation(c.Request.Context(), v, f.ID)
	if err != nil {
		return err
	}
	if f.Differences, err = s.differences(c.Request.Context(), current, f.Typed); err != nil {
		return err
	}
	f.Version = current.Version
	return nil
}

// differences returns what differs between a record as it is and as it was typed.
func (s *server) differences(ctx context.Context, current, typed app.Organisation) ([]app.Difference, error) {
	yours, _ := typed.Checked() // it is, or is wrong of what was not theirs to type
	if yours.Commune == current.Commune {
		yours.CommuneName = current.CommuneName
	} else {
		var err error
		if yours.CommuneName, err = s.DB.CommuneName(ctx, yours.Commune); err != nil {
			return nil, err
		}
	}
	return current.Differences(yours), nil
}
