package views

import (
	"strings"
	"time"

	"maillage/app"
)

// InformationPage is how people learn that they are in the directory.
type InformationPage struct {
	Frame     Frame
	Text      Field
	Own       bool // the administration wrote it
	Days      string
	Link      string
	Otherwise []app.Person
	Leaving   []app.DueItem // whose record goes soon and who have no address
	Kept      app.Retention
	Now       time.Time
}

// fixed reports whether the text of the administration says for itself how long data is
// kept: then it does not follow the rules.
func (p InformationPage) fixed() bool { return !strings.Contains(p.Text.Value, app.PlaceTimes) }

func (p InformationPage) preview() string {
	return app.FilledNotice(p.Text.Value, "Inès Faure", p.Frame.Viewer.TerritoryName, LongDate(app.DateOf(p.Now)), p.Kept, p.Link)
}

// InformationLetter is the notice to a person whom somebody else added.
func InformationLetter(text string, to app.Person, territory string, kept app.Retention, link string) app.Mail {
	if territory == "" {
		territory = "la convention territoriale globale"
	}
	return app.Mail{Subject: "Vous êtes dans l’annuaire des partenaires : vos droits", Body: app.FilledNotice(text, to.Name(), territory, LongDate(app.DateOf(to.CreatedAt)), kept, link) + "\n"}
}
