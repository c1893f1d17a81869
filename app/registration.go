package app

import "time"

// Invitation asks an organisation to a workshop; the organisation says who comes.
type Invitation struct {
	ID           InvitationID
	Workshop     WorkshopID
	Organisation OrganisationID
	Answer       Answer
	Comment      string // what the organisation adds to its answer
	InvitedAt    time.Time
	AnsweredAt   time.Time
	RemindedAt   time.Time // zero if never
}

// Answer is what an organisation answers to an invitation; it is kept as its key.
type Answer string

// The answers to an invitation.
const (
	Unanswered Answer = ""
	Coming     Answer = "oui"
	Declined   Answer = "non"
)

// Registration is one person's coming to one workshop, from the day they are named
// to what was noted at the door.
type Registration struct {
	ID           RegistrationID
	Workshop     WorkshopID
	Person       PersonID
	Organisation OrganisationID // "" for somebody who comes for nobody
	Function     string         // of the person there, as it was that day
	State        Attendance
	WalkIn       bool           // came without having been announced
	Represents   RegistrationID // whose place this person takes
	Before       Attendance     // what the tick at the door replaced, "" when nothing is to be put back
	CheckedInAt  time.Time
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// SeenBy reports whether v may know of w: whoever may see its territory, but a draft
// is for who coordinates.
func (w Workshop) SeenBy(v Viewer) bool {
	if w.Status == Draft {
		return v.May(SeeDrafts, w.on())
	}
	return v.MaySee(w.Territory)
}

// MayInvite reports why nobody may be invited to w any more, or yet; nil when they may.
func (w Workshop) MayInvite(now time.Time) error {
	switch {
	case w.Status == Draft:
		return Errorf(Conflict, "Cet atelier est un brouillon : publiez-le d’abord, puis invitez.")
	case w.Status == Cancelled:
		return Errorf(Conflict, "Cet atelier est annulé : il n’y a plus à y inviter.")
	case w.Ended(now):
		return Errorf(Conflict, "Cet atelier est terminé : il n’y a plus à y inviter.")
	}
	return nil
}

// MayAnswer reports why v may not say, at now, who of o comes to w; nil when they may.
// A référent·e answers until it begins, who keeps w until it ends. That o is
// invited is for the caller to know.
func (w Workshop) MayAnswer(v Viewer, o Membership, now time.Time) error {
	switch {
	case !v.MayAnswerFor(o, w):
		return Errorf(Forbidden, "Seul·e un·e référent·e de la structure, ou la coordination, répond pour elle.")
	case w.Status == Draft:
		return Errorf(Conflict, "Cet atelier est un brouillon : publiez-le d’abord.")
	case w.Status == Cancelled:
		return Errorf(Conflict, "Cet atelier est annulé.")
	case w.Ended(now):
		return Errorf(Conflict, "Cet atelier est terminé : il se complète sur la page des présences.")
	case w.Started(now) && !v.MayKeep(w):
		return Errorf(Conflict, "L’atelier a commencé ; voyez à l’accueil.")
	}
	return nil
}

// Admit returns how the next person who is named for w enters it: with a seat, or
// behind those who wait. It counts that person among w's.
func (w *Workshop) Admit() Attendance {
	if w.Full() {
		w.Waiting++
		return Waiting
	}
	w.Taken++
	return Registered
}

// Release takes a person in that state out of w's count.
func (w *Workshop) Release(a Attendance) {
	switch {
	case a.TakesSeat():
		w.Taken--
	case a == Waiting:
		w.Waiting--
	}
}

// Promotions returns how many of those who wait get a seat at now. Once w has begun
// nobody is called any more: who waits is ticked at the door.
func (w Workshop) Promotions(now time.Time) int {
	switch {
	case w.Status != Published || w.Started(now):
		return 0
	case w.Capacity == 0:
		return w.Waiting
	}
	return min(w.Waiting, w.Seats())
}

// Replaced returns what becomes of a person whose place a colleague takes at now:
// before the day they are simply no longer registered, on the day they are represented.
func (w Workshop) Replaced(now time.Time) Attendance {
	if DateOf(now) < DateOf(w.StartsAt) {
		return Withdrawn
	}
	return Represented
}

// Active reports whether a person in that state still comes, or came.
func (a Attendance) Active() bool { return a.TakesSeat() || a == Waiting }

// Attendance is where a person stands with a workshop; it is kept as its key.
type Attendance string

// The states of attendance. Withdrawn is kept so that nothing is lost.
const (
	Registered  Attendance = "inscrit"
	Waiting     Attendance = "attente"
	Present     Attendance = "present"
	Excused     Attendance = "excuse"
	Absent      Attendance = "absent"
	Represented Attendance = "represente"
	Withdrawn   Attendance = "desinscrit"
)

// Attendances lists the states with the words people read.
var Attendances = []Term[Attendance]{
	{Registered, "Inscrit·e", "Inscrit·e"},
	{Waiting, "Sur liste d’attente", "Attente"},
	{Present, "Présent·e", "Présent·e"},
	{Excused, "Excusé·e", "Excusé·e"},
	{Absent, "Absent·e", "Absent·e"},
	{Represented, "Représenté·e", "Représenté·e"},
	{Withdrawn, "Désinscrit·e", "Désinscrit·e"},
}

// Label returns the words for a.
func (a Attendance) Label() string { return term(Attendances, a).Label }

// Known reports whether a is one of Attendances.
func (a Attendance) Known() bool { return known(Attendances, a) }

// TakesSeat reports whether a person in that state takes one of the seats.
func (a Attendance) TakesSeat() bool { return a == Registered || a == Present }

// Notice is what an e-mail about a workshop is written from; it goes to a référent·e
// of an organisation.
type Notice struct {
	Workshop     Workshop
	Organisation OrganisationID
	Name         string // of the organisation
	To           string // first and last name of who reads it
	Person       string // whom it is about, "" for the organisation as a whole
	Who          Named  // the same
}
