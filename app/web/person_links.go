package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// linksAtOnce is for how many people who share an address, such as that of a secretary's
// office, one mail carries links; as much is done for an address that nobody has.
const linksAtOnce = 30

func (s *server) askLinkPage(c *gin.Context) error {
	return page(c, views.AskLink(s.outside(c, "Mes données"), views.Field{}, ""))
}

// sendPersonLink answers the same whether or not the address is known.
func (s *server) sendPersonLink(c *gin.Context) error {
	if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
		return err
	}
	email := app.FoldEmail(formOf(c).typed.Get("courriel"))
	if err := app.CheckEmail(email); err != nil {
		return render(c, statuses[app.Invalid], views.AskLink(s.outside(c, "Mes données"), views.Field{Value: formOf(c).typed.Get("courriel"), Error: err.Error()}, ""))
	}
	links, digests := make([]string, linksAtOnce), make([]string, linksAtOnce)
	for i := range links {
		token := secret.Token()
		links[i], digests[i] = s.BaseURL+"/mes-donnees/"+token, secret.Digest(token)
	}
	letter := func(names []string, more bool) app.Mail { return views.PersonLinkLetter(names, links, more) }
	if err := s.DB.SendPersonLinks(c.Request.Context(), email, digests, letter, s.Now()); err != nil {
		return err
	}
	return page(c, views.PersonLinkSent(s.outside(c, "Mes données"), email, !s.Mails))
}

func (s *server) confirmAddressPage(c *gin.Context) error {
	c.Header("Referrer-Policy", "no-referrer")
	return page(c, views.ConfirmAddress(s.outside(c, "Nouvelle adresse"), c.Param("jeton")))
}

func (s *server) confirmAddress(c *gin.Context) error {
	c.Header("Referrer-Policy", "no-referrer")
	if err := s.limits.attempt(c.ClientIP(), s.Now()); err != nil {
		return err
	}
	left := db.LeftLetters{Record: views.LeftAddressLetter(s.BaseURL), Account: views.LeftSignInLetter()}
	signsIn, err := s.DB.ConfirmAddress(c.Request.Context(), secret.Digest(c.Param("jeton")), left, s.Now())
	if err != nil && app.KindOf(err) == app.NotFound {
		return render(c, http.StatusNotFound, views.AskLink(s.outside(c, "Mes données"), views.Field{}, err.Error()))
	}
	if err != nil {
		return err
	}
	if signsIn {
		return s.done(c, "/connexion", "Votre nouvelle adresse est enregistrée : connectez-vous avec elle.", "")
	}
	return s.done(c, "/mes-donnees", "Votre nouvelle adresse est enregistrée.", "")
}

// revokeLinks ends the personal links of who followed one.
func (s *server) revokeLinks(c *gin.Context, u subject) error {
	if err := s.DB.RevokePersonLinks(c.Request.Context(), u.by.Person); err != nil {
		return err
	}
	return s.done(c, "/mes-donnees", "Vos liens personnels ne servent plus.", "")
}
