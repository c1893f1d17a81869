package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maillage/app"
)

func TestEveryAddressAnswersEverybodyAsTheTableSays(t *testing.T) {
	s := newStage(t)
	cells, wrote := 0, map[string]bool{}
	for _, r := range s.engine.Routes() {
		route := r.Method + " " + r.Path
		act, found := actOf(route)
		if !found {
			continue // TestEveryAddressIsOfOneAct says so
		}
		played, before := cells, s.before(route)
		for _, who := range callers {
			p := play{s, route, act, who.name, s.viewer(who.account), wrote}
			cells += p.all()
			if r.Method == http.MethodGet {
				continue // that somebody read is written down
			}
			if changed := s.since(before); len(changed) > 0 {
				t.Errorf("%s: refused to %s, it wrote in %v", route, who.name, changed)
				s = newStage(t)
				before = s.before(route)
			}
		}
		if strings.Contains(r.Path, ":") && !openToAll(route) && cells-played <= len(callers) {
			t.Errorf("%s is played on nothing that exists: give it things in rights_things_test.go", route)
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
		p.page(thing{name: "la page", on: app.On{Person: p.v.Person, Territories: []app.TerritoryID{p.v.Territory}, Themes: p.v.ThemesAt(p.v.Territory)}})
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
		on.on = on.about(p.act)
		cells++
		p.thing(on, missing)
	}
	return cells + 1
}

// ofTheScreen are the addresses of what is of the territory on screen, whatever others one
// has: its conventions, and what people of it ask about their data.
var ofTheScreen = regexp.MustCompile(` /(convention|administration/demandes|structures/campagnes)/:id`)

// taking are the addresses that take somebody from others, by erasing them or by the address
// they sign in with; closing those that need all the roles of an account.
var (
	taking  = regexp.MustCompile(`/(effacement|adresse)$`)
	closing = regexp.MustCompile(`/comptes/:id/(adresse|desactivation|activation|deconnexion|aide)$`)
)

// refuses reports whether only the administration, or oneself, is let do what route does to t.
func (t thing) refuses(route string) bool {
	return t.wide && taking.MatchString(route) || t.split && closing.MatchString(route)
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
	elsewhere := ofTheScreen.MatchString(p.route) && len(on.on.Territories) > 0 && !slices.Contains(on.on.Territories, p.v.Territory)
	if on.at.Territories == nil {
		on.at = on.on
	}
	if p.act == seen && on.seen != 0 {
		on.on = on.at
	}
	act := p.act
	if act == app.LeaveTeam && on.ids[":compte"] != string(p.v.Account) {
		act = app.KeepTeam // who does not leave takes somebody out
	}
	refused := on.refuses(p.route) && !p.v.Administrator && (on.on.Person == "" || on.on.Person != p.v.Person)
	switch {
	case openToAll(p.route) || p.v.May(act, on.on) && p.v.May(seen, on.at) && !elsewhere && !refused:
		p.allowed(on)
	case !p.v.SignedIn():
		if got := p.ask(p.route, on, ""); !p.asked(got.Code) {
			p.t.Errorf("%s on %s answers %d to nobody, want to ask who is there", p.route, on.name, got.Code)
		}
	case p.v.May(seen, on.at) && !elsewhere:
		if got := p.ask(p.route, on, p.v.Account).Code; got != http.StatusForbidden && (!refused || got != http.StatusUnprocessableEntity) {
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
