package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	cdp "github.com/chromedp/chromedp"
)

// patience is how long a tab waits for what it was told will happen.
const patience = 20 * time.Second

// A tab is one person at one screen: its own cookies, its own window. It fails
// its test as soon as something it was asked for does not come about, and at the
// end of the test if the page complained, broke the content security policy,
// missed a file or asked a third party for anything.
type tab struct {
	t    testing.TB
	ctx  context.Context
	next string          // another site that this journey goes by, "" for none
	told map[string]bool // faults already told in full

	mu         sync.Mutex
	site       string
	complaints []string
}

// newTab opens an empty tab of 1440 × 900 px in front of the site at an address
// such as http://127.0.0.1:4000, and closes it with the test.
func newTab(t testing.TB, site string) *tab {
	t.Helper()
	parent, err := browser()
	if errors.Is(err, errNoChromium) {
		t.Skip("no Chromium is installed: this journey needs one")
	}
	if err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	ctx, cancel := cdp.NewContext(parent, cdp.WithNewBrowserContext())
	b := &tab{t: t, ctx: ctx, site: site}
	t.Cleanup(func() { b.report(); cancel() })
	if err := cdp.Listen(ctx, b.listen); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	b.resize(1440)
	b.scheme("light")
	return b
}

func (b *tab) listen(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		// What the server refused on purpose is the journey's business; see below for files.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			b.complain("%s: %s", e.Entry.Source, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		b.complain("exception: %s %s", e.ExceptionDetails.Text, describe(e.ExceptionDetails.Exception))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError && len(e.Args) > 0 {
			b.complain("console.error: %s", describe(e.Args[0]))
		}
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(e.Request.URL)
		if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Scheme+"://"+u.Host != b.address() && u.Scheme+"://"+u.Host != b.next {
			b.complain("asked a third party for %s", e.Request.URL)
		}
	case *network.EventResponseReceived:
		page := e.Type == network.ResourceTypeDocument || e.Type == network.ResourceTypeXHR || e.Type == network.ResourceTypeFetch
		if e.Response.Status >= 500 || e.Response.Status >= 400 && !page {
			b.complain("%s answered %d", e.Response.URL, e.Response.Status)
		}
	}
}

func describe(o *runtime.RemoteObject) string {
	switch {
	case o == nil:
		return ""
	case o.Description != "":
		return o.Description
	}
	return string(o.Value)
}

// address is where the site is that the tab stands in front of.
func (b *tab) address() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.site
}

func (b *tab) complain(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, fmt.Sprintf(format, args...))
}

// heard returns what the pages complained of since the last time, and forgets it.
func (b *tab) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	complaints := b.complaints
	b.complaints = nil
	return complaints
}

func (b *tab) report() {
	b.t.Helper()
	for _, complaint := range b.heard() {
		b.t.Errorf("the browser complains: %s", complaint)
	}
}

func (b *tab) fatalf(format string, args ...any) {
	b.t.Helper()
	where, _ := cdp.Run(b.ctx, cdp.Evaluate[string](
		`location.href + "\n" + (document.querySelector("main") || document.body).innerText.replace(/\s*\n\s*/g, "\n").slice(0, 1500)`))
	b.t.Fatalf("%s\non %s", fmt.Sprintf(format, args...), where)
}

// do runs actions that take no longer than the tab's patience.
func (b *tab) do(actions ...cdp.Action[cdp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := cdp.Do(ctx, actions...); err != nil {
		b.fatalf("%v", err)
	}
}

// eval returns the value of a JavaScript expression; promises are awaited.
func eval[T any](b *tab, expression string, args ...any) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := cdp.Run(ctx, cdp.Evaluate[T](fmt.Sprintf(expression, args...), cdp.EvalAwaitPromise))
	if err != nil {
		b.fatalf("evaluating %.80s: %v", expression, err)
	}
	return v
}

// open goes to a path of the site and waits until it is loaded.
func (b *tab) open(path string) {
	b.t.Helper()
	b.do(cdp.Navigate(b.address() + path))
}

// resize makes the window so many CSS pixels wide; one of 390 is a phone.
func (b *tab) resize(width int64) {
	b.t.Helper()
	b.window(width, 900)
}

func (b *tab) window(width, height int64) {
	b.t.Helper()
	if width < 600 {
		b.do(cdp.EmulateViewport(width, height, cdp.EmulateMobile, cdp.EmulateTouch))
		return
	}
	b.do(cdp.EmulateViewport(width, height))
}

// scheme asks pages for their "light" or "dark" look, without movement: a transition between two pages takes the clicks while it runs.
func (b *tab) scheme(scheme string) {
	b.t.Helper()
	_, err := cdp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	if err != nil {
		b.fatalf("asking for the %s look: %v", scheme, err)
	}
}

// withoutScripts makes the tab a browser that runs no JavaScript of the page.
func (b *tab) withoutScripts() {
	b.t.Helper()
	if _, err := cdp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		b.fatalf("turning scripts off: %v", err)
	}
}

// wait polls a JavaScript expression until it is true, across navigations.
func (b *tab) wait(what, expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		_, err := cdp.Run(ctx, cdp.Poll[bool](expression, cdp.WithPollingInterval(20*time.Millisecond), cdp.WithPollingTimeout(patience)))
		if err == nil {
			return
		}
		// A poll ends with the document it watches: look again in the next one.
		if ctx.Err() != nil || strings.Contains(err.Error(), "timeout") {
			b.fatalf("waited %v for %s: %v", patience, what, err)
		}
	}
}
