package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// A subject is a person before their own data, signed in or by a personal link.
type subject struct {
	by   app.Viewer // the person; without account by a link
	base string     // address of the page
}

func (s subject) linked() bool { return s.by.Account == "" }

// byLink adapts a handler of one's own data for who follows a personal link. Its address
// is a secret: no other site is told it, and no log holds it (see logged).
func (s *server) byLink(handle func(*gin.Context, subject) error) gin.HandlerFunc {
	return s.open(func(c *gin.Context) error {
		c.Header("Referrer-Policy", "no-referrer")
		if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
			return err
		}
		token := c.Param("jeton")
		id, err := s.DB.LinkedPerson(c.Request.Context(), secret.Digest(token), s.Now())
		if app.KindOf(err) == app.NotFound && err != nil {
			return render(c, http.StatusNotFound, views.AskLink(s.outside(c, "Mes données"), views.Field{}, err.Error()))
		}
		if err != nil {
			return err
		}
		return handle(c, subject{app.Viewer{Person: id}, "/mes-donnees/" + pathEscape(token)})
	})
}

// bySelf adapts the same handlers for who is signed in.
func (s *server) bySelf(handle func(*gin.Context, subject) error) gin.HandlerFunc {
	return s.signedIn(func(c *gin.Context, v app.Viewer) error { return handle(c, subject{v, "/compte/donnees"}) })
}

func (s *server) ownDataPage(c *gin.Context, u subject) error {
	return s.ownData(c, u, http.StatusOK, views.OwnDataForms{})
}

// ownData shows all that is known of a person, with what was typed and is wrong.
func (s *server) ownData(c *gin.Context, u subject, status int, forms views.OwnDataForms) error {
	p, err := s.ownDataOf(c, u)
	if err != nil {
		return err
	}
	p.Forms = forms
	if u.linked() {
		p.Frame = s.outside(c, "Mes données")
	} else {
		p.Frame = s.frame(c, u.by, "Mes données", "")
	}
	return render(c, status, views.OwnDataOf(p))
}

func (s *server) ownDataOf(c *gin.Context, u subject) (p views.OwnDataPage, err error) {
	o, err := s.DB.OwnData(c.Request.Context(), u.by.Person, s.Now())
	if err != nil {
		return p, err
	}
	kept, err := s.DB.Retention(c.Request.Context())
	if err != nil {
		return p, err
	}
	p = views.OwnDataPage{
		Base: u.base, Linked: u.linked(), Person: o.Person, AddedBy: o.AddedBy, InformedAt: o.InformedAt, ObjectedAt: o.ObjectedAt,
		Mails: o.Mails, Reads: readLines(o.Reads), Objections: o.Objections, Places: o.Places, Kept: kept, Now: s.Now(),
	}
	for _, h := range o.Positions {
		p.Positions = append(p.Positions, views.Holding{Position: h.Position, OrganisationName: h.OrganisationName, Archived: h.Archived})
	}
	for _, w := range o.Workshops {
		p.Workshops = append(p.Workshops, views.AttendedWorkshop(w))
	}
	if o.Account.ID != "" {
		row := accountRow(o.Account)
		p.Account, p.AccountSince = &row, o.Account.CreatedAt
	}
	return p, nil
}

// correctOwnData keeps what a person corrects of their own record.
func (s *server) correctOwnData(c *gin.Context, u subject) error {
	f := formOf(c)
	k := db.Correction{Person: personTyped(f), Functions: map[app.PositionID]string{}}
	for name := range f.typed {
		if id, ok := strings.CutPrefix(name, "fonction-"); ok && len(id) <= 40 {
			k.Functions[app.PositionID(id)] = f.typed.Get(name)
		}
	}
	token := secret.Token()
	confirming, err := s.DB.CorrectOwnData(c.Request.Context(), u.by, k, secret.Digest(token), views.ConfirmAddressLetter(s.BaseURL+"/mes-donnees/"+token+"/adresse"), s.Now())
	switch app.KindOf(err) {
	case app.Invalid, app.Conflict:
		if err != nil {
			return s.ownData(c, u, statuses[app.KindOf(err)], views.OwnDataForms{
				Correction: views.Filled{Typed: f.typed, Wrong: app.FieldsOf(err), Problem: err.Error()}, Typed: app.KindOf(err) == app.Invalid,
			})
		}
	}
	if err != nil {
		return err
	}
	done := "Vos données sont corrigées." + phoneDoubt(k.Phone)
	if confirming {
		done = "C’est enregistré. Votre nouvelle adresse le sera quand vous aurez suivi le lien qui vient d’y être envoyé."
	}
	return s.done(c, u.base, done, "")
}

// object keeps what a person asks about their data.
func (s *server) object(c *gin.Context, u subject) error {
	f := formOf(c)
	o := app.Objection{Kind: among(f.typed.Get("demande"), app.ObjectionKinds), Reason: f.typed.Get("motif")}
	err := s.DB.Object(c.Request.Context(), u.by, o, s.objectionLetter, s.Now())
	if kind := app.KindOf(err); err != nil && (kind == app.Invalid || kind == app.Conflict) {
		return s.ownData(c, u, statuses[kind], views.OwnDataForms{Objection: views.Filled{Typed: f.typed, Wrong: app.FieldsOf(err), Problem: err.Error()}})
	}
	if err != nil {
		return err
	}
	return s.done(c, u.base, "Votre demande est transmise à la coordination. Vous aurez une réponse sous un mois.", "")
}

func (s *server) objectionLetter(o app.Objection) app.Mail {
	return views.ObjectionLetter(o, s.BaseURL)
}

// withdrawObjection lets who objected be invited by e-mail again.
func (s *server) withdrawObjection(c *gin.Context, u subject) error {
	if err := s.DB.WithdrawObjection(c.Request.Context(), u.by, s.Now()); err != nil {
		return err
	}
	return s.done(c, u.base, "Vous recevez de nouveau les invitations par courriel.", "")
}
