// Package e2e holds the journeys in a real browser, the accessibility run and
// the crawl of every internal link; nothing else. Its tests drive the whole
// application, served over HTTP with the demonstration's data, through the
// machine's Chromium, and skip themselves where there is none.
//
// The accessibility run looks at few of the thousands of pages, chosen by choose so that
// every element in every state met on any of them is looked at: see features.
//
// With MAILLAGE_SCREENSHOTS set to a folder, the accessibility run also leaves
// there a picture of each page at each width, light and dark.
//
// testdata/axe-core is axe-core 4.14 as published on npm (Deque Systems,
// MPL-2.0), unchanged.
package e2e
