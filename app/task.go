package app

import (
	"cmp"
	"slices"
	"time"
)

// Task is something a person has to do now, about a workshop or a structure.
type Task struct {
	Kind         TaskKind
	Workshop     Workshop
	Organisation OrganisationID // for whom, in a member's tasks
	Name         string         // of that organisation
	Themes       []Theme        // and what it bears
	Theme        Theme          // that the structures it is about bear, "" when whatever theme
	Count        int            // how many people or structures it is about
	Request      JoinRequestID  // to answer; Person asks
	Person       string
}

// Part returns the organisation for whom, as the rights on its answers depend on it.
func (t Task) Part() Membership {
	return Membership{Organisation: t.Organisation, Themes: t.Themes}
}

// TaskKind says what is to be done.
type TaskKind uint8

// The kinds of tasks, the most pressing first.
const (
	OpenDoor         TaskKind = iota // a workshop is today: check people in
	AnswerInvitation                 // a structure has not said who comes
	AnswerRequest                    // somebody asks to join a structure
	FillAttendance                   // a workshop is over, Count people are neither present nor absent
	ChaseAnswers                     // a workshop is near, Count structures have not answered
	PublishDraft                     // a draft's date is near
	FindReferents                    // Count structures of the territory have nobody who answers for them
	CompleteRecord                   // Count records of the territory, or one's own, are to be completed
	AddOrganisation                  // a new territory: its directory holds nobody yet
	WriteAxes                        // a new convention has no axis
	OpenAccounts                     // no structure of the territory can answer yet
	AnswerRequests                   // Count people ask about their data, and have a month's answer
)

// Beginnings says what a territory has of what it begins with.
type Beginnings struct {
	Partners bool // structures besides the EPCI itself
	Axes     bool // an axis of some convention, or no convention to write it in
	Members  bool // somebody who can sign in for a structure
}

// FirstTasks returns what who coordinates a new territory does first, in order.
func FirstTasks(b Beginnings) []Task {
	var tasks []Task
	for _, first := range []struct {
		done bool
		kind TaskKind
	}{{b.Partners, AddOrganisation}, {b.Axes, WriteAxes}, {b.Members, OpenAccounts}} {
		if !first.done {
			tasks = append(tasks, Task{Kind: first.kind})
		}
	}
	return tasks
}

// Activity is a workshop with what is still open about it.
type Activity struct {
	Workshop   Workshop
	Registered int // people announced and neither present nor excused nor absent
	Unanswered int // structures invited that have not answered
}

const (
	doorBefore  = 12 * time.Hour      // the door is a task of the day
	chaseWithin = 21 * 24 * time.Hour // answers are asked for three weeks ahead
	draftWithin = 45 * 24 * time.Hour
)

// CoordinatorTasks returns what who coordinates has to do about activities at now: first
// what is today, then by kind and date.
func CoordinatorTasks(activities []Activity, now time.Time) []Task {
	var tasks []Task
	add := func(kind TaskKind, a Activity, count int) {
		tasks = append(tasks, Task{Kind: kind, Workshop: a.Workshop, Count: count})
	}
	for _, a := range activities {
		w := a.Workshop
		ahead := w.StartsAt.Sub(now)
		switch {
		case w.Status == Cancelled:
		case w.Status == Draft:
			if !w.Abandoned() && ahead > 0 && ahead <= draftWithin {
				add(PublishDraft, a, 0)
			}
		case w.Ended(now):
			if a.Registered > 0 {
				add(FillAttendance, a, a.Registered)
			}
		default:
			if ahead <= doorBefore {
				add(OpenDoor, a, a.Registered)
			}
			if a.Unanswered > 0 && ahead > 0 && ahead <= chaseWithin {
				add(ChaseAnswers, a, a.Unanswered)
			}
		}
	}
	slices.SortStableFunc(tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), a.Workshop.StartsAt.Compare(b.Workshop.StartsAt))
	})
	return tasks
}
