package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"maillage/app"
	"maillage/db/dbtest"
)

// readers are all that make something of a form, each for what it is of.
var readers = map[string]func(*form){
	"a line":         func(f *form) { f.line("nom", 20) },
	"a line needed":  func(f *form) { f.needed("nom", 20, "Écrivez un nom.") },
	"a text":         func(f *form) { f.text("nom", 20) },
	"an address":     func(f *form) { f.email("courriel") },
	"a number":       func(f *form) { f.number("jauge", 1, 500) },
	"a day":          func(f *form) { f.date("debut") },
	"several":        func(f *form) { all[app.OrganisationID](f, "structures") },
	"a search":       func(f *form) { query(f) },
	"an hour to":     func(f *form) { f.span() },
	"a plan":         func(f *form) { w, _ := planOf(f, false); _ = f.also(w.CheckPlan(0)) },
	"an edited plan": func(f *form) { planOf(f, true) },
	"a convention":   func(f *form) { _, typed := readConvention(f, conventionToRead); _ = checked(f, typed) },
	"a new one": func(f *form) {
		p, typed := readConvention(f, app.Convention{})
		p.Rearrange(f.line("agir", 80))
		_ = checked(f, typed)
	},
	"a structure":    func(f *form) { _, _ = organisationTyped(f).Checked() },
	"a person":       func(f *form) { _, _ = personTyped(f).Checked() },
	"a position":     func(f *form) { _, _ = positionTyped(f).Checked() },
	"who is new":     func(f *form) { _ = newcomerOf(f).Tidied().Check() },
	"roles":          func(f *form) { grants(f) },
	"an invitee":     func(f *form) { inviteeOf(f) },
	"a journal":      func(f *form) { journalFilter(f) },
	"an opening":     func(f *form) { openingOf(f) },
	"what was typed": func(f *form) { filled(f) },
}

var conventionToRead = app.Convention{
	ID: dbtest.CTG, Name: "CTG", StartsOn: "2026-01-01", EndsOn: "2029-12-31",
	Phases: []app.Phase{{ID: "p", Name: "Diagnostic", StartsOn: "2026-01-01"}}, Axes: []app.Axis{{ID: "a", Number: 1, Title: "Vivre"}},
}

// FuzzForms reads any form with every reader: none panics, and what is wrong is said in words.
func FuzzForms(f *testing.F) {
	for _, seed := range forms {
		f.Add(seed)
	}
	f.Add("nom=%00%ff&debut=2026-02-30&jauge=-1&courriel=a@&structures=a&structures=a&axe=a&axe-a=Vivre&phase=p&phase-p-debut=x&agir=monter:a")
	f.Add("agir=ajouter-axe:&axe=&axe=b&axe-b-retirer=1&structure:=referent&territoire:x=roi&administrateur=1&date=2026-03-29&debut=02:30&fin=99:99")
	f.Add("agir=descendre:p&phase=p&phase=p&phase-p=&fin=9999-12-31&debut=0000-00-00&jauge=9999999999999999999&q=" + strings.Repeat("é", 300))
	f.Fuzz(func(t *testing.T, body string) {
		typed, _ := url.ParseQuery(body)
		if counted(typed) != nil {
			return
		}
		tidyValues(typed)
		for name, read := range readers {
			form := &form{typed: typed, fields: app.Fields{}}
			read(form)
			for field, problem := range form.fields {
				if !utf8.ValidString(problem) || problem == "" {
					t.Errorf("%s: on %q it says %q", name, field, problem)
				}
			}
		}
		line := (&form{typed: typed, fields: app.Fields{}}).line("nom", 20)
		if strings.ContainsAny(line, "\r\n\x00") || line != strings.TrimSpace(line) {
			t.Errorf("a line is %q, of several or untidy", line)
		}
	})
}

// FuzzNextPage asks that what follows a sign-in, or undoes what was done, is a page of ours.
func FuzzNextPage(f *testing.F) {
	for _, seed := range []string{"/", "/structures?q=a#b", "//pirate.test", "/\\pirate.test", "https://pirate.test", "/%2f/pirate.test", "/\t/pirate.test", "javascript:alert(1)", "", "/a\n//b", "\\\\pirate.test", "/./..//pirate.test"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		ours, err := url.Parse("https://maillage.test/connexion")
		if err != nil {
			t.Fatal(err)
		}
		if _, undo := splitNotice(path + "\nFait."); undo != "" {
			path = undo
		}
		to, err := ours.Parse(local(path))
		if err == nil && (to.Host != "maillage.test" || to.Scheme != "https") {
			t.Errorf("%q leads to %q", path, to)
		}
	})
}

// FuzzTokens opens links, sessions and notices by any token: none signs anybody in, and none breaks.
func FuzzTokens(f *testing.F) {
	d := dbtest.New(f)
	r, err := engine(Config{DB: d, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return dbtest.Now }, BaseURL: "http://maillage.test"})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"", "x", "inconnu", "../..", "%00", "\xff\xfe", strings.Repeat("A", 43), strings.Repeat("=", 5000), "' OR 1=1 --", "a b;c", "%2f%2e%2e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		for _, ask := range []struct{ method, path, cookie string }{
			{"GET", "/connexion/lien/", ""},
			{"POST", "/connexion/lien/", ""},
			{"GET", "/installation/", ""},
			{"POST", "/installation/", ""},
			{"GET", "", "maillage"},
			{"GET", "", noticeCookie},
			{"POST", "", "maillage"},
		} {
			path := "/compte"
			if ask.path != "" {
				path = ask.path + url.PathEscape(token)
			}
			request := httptest.NewRequestWithContext(t.Context(), ask.method, path, nil)
			request.RemoteAddr = "[2001:db8::1]:1" // throttled at last, which is no failure
			if ask.cookie != "" {
				request.Header.Set("Cookie", ask.cookie+"="+token)
			}
			w := httptest.NewRecorder()
			r.ServeHTTP(w, request)
			if w.Code >= http.StatusInternalServerError {
				t.Errorf("%s %s with %q answers %d", ask.method, path, token, w.Code)
			}
			for _, cookie := range w.Result().Cookies() {
				if cookie.Name == "maillage" && cookie.Value != "" {
					t.Errorf("%s %s with %q signs somebody in", ask.method, path, token)
				}
			}
		}
	})
}
