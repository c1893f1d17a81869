package views

import (
	"strings"
	"time"

	"maillage/app"
)

// OwnDataPage is all that is known of a person, for themselves.
type OwnDataPage struct {
	Frame        Frame
	Base         string // address of the page
	Linked       bool   // reached by a personal link
	Person       app.Person
	AddedBy      string // who entered it, "" when not known
	InformedAt   time.Time
	ObjectedAt   time.Time
	Positions    []Holding
	Workshops    []AttendedWorkshop
	Account      *AccountRow // nil without one
	AccountSince time.Time
	Mails        []app.Mail
	Reads        []ReadLine
	Objections   []app.Objection
	Places       []string
	Forms        OwnDataForms
	Now          time.Time
}

// OwnDataForms is what was typed on that page and is wrong.
type OwnDataForms struct {
	Correction Filled
	Typed      bool // show what was typed instead of what is kept
	Objection  Filled
}

func (p OwnDataPage) value(name, kept string) string {
	if p.Forms.Typed {
		return p.Forms.Correction.Typed.Get(name)
	}
	return kept
}

func (p OwnDataPage) field(f Field, kept string) Field {
	f.Value, f.Error = p.value(f.Name, kept), p.Forms.Correction.Wrong[f.Name]
	return f
}

func (p OwnDataPage) fields() []Field {
	fields := []Field{
		p.field(Field{Name: "prenom", Label: "Prénom", Max: app.MaxPersonName}, p.Person.FirstName),
		p.field(Field{Name: "nom", Label: "Nom", Required: true, Max: app.MaxPersonName}, p.Person.LastName),
		p.field(Field{Name: "courriel", Label: "Courriel", Type: "email", Hint: "Une nouvelle adresse est à confirmer par un lien qui y est envoyé."}, p.Person.Email),
		p.field(Field{Name: "telephone", Label: "Téléphone", Type: "tel"}, p.Person.Phone),
	}
	for _, h := range p.current() {
		fields = append(fields, p.field(Field{Name: "fonction-" + string(h.Position.ID), Label: "Fonction à " + h.OrganisationName, Max: app.MaxFunction}, h.Position.Function))
	}
	return fields
}

func (p OwnDataPage) visible() bool {
	if p.Forms.Typed {
		return p.Forms.Correction.Typed.Get("visible") != ""
	}
	return p.Person.Visible
}

func (p OwnDataPage) current() (all []Holding) {
	for _, h := range p.Positions {
		if !h.Position.Ended(p.Now) {
			all = append(all, h)
		}
	}
	return all
}

// source says who entered the data, and when.
func (p OwnDataPage) source() string {
	words := "Enregistrées le " + LongDate(app.DateOf(p.Person.CreatedAt))
	if p.AddedBy != "" {
		words += " par " + p.AddedBy
	}
	return words + "."
}

func (p OwnDataPage) objectionFields() []Field {
	return []Field{
		{Name: "demande", Label: "Ce que vous demandez", Error: p.Forms.Objection.Wrong["demande"], Value: p.Forms.Objection.Typed.Get("demande")},
		{Name: "motif", Label: "Pourquoi", Hint: "Nécessaire pour une opposition : ce qui, dans votre situation, la justifie.", Error: p.Forms.Objection.Wrong["motif"], Value: p.Forms.Objection.Typed.Get("motif"), Max: app.MaxReason},
	}
}

func objectionState(o app.Objection) string {
	switch {
	case o.Closed.IsZero():
		return "En attente, réponse avant le " + LongDate(app.DateOf(o.Due()))
	case o.Granted:
		return "Acceptée le " + LongDate(app.DateOf(o.Closed))
	}
	return "Refusée le " + LongDate(app.DateOf(o.Closed))
}

