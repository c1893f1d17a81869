package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

const (
	duplicatesPath = directorySection + "/doublons"
	pairsShown     = 30
	apartShown     = 200
)

// duplicatesPage lists the structures that may be one, the likeliest pairs first.
func (s *server) duplicatesPage(c *gin.Context, v app.Viewer) error {
	all, err := s.searches.of(c.Request.Context(), v)
	if err != nil {
		return err
	}
	p := views.DuplicatesPage{Frame: s.frame(c, v, "Doublons", directorySection), Count: len(all), After: c.Query("apres")}
	p.Pairs = app.PairsAfter(all, p.After)
	if len(p.Pairs) > pairsShown {
		p.Pairs, p.More = p.Pairs[:pairsShown], true
	}
	return page(c, views.Duplicates(p))
}

// apartPage lists the pairs that somebody said are two.
func (s *server) apartPage(c *gin.Context, v app.Viewer) error {
	all, err := s.DB.Distinctions(c.Request.Context(), v, apartShown)
	if err != nil {
		return err
	}
	return page(c, views.Apart(views.ApartPage{Frame: s.frame(c, v, "Doublons", directorySection), All: all, Shown: apartShown}))
}

// doublesPage is where one structure is made one with another, found or looked for.
func (s *server) doublesPage(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	o, err := s.DB.Organisation(ctx, v, app.OrganisationID(c.Param("id")))
	if err != nil {
		return err
	}
	if !v.MayTellApart(o) {
		return errMayNot
	}
	p := views.DoublesPage{Frame: s.frame(c, v, "Réunir à une autre fiche", directorySection), Organisation: o, Query: app.Tidy(c.Query("q"))}
	if p.Pairs, err = s.DB.Resembling(ctx, v, o); err != nil {
		return err
	}
	if p.Query == "" {
		return page(c, views.Doubles(p))
	}
	found, err := s.DB.Organisations(ctx, v, db.OrganisationFilter{Query: p.Query}, s.Now())
	if err != nil {
		return err
	}
	for _, row := range found.Rows {
		if row.ID != o.ID && len(p.Found) < choicesShown {
			p.Found = append(p.Found, views.OrganisationRow(row))
		}
	}
	return page(c, views.Doubles(p))
}

// pairOf are the two structures that the address names.
func pairOf(c *gin.Context) (one, other app.OrganisationID) {
	return app.OrganisationID(c.Param("id")), app.OrganisationID(c.Param("autre"))
}

func (s *server) comparePage(c *gin.Context, v app.Viewer) error {
	return s.compareWith(c, v, http.StatusOK, nil, "")
}

// compareWith shows two records side by side, with what was chosen of them already and what
// went wrong.
func (s *server) compareWith(c *gin.Context, v app.Viewer, status int, chosen *form, problem string) error {
	ctx, now := c.Request.Context(), s.Now()
	one, other := pairOf(c)
	m, err := s.DB.Merging(ctx, v, one, other, now)
	if err != nil {
		return err
	}
	back, err := s.DB.Merging(ctx, v, other, one, now)
	if err != nil {
		return err
	}
	p := views.ComparePage{
		Frame: s.frame(c, v, "Comparer deux fiches", directorySection), Problem: problem, Apart: m.Apart,
		One: views.CompareSide{Organisation: m.Kept, Moved: back.Moved, Acts: back.Acts}, Other: views.CompareSide{Organisation: m.Absorbed, Moved: m.Moved, Acts: m.Acts},
		Fields: app.MergeFields(m.Kept, m.Absorbed), Common: app.CommonFields(m.Kept, m.Absorbed),
	}
	for _, a := range m.Accesses {
		p.Accesses = append(p.Accesses, views.MergedAccess(a))
	}
	for _, one := range back.People {
		p.One.People = append(p.One.People, views.MergedPerson(one))
	}
	for _, one := range m.People {
		p.Other.People = append(p.Other.People, views.MergedPerson(one))
	}
	if chosen != nil {
		p.KeepOther = chosen.typed.Get("garder") == views.OtherSide
		for i, f := range p.Fields {
			if side := chosen.typed.Get(views.SideField(f.Key)); side != "" {
				p.Fields[i].Other = side == views.OtherSide
			}
		}
	}
	return render(c, status, views.Compare(p))
}

// tellApart keeps that two structures which look alike are two.
func (s *server) tellApart(c *gin.Context, v app.Viewer) error {
	one, other := pairOf(c)
	if err := s.DB.TellApart(c.Request.Context(), v, one, other, s.Now()); err != nil {
		return err
	}
	return s.done(c, views.Address(duplicatesPath, "apres", cut(formOf(c).typed.Get("apres"), 400)),
		"C’est noté : ce sont deux structures. La paire est rangée parmi celles qui n’en sont pas.", views.PairPath(one, other)+"/reprise")
}

// takeBack forgets that two structures were said to be two.
func (s *server) takeBack(c *gin.Context, v app.Viewer) error {
	one, other := pairOf(c)
	if err := s.DB.TakeBack(c.Request.Context(), v, one, other, s.Now()); err != nil {
		return err
	}
	return s.done(c, views.PairPath(one, other), "La paire est de nouveau parmi les doublons possibles.", "")
}
