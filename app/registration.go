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
	CheckedInAt  time.Time
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

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
