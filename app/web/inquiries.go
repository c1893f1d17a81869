package web

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/views"
)

// An inquired is who follows the link of a letter that asks whether a record is right.
type inquired struct {
	digest string
	page   views.InquiryPage
}

// byInquiry adapts a handler of what that link opens, to who has it, signed in or not: a
// record, without any right else. Its address is a secret, as those of byLink are; asking for
// it changes nothing, since mailboxes follow links before people do.
func (s *server) byInquiry(handle func(*gin.Context, inquired) error) gin.HandlerFunc {
	return s.open(func(c *gin.Context) error {
		c.Header("Referrer-Policy", "no-referrer")
		c.Header("X-Robots-Tag", "noindex")
		if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
			return err
		}
		token := c.Param("jeton")
		digest := secret.Digest(token)
		o, link, err := s.DB.OpenInquiry(c.Request.Context(), digest, s.Now())
		if err != nil {
			return s.inquiryGone(c, err)
		}
		return handle(c, inquired{digest, views.InquiryPage{Frame: s.outside(c, o.Name), Token: token, Organisation: o, Link: link, Now: s.Now()}})
	})
}

// inquiryGone says why a link opens nothing.
func (s *server) inquiryGone(c *gin.Context, err error) error {
	if app.KindOf(err) != app.NotFound {
		return err
	}
	return render(c, http.StatusNotFound, views.InquiryEnded(s.outside(c, "Ce lien ne sert plus"), err.Error(), false))
}

func (s *server) inquiryPage(c *gin.Context, i inquired) error {
	return page(c, views.InquiryOf(i.page))
}

func (s *server) confirmByLink(c *gin.Context, i inquired) error {
	err := s.DB.ConfirmByLink(c.Request.Context(), i.digest, versionTyped(c), s.Now())
	if err == nil {
		return redirect(c, views.InquiryPath+pathEscape(i.page.Token))
	}
	if app.KindOf(err) != app.Conflict {
		return s.inquiryGone(c, err)
	}
	if i.page.Organisation, i.page.Link, err = s.DB.OpenInquiry(c.Request.Context(), i.digest, s.Now()); err != nil {
		return s.inquiryGone(c, err)
	}
	i.page.Problem = "La fiche vient d’être modifiée : la voici, relisez-la avant de confirmer."
	return render(c, http.StatusConflict, views.InquiryOf(i.page))
}

func versionTyped(c *gin.Context) int {
	version, _ := strconv.Atoi(formOf(c).typed.Get("version")) // one that is not readable is stale
	return version
}

func (s *server) correctionPage(c *gin.Context, i inquired) error {
	o := i.page.Organisation
	return s.correctionForm(c, http.StatusOK, views.InquiryForm{InquiryPage: i.page, Version: o.Version, Typed: o})
}

func (s *server) correctionForm(c *gin.Context, status int, f views.InquiryForm) (err error) {
	f.Frame = s.outside(c, "Corriger la fiche")
	if f.Communes, err = s.DB.CommunesNear(c.Request.Context(), f.Link.Inquiry.Territory); err != nil {
		return err
	}
	return render(c, status, views.CorrectInquiry(f))
}

// correctByLink keeps what who follows the link corrects; changed by somebody else meanwhile,
// it shows both, as the record's own form does.
func (s *server) correctByLink(c *gin.Context, i inquired) error {
	f := formOf(c)
	current := i.page.Organisation
	typed := current.Keeping(organisationTyped(f), app.LinkFields...).Keeping(current, f.typed["garder"]...)
	typed.Version = versionTyped(c)
	message := f.typed.Get("message")
	err := s.DB.CorrectByLink(c.Request.Context(), i.digest, typed, message, s.Now())
	if err == nil {
		return redirect(c, views.InquiryPath+pathEscape(i.page.Token))
	}
	kind := app.KindOf(err)
	if kind != app.Invalid && kind != app.Conflict {
		return s.inquiryGone(c, err)
	}
	again := views.InquiryForm{InquiryPage: i.page, Version: typed.Version, Typed: typed, Message: message, Filled: views.Filled{Wrong: app.FieldsOf(err), Problem: err.Error()}}
	if kind == app.Conflict {
		if current, i.page.Link, err = s.DB.OpenInquiry(c.Request.Context(), i.digest, s.Now()); err != nil {
			return s.inquiryGone(c, err)
		}
		if again.Differences, err = s.differences(c.Request.Context(), current, typed); err != nil {
			return err
		}
		again.Version = current.Version
	}
	return s.correctionForm(c, statuses[kind], again)
}

// declineByLink keeps that who follows the link is not the one to ask.
func (s *server) declineByLink(c *gin.Context, i inquired) error {
	err := s.DB.DeclineByLink(c.Request.Context(), i.digest, formOf(c).typed.Get("message"), s.Now())
	if err != nil && app.KindOf(err) == app.Invalid {
		i.page.Problem = "Ce message est trop long : " + app.Number(app.MaxInquiryMessage) + " caractères au plus."
		return render(c, statuses[app.Invalid], views.InquiryOf(i.page))
	}
	if err != nil {
		return s.inquiryGone(c, err)
	}
	return page(c, views.InquiryEnded(s.outside(c, "Merci de l’avoir dit"), "La coordination le sait : nous ne vous écrirons plus au sujet de cette fiche, et ce lien ne sert plus.", true))
}

// askStructure has a structure written to.
func (s *server) askStructure(c *gin.Context, v app.Viewer) error {
	id := app.OrganisationID(c.Param("id"))
	err := s.DB.AskStructure(c.Request.Context(), v, id, s.Now())
	if err != nil && app.KindOf(err) == app.Conflict {
		return s.organisationWith(c, v, http.StatusConflict, err.Error())
	}
	if err != nil {
		return err
	}
	return s.done(c, directorySection+"/"+string(id), "La demande part aux référent·es de la structure ou, à défaut, à son adresse ; un courriel par jour au plus à une même adresse.", "")
}
