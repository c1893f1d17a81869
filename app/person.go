package app

import "time"

// Person is somebody of the partnership, with or without an account.
type Person struct {
	ID        PersonID
	FirstName string
	LastName  string
	Email     string
	Phone     string
	Visible   bool // the person lets every signed-in partner see e-mail and telephone
	Invented  bool // does not exist: made up for the demonstration
	CreatedAt time.Time
	UpdatedAt time.Time
	Version   int
}

// Name returns first and last name.
func (p Person) Name() string { return Tidy(p.FirstName + " " + p.LastName) }

// Named returns p as an entry of the journal names them.
func (p Person) Named() Named { return Named{p.ID, p.Name()} }

// Limits of what is kept of a person, in characters.
const (
	MaxPersonName = 80
	MaxFunction   = 120
	MaxEmail      = 254 // RFC 5321
)

// Checked returns p as it is kept, each value tidied, or an Invalid error that says by
// field of the form what cannot be kept; then p still holds all that was typed.
func (p Person) Checked() (Person, error) { return p.CheckedOver(Person{}) }

// CheckedOver is Checked for what replaces before: a name that was kept stays as it is, so
// that whoever bears one that nobody may type any more is still edited.
func (p Person) CheckedOver(before Person) (Person, error) {
	wrong := Fields{}
	p.FirstName, p.LastName, p.Email, p.Phone = Tidy(p.FirstName), Tidy(p.LastName), Tidy(p.Email), TidyPhone(p.Phone)
	if Fold(p.LastName) == "" {
		wrong.Add("nom", "Indiquez le nom de famille.")
	}
	if p.FirstName != before.FirstName {
		wrong.Name(FieldFirstName, p.FirstName)
	}
	if p.LastName != before.LastName {
		wrong.Name(FieldLastName, p.LastName)
	}
	wrong.Limit("telephone", p.Phone, MaxPhone)
	wrong.Email("courriel", p.Email)
	return p, wrong.Err()
}

// ChangesFrom returns what p changes of before, in the words of the page.
func (p Person) ChangesFrom(before Person) (changes Changes) {
	changes.Note("Prénom", before.FirstName, p.FirstName)
	changes.Note("Nom", before.LastName, p.LastName)
	changes.Note("Courriel", before.Email, p.Email)
	changes.Note("Téléphone", before.Phone, p.Phone)
	changes.Note("Coordonnées visibles par les partenaires", yesNo(before.Visible), yesNo(p.Visible))
	return changes
}

// Position is what a person does in an organisation, from a day to another.
type Position struct {
	ID           PositionID
	Person       PersonID
	Organisation OrganisationID
	Function     string
	Since        Date // "" when not known
	Until        Date // "" while it lasts
	Unconfirmed  bool // written by who may not edit the person’s record: it gives no right over them yet
	Version      int
}

// Holds reports whether p lasts at t.
func (p Position) Holds(t time.Time) bool { return Covers(p.Since, p.Until, t) }

// Ended reports whether p is over at t; one that has not begun is not.
func (p Position) Ended(t time.Time) bool { return p.Until != "" && DateOf(t) > p.Until }

// Left returns p as of somebody who is gone at t: yesterday was the last day, or the
// first if it began today. One that is over stays as it is.
func (p Position) Left(t time.Time) Position {
	if !p.Ended(t) {
		p.Until = max(p.Since, DateOf(t.AddDate(0, 0, -1)))
	}
	return p
}

// Checked returns p as it is kept, or an Invalid error that says by field of the form
// what cannot be kept; then p still holds all that was typed.
func (p Position) Checked() (Position, error) {
	wrong := Fields{}
	p.Function = Tidy(p.Function)
	wrong.Limit("fonction", p.Function, MaxFunction)
	for field, day := range map[string]*Date{"depuis": &p.Since, "jusqu_au": &p.Until} {
		kept, err := ParseDate(Tidy(string(*day)))
		if err != nil {
			wrong.Add(field, err.Error())
			continue
		}
		*day = kept
	}
	if len(wrong) == 0 && p.Since != "" && p.Until != "" && p.Until < p.Since {
		wrong.Add("jusqu_au", "La fin est avant le début.")
	}
	return p, wrong.Err()
}

// ChangesFrom returns what p changes of before, in the words of the page.
func (p Position) ChangesFrom(before Position) (changes Changes) {
	changes.Note("Fonction", before.Function, p.Function)
	changes.Note("Depuis", string(before.Since), string(p.Since))
	changes.Note("Jusqu’au", string(before.Until), string(p.Until))
	changes.Note("Confirmée", confirmedWords(before.Unconfirmed), confirmedWords(p.Unconfirmed))
	return changes
}

func confirmedWords(unconfirmed bool) string {
	if unconfirmed {
		return "pas encore"
	}
	return ""
}
