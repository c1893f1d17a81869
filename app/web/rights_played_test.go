package web

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// A stage is the whole site over a database of its own.
type stage struct {
	t       *testing.T
	db      *db.DB
	engine  *gin.Engine
	viewers map[app.AccountID]app.Viewer // who is signed in, each with their account for token
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{t: t, db: crowded(t), viewers: map[app.AccountID]app.Viewer{}}
	var err error
	s.engine, err = engine(Config{
		DB: s.db, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
		Now: func() time.Time { return dbtest.Now }, BaseURL: "http://maillage.test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// viewer signs the holder of an account in, once.
func (s *stage) viewer(account app.AccountID) app.Viewer {
	s.t.Helper()
	if v, found := s.viewers[account]; found || account == "" {
		return v
	}
	v, err := s.db.BeginSession(s.t.Context(), account, secret.Digest(string(account)), "Essai", dbtest.Now)
	if err != nil {
		s.t.Fatal(err)
	}
	s.viewers[account] = v
	return v
}

// furnish writes what the address of route may name and the small world has not: a mail,
// and the other devices of two people.
func (s *stage) furnish(route string) (mail string) {
	s.t.Helper()
	var err error
	switch {
	case strings.Contains(route, "/connexions/"):
		for _, v := range []app.Viewer{dbtest.Colleague, dbtest.Coordinator} {
			if _, found := s.viewers["autre "+v.Account]; !found && err == nil {
				s.viewers["autre "+v.Account], err = s.db.BeginSession(s.t.Context(), v.Account, secret.Digest("autre "+string(v.Account)), "Essai", dbtest.Now)
			}
		}
	case strings.Contains(route, "/courriels/:id"):
		mails, _ := s.db.Outbox(s.t.Context(), dbtest.Admin, db.MailFilter{}, 1)
		if len(mails) > 0 {
			return string(mails[0].ID)
		}
		if err = s.db.SendLink(s.t.Context(), dbtest.Colleague.Email, db.LinkKey{Link: "jeton"}, app.Mail{Recipient: dbtest.Colleague.Email, Subject: "Lien"}, dbtest.Now); err == nil {
			return s.furnish(route)
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return unknown
}

// ask plays route on a thing, as the holder of an account.
func (s *stage) ask(route string, on thing, account app.AccountID) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.askWith(route, on, account, "", [2]string{})
}

// askWith is ask with another form, unless it is "", and one more header.
func (s *stage) askWith(route string, on thing, account app.AccountID, form string, header [2]string) *httptest.ResponseRecorder {
	s.t.Helper()
	v, mail := s.viewer(account), s.furnish(route)
	method, path, _ := strings.Cut(route, " ")
	path = placeholder.ReplaceAllStringFunc(path, func(name string) string {
		if id := on.ids[name]; id != "" {
			return strings.ReplaceAll(id, "{mail}", mail)
		}
		return unknown
	})
	convention := "ctg"
	if slices.Contains(on.on.Territories, dbtest.Figeac) {
		convention = "ctg-loin"
	}
	form = cmp.Or(form, forms[route])
	form = strings.NewReplacer("{structure}", orUnknown(on.ids["{structure}"]), "{personne}", orUnknown(on.ids["{personne}"]),
		"{territoire}", string(v.Territory), "{convention}", convention, " ", "+", "!", "%21").Replace(form)
	ctx, leave := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer leave()
	r := httptest.NewRequestWithContext(ctx, method, path+"?"+form, nil)
	if method == http.MethodPost {
		r = httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if account != "" {
		r.AddCookie(&http.Cookie{Name: "maillage", Value: string(account)})
	}
	if header[0] != "" {
		r.Header.Set(header[0], header[1])
	}
	if slices.Contains(fragments, route) {
		r.Header.Set("HX-Request-Type", "partial")
	}
	w := &onceFlushed{httptest.NewRecorder(), leave}
	s.engine.ServeHTTP(w, r)
	return w.ResponseRecorder
}

func orUnknown(id string) string {
	if id == "" {
		return unknown
	}
	return id
}

// thingsOf returns what the address of route may name.
func thingsOf(route string) []thing {
	_, path, _ := strings.Cut(route, " ")
	for _, t := range things {
		if strings.HasPrefix(path, t.prefix) {
			return t.all
		}
	}
	return nil
}

// before is what is written once all who ask for route are signed in.
func (s *stage) before(route string) map[string]string {
	s.t.Helper()
	for _, who := range callers {
		s.viewer(who.account)
	}
	s.furnish(route)
	return dbtest.Trace(s.t, s.db)
}

// kept are the tables that a refused act may write to: who is there, what is tried.
var kept = []string{"sessions", "audit"}

// written returns what was written since before, but for what is kept of every request.
func (s *stage) written(before map[string]string) []string {
	s.t.Helper()
	return slices.DeleteFunc(dbtest.Changed(before, dbtest.Trace(s.t, s.db)), func(table string) bool { return slices.Contains(kept, table) })
}

func TestEveryAddressAnswersEverybodyAsTheTableSays(t *testing.T) {
	s := newStage(t)
	cells, wrote := 0, map[string]bool{}
	for _, r := range s.engine.Routes() {
		route := r.Method + " " + r.Path
		act, found := actOf(route)
		if !found {
			continue // TestEveryAddressIsOfOneAct says so
		}
		before := s.before(route)
		for _, who := range callers {
			p := play{s, route, act, who.name, s.viewer(who.account), wrote}
			cells += p.all()
			if r.Method == http.MethodGet {
				continue // that somebody read is written down
			}
			if changed := s.written(before); len(changed) > 0 {
				t.Errorf("%s: refused to %s, it wrote in %v", route, who.name, changed)
				s = newStage(t)
				before = s.before(route)
			}
		}
	}
	t.Logf("%d cells: %d addresses × %d people × their things", cells, len(s.engine.Routes()), len(callers))
}

// A play is one address asked by one person.
type play struct {
	*stage
	route string
	act   app.Act
	name  string
	v     app.Viewer
	wrote map[string]bool // the addresses that have been let write
}

// all asks for each thing and returns how many there were. What is let through and
// writes is played on a stage of its own.
func (p play) all() (cells int) {
	p.t.Helper()
	nothing := thing{name: "ce qui n’existe pas"}
	named := strings.Contains(p.route, ":")
	if !named {
		p.page(thing{name: "la page", on: app.On{Person: p.v.Person, Territories: []app.TerritoryID{p.v.Territory}}})
		return 1
	}
	missing := p.ask(p.route, nothing, p.v.Account)
	if got := missing.Code; !openToAll(p.route) && !p.asked(got) && got != 404 && got != 403 {
		p.t.Errorf("%s on %s, by %s: %d, want 404", p.route, nothing.name, p.name, got)
	}
	for _, on := range thingsOf(p.route) {
		if slices.ContainsFunc(placeholder.FindAllString(p.route, -1), func(name string) bool { return on.ids[name] == "" }) {
			continue // a draft has no invitation to take back
		}
		cells++
		p.thing(on, missing)
	}
	return cells + 1
}

// asked reports whether status, to nobody, asks who is there.
func (p play) asked(status int) bool {
	if p.v.SignedIn() {
		return false
	}
	return status == http.StatusUnauthorized || strings.HasPrefix(p.route, "GET") && status == http.StatusSeeOther
}

// page asks for an address that names nothing, which is of the territory on screen.
func (p play) page(on thing) {
	p.t.Helper()
	turns := strings.Contains(forms[p.route], "{territoire}") || p.act != app.KeepOwnAccount && p.act != app.ComeHome && !openToAll(p.route)
	if p.v.May(p.act, on.on) && (p.v.Territory != "" || !turns) {
		p.allowed(on)
		return
	}
	if got := p.ask(p.route, on, p.v.Account).Code; !p.asked(got) && got != 403 && got != 404 {
		p.t.Errorf("%s, by %s: %d, want to be refused (403 or 404)", p.route, p.name, got)
	}
}

// thing asks for an address that names on; missing is the answer about what does not exist.
func (p play) thing(on thing, missing *httptest.ResponseRecorder) {
	p.t.Helper()
	seen := on.seen
	if seen == 0 {
		seen = p.act
	}
	elsewhere := strings.HasPrefix(p.route[strings.Index(p.route, "/"):], "/convention/:id") && !slices.Contains(on.on.Territories, p.v.Territory) // a convention is that of the territory on screen
	if strings.HasSuffix(p.route, "/effacement") && len(on.on.Territories) > 1 && !p.v.Administrator && on.on.Person != p.v.Person {
		// Whom several territories know, only the administration erases, or who has them all.
		if got := p.ask(p.route, on, p.v.Account).Code; !p.asked(got) && got != 403 && got != 404 {
			p.t.Errorf("%s on %s, by %s: %d, want to be refused", p.route, on.name, p.name, got)
		}
		return
	}
	switch {
	case openToAll(p.route) || p.v.May(p.act, on.on) && p.v.May(seen, on.on) && !elsewhere:
		p.allowed(on)
	case !p.v.SignedIn():
		if got := p.ask(p.route, on, ""); !p.asked(got.Code) {
			p.t.Errorf("%s on %s answers %d to nobody, want to ask who is there", p.route, on.name, got.Code)
		}
	case p.v.May(seen, on.on) && !elsewhere:
		if got := p.ask(p.route, on, p.v.Account).Code; got != http.StatusForbidden {
			p.t.Errorf("%s on %s, by %s: %d, want 403: they see it and may not", p.route, on.name, p.name, got)
		}
	default:
		if got := p.ask(p.route, on, p.v.Account); got.Code != missing.Code || mainOf(got) != mainOf(missing) {
			p.t.Errorf("%s on %s, by %s: %d, want %d and the words of what does not exist: %.300s", p.route, on.name, p.name, got.Code, missing.Code, mainOf(got))
		}
	}
}

// allowed asks for what may be done. What writes is played on a stage of its own; on
// PostgreSQL, where a stage is a schema to build, once an address rather than by each.
func (p play) allowed(on thing) {
	p.t.Helper()
	if !strings.HasPrefix(p.route, http.MethodPost) {
		p.done(on)
		return
	}
	if os.Getenv("TEST_DATABASE_URL") != "" && p.wrote[p.route] {
		return
	}
	p.wrote[p.route] = true
	p.t.Run("written", func(t *testing.T) {
		p.stage = newStage(t)
		p.done(on)
	})
}

// done asks for what may be done: it is done, or refused for what the thing is.
func (p play) done(on thing) {
	p.t.Helper()
	got := p.ask(p.route, on, p.v.Account)
	fits := got.Code < 400 || got.Code == http.StatusConflict || got.Code == http.StatusUnprocessableEntity && forms[p.route] == ""
	if forms[p.route] == "" && got.Code == http.StatusNotFound && !strings.Contains(p.route, ":") {
		fits = true // what an empty form names does not exist
	}
	if openToAll(p.route) {
		fits = got.Code < 500 && got.Code != 401 && got.Code != 403
	}
	if !fits || !openToAll(p.route) && p.v.SignedIn() && strings.HasPrefix(got.Header().Get("Location"), "/connexion?") {
		p.t.Errorf("%s on %s, by %s: %d, want it done: %.300s", p.route, on.name, p.name, got.Code, mainOf(got))
	}
}

func mainOf(w *httptest.ResponseRecorder) string {
	_, words, found := strings.Cut(w.Body.String(), "<main")
	if !found {
		return w.Body.String()
	}
	return words
}