// OwnDataFile is all that is known of a person as a machine reads it. Names and shapes of
// its fields do not change; new ones may be added.
type OwnDataFile struct {
	Format       string              `json:"format"` // "maillage/mes-donnees/1"
	ExportedAt   time.Time           `json:"exporte_le"`
	Person       OwnPerson           `json:"personne"`
	Purpose      string              `json:"finalite"`
	Basis        string              `json:"base_legale"`
	Source       string              `json:"source"`
	Territories  []string            `json:"territoires"`
	Positions    []OwnPosition       `json:"fonctions"`
	Attendance   []OwnAttendance     `json:"rencontres"`
	Account      *OwnAccount         `json:"compte"`
	Mails        []OwnMail           `json:"courriels_recus"`
	Reads        []OwnRead           `json:"consultations"`
	Objections   []OwnObjectionEntry `json:"demandes"`
	InformedAt   *time.Time          `json:"informee_le"`
	NoMailsSince *time.Time          `json:"sans_invitation_depuis"`
}

// OwnPerson is the record of a person in an OwnDataFile.
type OwnPerson struct {
	ID        string    `json:"id"`
	FirstName string    `json:"prenom"`
	LastName  string    `json:"nom"`
	Email     string    `json:"courriel"`
	Phone     string    `json:"telephone"`
	Visible   bool      `json:"coordonnees_visibles"`
	CreatedAt time.Time `json:"cree_le"`
	UpdatedAt time.Time `json:"modifie_le"`
}

// OwnPosition is one function of a person in an OwnDataFile; dates are "2026-01-31" or "".
type OwnPosition struct {
	Organisation string `json:"structure"`
	Function     string `json:"fonction"`
	Since        string `json:"depuis"`
	Until        string `json:"jusqu_au"`
}

// OwnAttendance is one workshop of a person in an OwnDataFile.
type OwnAttendance struct {
	Workshop     string    `json:"rencontre"`
	StartsAt     time.Time `json:"debut"`
	Organisation string    `json:"structure"`
	State        string    `json:"etat"`
}

// OwnAccount is the account of a person in an OwnDataFile.
type OwnAccount struct {
	Email      string     `json:"courriel"`
	CreatedAt  time.Time  `json:"cree_le"`
	LastSignIn *time.Time `json:"derniere_connexion"`
	Roles      []string   `json:"roles"`
}

// OwnMail is an e-mail written to a person in an OwnDataFile.
type OwnMail struct {
	Subject string    `json:"objet"`
	At      time.Time `json:"ecrit_le"`
}

// OwnRead is one look at a person's data in an OwnDataFile.
type OwnRead struct {
	At   time.Time `json:"le"`
	By   string    `json:"par"`
	As   string    `json:"structure"`
	What string    `json:"quoi"`
}

// OwnObjectionEntry is one request of a person in an OwnDataFile.
type OwnObjectionEntry struct {
	Kind   string    `json:"demande"`
	Reason string    `json:"motif"`
	At     time.Time `json:"le"`
	State  string    `json:"etat"`
	Answer string    `json:"reponse"`
}

const (
	ownPurpose = "Préparer et tenir les rencontres de la convention territoriale globale : annuaire des partenaires, invitations, présences, comptes rendus."
	ownBasis   = "Mission d’intérêt public (RGPD, article 6, paragraphe 1, e)."
	ownKept    = "Vos coordonnées : tant que vous participez, puis trois ans au plus sans nouvelles de vous. Vos présences : jusqu’à l’évaluation de la convention, puis sans votre nom. La trace des consultations : douze mois."
	ownSeen    = "Votre nom, votre fonction et votre structure sont vus par les partenaires connectés ; vos coordonnées, par votre structure et la coordination seulement, sauf si vous les rendez visibles."
)

func orNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// OwnDataFileOf is p as a machine reads it.
func OwnDataFileOf(p OwnDataPage) OwnDataFile {
	f := OwnDataFile{
		Format: "maillage/mes-donnees/1", ExportedAt: p.Now, Purpose: ownPurpose, Basis: ownBasis, Source: p.source(), Territories: append([]string{}, p.Places...),
		Person: OwnPerson{
			string(p.Person.ID), p.Person.FirstName, p.Person.LastName, p.Person.Email, p.Person.Phone, p.Person.Visible, p.Person.CreatedAt, p.Person.UpdatedAt,
		},
		Positions: []OwnPosition{}, Attendance: []OwnAttendance{}, Mails: []OwnMail{}, Reads: []OwnRead{}, Objections: []OwnObjectionEntry{},
		InformedAt: orNil(p.InformedAt), NoMailsSince: orNil(p.ObjectedAt),
	}
	for _, h := range p.Positions {
		f.Positions = append(f.Positions, OwnPosition{h.OrganisationName, h.Position.Function, string(h.Position.Since), string(h.Position.Until)})
	}
	for _, w := range p.Workshops {
		f.Attendance = append(f.Attendance, OwnAttendance{w.Workshop.Title, w.Workshop.StartsAt, w.OrganisationName, string(w.State)})
	}
	if p.Account != nil {
		f.Account = &OwnAccount{p.Account.Email, p.AccountSince, orNil(p.Account.LastSignIn), []string{}}
		for _, r := range p.Account.Roles {
			f.Account.Roles = append(f.Account.Roles, r.words())
		}
	}
	for _, m := range p.Mails {
		f.Mails = append(f.Mails, OwnMail{m.Subject, m.CreatedAt})
	}
	for _, l := range p.Reads {
		f.Reads = append(f.Reads, OwnRead{l.At, l.actor(), l.As, l.told()})
	}
	for _, o := range p.Objections {
		f.Objections = append(f.Objections, OwnObjectionEntry{string(o.Kind), o.Reason, o.At, objectionState(o), o.Answer})
	}
	return f
}

func (r RoleLine) words() string { return strings.TrimSuffix(r.Role.Label()+" : "+r.of(), " : ") }

func (l ReadLine) told() string { return app.Tidy(l.what() + " " + l.Title) }

// OwnDataText is p to read and to keep.
func OwnDataText(p OwnDataPage) string {
	var b strings.Builder
	section := func(title string, lines ...string) {
		b.WriteString("\n" + title + "\n" + strings.Repeat("-", len([]rune(title))) + "\n")
		for _, line := range lines {
			if line != "" {
				b.WriteString(line + "\n")
			}
		}
		if len(lines) == 0 {
			b.WriteString("Rien.\n")
		}
	}
	b.WriteString("Mes données dans Maillage, le " + LongDate(app.DateOf(p.Now)) + "\n")
	section("Qui je suis", "Nom : "+p.Person.Name(), "Courriel : "+p.Person.Email, "Téléphone : "+p.Person.Phone,
		"Coordonnées visibles par les partenaires : "+map[bool]string{true: "oui", false: "non"}[p.Person.Visible], p.source())
	section("Pourquoi", "À quoi cela sert : "+ownPurpose, "Base légale : "+ownBasis, "Qui voit quoi : "+ownSeen, "Combien de temps : "+ownKept, "Territoires : "+strings.Join(p.Places, ", "))
	f := OwnDataFileOf(p)
	var lines []string
	for _, h := range p.Positions {
		lines = append(lines, strings.Trim(h.OrganisationName+" : "+functionAndTerm(h.Position), " :"))
	}
	section("Mes fonctions", lines...)
	lines = nil
	for _, w := range p.Workshops {
		lines = append(lines, Day(w.Workshop.StartsAt)+" : "+w.Workshop.Title+", "+w.State.Label())
	}
	section("Mes inscriptions et présences", lines...)
	lines = nil
	if f.Account != nil {
		lines = append([]string{"Adresse : " + f.Account.Email}, f.Account.Roles...)
	}
	section("Mon compte", lines...)
	lines = nil
	for _, m := range p.Mails {
		lines = append(lines, DateTime(m.CreatedAt)+" : "+m.Subject)
	}
	section("Les courriels que j’ai reçus", lines...)
	lines = nil
	for _, l := range p.Reads {
		lines = append(lines, DateTime(l.At)+" : "+l.actor()+" "+l.told())
	}
	section("Qui a consulté mes données depuis douze mois", lines...)
	lines = nil
	for _, o := range p.Objections {
		lines = append(lines, DateTime(o.At)+" : "+o.Kind.Short()+", "+objectionState(o)+". "+o.Answer)
	}
	section("Mes demandes", lines...)
	return b.String()
}

