package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

func (s *server) personPage(c *gin.Context, v app.Viewer) error {
	ctx, now := c.Request.Context(), s.Now()
	r, err := s.DB.Person(ctx, v, app.PersonID(c.Param("id")), now)
	if err != nil {
		return err
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawPerson, ThingID: string(r.ID)}, r.ID); err != nil {
		return err
	}
	p := views.PersonPage{Frame: s.frame(c, v, r.Name(), directorySection), Person: r.Person, Contacts: r.Contacts, Editable: r.Editable, Traced: r.Traced, ObjectedAt: r.ObjectedAt, Now: now}
	for _, h := range r.Positions {
		p.Positions = append(p.Positions, views.Holding{
			Position: h.Position, OrganisationName: h.OrganisationName, Archived: h.Archived,
			Editable: v.MayEditPart(h.Part),
		})
		p.Account = p.Account || v.MayKeepAccounts(v.Territory) && slices.Contains(h.Part.Territories, v.Territory)
	}
	if p.Account {
		if p.Account, err = s.keepsAccountOf(c, v, r.ID); err != nil {
			return err
		}
		if p.Erasable, err = s.erasable(c, v, r.ID); err != nil {
			return err
		}
	}
	workshops, err := s.DB.WorkshopsOf(ctx, v, r, now)
	if err != nil {
		return err
	}
	for _, w := range workshops {
		p.Workshops = append(p.Workshops, views.AttendedWorkshop(w))
	}
	if v.MayCoordinate(v.Territory) && r.Kept { // which it tells
		if p.History, err = s.DB.History(ctx, app.OfPerson, string(r.ID), historyShown); err != nil {
			return err
		}
	}
	return page(c, views.Person(p))
}

// editedPerson returns a person whom v may edit.
func (s *server) editedPerson(c *gin.Context, v app.Viewer) (app.Person, error) {
	r, err := s.DB.Person(c.Request.Context(), v, app.PersonID(c.Param("id")), s.Now())
	if err == nil && !r.Editable {
		err = errMayNot
	}
	return r.Person, err
}

func (s *server) personForm(c *gin.Context, v app.Viewer, status int, f views.PersonForm) error {
	f.Frame, f.Self = s.frame(c, v, "Modifier la fiche", directorySection), v.IsPerson(f.Typed.ID)
	return render(c, status, views.EditPerson(f))
}

func (s *server) editPersonPage(c *gin.Context, v app.Viewer) error {
	p, err := s.editedPerson(c, v)
	if err != nil {
		return err
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawPerson, ThingID: string(p.ID)}, p.ID); err != nil {
		return err
	}
	return s.personForm(c, v, http.StatusOK, views.PersonForm{Name: p.Name(), Typed: p, Version: p.Version})
}

func personTyped(f *form) app.Person {
	return app.Person{
		FirstName: f.typed.Get("prenom"), LastName: f.typed.Get("nom"), Email: f.typed.Get("courriel"), Phone: f.typed.Get("telephone"),
		Visible: f.ticked("visible"), Version: f.version(),
	}
}

func (s *server) editPerson(c *gin.Context, v app.Viewer) error {
	current, err := s.editedPerson(c, v)
	if err != nil {
		return err
	}
	typed := personTyped(formOf(c))
	typed.ID = current.ID
	err = s.DB.EditPerson(c.Request.Context(), v, typed, s.replacedLetter, s.Now())
	if err == nil {
		return s.done(c, "/personnes/"+string(current.ID), "La fiche est enregistrée."+phoneDoubt(typed.Phone), "")
	}
	kind := app.KindOf(err)
	if kind != app.Invalid && kind != app.Conflict {
		return err
	}
	again := views.PersonForm{Typed: typed, Version: typed.Version, Filled: views.Filled{Wrong: app.FieldsOf(err), Problem: err.Error()}}
	if kind == app.Conflict {
		if current, err = s.editedPerson(c, v); err != nil {
			return err
		}
		tidied, _ := typed.Checked() // as it would be kept: what is wrong with it is said already
		again.Version, again.Theirs = current.Version, tidied.ChangesFrom(current)
	}
	again.Name = current.Name()
	return s.personForm(c, v, statuses[kind], again)
}

func acquaintances(found []db.Acquaintance) []views.Acquaintance {
	all := make([]views.Acquaintance, len(found))
	for i, a := range found {
		all[i] = views.Acquaintance(a)
	}
	return all
}

func (s *server) newMemberPage(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	o, err := s.edited(c, v)
	if err != nil {
		return err
	}
	p := views.NewMemberPage{Organisation: o, Query: app.Tidy(c.Query("q"))}
	found, err := s.DB.PeopleNamed(ctx, v, p.Query, choicesShown)
	if err != nil {
		return err
	}
	p.Found = acquaintances(found)
	if wantsFragment(c) {
		return page(c, views.KnownPeople(p))
	}
	if p.Chosen, err = s.acquaintance(c, v, app.PersonID(c.Query("personne"))); err != nil {
		return err
	}
	return s.memberForm(c, v, http.StatusOK, p)
}

// acquaintance returns somebody known, or nobody for "".
func (s *server) acquaintance(c *gin.Context, v app.Viewer, id app.PersonID) (a views.Acquaintance, err error) {
	if id == "" {
		return a, nil
	}
	r, err := s.DB.Person(c.Request.Context(), v, id, s.Now())
	if err != nil {
		return a, err
	}
	a = views.Acquaintance{ID: r.ID, Name: r.Name()}
	if len(r.Positions) > 0 {
		a.Function, a.Organisation = r.Positions[0].Function, r.Positions[0].OrganisationName
	}
	return a, nil
}

