package web

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

// campaignRows is how many structures of a campaign a page shows.
const campaignRows = 50

func (s *server) freshnessPage(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	o, err := s.DB.FreshnessOverview(ctx, v, s.Now())
	if err != nil {
		return err
	}
	campaigns, err := s.DB.Campaigns(ctx, v, app.CampaignID(cut(c.Query("apres"), 40)), db.CampaignPage+1)
	if err != nil {
		return err
	}
	p := views.FreshnessPage{Frame: s.frame(c, v, "Fraîcheur de l’annuaire", directorySection), Records: o.Records, Asked: o.Asked, AsksAlone: o.AsksAlone, Campaigns: campaigns}
	if len(campaigns) > db.CampaignPage {
		p.Campaigns = campaigns[:db.CampaignPage]
		p.Next = views.Address(views.FreshnessPath, "apres", string(campaigns[db.CampaignPage-1].ID))
	}
	return page(c, views.FreshnessOverview(p))
}

// setAsksAlone starts or stops asking structures by themselves.
func (s *server) setAsksAlone(c *gin.Context, v app.Viewer) error {
	alone := c.Query("automatique") == "oui"
	if err := s.DB.SetAsksAlone(c.Request.Context(), v, alone, s.Now()); err != nil {
		return err
	}
	notice := "Les demandes automatiques sont arrêtées."
	if alone {
		notice = "Les demandes automatiques sont en route."
	}
	return s.done(c, views.FreshnessPath, notice, "")
}

func (s *server) newCampaignPage(c *gin.Context, v app.Viewer) error {
	typed := url.Values{"objet": {views.InquirySubject}, "texte": {views.InquiryBody}}
	return s.campaignForm(c, v, http.StatusOK, views.Filled{Typed: typed})
}

// campaignForm is the page where a campaign to the structures in the address is written.
func (s *server) campaignForm(c *gin.Context, v app.Viewer, status int, filled views.Filled) error {
	ctx := c.Request.Context()
	filter := directoryOf(c, v)
	choice, err := s.DB.CampaignChoice(ctx, v, asked(filter), s.Now())
	if err != nil {
		return err
	}
	communes, err := s.communesOf(ctx, v.Territory)
	if err != nil {
		return err
	}
	filter.Archived, filter.Sort, filter.After = false, "", ""
	return render(c, status, views.NewCampaign(views.CampaignForm{
		Frame: s.frame(c, v, "Écrire aux structures", directorySection), Filled: filled, Filter: filter, Chosen: filter.CampaignWords(communes),
		Found: choice.Found, Asked: choice.Asked, Sample: choice.Sample, Of: v.TerritoryName,
	}))
}

func (s *server) sendCampaign(c *gin.Context, v app.Viewer) error {
	ctx, f := c.Request.Context(), formOf(c)
	filter := directoryOf(c, v)
	communes, err := s.communesOf(ctx, v.Territory)
	if err != nil {
		return err
	}
	g := app.Campaign{Subject: f.typed.Get("objet"), Body: f.typed.Get("texte"), Chosen: filter.CampaignWords(communes)}
	id, n, err := s.DB.SendCampaign(ctx, v, g, asked(filter), s.Now())
	if kind := app.KindOf(err); err != nil && (kind == app.Invalid || kind == app.Conflict) {
		return s.campaignForm(c, v, statuses[kind], views.Filled{Typed: f.typed, Wrong: app.FieldsOf(err), Problem: err.Error()})
	}
	if err != nil {
		return err
	}
	return s.done(c, views.CampaignPath+"/"+string(id), "La demande part à "+app.Count(n, "structure", "structures")+", cent par minute au plus, et une par jour à une même adresse.", "")
}

func (s *server) campaignPage(c *gin.Context, v app.Viewer) error {
	return s.campaignWith(c, v, http.StatusOK, "")
}

// campaignWith is the page of a campaign, under what went wrong.
func (s *server) campaignWith(c *gin.Context, v app.Viewer, status int, problem string) error {
	ctx := c.Request.Context()
	g, err := s.DB.Campaign(ctx, v, app.CampaignID(c.Param("id")))
	if err != nil {
		return err
	}
	p := views.CampaignPage{Frame: s.frame(c, v, g.Subject, directorySection), Campaign: g, State: among(c.Query("etat"), app.InquiryStates), Now: s.Now(), Problem: problem}
	rows, err := s.DB.CampaignInquiries(ctx, v, g.ID, p.State, app.InquiryID(cut(c.Query("apres"), 40)), campaignRows+1)
	if err != nil {
		return err
	}
	if len(rows) > campaignRows {
		rows = rows[:campaignRows]
		p.Next = views.Address(views.CampaignPath+"/"+string(g.ID), "etat", string(p.State), "apres", string(rows[campaignRows-1].ID))
	}
	for _, r := range rows {
		p.Rows = append(p.Rows, views.CampaignRow(r))
	}
	return render(c, status, views.CampaignOf(p))
}

func (s *server) remindCampaign(c *gin.Context, v app.Viewer) error {
	id := app.CampaignID(c.Param("id"))
	n, err := s.DB.RemindCampaign(c.Request.Context(), v, id, s.Now())
	if err != nil && app.KindOf(err) == app.Conflict {
		return s.campaignWith(c, v, http.StatusConflict, err.Error())
	}
	if err != nil {
		return err
	}
	return s.done(c, views.CampaignPath+"/"+string(id), "Le rappel part à "+app.Count(n, "structure", "structures")+".", "")
}
