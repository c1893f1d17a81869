package web

import (
	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

func (s *server) doorPage(c *gin.Context, v app.Viewer) error {
	f := queryOf(c)
	door, err := s.DB.Door(c.Request.Context(), v, workshopOf(c))
	if err != nil {
		return err
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawAttendance, ThingID: string(door.Workshop.ID)}, door.People()...); err != nil {
		return err
	}
	list := s.doorList(v, door, query(f))
	if wantsFragment(c) {
		return page(c, views.DoorListing(list))
	}
	p, err := s.doorOf(c, v, list)
	if err != nil {
		return err
	}
	return page(c, views.DoorOf(p))
}

// doorList makes the list of a door, of those whom query finds.
func (s *server) doorList(v app.Viewer, door db.Door, query string) views.DoorList {
	l := views.DoorList{Workshop: door.Workshop, Query: query, Now: s.Now()}
	if err := door.Workshop.MayKeepDoor(v, door.Keepers(), s.Now()); err != nil {
		l.Closed = err.Error()
	}
	l.Turnout = door.Turnout()
	for _, a := range door.Arrivals {
		if shown := arrivalOf(a); query == "" || app.Holds(shown.Name+" "+shown.Structure, query) {
			l.Arrivals = append(l.Arrivals, shown)
		}
	}
	return l
}

func arrivalOf(a db.Arrival) views.Arrival {
	return views.Arrival{
		Registration: a.ID, Name: a.Name(), Structure: a.Structure, State: a.State, WalkIn: a.WalkIn, At: a.CheckedInAt, RepresentedBy: a.RepresentedBy,
	}
}

// doorOf gathers the page around a list.
func (s *server) doorOf(c *gin.Context, v app.Viewer, list views.DoorList) (p views.DoorPage, err error) {
	p = views.DoorPage{Frame: s.frame(c, v, "Présences : "+list.Workshop.Title, "/ateliers"), Door: list, Newcomer: views.NewcomerForm(app.Newcomer{}, nil)}
	if p.Strangers, err = s.strangers(c, v, list.Workshop, list.Query); err != nil {
		return p, err
	}
	structures, err := s.DB.StructuresOf(c.Request.Context(), list.Workshop.Territory)
	if err != nil {
		return p, err
	}
	p.Structures = []views.Option{{Label: "Aucune"}}
	for _, o := range structures {
		p.Structures = append(p.Structures, views.Option{Value: string(o.ID), Label: o.Name})
	}
	return p, nil
}

func (s *server) strangers(c *gin.Context, v app.Viewer, w app.Workshop, query string) (l views.StrangerList, err error) {
	found, err := s.DB.StrangersAtDoor(c.Request.Context(), v, w.ID, query, choicesShown, s.Now())
	l = views.StrangerList{Workshop: w, Query: query}
	for _, p := range found {
		l.Found = append(l.Found, views.Stranger{Person: p.ID, Name: p.Name, Function: p.Function, Organisation: p.Organisation, Structure: p.Structure})
	}
	return l, err
}

// searchDoor is what the directory holds of a name typed at the door.
func (s *server) searchDoor(c *gin.Context, v app.Viewer) error {
	f := queryOf(c)
	if !wantsFragment(c) {
		return redirect(c, "/ateliers/"+c.Param("id")+"/presences?q="+queryEscape(query(f)))
	}
	l, err := s.strangers(c, v, app.Workshop{ID: workshopOf(c)}, query(f))
	if err != nil {
		return err
	}
	return page(c, views.Strangers(l))
}

// record notes what became of one person: there, not there, or nothing any more.
func (s *server) record(c *gin.Context, v app.Viewer) error {
	f, ctx, id, r := formOf(c), c.Request.Context(), workshopOf(c), registrationOf(c)
	var a db.Arrival
	var err error
	switch state := f.line("etat", 20); state {
	case views.Undo:
		a, err = s.DB.UndoCheckIn(ctx, v, id, r, s.Now())
	case string(app.Present):
		a, err = s.DB.CheckIn(ctx, v, id, r, s.Now())
	default:
		a, err = s.DB.Record(ctx, v, id, r, app.Attendance(state), app.RegistrationID(f.line("par", 40)), s.Now())
	}
	if err != nil {
		return s.unrecorded(c, v, err)
	}
	s.live.changed(id)
	if !wantsFragment(c) {
		return redirect(c, "/ateliers/"+c.Param("id")+"/presences#arrivee-"+string(r))
	}
	w, turnout, err := s.DB.Turnout(ctx, v, id)
	if err != nil {
		return err
	}
	if a.State == app.Withdrawn { // a walk-in that was none leaves the list
		c.Header("HX-Reswap", "delete")
	}
	return page(c, views.Ticked(views.DoorList{Workshop: w, Turnout: turnout, Now: s.Now()}, arrivalOf(a)))
}

