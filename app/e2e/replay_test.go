package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"

	protocol "github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	cdp "github.com/chromedp/chromedp"
)

// A document is a page that the site answered to one person, kept to be shown in a
// browser as it came: the page of a refusal or of a spent link comes once.
type document struct {
	answer
	person  string
	site    string
	cookies map[string]string
}

// documents are the pages answered to the visitor, as they came to the person.
func (v *visitor) documents(person string, answers ...answer) (kept []document) {
	for _, a := range answers {
		if a.doc != nil {
			kept = append(kept, document{answer: a, person: person, site: v.site, cookies: maps.Clone(v.cookies)})
		}
	}
	return kept
}

// replayHeader asks a site of these tests for a kept document instead of its own answer.
const replayHeader = "Maillage-Replay"

var (
	replays  sync.Map // the number of a document → the document
	replayed atomic.Int64
)

// replaying answers with the kept document where a tab asks for one, or else as h does.
func replaying(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kept, ok := replays.Load(r.Header.Get(replayHeader))
		if !ok || r.Header.Get("Sec-Fetch-Dest") != "document" {
			h.ServeHTTP(w, r)
			return
		}
		d := kept.(document)
		maps.Copy(w.Header(), d.header)
		for _, name := range []string{"Set-Cookie", "Content-Length", "Content-Encoding"} {
			w.Header().Del(name)
		}
		w.WriteHeader(d.status)
		_, _ = w.Write(d.body)
	})
}

// show makes the tab the person's and asks, from now on, for the document where it navigates.
func (b *tab) show(d document) (forget func()) {
	b.t.Helper()
	b.mu.Lock()
	b.site = d.site
	b.mu.Unlock()
	number := fmt.Sprint(replayed.Add(1))
	replays.Store(number, d)
	var cookies []*network.CookieParam
	for name, value := range d.cookies {
		cookies = append(cookies, &network.CookieParam{Name: name, Value: value, URL: d.site})
	}
	b.call(cdp.Call(b.ctx, network.ClearBrowserCookies, protocol.Empty{}))
	if len(cookies) > 0 {
		b.call(cdp.Call(b.ctx, network.SetCookies, network.SetCookiesParams{Cookies: cookies}))
	}
	b.call(cdp.Call(b.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{replayHeader: number}}))
	return func() { replays.Delete(number) }
}

func (b *tab) call(_ protocol.Empty, err error) {
	b.t.Helper()
	if err != nil {
		b.fatalf("preparing the tab: %v", err)
	}
}
