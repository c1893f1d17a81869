// Package views turns values into HTML. A component takes the values it shows and
// nothing else; a page is made of the same components that HTMX asks for one by one.
package views

import (
	"unicode/utf8"

	"maillage/app"
)

// htmxConfig leaves the indicator to our own stylesheet, which a strict policy allows.
const htmxConfig = `{"includeIndicatorCSS":false,"defaultTimeout":20000}`

// Frame is what every page shows around its content.
type Frame struct {
	Title       string          // of the page, as its h1 and in the browser's tab
	Section     string          // address of the entry of the menu it belongs to: "/structures"
	Viewer      app.Viewer      // who is signed in
	Notice      string          // what has just been done, once
	Undo        string          // address to POST to in order to undo it, or ""
	Territories []app.Territory // those the viewer may switch to, when there are several
	Path        string          // address of the page, to come back to
	Demo        bool            // people are invented
	Door        Door            // the way in by a provider of identities
	Scripts     []string        // of assets, for this page alone
	Styles      []string        // likewise
}

// InstallSection is the section of the page that sets an instance up, where nobody can sign in yet.
const InstallSection = "/installation"

// coordinates reports whether the viewer coordinates the whole of the territory on screen.
func (f Frame) coordinates() bool { return f.Viewer.MayCoordinate(f.Viewer.Territory) }

// may reports whether the viewer may do a on something of the territory on screen.
func (f Frame) may(a app.Act) bool { return f.Viewer.MayHere(a) }

// A link of the main menu: its address, words, icon and key after "g".
type menuEntry struct{ href, label, icon, key string }

var menu = []menuEntry{
	{"/", "Accueil", "home", "h"},
	{"/structures", "Structures", "structures", "s"},
	{"/ateliers", "Ateliers", "workshops", "a"},
	{"/reseau/carte", "Réseau", "network", "r"},
	{"/convention", "Convention", "convention", "c"},
}

// initials returns the first letters of a name, for a badge.
func initials(name string) string {
	var s string
	space := true
	for _, r := range name {
		if space && r != ' ' && utf8.RuneCountInString(s) < 2 {
			s += string(r)
		}
		space = r == ' ' || r == '-'
	}
	return s
}

// roleWords says in which quality v is here.
func roleWords(v app.Viewer) string {
	if v.Administrator && v.MayCoordinate(v.Territory) && len(v.Coordinates) > 0 {
		return "Administration et coordination"
	}
	role := app.Grant{Role: v.Role()}
	if role.Role == app.ThemedCoordination {
		role.Themes = v.ThemesAt(v.Territory)
	}
	return role.Words()
}
