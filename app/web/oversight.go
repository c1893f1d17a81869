package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/views"
)

func (s *server) oversightPage(c *gin.Context, v app.Viewer) error {
	o, err := s.DB.Oversight(c.Request.Context(), v, secret.Digest, s.Now())
	if err != nil {
		return err
	}
	current, err := s.session(c)
	if err != nil {
		return err
	}
	p := views.OversightPage{
		Frame: s.frame(c, v, "Vue d’ensemble de l’instance", ""), Accounts: o.Accounts, Alone: o.Alone, Structures: o.Structures,
		Waiting: o.Waiting, Failed: o.Failed, Open: o.Open, Unknown: o.Unknown, Settings: s.settings(), Now: s.Now(),
	}
	for _, one := range o.Sessions {
		p.Sessions = append(p.Sessions, views.OpenSession{
			Device:  views.Device{ID: one.ID, Name: one.Device, Place: one.Place, LastSeen: one.LastSeen, Current: one.ID == secret.Digest(current.ID)},
			Account: one.Account, Person: one.Name, Helped: one.Helped,
		})
	}
	for _, f := range o.Failures {
		p.Failures = append(p.Failures, views.Failing(f))
	}
	return page(c, views.Oversight(p))
}

// settings are those in force, in words, without any secret.
func (s *server) settings() []views.Setting {
	words := func(on bool, yes, no string) string {
		if on {
			return yes
		}
		return no
	}
	proxies := "Aucun : l’adresse des visiteurs est celle de la connexion"
	if len(s.Proxies) > 0 {
		proxies = strings.Join(s.Proxies, ", ")
	}
	return []views.Setting{
		{Name: "Adresse publique", Words: s.BaseURL},
		{Name: "Échanges chiffrés", Words: words(s.secure(), "Oui : cookies protégés, HTTPS imposé", "Non : l’adresse publique commence par http://")},
		{Name: "Courriels", Words: words(s.Mails, "Envoyés par le serveur réglé (SMTP_URL)", "Gardés ici : aucun serveur n’est réglé")},
		{Name: "Mandataires de confiance", Words: proxies},
		{Name: "Fond de carte", Words: words(s.Tiles != "", "Tuiles de "+s.TilesCredit, "Aucun : les contours seulement")},
		{Name: "Démonstration", Words: words(s.Demo, "Oui : les personnes sont inventées", "Non")},
	}
}

func (s *server) closeSession(c *gin.Context, v app.Viewer) error {
	if err := s.DB.CloseSession(c.Request.Context(), v, strings.ToLower(c.Param("id")), s.Now()); err != nil {
		return err
	}
	return s.done(c, "/administration/instance", "Cet appareil est déconnecté.", "")
}

func (s *server) liftWait(c *gin.Context, v app.Viewer) error {
	if err := s.DB.LiftWait(c.Request.Context(), v, app.AccountID(c.Param("id")), secret.Digest, s.Now()); err != nil {
		return err
	}
	return s.done(c, "/administration/instance", "L’attente est levée : la personne peut essayer son mot de passe.", "")
}
