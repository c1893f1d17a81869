package views

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"maillage/app"
)

// InquiryPath is what the links of such letters begin with, after the address of the site.
const InquiryPath = "/fiche/"

// Inquiry is what is written to somebody so that they say whether a record is right.
type Inquiry struct {
	Organisation app.Organisation
	Recipient    app.Recipient
	Territory    string // its name
	Subject      string // of the campaign, "" for the usual one
	Body         string // of the campaign
	Reminder     bool
	Link         string
}

// The subject and the text that the coordination may change in a campaign.
const (
	InquirySubject = "Votre fiche est-elle toujours juste ?"
	InquiryBody    = "L’annuaire des partenaires sert chaque jour à orienter des familles : il ne vaut que s’il est juste. Voici votre fiche telle qu’on la lit aujourd’hui."
)

// InquiryLetter words the letter, without its recipient. What a person wrote in a record is
// never a link of ours: theirs stands alone on its line.
func InquiryLetter(i Inquiry) app.Mail {
	subject, body := InquirySubject, InquiryBody
	if i.Subject != "" {
		subject, body = i.Subject, i.Body
	}
	if i.Reminder {
		subject = "Rappel : " + lowerFirst(subject)
	}
	greeting := "Bonjour,"
	if i.Recipient.Name != "" {
		greeting = "Bonjour " + i.Recipient.Name + ","
	}
	lines := []string{greeting, "", body, "", i.Organisation.Name}
	for _, f := range publicFields(i.Organisation) {
		value := f.value
		if value == "" {
			value = "(rien)"
		}
		lines = append(lines, f.label+" : "+strings.Join(strings.Fields(cut(value, 300)), " "))
	}
	lines = append(lines, "",
		"C’est toujours juste, ou quelque chose a changé ? Dites-le en une minute, sans compte ni mot de passe :", i.Link, "",
		"Ce lien sert "+days(app.InquiryLinkLife)+". Il ne montre que la fiche de la structure. Si vous n’êtes plus la bonne personne, dites-le au même endroit : nous ne vous écrirons plus à ce sujet.", "",
		"La coordination de la convention territoriale globale, "+i.Territory, "")
	return app.Mail{Subject: subject, Body: strings.Join(lines, "\n")}
}

// lowerFirst writes a subject after « Rappel : ».
func lowerFirst(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:n]) + s[n:]
}

func days(d time.Duration) string { return app.Count(int(d.Hours()/24), "jour", "jours") }

// cut shortens a long text.
func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	return s
}

// A publicField is one thing that the public may know of a structure.
type publicField struct{ label, value string }

// publicFields are what is shown of a record to who follows the link of a letter: nothing of
// any person, and nothing that is not for all.
func publicFields(o app.Organisation) []publicField {
	return []publicField{
		{"Catégorie", o.Category.Label()},
		{"Thèmes", app.ThemeLabels(o.Themes)},
		{"Description", o.Description},
		{"Téléphone", o.Phone},
		{"Courriel de la structure", o.Email},
		{"Site", plainSite(o.Website)},
		{"Adresse", postal(o)},
		{"Horaires", o.OpeningHours},
	}
}

// InquiryPage is where the link of such a letter leads.
type InquiryPage struct {
	Frame        Frame
	Token        string
	Organisation app.Organisation
	Link         app.InquiryLink
	Problem      string
	Now          time.Time
}

func (p InquiryPage) path(under string) string { return InquiryPath + pathEscape(p.Token) + under }

func (p InquiryPage) version() string { return strconv.Itoa(p.Organisation.Version) }

// answered reports whether the structure has already said what it had to.
func (p InquiryPage) answered() bool {
	return p.Link.Inquiry.Answered()
}

// InquiryForm is the record as who follows the link corrects it.
type InquiryForm struct {
	InquiryPage
	Version     int
	Typed       app.Organisation
	Message     string
	Filled      Filled
	Differences []app.Difference
	Communes    []app.Commune
}

func (f InquiryForm) of(name, label, value, hint string) Field {
	return f.Filled.of(name, label, value, hint)
}

// fields are those of the form in its order.
func (f InquiryForm) fields() (all []Field) {
	for _, one := range [][2]string{
		{"description", "Description"},
		{"telephone", "Téléphone"},
		{"site", "Site"},
		{"adresse", "Adresse"},
		{"code_postal", "Code postal"},
		{"commune", "Commune"},
		{"horaires", "Horaires"},
		{"message", "Message à la coordination"},
	} {
		all = append(all, f.of(one[0], one[1], "", ""))
	}
	return all
}

func (f InquiryForm) communes() []Option {
	return OrganisationForm{Typed: f.Typed, Communes: f.Communes}.communes()
}
