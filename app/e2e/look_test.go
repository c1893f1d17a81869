package e2e

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	cdp "github.com/chromedp/chromedp"
)

//go:embed testdata/axe-core/axe.min.js
var axe string

// axeResult is the part of axe-core's answer that says what to mend.
type axeResult struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string   `json:"html"`
		Target  []string `json:"target"`
		Summary string   `json:"failureSummary"`
	} `json:"nodes"`
}

func (r axeResult) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s: %s, %d times", r.ID, r.Help, len(r.Nodes))
	for i, n := range r.Nodes {
		if i == 3 {
			break
		}
		fmt.Fprintf(&s, "\n      %s\n      %.200s\n      %s", strings.Join(n.Target, " "), n.HTML, strings.ReplaceAll(n.Summary, "\n", " "))
	}
	return s.String()
}

// accessible fails the test for each violation axe-core finds on the page, with
// all its rules or, when some are named, with those alone.
func (b *tab) accessible(where string, rules ...string) {
	b.t.Helper()
	if !eval[bool](b, `!!window.axe`) {
		b.do(cdp.Evaluate[cdp.Void](axe))
	}
	options := map[string]any{"resultTypes": []string{"violations"}, "preload": false}
	if len(rules) > 0 {
		options["runOnly"] = rules
	}
	chosen, _ := json.Marshal(options)
	answer := eval[string](b, `axe.run(document, %s).then(r => JSON.stringify(r.violations))`, chosen)
	var violations []axeResult
	if err := json.Unmarshal([]byte(answer), &violations); err != nil {
		b.fatalf("reading axe-core's answer: %v", err)
	}
	for _, v := range violations {
		b.tell(where, v.String())
	}
}

// shorten takes away the rows of long lists after the first ones, which are made
// as those are, so that axe-core need not read them all.
func (b *tab) shorten() {
	b.t.Helper()
	b.do(cdp.Evaluate[cdp.Void](`document.querySelectorAll("tbody > tr:nth-child(n+10), li:nth-child(n+20)").forEach(e => e.remove())`))
}

// tell fails the test, with the fault in full the first time this tab meets it.
func (b *tab) tell(where, fault string) {
	b.t.Helper()
	if b.told == nil {
		b.told = map[string]bool{}
	}
	if b.told[fault] {
		fault, _, _ = strings.Cut(fault, "\n")
		fault += " (as before)"
	}
	b.told[fault] = true
	b.t.Errorf("%s: %s", where, fault)
}

// fits fails the test if the page is wider than its window of that many pixels, naming what sticks out.
func (b *tab) fits(where string, width int64) {
	b.t.Helper()
	wide := eval[[]string](b, `(() => {
		const width = %d;
		if (document.documentElement.scrollWidth <= width) return [];
		const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > width + 1)
			.map(e => e.localName + (e.id && "#" + e.id) + (e.className && typeof e.className === "string" ? "." + e.className.trim().replace(/\s+/g, ".") : "")
				+ " ends at " + Math.round(e.getBoundingClientRect().right));
		return ["scrolls to " + document.documentElement.scrollWidth + " px of " + width, ...out.slice(0, 4)];
	})()`, width)
	if len(wide) > 0 {
		b.tell(where, "the page scrolls sideways: "+strings.Join(wide, "; "))
	}
}

// screenshot leaves a picture of the page, in a window as high as it is (4 000 px at most), in the
// folder that MAILLAGE_SCREENSHOTS names, if it names one.
func (b *tab) screenshot(name string, width int64) {
	b.t.Helper()
	folder := os.Getenv("MAILLAGE_SCREENSHOTS")
	if folder == "" {
		return
	}
	b.window(width, eval[int64](b, `Math.min(4000, Math.max(600, document.documentElement.scrollHeight))`))
	defer b.resize(width)
	picture, err := cdp.Run(b.ctx, cdp.CaptureScreenshot())
	if err != nil {
		b.fatalf("taking the picture %s: %v", name, err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
