package web

import (
	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

// muteShown is how many structures without référent·e a page shows.
const muteShown = 50

func (s *server) mutePage(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	if !v.MayCoordinate(v.Territory) {
		return errMayNot
	}
	p := views.MutePage{Frame: s.frame(c, v, "Structures sans référent·e", "")}
	var err error
	if p.Count, err = s.DB.CountMute(ctx, v.Territory); err != nil {
		return err
	}
	found, err := s.DB.MuteOrganisations(ctx, v, app.OrganisationID(cut(c.Query("apres"), 40)), muteShown+1, s.Now())
	if err != nil {
		return err
	}
	if len(found) > muteShown {
		found = found[:muteShown]
		p.Next = views.Address("/administration/sans-referent", "apres", string(found[muteShown-1].ID))
	}
	for _, o := range found {
		p.Rows = append(p.Rows, views.MuteRow(o))
	}
	return page(c, views.Mute(p))
}
