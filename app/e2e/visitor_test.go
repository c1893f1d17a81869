package e2e

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A visitor reads the site as a browser without JavaScript or style would: pages,
// links and forms over HTTP, with its own cookies.
type visitor struct {
	t       testing.TB
	site    string
	cookies map[string]string
	client  *http.Client
}

func newVisitor(t testing.TB, site string) *visitor {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	t.Cleanup(client.CloseIdleConnections)
	return &visitor{t: t, site: site, cookies: map[string]string{}, client: client}
}

// An answer is what came back for one address, redirects followed.
type answer struct {
	path   string // with its query, after the last redirect
	status int
	header http.Header
	body   []byte
	doc    *html.Node // nil when it is not a page
}

func (v *visitor) get(path string) answer {
	v.t.Helper()
	return v.send(http.MethodGet, path, nil)
}

func (v *visitor) post(path string, form url.Values) answer {
	v.t.Helper()
	return v.send(http.MethodPost, path, form)
}

func (v *visitor) send(method, path string, form url.Values) answer {
	v.t.Helper()
	for range 10 {
		a, location := v.once(method, path, form)
		if location == "" {
			return a
		}
		base, _ := url.Parse(v.site + path)
		next, err := base.Parse(location)
		if err != nil || next.Scheme+"://"+next.Host != v.site {
			v.t.Errorf("%s %s leads out of the site, to %s", method, path, location)
			return a
		}
		method, path, form = http.MethodGet, next.RequestURI(), nil
	}
	v.t.Fatalf("%s: redirected for ever", path)
	return answer{}
}

func (v *visitor) once(method, path string, form url.Values) (a answer, location string) {
	v.t.Helper()
	request, err := http.NewRequestWithContext(v.t.Context(), method, v.site+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Origin", v.site)
	}
	for name, value := range v.cookies {
		request.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	response, err := v.client.Do(request)
	if err != nil {
		v.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	for _, cookie := range response.Cookies() {
		v.cookies[cookie.Name] = cookie.Value
	}
	a = answer{path: path, status: response.StatusCode, header: response.Header}
	// A live stream never ends: its first bytes are enough.
	if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		if a.body, err = io.ReadAll(response.Body); err != nil {
			v.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
		if a.doc, err = html.Parse(strings.NewReader(string(a.body))); err != nil {
			v.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	if a.status/100 == 3 {
		location = response.Header.Get("Location")
	}
	return a, location
}

// all returns the elements under n that keep says to keep, in their order.
func all(n *html.Node, keep func(*html.Node) bool) (found []*html.Node) {
	for child := range n.Descendants() {
		if child.Type == html.ElementNode && keep(child) {
			found = append(found, child)
		}
	}
	return found
}

func named(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for _, name := range names {
			if n.Data == name {
				return true
			}
		}
		return false
	}
}

// attribute returns an attribute of an element and whether it has it.
func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func value(n *html.Node, name string) string {
	v, _ := attribute(n, name)
	return v
}

// words returns the text under an element on one line.
func words(n *html.Node) string {
	var s strings.Builder
	for child := range n.Descendants() {
		if child.Type == html.TextNode {
			s.WriteString(child.Data + " ")
		}
	}
	return strings.Join(strings.Fields(s.String()), " ")
}