// ObjectionsPage is what people ask about their data.
type ObjectionsPage struct {
	Frame Frame
	All   []app.Objection
	At    app.ObjectionID // the one that Form answers
	Form  Filled
	Now   time.Time
}

func (p ObjectionsPage) answer(o app.Objection) Field {
	f := Field{ID: "reponse-" + string(o.ID), Name: "reponse", Label: "Votre réponse à la personne", Hint: "Envoyée par courriel. Nécessaire pour un refus : il se motive.", Max: app.MaxReason}
	if o.ID == p.At {
		f.Value, f.Error = p.Form.Typed.Get("reponse"), p.Form.Wrong["reponse"]
	}
	return f
}

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

func (p InformationPage) preview() string {
	return app.FilledNotice(p.Text.Value, "Inès Faure", p.Frame.Viewer.TerritoryName, LongDate(app.DateOf(p.Now)), p.Link)
}

// InformationLetter is the notice to a person whom somebody else added.
func InformationLetter(text string, to app.Person, territory, link string) app.Mail {
	if territory == "" {
		territory = "la convention territoriale globale"
	}
	return app.Mail{Subject: "Vous êtes dans l’annuaire des partenaires : vos droits", Body: app.FilledNotice(text, to.Name(), territory, LongDate(app.DateOf(to.CreatedAt)), link) + "\n"}
}

// PersonLinkLetter carries the personal links of names, in that order.
func PersonLinkLetter(names, links []string) app.Mail {
	body := "Bonjour,\n\nOuvrez ce lien pour voir ce que Maillage sait de vous, le corriger, l’emporter, vous y opposer ou savoir qui l’a consulté :\n\n"
	for i, name := range names {
		if len(names) > 1 {
			body += name + " :\n"
		}
		body += links[i] + "\n\n"
	}
	return app.Mail{
		Subject: "Votre lien personnel vers vos données",
		Body:    body + "Il sert pendant 30 jours. Il est personnel : ne le transmettez pas. Si vous n’avez rien demandé, ne faites rien.\n\nMaillage\n",
	}
}

// ConfirmAddressLetter asks a new address to confirm that it is the person's.
func ConfirmAddressLetter(link string) app.Mail {
	return app.Mail{
		Subject: "Confirmez votre nouvelle adresse",
		Body:    "Bonjour,\n\nVous avez indiqué cette adresse sur votre fiche dans Maillage. Pour qu’elle remplace l’ancienne, suivez ce lien :\n\n" + link + "\n\nIl sert une fois, pendant trois jours. Si vous n’avez rien demandé, ne faites rien.\n\nMaillage\n",
	}
}

// ObjectionLetter tells who coordinates what a person asks.
func ObjectionLetter(o app.Objection, site string) app.Mail {
	return app.Mail{
		Subject: "Demande sur des données personnelles : " + o.Kind.Short(),
		Body: "Bonjour,\n\n" + o.Name + " a fait une demande sur ses données : " + o.Kind.Label() + ".\n\nElle attend une réponse avant le " + LongDate(app.DateOf(o.Due())) +
			" (un mois, RGPD, article 12) :\n" + site + "/administration/demandes\n\nD’ici là, elle n’est plus invitée par courriel.\n\nMaillage\n",
	}
}

// ObjectionAnswerLetter tells a person what was answered.
func ObjectionAnswerLetter(o app.Objection) app.Mail {
	said := "Votre demande est acceptée : vous n’êtes plus invité·e par courriel."
	switch {
	case !o.Granted:
		said = "Votre demande n’a pas été acceptée."
	case o.Kind == app.ToErase:
		said = "Votre demande est acceptée : votre fiche est effacée. Vos présences restent comptées, sans votre nom."
	}
	if o.Answer != "" {
		said += "\n\nLa coordination vous écrit :\n" + o.Answer
	}
	if !o.Granted {
		said += "\n\nSi cette réponse ne vous convient pas, vous pouvez saisir la CNIL : www.cnil.fr/plaintes."
	}
	return app.Mail{Subject: "Réponse à votre demande sur vos données", Body: "Bonjour,\n\n" + said + "\n\nLa coordination de la convention territoriale globale\n"}
}
