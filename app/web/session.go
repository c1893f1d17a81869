package web

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/sessions"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

// sessionStore keeps sessions in the database: the cookie holds 256 random bits, the
// row their digest, so that neither a copy of the database nor a guess opens one, and
// ending a session ends it at once.
type sessionStore struct {
	db      *db.DB
	now     func() time.Time
	name    string
	options sessions.Options
}

const viewerKey = "viewer"

// placeKey is under which the context of a request holds the place it came from, for the
// store of sessions: it is asked for by an interface that knows no proxies.
type placeKey struct{}

// placed notes the place a request came from, its network address made coarse.
func (s *server) placed(c *gin.Context) {
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), placeKey{}, app.Place(c.ClientIP())))
}

// newSessionStore names its cookie __Host- where people come by https, which no other
// site of the domain can then overwrite.
func newSessionStore(d *db.DB, now func() time.Time, secure bool) *sessionStore {
	name := "maillage"
	if secure {
		name = "__Host-maillage"
	}
	return &sessionStore{d, now, name, sessions.Options{
		Path: "/", MaxAge: int(db.SessionLife.Seconds()), HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	}}
}

// Get returns the session of a request, read once.
func (s *sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New reads the session that the cookie names; without one, or when it has ended, it is new.
func (s *sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	options := s.options
	session.Options, session.IsNew = &options, true
	cookie, err := r.Cookie(name)
	if err != nil || len(cookie.Value) > 100 {
		return session, nil //nolint:nilerr // no cookie is no error
	}
	place, _ := r.Context().Value(placeKey{}).(string)
	viewer, err := s.db.Seen(r.Context(), secret.Digest(cookie.Value), place, s.now())
	if err != nil || !viewer.SignedIn() {
		return session, err
	}
	session.ID, session.IsNew = cookie.Value, false
	session.Values[viewerKey] = viewer
	return session, nil
}

// Save gives the browser the cookie of a session, or takes it back when MaxAge is negative.
func (s *sessionStore) Save(_ *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	http.SetCookie(w, sessions.NewCookie(session.Name(), session.ID, session.Options))
	return nil
}

func (s *server) session(c *gin.Context) (*sessions.Session, error) {
	store, ok := s.sessions.(*sessionStore)
	if !ok {
		return nil, errors.New("sessions are kept elsewhere")
	}
	return store.Get(c.Request, store.name)
}

// viewer returns who is asking; nobody is the zero Viewer.
func (s *server) viewer(c *gin.Context) (app.Viewer, error) {
	session, err := s.session(c)
	if err != nil {
		return app.Viewer{}, err
	}
	viewer, _ := session.Values[viewerKey].(app.Viewer)
	return viewer, nil
}

// begin is the one door: whoever gave a right first factor comes through it, by whatever
// way, and keep asks the database to keep the digest of a fresh token (all end in db's
// beginSession, but a passkey, which is two factors by itself). When the database says that
// a second factor is due, nobody is signed in yet: the browser gets a token of another kind,
// and arrive leads it to the second step. An older session of the same browser ends, so that
// a token planted before is worth nothing.
func (s *server) begin(c *gin.Context, keep func(ctx context.Context, digest, device string) (app.Viewer, error)) (app.Viewer, error) {
	session, err := s.session(c)
	if err != nil {
		return app.Viewer{}, err
	}
	before, _ := session.Values[viewerKey].(app.Viewer)
	token := secret.Token()
	viewer, err := keep(c.Request.Context(), secret.Digest(token), device(c.Request.UserAgent()))
	if err != nil {
		return app.Viewer{}, err
	}
	if !viewer.SignedIn() {
		s.keepHalf(c, token)
		return viewer, nil
	}
	if before.SignedIn() {
		if err := s.DB.EndSession(c.Request.Context(), before, secret.Digest(session.ID)); err != nil {
			return app.Viewer{}, err
		}
	}
	session.ID = token
	session.Values[viewerKey] = viewer
	return viewer, session.Save(c.Request, c.Writer)
}

func (s *server) end(c *gin.Context) error {
	session, err := s.session(c)
	if err != nil {
		return err
	}
	if viewer, ok := session.Values[viewerKey].(app.Viewer); ok {
		if err := s.DB.EndSession(c.Request.Context(), viewer, secret.Digest(session.ID)); err != nil && app.KindOf(err) != app.NotFound {
			return err
		}
	}
	session.ID, session.Options.MaxAge = "", -1
	return session.Save(c.Request, c.Writer)
}

// A notice crosses one redirect in a cookie of its own, read once.
const noticeCookie = "avis"

// done says on the next page what has just been done, with an address to POST to in
// order to undo it, or "", and sends the browser there.
func (s *server) done(c *gin.Context, path, notice, undo string) error {
	s.keep(c, noticeCookie, "/", base64.RawURLEncoding.EncodeToString([]byte(undo+"\n"+notice)), time.Minute)
	return redirect(c, path)
}

// frame is what surrounds a page of somebody signed in.
func (s *server) frame(c *gin.Context, viewer app.Viewer, title, section string) views.Frame {
	f := views.Frame{Title: title, Section: section, Viewer: viewer, Path: c.Request.URL.RequestURI(), Demo: s.Demo}
	if f.Notice, f.Undo = s.notice(c); viewer.HelpOver && !wantsFragment(c) {
		f.Notice, f.Undo = helpOver, ""
		s.toldHelpOver(c)
	}
	return f
}

func (s *server) notice(c *gin.Context) (notice, undo string) {
	kept := s.kept(c, noticeCookie, "/")
	if kept == "" || wantsFragment(c) {
		return "", ""
	}
	s.keep(c, noticeCookie, "/", "", 0)
	value, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil {
		return "", ""
	}
	return splitNotice(string(value))
}

func splitNotice(value string) (notice, undo string) {
	undo, notice, _ = strings.Cut(value, "\n")
	if undo != "" && local(undo) != undo {
		undo = ""
	}
	return notice, undo
}

// device says in words what a browser says of itself, as far as a person needs it to
// know their own devices apart.
func device(agent string) string {
	system := firstOf(agent, "iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "Windows", "Windows", "Mac OS", "Mac", "Linux", "Linux")
	browser := firstOf(agent, "Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chrome/", "Chrome", "Safari/", "Safari")
	switch {
	case system == "" && browser == "":
		return "Appareil inconnu"
	case system == "" || browser == "":
		return browser + system
	}
	return browser + " sur " + system
}

// firstOf returns the name that follows the first mark found in s; pairs are mark, name.
func firstOf(s string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if strings.Contains(s, pairs[i]) {
			return pairs[i+1]
		}
	}
	return ""
}
