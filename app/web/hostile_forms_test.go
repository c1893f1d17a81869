package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"maillage/app"
	"maillage/db/dbtest"
)

// hostile is what no field may let out as anything but text: it leaves an attribute, a
// text area and a title, opens an element, closes a statement of SQL and asks templates to count.
const hostile = `x"'></textarea></title><maille onclick=1>');DROP TABLE people;--{{7*7}}${7*7}%s`

// A sent is one form of a page, as it is filled in when the page arrives.
type sent struct {
	method, action string
	values         url.Values
	fields         []string // the names that somebody may type in, or forge
}

func TestHostileTextInEveryFieldOfEveryFormStaysText(t *testing.T) {
	s := newStage(t)
	admin := dbtest.Admin.Account
	forms := s.formsSeenBy(admin)
	tries := 0
	for _, f := range forms {
		for _, field := range append(f.fields, "") {
			values := url.Values{}
			for name, all := range f.values {
				values[name] = slices.Clone(all)
			}
			for _, name := range f.fields {
				if name == field || field == "" {
					values[name] = []string{hostile}
				}
			}
			tries++
			w := s.send(f.method, f.action, values, admin)
			if w.Code >= 500 || strings.HasPrefix(w.Header().Get("Location"), "/connexion") {
				t.Errorf("%s %s with hostile %q answers %d, to %q", f.method, f.action, field, w.Code, w.Header().Get("Location"))
			}
			wantText(t, w, f.method+" "+f.action+" with hostile "+field)
		}
	}
	if tries < 200 {
		t.Errorf("%d fields of %d forms were tried, want those of the whole site", tries, len(forms))
	}
	for _, account := range []app.AccountID{admin, dbtest.Coordinator.Account, dbtest.Referent.Account} {
		s.visit(account, func(path string, w *httptest.ResponseRecorder) {
			if w.Code >= 500 {
				t.Errorf("GET %s answers %d once hostile text is kept", path, w.Code)
			}
			wantText(t, w, "GET "+path)
		})
	}
	t.Logf("%d tries on %d forms", tries, len(forms))
}

// wantText fails the test if what was typed came out as anything but text.
func wantText(t *testing.T, w *httptest.ResponseRecorder, what string) {
	t.Helper()
	if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || !strings.Contains(w.Body.String(), "maille onclick") {
		return
	}
	page, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	for node := range page.Descendants() {
		if node.Type == html.ElementNode && node.Data == "maille" {
			t.Errorf("%s: the text typed became an element of the page", what)
		}
	}
}

// visit opens every page there is, on the first of its things, as the holder of an account.
func (s *stage) visit(account app.AccountID, see func(path string, w *httptest.ResponseRecorder)) {
	s.t.Helper()
	for _, r := range s.engine.Routes() {
		if r.Method != http.MethodGet || strings.HasSuffix(r.Path, "/direct") {
			continue
		}
		route := r.Method + " " + r.Path
		on := append(thingsOf(route), thing{})[0]
		see(r.Path+" on "+on.name, s.ask(route, on, account))
	}
}

// send sends a form as the holder of an account.
func (s *stage) send(method, action string, values url.Values, account app.AccountID) *httptest.ResponseRecorder {
	s.t.Helper()
	s.viewer(account)
	at, body := action, values.Encode()
	if method == http.MethodGet {
		path, _, _ := strings.Cut(action, "?")
		at, body = path+"?"+body, ""
	}
	r := httptest.NewRequestWithContext(s.t.Context(), method, at, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: "maillage", Value: string(account)})
	w := httptest.NewRecorder()
	s.engine.ServeHTTP(w, r)
	return w
}

// formsSeenBy returns every form of every page, but for those that sign out.
func (s *stage) formsSeenBy(account app.AccountID) (all []sent) {
	s.t.Helper()
	known := map[string]bool{}
	s.visit(account, func(_ string, w *httptest.ResponseRecorder) {
		page, err := html.Parse(w.Body)
		if err != nil {
			s.t.Fatal(err)
		}
		for node := range page.Descendants() {
			if node.Type != html.ElementNode || node.Data != "form" {
				continue
			}
			f := formIn(node)
			key := fmt.Sprint(f.method, f.action, f.fields)
			if f.action != "" && f.action != "/deconnexion" && !known[key] {
				known[key] = true
				all = append(all, f)
			}
		}
	})
	return all
}

// formIn reads a form of a page with what its controls hold.
func formIn(node *html.Node) sent {
	f := sent{method: strings.ToUpper(attribute(node, "method")), action: attribute(node, "action"), values: url.Values{}}
	if f.method == "" {
		f.method = http.MethodGet
	}
	for control := range node.Descendants() {
		name := attribute(control, "name")
		if name == "" || control.Type != html.ElementNode {
			continue
		}
		switch kind := attribute(control, "type"); {
		case control.Data == "select" || control.Data == "button" || kind == "checkbox" || kind == "radio" || kind == "submit":
			if value := chosen(control); value != "" {
				f.values.Add(name, value)
			}
		default:
			f.values.Add(name, attribute(control, "value"))
		}
		if !slices.Contains(f.fields, name) {
			f.fields = append(f.fields, name)
		}
	}
	return f
}

// chosen is a value that a control with several would send.
func chosen(control *html.Node) (value string) {
	value = attribute(control, "value")
	for option := range control.Descendants() {
		if option.Data == "option" && (value == "" || slices.ContainsFunc(option.Attr, func(a html.Attribute) bool { return a.Key == "selected" })) {
			value = attribute(option, "value")
		}
	}
	return value
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestEveryActRefusesOtherSitesAndWhatIsTooBig(t *testing.T) {
	s := newStage(t)
	admin := dbtest.Admin.Account
	big := "nom=" + strings.Repeat("x", maxForm)
	for _, r := range s.engine.Routes() {
		s.furnish(r.Method + " " + r.Path)
	}
	before := s.before("GET /")
	for _, r := range s.engine.Routes() {
		if r.Method != http.MethodPost {
			continue
		}
		route := r.Method + " " + r.Path
		on := append(thingsOf(route), thing{})[0]
		for _, header := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://pirate.test"}, {"Origin", "null"}} {
			w := s.askWith(route, on, admin, "", header)
			if w.Code != http.StatusForbidden {
				t.Errorf("%s with %s: %s answers %d, want 403", route, header[0], header[1], w.Code)
			}
		}
		if w := s.askWith(route, on, admin, big, [2]string{}); w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%s with a body of 1 Mio and some answers %d, want 413", route, w.Code)
		}
	}
	if changed := s.since(before); len(changed) > 0 {
		t.Errorf("what was refused wrote in %v", changed)
	}
}

func TestEveryAnswerForbidsWhatIsNotOurs(t *testing.T) {
	s := newStage(t)
	strict := func(path string, w *httptest.ResponseRecorder) {
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'self'") || strings.Contains(policy, "unsafe") || strings.ContainsAny(policy, "*") ||
			!strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(policy, "base-uri 'none'") || !strings.Contains(policy, "form-action 'self'") {
			t.Errorf("GET %s: the policy is %q", path, policy)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
			t.Errorf("GET %s: headers %v, want nosniff and no-store", path, w.Header())
		}
	}
	for _, account := range []app.AccountID{"", dbtest.Reader.Account, dbtest.Admin.Account} {
		s.visit(account, strict)
	}
}
