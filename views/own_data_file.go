package views

import (
	"strings"
	"time"

	"maillage/app"
)

// OwnDataFile is all that is known of a person as a machine reads it. Names and shapes of
// its fields do not change; new ones may be added.
type OwnDataFile struct {
	Format       string              `json:"format"` // "maillage/mes-donnees/1"
	ExportedAt   time.Time           `json:"exporte_le"`
	Person       OwnPerson           `json:"personne"`
	Purpose      string              `json:"finalite"`
	Basis        string              `json:"base_legale"`
	Source       string              `json:"source"`
	Kept         string              `json:"conservation"`
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

func orNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// OwnDataFileOf is p as a machine reads it.
func OwnDataFileOf(p OwnDataPage) OwnDataFile {
	f := OwnDataFile{
		Format: "maillage/mes-donnees/1", ExportedAt: p.Now, Purpose: ownPurpose, Basis: ownBasis, Source: p.source(), Kept: p.Kept.Promise(), Territories: append([]string{}, p.Places...),
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

func (l ReadLine) told() string { return app.Tidy(l.what() + l.Title) }
