package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

func (s *server) newOrganisationPage(c *gin.Context, v app.Viewer) error {
	typed := organisationTyped(queryOf(c))
	doubts, err := s.doubts(c, v, typed)
	if err != nil {
		return err
	}
	if wantsFragment(c) {
		return page(c, views.Doubts(doubts))
	}
	typed = app.Organisation{Name: app.Tidy(typed.Name)}
	if mine := v.ThemesAt(v.Territory); len(mine) == 1 {
		typed.Themes = mine
	}
	return s.organisationForm(c, v, http.StatusOK, views.OrganisationForm{Typed: typed, Doubts: doubts})
}

// doubts are the structures of the directory that a new one may be, of which it must be said
// that it is none.
func (s *server) doubts(c *gin.Context, v app.Viewer, typed app.Organisation) ([]app.Pair, error) {
	all, err := s.DB.Resembling(c.Request.Context(), v, typed)
	return slices.DeleteFunc(all, func(p app.Pair) bool { return !p.Doubtful() }), err
}

func (s *server) createOrganisation(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	typed := organisationTyped(f)
	var others []app.OrganisationID
	for id := range strings.FieldsSeq(f.typed.Get("confirmer")) {
		others = append(others, app.OrganisationID(id))
	}
	id, err := s.DB.CreateOrganisation(c.Request.Context(), v, typed, others, s.Now())
	kind := app.KindOf(err)
	if err == nil {
		return s.done(c, directorySection+"/"+string(id), "« "+app.Tidy(typed.Name)+" » est dans l’annuaire."+phoneDoubt(typed.Phone), "")
	}
	if kind != app.Invalid && kind != app.Conflict {
		return err
	}
	again := views.OrganisationForm{Typed: typed, Filled: views.Filled{Wrong: app.FieldsOf(err), Problem: err.Error()}}
	var problem error
	if again.Doubts, problem = s.doubts(c, v, typed); problem != nil {
		return problem
	}
	again.Confirmed = f.typed.Get("confirmer")
	return s.organisationForm(c, v, statuses[kind], again)
}

// phoneDoubt asks to look again at a telephone number that nobody in France would dial.
func phoneDoubt(typed string) string {
	if phone := app.TidyPhone(typed); phone != "" && !app.UsualPhone(phone) {
		return " Vérifiez le téléphone « " + phone + " » : il n’a pas la forme habituelle."
	}
	return ""
}
