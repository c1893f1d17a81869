package app

import "time"

// JoinRequest is somebody's wish to have an account in a structure. It holds personal
// data of who is not in the directory: it is deleted once answered, and when it expires.
type JoinRequest struct {
	ID           JoinRequestID
	Organisation OrganisationID // "" when the structure was only named
	Named        string         // the structure, by its name in the directory or as it was typed
	Territory    TerritoryID    // whose coordination is asked about a structure only named
	Who          Newcomer       // all of it, with the address the account will have
	Word         string         // what they typed, and nobody checked
	Vouched      string         // what a provider of identities vouched for, in words of ours; never what was typed
	AskedAt      time.Time
	ConfirmedAt  time.Time // zero until the address is known to be theirs
	ExpiresAt    time.Time
}

// How long a request waits for its address to be confirmed, and then for an answer.
const (
	ConfirmWithin = 7 * 24 * time.Hour
	AnswerWithin  = 30 * 24 * time.Hour
)

// MaxWord is how long what goes with a request, or with its answer, may be, in characters.
const MaxWord = 600

// Checked returns r as it is kept, or an Invalid error that says by field of the form
// what cannot be kept; then r still holds all that was typed.
func (r JoinRequest) Checked() (JoinRequest, error) {
	wrong := Fields{}
	r.Who, r.Named, r.Word = r.Who.Tidied(), Tidy(r.Named), TidyText(r.Word)
	wrong.Join(FieldsOf(r.Who.Check()))
	if Fold(r.Who.FirstName) == "" {
		wrong.Add(FieldFirstName, "Indiquez votre prénom.")
	}
	if r.Who.Email == "" {
		wrong.Add(FieldEmail, "Écrivez l’adresse à laquelle vous répondre.")
	}
	switch {
	case r.Organisation != "":
		r.Territory = ""
	case Fold(r.Named) == "":
		wrong.Add("structure", "Cherchez votre structure, puis choisissez-la dans la liste.")
	case r.Territory == "":
		wrong.Add("territoire", "Choisissez le territoire de votre structure.")
	}
	wrong.Title("structure", r.Named)
	wrong.Limit("mot", r.Word, MaxWord)
	return r, wrong.Err()
}

// MayDecideOn reports whether v may accept or refuse r: who may bring somebody into the
// structure, or who coordinates the territory where it was only named.
func (v Viewer) MayDecideOn(r JoinRequest, partOf PartOf) bool {
	if r.Organisation == "" {
		return v.MayCoordinate(r.Territory)
	}
	return v.MayGrant(Grant{Role: Colleague, Organisation: r.Organisation}, partOf)
}
