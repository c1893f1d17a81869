package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

var (
	errNoPage    = app.Errorf(app.NotFound, "Cette page n’existe pas, ou vous n’y avez pas accès.")
	errMayNot    = app.Errorf(app.Forbidden, "Vous n’avez pas le droit de faire cela. Demandez à la coordination de la convention, ou à l’administration de l’installation.")
	errForeign   = app.Errorf(app.Forbidden, "Cette demande vient d’un autre site : rien n’a été fait.")
	errTooMany   = app.Errorf(app.Invalid, "Ce qui a été envoyé compte trop de valeurs : choisissez-en moins à la fois. Rien n’a été enregistré.")
	errSignedOut = app.Errorf(app.Unsigned, "Vous n’êtes plus connecté·e : ouvrez la page Connexion dans un autre onglet, puis revenez ici. Rien n’a été enregistré.")
	errTooBig    = app.Errorf(app.Invalid, "Ce qui a été envoyé est trop volumineux. Rien n’a été enregistré.")
)

// statusLeft is what the journal says of an answer that nobody waited for; no browser sees it.
const statusLeft = 499

var statuses = map[app.Kind]int{
	app.Internal:  http.StatusInternalServerError,
	app.Invalid:   http.StatusUnprocessableEntity,
	app.NotFound:  http.StatusNotFound,
	app.Forbidden: http.StatusForbidden,
	app.Conflict:  http.StatusConflict,
	app.Unsigned:  http.StatusUnauthorized,
	app.Throttled: http.StatusTooManyRequests,
}

var titles = map[app.Kind]string{
	app.Internal:  "Un problème est survenu",
	app.Invalid:   "À corriger",
	app.NotFound:  "Page introuvable",
	app.Forbidden: "Accès refusé",
	app.Conflict:  "Ce n’est pas possible maintenant",
	app.Unsigned:  "Connexion nécessaire",
	app.Throttled: "Trop d’essais",
}

// open adapts a handler of a page for everybody, signed in or not.
func (s *server) open(handle func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := handle(c); err != nil {
			s.fail(c, err)
		}
	}
}

// signedIn adapts a handler of a page for whoever is signed in; the others are asked
// to, and come back.
func (s *server) signedIn(handle func(*gin.Context, app.Viewer) error) gin.HandlerFunc {
	return s.open(func(c *gin.Context) error {
		viewer, err := s.viewer(c)
		if err != nil {
			return err
		}
		if viewer.SignedIn() {
			return handle(c, viewer)
		}
		if c.Request.Method == http.MethodGet && !wantsFragment(c) {
			if h, _, err := s.halfWay(c); err != nil || h.Step != app.NoStep {
				return cmp.Or(err, s.arrive(c, viewer, c.Request.URL.RequestURI()))
			}
			return redirect(c, "/connexion?suite="+queryEscape(c.Request.URL.RequestURI()))
		}
		return errSignedOut
	})
}

// coordinating adapts a handler of a page for who coordinates the whole of the territory on
// screen.
func (s *server) coordinating(handle func(*gin.Context, app.Viewer) error) gin.HandlerFunc {
	return s.signedIn(func(c *gin.Context, v app.Viewer) error {
		if !v.MayCoordinate(v.Territory) {
			return errMayNot
		}
		return handle(c, v)
	})
}

// doing adapts a handler of a page for who may do a on something of the territory on screen.
func (s *server) doing(a app.Act, handle func(*gin.Context, app.Viewer) error) gin.HandlerFunc {
	return s.signedIn(func(c *gin.Context, v app.Viewer) error {
		if !v.MayHere(a) {
			return errMayNot
		}
		return handle(c, v)
	})
}

// administering adapts a handler of a page for the administration of the instance.
func (s *server) administering(handle func(*gin.Context, app.Viewer) error) gin.HandlerFunc {
	return s.signedIn(func(c *gin.Context, v app.Viewer) error {
		if !v.MayAdminister() {
			return errMayNot
		}
		return handle(c, v)
	})
}

// seeing adapts a handler of a page for who may see the territory on screen.
func (s *server) seeing(handle func(*gin.Context, app.Viewer) error) gin.HandlerFunc {
	return s.signedIn(func(c *gin.Context, v app.Viewer) error {
		if !v.MaySee(v.Territory) {
			return errNoPage
		}
		return handle(c, v)
	})
}

// keeping adapts a handler of the administration, which who coordinates the territory on
// screen opens for their part of it.
func (s *server) keeping(handle func(*gin.Context, app.Viewer) error) gin.HandlerFunc {
	return s.signedIn(func(c *gin.Context, v app.Viewer) error {
		if !v.MayAdminister() && !v.MayCoordinate(v.Territory) {
			return errMayNot
		}
		return handle(c, v)
	})
}

