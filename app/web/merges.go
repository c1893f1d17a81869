package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

const mergesShown = 200

// mergesPage lists the merges that were made, the last first.
func (s *server) mergesPage(c *gin.Context, v app.Viewer) error {
	all, err := s.DB.Merges(c.Request.Context(), v, mergesShown)
	if err != nil {
		return err
	}
	return page(c, views.Merges(views.MergesPage{Frame: s.frame(c, v, "Doublons", directorySection), Merges: all, Now: s.Now(), Shown: mergesShown}))
}

// merge makes two structures one, as it was chosen field by field.
func (s *server) merge(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	kept, absorbed := pairOf(c)
	how := db.MergeChoice{Kept: kept, Absorbed: absorbed, KeptVersion: versionIn(f, views.OneSide), AbsorbedVersion: versionIn(f, views.OtherSide)}
	taken := views.OtherSide
	if f.typed.Get("garder") == views.OtherSide {
		how.Kept, how.Absorbed, how.KeptVersion, how.AbsorbedVersion = absorbed, kept, how.AbsorbedVersion, how.KeptVersion
		taken = views.OneSide
	}
	for name, values := range f.typed {
		if key, is := strings.CutPrefix(name, views.SideField("")); is && values[0] == taken {
			how.Others = append(how.Others, key)
		}
	}
	id, err := s.DB.MergeOrganisations(c.Request.Context(), v, how, s.mergedLetter, s.Now())
	if kind := app.KindOf(err); err != nil && (kind == app.Conflict || kind == app.Invalid) && how.Kept != how.Absorbed {
		return s.compareWith(c, v, statuses[kind], f, err.Error())
	}
	if err != nil {
		return err
	}
	return s.done(c, directorySection+"/"+pathEscape(string(how.Kept)), "Les deux fiches n’en font plus qu’une. L’adresse de l’autre mène ici.", views.MergePath(id)+"/annulation")
}

// versionIn is the version of the record of a side that was compared; one that is not
// readable is stale.
func versionIn(f *form, side string) int {
	n, err := strconv.Atoi(f.typed.Get("version-" + side))
	if err != nil {
		return -1
	}
	return n
}

func (s *server) mergePage(c *gin.Context, v app.Viewer) error {
	return s.mergeWith(c, v, http.StatusOK, "")
}

// mergeWith is what a merge did and what undoing it would, under what went wrong.
func (s *server) mergeWith(c *gin.Context, v app.Viewer, status int, problem string) error {
	m, refusal, err := s.DB.RehearseUndo(c.Request.Context(), v, app.MergeID(c.Param("id")), s.Now())
	if err != nil {
		return err
	}
	return render(c, status, views.Merge(views.MergePage{Frame: s.frame(c, v, "Fusion", directorySection), Merge: m, Refusal: refusal, Problem: problem}))
}

func (s *server) undoMerge(c *gin.Context, v app.Viewer) error {
	id := app.MergeID(c.Param("id"))
	err := s.DB.UndoMerge(c.Request.Context(), v, id, s.partedLetter, s.Now())
	if err != nil && app.KindOf(err) == app.Conflict {
		return s.mergeWith(c, v, http.StatusConflict, err.Error())
	}
	if err != nil {
		return err
	}
	return s.done(c, views.MergePath(id), "La fusion est défaite : ce sont de nouveau deux structures.", "")
}

// ofOrganisation adapts a handler of an address of a structure, so that the address of one
// which was merged into another leads there. What was sent to it is not lost silently.
func (s *server) ofOrganisation(handle func(*gin.Context, app.Viewer) error) gin.HandlerFunc {
	return s.signedIn(func(c *gin.Context, v app.Viewer) error {
		err := handle(c, v)
		if err == nil || app.KindOf(err) != app.NotFound {
			return err
		}
		return s.toHeir(c, v, err)
	})
}

// toHeir leads from the address of structures that were merged into others to the same one
// of these, or else says what it was refused with.
func (s *server) toHeir(c *gin.Context, v app.Viewer, refusal error) error {
	to := c.FullPath()
	merged := app.OrganisationID("")
	for _, p := range c.Params {
		id, heir := app.OrganisationID(p.Value), app.OrganisationID("")
		if p.Key == "id" || p.Key == "autre" {
			var err error
			if heir, err = s.DB.Heir(c.Request.Context(), v, id); err != nil {
				return err
			}
		}
		if heir != "" {
			id, merged = heir, heir
		}
		to = strings.Replace(to, ":"+p.Key, pathEscape(string(id)), 1)
	}
	if merged == "" {
		return refusal
	}
	if c.Request.Method != http.MethodGet {
		o, err := s.DB.Organisation(c.Request.Context(), v, merged)
		if err != nil {
			return err
		}
		return app.Errorf(app.Conflict, "Cette structure a été réunie à « %s » entre-temps. Rien n’a été enregistré : revenez en arrière pour reprendre ce que vous aviez écrit, et portez-le sur cette fiche-là.", o.Name)
	}
	if c.Param("autre") != "" { // there is no pair any more
		return s.done(c, directorySection+"/"+pathEscape(string(merged)), "Ces deux fiches n’en font déjà plus qu’une, ou l’une d’elles a été réunie à celle-ci.", "")
	}
	if c.Request.URL.RawQuery != "" {
		to += "?" + c.Request.URL.RawQuery
	}
	return s.done(c, to, "La fiche que vous cherchiez a été réunie à celle-ci.", "")
}
