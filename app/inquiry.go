package app

import (
	"slices"
	"time"
)

// An Inquiry asks a structure whether its record is still right, by e-mail.
type Inquiry struct {
	ID           InquiryID
	Organisation OrganisationID
	Territory    TerritoryID // whose coordination asks
	Campaign     CampaignID  // "" when it is asked by itself
	State        InquiryState
	CreatedAt    time.Time
	Rounds       int       // how many times it was written to
	AskedAt      time.Time // the last time, zero before the first
	NextAt       time.Time // when something is to be done about it, zero: nothing by itself
	EndedAt      time.Time // zero while an answer is awaited
	Message      string    // from the structure to the coordination
}

// InquiryState is what came of asking a structure.
type InquiryState string

// What came of it. All but the first two end it.
const (
	InquiryWaits       InquiryState = "a-envoyer"
	InquirySent        InquiryState = "envoyee"
	InquiryConfirmed   InquiryState = "confirmee"
	InquiryCorrected   InquiryState = "corrigee"
	InquirySilent      InquiryState = "sans-reponse"
	InquiryFailed      InquiryState = "echec"        // no letter could be delivered
	InquiryUnreachable InquiryState = "sans-adresse" // nowhere to write to
	InquiryWrong       InquiryState = "autre-personne"
	InquiryDropped     InquiryState = "abandonnee" // put aside, or asked anew
)

// InquiryStates are those that are told apart, with the words people read.
var InquiryStates = []Term[InquiryState]{
	{InquiryWaits, "À envoyer", "À envoyer"},
	{InquirySent, "Demande envoyée, en attente", "En attente"},
	{InquiryConfirmed, "Ont confirmé", "A confirmé"},
	{InquiryCorrected, "Ont corrigé", "A corrigé"},
	{InquirySilent, "Sans réponse après les rappels", "Sans réponse"},
	{InquiryFailed, "Adresse en échec", "Adresse en échec"},
	{InquiryUnreachable, "Sans adresse où écrire", "Sans adresse"},
	{InquiryWrong, "Ce n’est plus la bonne personne", "Plus la bonne personne"},
	{InquiryDropped, "Abandonnées", "Abandonnée"},
}

// InquiriesToFollow are those that the directory may be narrowed to: an answer is awaited,
// or somebody has to go on.
var InquiriesToFollow = slices.DeleteFunc(slices.Clone(InquiryStates), func(t Term[InquiryState]) bool {
	return t.Key == InquiryConfirmed || t.Key == InquiryCorrected || t.Key == InquiryDropped
})

// Label returns the words for many like s.
func (s InquiryState) Label() string { return term(InquiryStates, s).Label }

// Short returns the words for one like s.
func (s InquiryState) Short() string { return term(InquiryStates, s).Short }

// Stuck are the states from which only the coordination goes on: nobody is written to by
// itself any more.
var Stuck = []InquiryState{InquirySilent, InquiryFailed, InquiryUnreachable, InquiryWrong}

// Stuck reports whether s is one of Stuck.
func (s InquiryState) Stuck() bool { return slices.Contains(Stuck, s) }

// How a structure is asked.
const (
	InquiryRounds   = 3                   // one letter and two reminders at most
	InquiryAgain    = 10 * 24 * time.Hour // from a letter to the next, and to giving up after the last
	InquiryApart    = 7 * 24 * time.Hour  // nobody is asked again sooner by somebody
	InquiryDaily    = 24 * time.Hour      // an address is sent one letter, whatever the structures
	InquiryLater    = time.Hour           // when an address was sent enough for now
	InquiryLinkLife = 30 * 24 * time.Hour // how long the link of a letter serves
	InquiryMonths   = 12                  // how long an answer is kept
	InquiryMend     = 24 * time.Hour      // how long it still does once it was answered
)

// MaxInquiryMessage is the most that a structure may write to the coordination, in characters.
const MaxInquiryMessage = 500

// Next returns when something is to be done about an inquiry once it was written to at now.
// Of a campaign it is to give up: its reminders are for somebody to decide.
func (i Inquiry) Next(now time.Time) time.Time {
	if i.Campaign != "" {
		return now.Add(InquiryLinkLife)
	}
	return now.Add(InquiryAgain)
}

// Writes reports whether, its moment come, i is written to; else it is without answer.
func (i Inquiry) Writes() bool {
	return i.State == InquiryWaits || i.Campaign == "" && i.Rounds < InquiryRounds
}

// Open reports whether an answer to i is awaited.
func (i Inquiry) Open() bool { return i.EndedAt.IsZero() }

// Answered reports whether the structure said that its record is right, or made it so.
func (i Inquiry) Answered() bool { return i.State == InquiryConfirmed || i.State == InquiryCorrected }

// MayRemind reports whether somebody may have i written to once more at now.
func (i Inquiry) MayRemind(now time.Time) bool {
	from := i.MayRemindFrom()
	return !from.IsZero() && !now.Before(from)
}

