package views

import (
	"strings"
	"time"

	"maillage/app"
)

// PersonPage is what the page of a person shows, as far as the viewer may see.
type PersonPage struct {
	Frame      Frame
	Person     app.Person // e-mail and telephone empty unless Contacts
	Positions  []Holding
	Workshops  []AttendedWorkshop // the last first
	Contacts   bool               // e-mail and telephone may be seen
	Editable   bool
	ObjectedAt time.Time   // not invited by e-mail since, zero unless the viewer may know
	Traced     bool        // the viewer may see who looked at it
	Account    bool        // the viewer keeps the accounts of the person's structures
	Erasable   bool        // the viewer keeps them and may erase the person
	History    []app.Entry // for who coordinates
	Now        time.Time
}

// Holding is a position with the structure it is held in.
type Holding struct {
	Position         app.Position
	OrganisationName string
	Archived         bool // the structure is
	Editable         bool // the position is, by the viewer
}

// AttendedWorkshop is a workshop a person was registered for.
type AttendedWorkshop struct {
	Workshop         app.Workshop
	Commune          string
	State            app.Attendance
	Organisation     app.OrganisationID
	OrganisationName string
}

func (p PersonPage) self() bool { return p.Frame.Viewer.IsPerson(p.Person.ID) }

func (p PersonPage) path() string { return personPath(p.Person.ID) }

// below says in one line what the person does now.
func (p PersonPage) below() string {
	var words []string
	for _, h := range p.holdings(false) {
		words = append(words, strings.TrimPrefix(h.Position.Function+", "+h.OrganisationName, ", "))
	}
	return strings.Join(words, " · ")
}

// holdings returns the positions that last, or those that ended.
func (p PersonPage) holdings(past bool) (all []Holding) {
	for _, h := range p.Positions {
		if h.Position.Ended(p.Now) == past {
			all = append(all, h)
		}
	}
	return all
}

// PersonForm is what is kept of a person as somebody writes it.
type PersonForm struct {
	Frame   Frame
	Name    string // as it is kept, whatever is typed
	Typed   app.Person
	Version int
	Filled              // what is wrong; its Typed is not used
	Theirs  app.Changes // what somebody else wrote in the meantime
	Self    bool        // it is one's own
}

func (f PersonForm) fields() []Field {
	return []Field{f.of("prenom", "Prénom", "", ""), f.of("nom", "Nom", "", ""), f.of("courriel", "Courriel", "", ""), f.of("telephone", "Téléphone", "", "")}
}

// NewMemberPage is where somebody is added to a structure: found in the directory or new.
type NewMemberPage struct {
	Frame        Frame
	Organisation app.Organisation
	Query        string         // looked for in the directory
	Found        []Acquaintance // by it
	Person       app.Person     // as typed
	Position     app.Position   // as typed
	Chosen       Acquaintance   // somebody known whom the form is about, or nobody
	Namesakes    []Acquaintance // who bear the name typed
	Filled                      // what is wrong; its Typed is not used
}

// Acquaintance is a person known in the territory.
type Acquaintance struct {
	ID           app.PersonID
	Name         string
	Function     string
	Organisation string
}

func (a Acquaintance) words() string {
	return strings.Trim(strings.TrimPrefix(a.Function+", "+a.Organisation, ", "), ", ")
}

func (p NewMemberPage) path() string { return structurePath(p.Organisation.ID) + "/personnes" }

func (p NewMemberPage) fields() []Field {
	return []Field{
		p.of("prenom", "Prénom", "", ""), p.of("nom", "Nom", "", ""), p.of("fonction", "Fonction", "", ""), p.of("courriel", "Courriel", "", ""),
		p.of("telephone", "Téléphone", "", ""), p.of("depuis", "Depuis le", "", ""), p.of("jusqu_au", "Jusqu’au", "", ""),
	}
}

// PositionForm is a position as somebody writes it.
type PositionForm struct {
	Frame        Frame
	Position     app.Position // as typed
	Person       app.Person
	Organisation app.Organisation
	Filled                   // what is wrong; its Typed is not used
	Theirs       app.Changes // what somebody else wrote in the meantime
}

func (f PositionForm) fields() []Field {
	return []Field{f.of("fonction", "Fonction", "", ""), f.of("depuis", "Depuis le", "", ""), f.of("jusqu_au", "Jusqu’au", "", "")}
}