// fail is the only place where an error becomes a status.
func (s *server) fail(c *gin.Context, err error) {
	kind, status, message := app.KindOf(err), statuses[app.KindOf(err)], ""
	if kind == app.Internal && c.Request.Context().Err() != nil {
		s.left(c, err)
		return
	}
	if e, ok := errors.AsType[*app.Error](err); ok {
		message = e.Message
	}
	switch {
	case errors.Is(err, errTooBig), errors.Is(err, errFileTooBig), errors.Is(err, errTooMany):
		status = http.StatusRequestEntityTooLarge
	case errors.Is(err, errNoMethod):
		status = http.StatusMethodNotAllowed
	}
	if kind == app.Internal {
		message = "Un problème est survenu de notre côté. Si cela recommence, donnez ce numéro à l’administration : " + requestID(c) + "."
		s.Log.ErrorContext(c.Request.Context(), "request failed", "id", requestID(c), "method", c.Request.Method, "route", c.FullPath(), "error", err)
	}
	if c.Writer.Written() { // a download that breaks in the middle
		return
	}
	viewer, _ := s.viewer(c)
	if viewer.SignedIn() && c.Request.Method == http.MethodPost && (kind == app.NotFound || kind == app.Forbidden) && message != errForeign.Error() {
		message += " Vos accès ont peut-être changé : rien n’a été enregistré." // who was removed since the page was opened
	}
	c.Request = c.Request.WithContext(context.WithoutCancel(c.Request.Context())) // what went wrong is said even to who seems to leave
	if wantsFragment(c) {                                                         // the page stays as it is and says above it what went wrong
		c.Header("HX-Retarget", "#alert")
		c.Header("HX-Reswap", "innerHTML")
		s.send(c, status, views.Alert(message))
		return
	}
	title := titles[kind]
	if status == http.StatusMethodNotAllowed {
		title = "Ce n’est pas possible ainsi"
	}
	frame := views.Frame{Title: title, Viewer: viewer, Demo: s.Demo}
	if viewer.HelpOver && c.GetHeader("Sec-Fetch-Mode") == "navigate" { // a page that a person reads, not the answer to a script
		if frame.Notice = helpOver; message == errHelpOver.Error() {
			frame.Notice = ""
		}
		s.toldHelpOver(c)
	}
	s.send(c, status, views.Failure(frame, message))
}

// left notes that whoever asked went away before the answer: nobody reads it, and
// nothing is broken.
func (s *server) left(c *gin.Context, err error) {
	s.Log.InfoContext(c.Request.Context(), "visitor left", "id", requestID(c), "method", c.Request.Method, "route", c.FullPath(), "error", err)
	c.Status(statusLeft)
}

func (s *server) recovered(c *gin.Context, cause any) {
	c.Request = c.Request.WithContext(context.WithoutCancel(c.Request.Context())) // ours, whoever has left
	s.fail(c, fmt.Errorf("panic: %v", cause))
	c.Abort()
}

func (s *server) send(c *gin.Context, status int, component templ.Component) {
	if err := render(c, status, component); err != nil {
		s.Log.ErrorContext(c.Request.Context(), "render", "id", requestID(c), "error", err)
		c.String(http.StatusInternalServerError, "Un problème est survenu de notre côté.")
	}
}

// render sends everything or nothing: a component that fails never leaves half a page.
func render(c *gin.Context, status int, component templ.Component) error {
	body := templ.GetBuffer()
	defer templ.ReleaseBuffer(body)
	if err := component.Render(c.Request.Context(), body); err != nil {
		return err
	}
	return answer(c, status, body)
}

func answer(c *gin.Context, status int, body *bytes.Buffer) error {
	c.Header("Content-Type", "text/html; charset=utf-8")
	c.Status(status)
	_, err := c.Writer.Write(views.Stamp(views.Typeset(body.Bytes())))
	return err
}

// page sends a whole page.
func page(c *gin.Context, component templ.Component) error {
	return render(c, http.StatusOK, component)
}

// either sends the fragment to HTMX and the whole page to everyone else.
func either(c *gin.Context, page, fragment templ.Component) error {
	if wantsFragment(c) {
		return render(c, http.StatusOK, fragment)
	}
	return render(c, http.StatusOK, page)
}

// wantsFragment reports whether HTMX will swap the answer into a page that stays.
func wantsFragment(c *gin.Context) bool { return c.GetHeader("HX-Request-Type") == "partial" }

// redirect sends the browser to one of our own pages after a form, or instead of one.
// An address of anywhere else becomes the home page.
func redirect(c *gin.Context, path string) error {
	c.Redirect(http.StatusSeeOther, local(path))
	return nil
}

// local returns path if it is one of ours, and "/" otherwise: nobody is led away by
// a link to our own sign-in.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