// unrecorded asks again what became of a person when what was sent cannot be kept.
func (s *server) unrecorded(c *gin.Context, v app.Viewer, err error) error {
	if app.KindOf(err) != app.Invalid || wantsFragment(c) {
		return err
	}
	p, failed := s.absence(c, v)
	if failed != nil { // no page asks that yet
		return err
	}
	f := formOf(c)
	p.State.Value, p.Who.Value, p.Who.Error = f.line("etat", 20), f.line("par", 40), app.FieldsOf(err)["par"]
	p.Problem = err.Error()
	return render(c, statuses[app.Invalid], views.Absence(p))
}

func (s *server) absencePage(c *gin.Context, v app.Viewer) error {
	p, err := s.absence(c, v)
	if err != nil {
		return err
	}
	return page(c, views.Absence(p))
}

// absence gathers the page about one person of the list.
func (s *server) absence(c *gin.Context, v app.Viewer) (p views.AbsencePage, err error) {
	door, err := s.DB.Door(c.Request.Context(), v, workshopOf(c))
	if err != nil {
		return p, err
	}
	if err := door.Workshop.MayKeepDoor(v, door.Keepers(), s.Now()); err != nil {
		return p, err
	}
	if err := door.Workshop.MayRecord(app.Absent, s.Now()); err != nil {
		return p, err
	}
	p = views.AbsencePage{
		Workshop: door.Workshop, State: views.Field{Name: "etat", Label: "Ce qui est à noter", Value: string(app.Represented)},
		Who: views.Field{Name: "par", Label: "Si représenté·e, par qui", Hint: "Parmi les personnes présentes."}, By: []views.Option{{Label: "On ne sait pas"}},
	}
	for _, a := range door.Arrivals {
		switch {
		case a.ID == registrationOf(c):
			p.Arrival = arrivalOf(a)
		case a.State == app.Present:
			p.By = append(p.By, views.Option{Value: string(a.ID), Label: a.Name(), Chosen: a.Represents == registrationOf(c)})
		}
	}
	if p.Arrival.Registration == "" {
		return p, app.Errorf(app.NotFound, "Cette inscription n’existe pas, ou n’existe plus.")
	}
	p.Frame = s.frame(c, v, p.Arrival.Name, "/ateliers")
	return p, nil
}

// welcomeWalkIn notes that somebody who was not announced is there.
func (s *server) welcomeWalkIn(c *gin.Context, v app.Viewer) error {
	f, ctx := formOf(c), c.Request.Context()
	walkIn := db.WalkIn{Person: app.PersonID(f.line("personne", 40)), Newcomer: newcomerOf(f), Organisation: app.OrganisationID(f.line("structure", 40))}
	a, err := s.DB.WalkIn(ctx, v, workshopOf(c), walkIn, s.Now())
	if err != nil && app.KindOf(err) == app.Invalid {
		return s.unwelcome(c, v, walkIn, err)
	}
	if err != nil {
		return err
	}
	s.live.changed(workshopOf(c))
	w, _, err := s.DB.Turnout(ctx, v, workshopOf(c))
	if err != nil {
		return err
	}
	notice := a.Name() + " : présent·e."
	if w.Capacity > 0 && w.Taken > w.Capacity {
		notice = a.Name() + " : présent·e, au-delà de la jauge (" + views.Seats(w) + ")."
	}
	return s.done(c, "/ateliers/"+c.Param("id")+"/presences#arrivee-"+string(a.ID), notice, "")
}

func (s *server) unwelcome(c *gin.Context, v app.Viewer, walkIn db.WalkIn, problem error) error {
	door, err := s.DB.Door(c.Request.Context(), v, workshopOf(c))
	if err != nil {
		return err
	}
	p, err := s.doorOf(c, v, s.doorList(v, door, ""))
	if err != nil {
		return err
	}
	p.Newcomer, p.Structure, p.Problem = views.NewcomerForm(walkIn.Newcomer, app.FieldsOf(problem)), string(walkIn.Organisation), problem.Error()
	if said := app.FieldsOf(problem)["structure"]; said != "" {
		p.Problem = said
	}
	return render(c, statuses[app.Invalid], views.DoorOf(p))
}

func (s *server) markAbsent(c *gin.Context, v app.Viewer) error {
	n, err := s.DB.MarkOthersAbsent(c.Request.Context(), v, workshopOf(c), s.Now())
	if err != nil {
		return err
	}
	s.live.changed(workshopOf(c))
	notice := "Il n’y avait plus rien à noter."
	if n > 0 {
		notice = app.Count(n, "personne est notée absente", "personnes sont notées absentes") + "."
	}
	return s.done(c, "/ateliers/"+c.Param("id")+"/presences", notice, "")
}
