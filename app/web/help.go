package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

var (
	errHelping  = app.Errorf(app.Forbidden, "Cela ne se fait à la place de personne : le compte, les mots de passe et les données de quelqu’un ne regardent que lui ; les accès d’une structure et l’administration se tiennent en son propre nom. Rien n’a été fait.")
	errOther    = app.Errorf(app.Conflict, "Cette page a été ouverte sous un autre nom que celui sous lequel vous êtes maintenant : une aide a commencé ou pris fin, ou quelqu’un d’autre s’est connecté dans ce navigateur. Rien n’a été enregistré ; rechargez-la pour faire cela en votre nom.")
	errMoved    = app.Errorf(app.Conflict, "Cette page a été ouverte sur un autre territoire que celui qui est à l’écran maintenant. Rien n’a été enregistré : revenez à ce territoire, ou rechargez la page.")
	errHelpOver = app.Errorf(app.Conflict, "L’aide est terminée : vous êtes de nouveau sous votre nom. Rien n’a été enregistré ; revenez à la page pour le faire en votre nom.")
)

// helpOver tells who helped that they are themselves again.
const helpOver = "L’aide est terminée : vous êtes de nouveau sous votre nom."

// personal are the addresses of acts that are done in nobody's place.
var personal = func() map[string]bool {
	all := map[string]bool{}
	for act, routes := range acts {
		for _, route := range routes {
			all[route] = act.Personal()
		}
	}
	return all
}()

// helpful refuses to who acts in another's place what is personal, and to whose help is over
// what they would have done in that other name, until a page told them. Nothing is written
// from a page that says it was opened under another account than the one here now.
func (s *server) helpful(c *gin.Context) {
	writes := c.Request.Method == http.MethodPost
	if !writes && !personal[c.Request.Method+" "+c.FullPath()] {
		return
	}
	v, err := s.viewer(c)
	switch {
	case err != nil || !v.SignedIn():
	case v.Helped() && personal[c.Request.Method+" "+c.FullPath()]:
		err = errHelping
	case c.FullPath() == "/deconnexion" || c.FullPath() == "/aide/fin":
	case writes && v.HelpOver:
		err = errHelpOver
	case writes && openedByAnother(v, c.PostForm("ouvert-par")):
		err = errOther
	case writes && openedElsewhere(v, c.PostForm("ouvert-sur")) && c.FullPath() != "/territoire":
		err = errMoved
	}
	if err != nil {
		s.fail(c, err)
		c.Abort()
	}
}

// openedByAnother reports whether a page opened under an account, "" when it does not say,
// is another's than v's.
func openedByAnother(v app.Viewer, account string) bool {
	return account != "" && account != string(v.Account)
}

// openedElsewhere reports whether a page opened on a territory, "" when it does not say, was
// on another than the one on v's screen.
func openedElsewhere(v app.Viewer, territory string) bool {
	return territory != "" && territory != string(v.Territory)
}

// toldHelpOver notes that the page to come tells its reader that they are themselves again.
func (s *server) toldHelpOver(c *gin.Context) {
	session, err := s.session(c)
	if err == nil {
		err = s.DB.TellHelpOver(c.Request.Context(), secret.Digest(session.ID))
	}
	if err != nil { // the next page tells it again
		s.Log.ErrorContext(c.Request.Context(), "the end of a help stays to be told", "id", requestID(c), "error", err)
	}
}

// askForHelp makes a code to tell somebody who is to act in v's place, shown once.
func (s *server) askForHelp(c *gin.Context, v app.Viewer) error {
	code, salt := secret.Code(app.HelpCodeLength), secret.Token()
	if err := s.DB.AskForHelp(c.Request.Context(), v, db.HelpCode{Hash: secret.HashCode(code, salt), Salt: salt}, s.Now()); err != nil {
		return err
	}
	return page(c, views.HelpCode(s.frame(c, v, "Votre code d’aide", ""), code, s.Now().Add(app.HelpCodeLife)))
}

func (s *server) refuseHelp(c *gin.Context, v app.Viewer) error {
	if err := s.DB.RefuseHelp(c.Request.Context(), v, s.Now()); err != nil {
		return err
	}
	return s.done(c, "/compte", "Personne n’agit plus à votre place, et le code ne sert plus.", "")
}

// beginHelp makes v act in the place of the holder of an account, with the code they told.
func (s *server) beginHelp(c *gin.Context, v app.Viewer) error {
	ctx, id, f := c.Request.Context(), app.AccountID(c.Param("id")), formOf(c)
	session, err := s.session(c)
	if err != nil {
		return err
	}
	fresh := secret.Token()
	if err := s.tryHelpCode(c, v, id, app.FoldCode(f.typed.Get("code")), session.ID, fresh); err != nil {
		if kind := app.KindOf(err); kind == app.Invalid || kind == app.Throttled {
			return s.accountOfWith(c, v, statuses[kind], accountProblem{code: said(err, "code")})
		}
		return s.onAccount(c, v, err, "")
	}
	session.ID = fresh
	if err := session.Save(c.Request, c.Writer); err != nil {
		return err
	}
	helped, err := s.DB.Viewer(ctx, secret.Digest(fresh), s.Now())
	if err != nil {
		return err
	}
	return s.done(c, "/", "Vous voyez maintenant ce que voit "+helped.Name+". Ce que vous faites est noté à votre nom.", "")
}

func (s *server) tryHelpCode(c *gin.Context, v app.Viewer, id app.AccountID, code, session, fresh string) error {
	ctx, now := c.Request.Context(), s.Now()
	if len(code) != app.HelpCodeLength {
		return app.InvalidField("code", "Recopiez le code de huit signes.")
	}
	if err := s.limits.attempt(c.ClientIP(), now); err != nil {
		return err
	}
	salt, err := s.DB.AttemptHelp(ctx, v, id, now)
	if err != nil {
		return err
	}
	mail := views.HelpedMail(v.Name, now.Add(app.HelpLife), s.BaseURL)
	return s.DB.BeginHelp(ctx, v, id, secret.HashCode(code, salt), secret.Digest(session), secret.Digest(fresh), mail, now)
}

// stopHelping makes v themselves again, as the next page tells them.
func (s *server) stopHelping(c *gin.Context) error {
	v, err := s.viewer(c)
	if err != nil {
		return err
	}
	session, err := s.session(c)
	if err != nil {
		return err
	}
	if !v.Helped() {
		return redirect(c, "/")
	}
	fresh := secret.Token()
	if err := s.DB.StopHelping(c.Request.Context(), v, secret.Digest(session.ID), secret.Digest(fresh), s.Now()); err != nil {
		return err
	}
	session.ID = fresh
	if err := session.Save(c.Request, c.Writer); err != nil {
		return err
	}
	return redirect(c, "/administration/comptes/"+pathEscape(string(v.Account)))
}
