package app

import (
	"slices"
	"time"
)

// A Rhythm is how many months a record that was confirmed is taken to stay right.
type Rhythm int

// DefaultRhythm is that of a structure for which nobody chose another.
const DefaultRhythm Rhythm = 12

// Rhythms are those that may be chosen.
var Rhythms = []Rhythm{1, 3, 6, 12}

// Known reports whether r may be chosen.
func (r Rhythm) Known() bool { return slices.Contains(Rhythms, r) }

// Words writes r: "tous les 3 mois".
func (r Rhythm) Words() string {
	switch r {
	case 1:
		return "tous les mois"
	case 12:
		return "tous les ans"
	}
	return "tous les " + Number(int(r)) + "\u00a0mois"
}

// After returns the day r months after t, in Paris; the last one of a month that is too short.
func (r Rhythm) After(t time.Time) Date {
	day := t.In(Paris)
	first := time.Date(day.Year(), day.Month()+time.Month(r), 1, 12, 0, 0, 0, Paris)
	last := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(day.Day(), last)-1))
}

// Means is the way by which somebody said that a record is right.
type Means string

// The ways.
const (
	ByRecord  Means = "fiche"   // signed in, on the record
	ByLink    Means = "lien"    // by the link of an e-mail sent to a référent·e, without signing in
	ByAddress Means = "adresse" // by the link of an e-mail sent to the structure's own address
)

// Verification is the last time somebody said that a record is right; zero when nobody did:
// an import, a migration and a change say nothing of it.
type Verification struct {
	At    time.Time
	By    AccountID // "" by the structure's own address
	Name  string    // of that account's person, read with it, never written
	Means Means
}

// Never reports whether nobody ever said it.
func (v Verification) Never() bool { return v.At.IsZero() }

// Who says who did, after « par »: "Bruno Delmas", "la structure, depuis son adresse".
func (v Verification) Who() string {
	switch {
	case v.Means == ByAddress:
		return "la structure, depuis son adresse électronique"
	case v.Name == "":
		return "une personne dont le compte n’existe plus"
	case v.Means == ByLink:
		return v.Name + ", par le lien reçu"
	}
	return v.Name
}

// confirmedTwice is how long the same confirmation by the same person counts once: who taps
// twice says one thing.
const confirmedTwice = 10 * time.Minute

// Repeats reports whether v says again what before said: the same person, the same way, just
// before.
func (v Verification) Repeats(before Verification) bool {
	return !before.Never() && v.By == before.By && v.Means == before.Means && v.At.Sub(before.At) < confirmedTwice
}

// DueOn returns the day from which o is to be confirmed again, "" when it never was.
func (o Organisation) DueOn() Date {
	if o.Verified.Never() {
		return ""
	}
	return o.Pace().After(o.Verified.At)
}

// Pace returns the rhythm of o, the default when none was chosen.
func (o Organisation) Pace() Rhythm {
	if o.Rhythm == 0 {
		return DefaultRhythm
	}
	return o.Rhythm
}

// Freshness is where a record stands in its rhythm.
type Freshness string

// Where a record stands. Those to confirm are all but the fresh ones.
const (
	Fresh     Freshness = "a-jour"
	Due       Freshness = "a-verifier" // its day has come
	Late      Freshness = "en-retard"  // for more than a month
	NeverSaid Freshness = "jamais"     // nobody ever confirmed it
)

// Freshnesses are those that a list may be narrowed to, with the words people read. In a
// list, Due stands for all that is to be confirmed.
var Freshnesses = []Term[Freshness]{
	{Due, "À vérifier", "À vérifier"},
	{Late, "En retard de plus d’un mois", "En retard"},
	{NeverSaid, "Jamais vérifiées", "Jamais vérifiée"},
	{Fresh, "À jour", "À jour"},
}

// Label returns the words for many like f.
func (f Freshness) Label() string { return term(Freshnesses, f).Label }

// Short returns the words for one like f.
func (f Freshness) Short() string { return term(Freshnesses, f).Short }

// LateOn returns the day such that, at now, what was due before it is late.
func LateOn(now time.Time) Date { return DateOf(now.AddDate(0, -1, 0)) }

// FreshnessOf returns where a record stands at now that is to be confirmed from that day on.
func FreshnessOf(due Date, now time.Time) Freshness {
	switch {
	case due == "":
		return NeverSaid
	case due < LateOn(now):
		return Late
	case due <= DateOf(now):
		return Due
	}
	return Fresh
}

// MayConfirm says why v may not say that o is right as they saw it at that version, or nil.
func (v Viewer) MayConfirm(o Organisation, version int) error {
	if !v.MayEditOrganisation(o) {
		return Errorf(Forbidden, "Cette fiche est tenue par la personne référente de la structure et par la coordination.")
	}
	return o.Confirmable(version)
}

// Confirmable says why nobody may confirm o as it was seen at that version, or nil.
func (o Organisation) Confirmable(version int) error {
	if o.Archived() {
		return Errorf(Conflict, "Cette structure est archivée : sa fiche ne se confirme plus.")
	}
	if o.Version != version {
		return Errorf(Conflict, "La fiche vient d’être modifiée par quelqu’un d’autre : relisez-la, puis confirmez.")
	}
	return nil
}
