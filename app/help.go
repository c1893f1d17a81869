package app

import (
	"slices"
	"time"
)

// How somebody gets help: a code they ask for and tell, by which who keeps their account
// acts in their place for a while.
const (
	HelpCodeLength = 8                // signs, of 32: 40 random bits
	HelpCodeLife   = 30 * time.Minute // from being asked for to being typed
	HelpCodeTries  = 5                // wrong ones, then another code must be asked for
	HelpLife       = 30 * time.Minute // from being typed to the end
)

// A Helper is who acts in the place of a Viewer. The zero Helper is nobody.
type Helper struct {
	Account AccountID
	Person  PersonID
	Name    string
	Until   time.Time // when the help ends by itself
}

// Helped reports whether somebody else acts in the place of v.
func (v Viewer) Helped() bool { return v.Helper.Account != "" }

// IsPerson reports whether v is p: whoever acts in the place of somebody is not them.
func (v Viewer) IsPerson(p PersonID) bool { return v.SignedIn() && !v.Helped() && v.Person == p }

// Actor returns the account of who really acts: of the helper, where there is one. The
// audit trail and the trace of reads name it.
func (v Viewer) Actor() AccountID {
	if v.Helped() {
		return v.Helper.Account
	}
	return v.Account
}

// ActorPerson returns the person of Actor.
func (v Viewer) ActorPerson() PersonID {
	if v.Helped() {
		return v.Helper.Person
	}
	return v.Person
}

// personal are the acts that are done in nobody's place, however much help is asked for:
// those on one's own account and data, those that give, hand over or lay down rights (to merge structures gives some), and
// the administration, which whoever helps somebody of it has the right to themselves.
var personal = []Act{
	AskToJoin, KeepOwnAccount, ErasePerson, LeaveTeam, KeepTeam, HandOver, KeepAccounts, MergeDoubles, SeeReads, ReadJournal, AnswerObjections, Administer,
}

// Personal reports whether a is done in nobody's place.
func (a Act) Personal() bool { return slices.Contains(personal, a) }

// MayHelp reports whether v may act in the place of the holder of a, who gave them a
// code: all that the account opens is in v's hands already, in every territory it opens,
// so that nothing is gained by it but to be shown what they see.
func (v Viewer) MayHelp(a Account, partOf PartOf) bool {
	if v.Helped() || !v.MayCloseAccount(a, partOf) {
		return false
	}
	for o := range a.Organisations {
		if slices.ContainsFunc(partOf[o].Territories, func(t TerritoryID) bool { return !v.MayKeepAccounts(t) }) {
			return false
		}
	}
	return true
}

// Personal reports whether what k asks for is done in nobody's place.
func (k TaskKind) Personal() bool {
	return k == FindReferents || k == OpenAccounts || k == AnswerRequests
}