func (s *server) memberForm(c *gin.Context, v app.Viewer, status int, p views.NewMemberPage) error {
	p.Frame = s.frame(c, v, "Ajouter une personne", directorySection)
	return render(c, status, views.NewMember(p))
}

func positionTyped(f *form) app.Position {
	return app.Position{
		Function: f.typed.Get("fonction"), Since: app.Date(f.typed.Get("depuis")), Until: app.Date(f.typed.Get("jusqu_au")),
		Version: f.version(),
	}
}

func (s *server) addMember(c *gin.Context, v app.Viewer) error {
	ctx, f := c.Request.Context(), formOf(c)
	o, err := s.edited(c, v)
	if err != nil {
		return err
	}
	p := views.NewMemberPage{Organisation: o, Person: personTyped(f), Position: positionTyped(f)}
	position := p.Position
	position.Organisation, position.Person = o.ID, app.PersonID(f.typed.Get("personne"))
	name := p.Person.Name()
	if position.Person == "" {
		_, err = s.DB.AddPerson(ctx, v, p.Person, position, f.ticked("confirmer"), s.Now())
	} else {
		if p.Chosen, err = s.acquaintance(c, v, position.Person); err != nil {
			return err
		}
		name = p.Chosen.Name
		err = s.DB.AddPosition(ctx, v, position, s.writtenLetter, s.Now())
	}
	kind := app.KindOf(err)
	switch {
	case err == nil:
		return s.done(c, directorySection+"/"+string(o.ID), name+" est dans cette structure."+phoneDoubt(p.Person.Phone), "")
	case kind != app.Invalid && kind != app.Conflict:
		return err
	case kind == app.Conflict && p.Chosen.ID == "":
		same, problem := s.DB.PeopleNamed(ctx, v, name, choicesShown)
		if problem != nil {
			return problem
		}
		p.Namesakes = acquaintances(same)
	}
	p.Wrong, p.Problem = app.FieldsOf(err), err.Error()
	return s.memberForm(c, v, statuses[kind], p)
}

// writtenLetter tells somebody that a structure wrote them down.
func (s *server) writtenLetter(p app.Person, o app.Organisation) app.Mail {
	return views.WrittenLetter(p, o, s.BaseURL)
}

// editedPosition returns a position that v may edit.
func (s *server) editedPosition(c *gin.Context, v app.Viewer) (f views.PositionForm, err error) {
	f.Position, f.Person, f.Organisation, err = s.DB.Position(c.Request.Context(), v, app.PositionID(c.Param("id")), s.Now())
	if err == nil && !v.MayEditOrganisation(f.Organisation) {
		err = errMayNot
	}
	return f, err
}

func (s *server) positionForm(c *gin.Context, v app.Viewer, status int, f views.PositionForm) error {
	f.Frame = s.frame(c, v, f.Person.Name(), directorySection)
	return render(c, status, views.EditPosition(f))
}

func (s *server) editPositionPage(c *gin.Context, v app.Viewer) error {
	f, err := s.editedPosition(c, v)
	if err != nil {
		return err
	}
	return s.positionForm(c, v, http.StatusOK, f)
}

func (s *server) editPosition(c *gin.Context, v app.Viewer) error {
	f, err := s.editedPosition(c, v)
	if err != nil {
		return err
	}
	typed := positionTyped(formOf(c))
	typed.ID, typed.Person, typed.Organisation = f.Position.ID, f.Position.Person, f.Position.Organisation
	f.Position = typed
	err = s.DB.EditPosition(c.Request.Context(), v, typed, s.Now())
	if err == nil {
		return s.done(c, directorySection+"/"+string(f.Organisation.ID), "La fonction "+app.Of(f.Person.Name())+" est enregistrée.", "")
	}
	kind := app.KindOf(err)
	if kind != app.Invalid && kind != app.Conflict {
		return err
	}
	f.Wrong, f.Problem = app.FieldsOf(err), err.Error()
	if kind == app.Conflict {
		current, err := s.editedPosition(c, v)
		if err != nil {
			return err
		}
		tidied, _ := typed.Checked()
		f.Position.Version, f.Theirs = current.Position.Version, tidied.ChangesFrom(current.Position)
	}
	return s.positionForm(c, v, statuses[kind], f)
}

func (s *server) endPosition(c *gin.Context, v app.Viewer) error {
	f, err := s.editedPosition(c, v)
	if err != nil {
		return err
	}
	if err := s.DB.EndPosition(c.Request.Context(), v, f.Position.ID, s.Now()); err != nil {
		return err
	}
	return s.done(c, directorySection+"/"+string(f.Organisation.ID), f.Person.Name()+" a quitté la structure.", "/fonctions/"+string(f.Position.ID)+"/reprise")
}

func (s *server) resumePosition(c *gin.Context, v app.Viewer) error {
	f, err := s.editedPosition(c, v)
	if err != nil {
		return err
	}
	if err := s.DB.ResumePosition(c.Request.Context(), v, f.Position.ID, s.Now()); err != nil {
		return err
	}
	return s.done(c, directorySection+"/"+string(f.Organisation.ID), f.Person.Name()+" est de nouveau dans la structure.", "")
}
