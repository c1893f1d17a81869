package views

import (
	"slices"
	"strings"
	"time"

	"maillage/app"
	"maillage/app/french"
)

// OrganisationPage is what the page of a structure shows, as far as the viewer may see.
type OrganisationPage struct {
	Frame        Frame
	Organisation app.Organisation
	Problem      string // what went wrong, said above it
	Members      []Member
	Services     []app.Service          // stopped ones too
	Coming       []OrganisationWorkshop // the next first
	Past         []OrganisationWorkshop // the last first
	History      []app.Entry
	Inquiry      app.Inquiry // the last one, for who may ask; zero: it never was asked
	Answered     bool        // somebody answers for it: said to who coordinates
	Merges       []app.Merge // into it, which the viewer can undo
	Now          time.Time
}

// Member is a person as one of a structure; contact details are there only if the viewer may see them.
type Member struct {
	Position app.Position
	Person   app.Person
	Referent bool
}

// OrganisationWorkshop is a workshop as it concerns a structure.
type OrganisationWorkshop struct {
	Workshop   app.Workshop
	Commune    string
	Hosted     bool
	Invited    bool // and the viewer may see what it answers
	Answer     app.Answer
	AnsweredAt time.Time
	Comment    string
	People     []Participant
}

// Participant is somebody at a workshop.
type Participant struct {
	ID    app.PersonID
	Name  string
	State app.Attendance
}

func personPath(p app.PersonID) string { return "/personnes/" + pathEscape(string(p)) }

func positionPath(p app.PositionID) string { return "/fonctions/" + pathEscape(string(p)) }

func (p OrganisationPage) path() string { return structurePath(p.Organisation.ID) }

func (p OrganisationPage) editable() bool {
	return p.Frame.Viewer.MayEditOrganisation(p.Organisation)
}

func (p OrganisationPage) archivable() bool {
	return p.Frame.Viewer.MayArchiveOrganisation(p.Organisation)
}

// mergeable reports whether the viewer may say that it is one with another.
func (p OrganisationPage) mergeable() bool {
	return !p.Organisation.Archived() && p.Frame.Viewer.MayTellApart(p.Organisation)
}

// members returns those who belong to the structure today, or those who left.
func (p OrganisationPage) members(past bool) (members []Member) {
	for _, m := range p.Members {
		if m.Position.Ended(p.Now) == past {
			members = append(members, m)
		}
	}
	return members
}

// archiving says what archiving this structure does.
func (p OrganisationPage) archiving() string {
	where := "de l’annuaire"
	if n := len(p.Organisation.Territories); n > 1 {
		where = "de l’annuaire de ses " + app.Number(n) + " territoires"
	}
	return "Archiver « " + p.Organisation.Name + " » ? Elle quittera les listes " + where + ", la carte et les invitations à venir. Son histoire reste, et elle peut être rétablie."
}

// precision says how well the place of a structure is known.
func precision(o app.Organisation) string {
	switch {
	case o.Precision == app.AtAddress && o.Point.Known():
		return "Placée à son adresse."
	case o.Commune != "":
		return "Placée au centre de la commune : l’adresse précise n’est pas située."
	}
	return "Sans commune : elle n’est pas placée sur la carte."
}

// provenance says where a record comes from and of when it is.
func provenance(o app.Organisation) string {
	changed := "modifiée ici le " + LongDate(app.DateOf(o.UpdatedAt))
	if o.Version <= 1 {
		changed = "pas modifiée depuis"
	}
	switch {
	case o.Source == "" && o.Version <= 1:
		return "Fiche saisie ici le " + LongDate(app.DateOf(o.CreatedAt)) + "."
	case o.Source == "":
		return "Fiche saisie ici, " + changed + "."
	case o.Vintage == "":
		return "Source : " + o.Source + ", " + changed + "."
	}
	return "Source : " + o.Source + ", données de " + vintage(o.Vintage) + ", " + changed + "."
}

// vintage writes "2019-08" as "août 2019".
func vintage(v string) string {
	if t, err := time.ParseInLocation("2006-01", v, app.Paris); err == nil {
		return french.Month(t)
	}
	if t, err := time.ParseInLocation(time.DateOnly, v, app.Paris); err == nil {
		return french.Date(t)
	}
	return v
}

// communeOrDepartment says where a structure is.
func communeOrDepartment(commune string, departmental bool) string {
	switch {
	case commune != "":
		return commune
	case departmental:
		return "Tout le département"
	}
	return ""
}

// postal writes an address on its lines.
func postal(o app.Organisation) string {
	town := strings.TrimSpace(o.PostalCode + " " + o.CommuneName)
	return strings.TrimSpace(o.Address + "\n" + town)
}

// phoneLink is the address that calls a telephone number.
func phoneLink(phone string) string {
	return "tel:" + strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, phone)
}

// plainSite is the address of a site as it is read.
func plainSite(site string) string {
	site = strings.TrimPrefix(strings.TrimPrefix(site, "https://"), "http://")
	return strings.TrimSuffix(strings.TrimPrefix(site, "www."), "/")
}

// term says since when and until when a position lasts.
func term(p app.Position) string {
	switch {
	case p.Since != "" && p.Until != "":
		return "du " + LongDate(p.Since) + " au " + LongDate(p.Until)
	case p.Until != "":
		return "jusqu’au " + LongDate(p.Until)
	case p.Since != "":
		return "depuis le " + LongDate(p.Since)
	}
	return ""
}

// functionAndTerm says what somebody does in a structure, and when.
func functionAndTerm(p app.Position) string {
	if p.Function == "" {
		return Capital(term(p))
	}
	if when := term(p); when != "" {
		return p.Function + ", " + when
	}
	return p.Function
}

// structureAnswer says what a structure answered, and in which tone.
func structureAnswer(w OrganisationWorkshop, now time.Time) (words, tone string) {
	switch {
	case w.Answer == app.Coming:
		return "A répondu : vient", "good"
	case w.Answer == app.Declined:
		return "A répondu : ne vient pas", ""
	case w.Workshop.Started(now):
		return "N’a pas répondu", ""
	}
	return "N’a pas encore répondu", "warn"
}

// there says who of a structure comes to a workshop, or was there.
func there(w OrganisationWorkshop, now time.Time) (names []string) {
	for _, p := range w.People {
		switch {
		case p.State == app.Present, p.State == "", p.State == app.Registered && !w.Workshop.Ended(now):
			names = append(names, p.Name)
		default:
			names = append(names, p.Name+" ("+strings.ToLower(p.State.Label())+")")
		}
	}
	return names
}

func themesWords(themes []app.Theme) []string {
	words := make([]string, 0, len(themes))
	for _, t := range app.Themes {
		if slices.Contains(themes, t.Key) {
			words = append(words, t.Short)
		}
	}
	return words
}
