package views

import "maillage/app"

func workshopPath(w app.Workshop) string { return meetingPath(w.ID) }

func meetingPath(id app.WorkshopID) string { return "/ateliers/" + pathEscape(string(id)) }

// The pages about one workshop, by the end of their address.
const (
	invitationsPage   = "/invitations"
	registrationsPage = "/inscriptions"
	doorPage          = "/presences"
)

// WorkshopTabs returns the pages about a workshop that v may open; keeper says that v
// keeps its door, current is the end of the address of the page on screen.
func WorkshopTabs(w app.Workshop, v app.Viewer, keeper bool, current string) []Link {
	links := []Link{{Href: workshopPath(w), Label: "L’atelier"}}
	if v.MayInviteTo(w) {
		links = append(links, Link{Href: workshopPath(w) + invitationsPage, Label: "Invitations"})
	}
	if v.MayInviteTo(w) || len(v.Organisations()) > 0 {
		links = append(links, Link{Href: workshopPath(w) + registrationsPage, Label: "Inscriptions"})
	}
	if keeper || v.MayCheckIn(w, nil) {
		links = append(links, Link{Href: workshopPath(w) + doorPage, Label: "Présences"})
	}
	for i := range links {
		links[i].Current = links[i].Href == workshopPath(w)+current
	}
	return links
}

// workshopWhen says when and where a workshop is held, on one line.
func workshopWhen(w app.Workshop) string {
	when := Capital(Span(w.StartsAt, w.EndsAt))
	switch {
	case w.Online():
		return when + "\u00a0· en visioconférence"
	case w.Place != "":
		return when + "\u00a0· " + w.Place
	}
	return when
}

// ordinal writes a rank as French reads it: "1er", "2e".
func ordinal(n int) string {
	if n == 1 {
		return "1er"
	}
	return app.Number(n) + "e"
}
