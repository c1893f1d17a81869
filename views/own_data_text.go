package views

import (
	"strings"

	"maillage/app"
)

// A textSection is a part of one's data to read, with its title and its lines.
type textSection struct {
	title string
	lines []string
}

func (s textSection) String() string {
	var b strings.Builder
	b.WriteString("\n" + s.title + "\n" + strings.Repeat("-", len([]rune(s.title))) + "\n")
	for _, line := range s.lines {
		if line != "" {
			b.WriteString(line + "\n")
		}
	}
	if len(s.lines) == 0 {
		b.WriteString("Rien.\n")
	}
	return b.String()
}

// lines writes each of all.
func lines[T any](all []T, write func(T) string) []string {
	written := make([]string, len(all))
	for i, one := range all {
		written[i] = write(one)
	}
	return written
}

// OwnDataText is p to read and to keep.
func OwnDataText(p OwnDataPage) string {
	text := "Mes données dans Maillage, le " + LongDate(app.DateOf(p.Now)) + "\n"
	for _, s := range p.sections() {
		text += s.String()
	}
	return text
}

func (p OwnDataPage) sections() []textSection {
	visible := "non"
	if p.Person.Visible {
		visible = "oui"
	}
	var account []string
	if f := OwnDataFileOf(p); f.Account != nil {
		account = append([]string{"Adresse : " + f.Account.Email}, f.Account.Roles...)
	}
	return []textSection{
		{"Qui je suis", []string{"Nom : " + p.Person.Name(), "Courriel : " + p.Person.Email, "Téléphone : " + p.Person.Phone, "Coordonnées visibles par les partenaires : " + visible, p.source()}},
		{"Pourquoi", []string{
			"À quoi cela sert : " + ownPurpose, "Base légale : " + ownBasis, "Qui voit quoi : " + ownSeen,
			"Combien de temps : " + p.Kept.Promise(), "Territoires : " + strings.Join(p.Places, ", "),
		}},
		{"Mes fonctions", lines(p.Positions, func(h Holding) string {
			return strings.Trim(h.OrganisationName+" : "+functionAndTerm(h.Position), " :")
		})},
		{"Mes inscriptions et présences", lines(p.Workshops, func(w AttendedWorkshop) string {
			return Day(w.Workshop.StartsAt) + " : " + w.Workshop.Title + ", " + w.State.Label()
		})},
		{"Mon compte", account},
		{"Les courriels que j’ai reçus", lines(p.Mails, func(m app.Mail) string { return DateTime(m.CreatedAt) + " : " + m.Subject })},
		{"Qui a consulté mes données depuis douze mois", lines(p.Reads, func(l ReadLine) string { return DateTime(l.At) + " : " + l.actor() + " " + l.told() })},
		{"Mes demandes", lines(p.Objections, func(o app.Objection) string {
			return DateTime(o.At) + " : " + o.Kind.Short() + ", " + objectionState(o) + ". " + o.Answer
		})},
	}
}