// MayRemindFrom returns from when somebody may have i written to once more; zero while it
// waits to be, or once it was often enough.
func (i Inquiry) MayRemindFrom() time.Time {
	if i.State != InquirySent || i.Rounds >= InquiryRounds {
		return time.Time{}
	}
	return i.AskedAt.Add(InquiryApart)
}

// Unheard are the states after which a structure may be asked anew at once: nobody was
// reached, or it was not the one to ask.
var Unheard = []InquiryState{InquiryFailed, InquiryUnreachable, InquiryWrong}

// Askable returns nil when somebody may have the structure of i written to at now, i being the
// last that it was asked, zero when it never was. Else it is a Conflict that says from when.
func (i Inquiry) Askable(now time.Time) error {
	again := i.AskedAt.Add(InquiryApart)
	switch {
	case i.Open() && i.State == InquiryWaits:
		return Errorf(Conflict, "Cette structure est déjà sollicitée : le courriel part de lui-même.")
	case i.Open() && i.State == InquirySent && i.MayRemindFrom().IsZero():
		return Errorf(Conflict, "Cette structure est déjà sollicitée : trois courriels lui ont été envoyés, c’est le plus. Vous pourrez lui demander de nouveau après le %s.", DateOf(i.NextAt).short())
	case i.Open() && i.State == InquirySent && !i.MayRemind(now):
		return Errorf(Conflict, "Cette structure est déjà sollicitée. Vous pourrez la relancer à partir du %s, une semaine après le dernier courriel.", DateOf(again).short())
	case !i.Open() && !i.AskedAt.IsZero() && !slices.Contains(Unheard, i.State) && now.Before(again):
		return Errorf(Conflict, "Cette structure a été sollicitée cette semaine. Vous pourrez lui demander de nouveau à partir du %s.", DateOf(again).short())
	}
	return nil
}

// A Recipient is to whom the letter of an inquiry is written.
type Recipient struct {
	Account AccountID // of a référent·e; "" for the structure's own address
	Name    string    // of that person
	Email   string
}

// Recipients returns to whom an inquiry is written: the référent·e·s or, failing them, the
// structure's own address. Addresses to which a letter could not be delivered are left out;
// failed says that there were such.
func Recipients(referents []Recipient, own string, undelivered []string) (to []Recipient, failed bool) {
	for _, all := range [][]Recipient{referents, {{Email: own}}} {
		for _, r := range all {
			r.Email = FoldEmail(r.Email)
			switch {
			case r.Email == "" || CheckEmail(r.Email) != nil:
			case slices.Contains(undelivered, r.Email):
				failed = true
			default:
				to = append(to, r)
			}
		}
		if len(to) > 0 {
			return to, failed
		}
	}
	return nil, failed
}

// An InquiryLink is what the link of a letter is about, as things are when it is followed.
type InquiryLink struct {
	Inquiry   Inquiry
	Recipient Recipient
	ExpiresAt time.Time
	Holds     bool // the recipient still answers for the structure, at the same address
}

// Opens reports whether the link serves at now: in its time, not long after an answer, while
// its recipient is still the one to ask and the structure is in the directory.
func (l InquiryLink) Opens(o Organisation, now time.Time) bool {
	return l.Holds && !o.Archived() && now.Before(l.ExpiresAt) && (!l.Inquiry.Answered() || now.Before(l.Inquiry.EndedAt.Add(InquiryMend)))
}

// Means returns the way by which who follows l confirms.
func (l InquiryLink) Means() Means {
	if l.Recipient.Account == "" {
		return ByAddress
	}
	return ByLink
}

// Verification is what who follows l says at now.
func (l InquiryLink) Verification(now time.Time) Verification {
	return Verification{At: now, By: l.Recipient.Account, Means: l.Means()}
}

// ByStructure ends the act of who followed the link sent to a structure's own address, in a
// history.
const ByStructure = ", par le lien envoyé à son adresse"

// Act writes, for a history, an act done by following l.
func (l InquiryLink) Act(words string) string {
	if l.Recipient.Account == "" {
		return words + ByStructure
	}
	return words + ", par le lien reçu et sans se connecter"
}

// LinkFields are what the link of a letter lets correct, by their names in the form: what is
// said to the public and gives no right. The name is what it is known by, and the address
// is where the next letters go: both are changed signed in, or by the coordination.
var LinkFields = []string{"description", "telephone", "site", "adresse", "code_postal", "commune", "horaires"}

// CorrectedTo returns o with what the link lets correct as typed, checked.
func (o Organisation) CorrectedTo(typed Organisation) (Organisation, error) {
	corrected, err := o.Keeping(typed, LinkFields...).Checked()
	wrong := Fields{}
	for field, problem := range FieldsOf(err) {
		if slices.Contains(LinkFields, field) { // what else was wrong already is not theirs to mend
			wrong.Add(field, problem)
		}
	}
	return corrected, wrong.Err()
}
