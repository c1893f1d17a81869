package e2e

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	cdp "github.com/chromedp/chromedp"
)

// reading is how long axe-core may read one page: one of three thousand elements takes it
// seconds of a busy machine.
const reading = 2 * time.Minute

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

// accessible fails the test for each violation that axe-core finds on the whole page,
// with all its rules.
func (b *tab) accessible(where string) {
	b.t.Helper()
	if !eval[bool](b, `!!window.axe`) {
		b.do(cdp.Evaluate[cdp.Void](axe))
	}
	ctx, cancel := context.WithTimeout(b.ctx, reading)
	defer cancel()
	answer, err := cdp.Run(ctx, cdp.Evaluate[string](
		`axe.run(document, {resultTypes: ["violations"], preload: false}).then(r => JSON.stringify(r.violations))`, cdp.EvalAwaitPromise))
	if err != nil {
		b.fatalf("%s: running axe-core: %v", where, err)
	}
	var violations []axeResult
	if err := json.Unmarshal([]byte(answer), &violations); err != nil {
		b.fatalf("reading axe-core's answer: %v", err)
	}
	for _, v := range violations {
		b.tell(where, v.String())
	}
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
