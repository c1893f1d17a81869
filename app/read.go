package app

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"
	"time"
)

// Read is one act of looking: contact details or attendance of people were shown, or
// given as a file, to somebody else than themselves.
//
// What counts: e-mail addresses and telephones, who was present or absent, and whatever
// is taken away as a file or on paper. What every partner sees anyway does not: a name, a
// function, a structure, who is announced at a workshop to come.
type Read struct {
	ID      ReadID
	At      time.Time // of the first look
	Account AccountID // who looked
	Kind    ReadKind
	ThingID string // of the person, the structure or the workshop it was about, "" for a list
	Detail  string // which list, for one taken away: "la liste des comptes"
}

// ReadKind says what was looked at.
type ReadKind string

// What can be looked at.
const (
	SawPerson        ReadKind = "fiche"
	SawContacts      ReadKind = "contacts"     // of a structure
	SawAccounts      ReadKind = "comptes"      // the list, or one of them
	SawRegistrations ReadKind = "inscriptions" // to a workshop
	SawAttendance    ReadKind = "presences"    // at a workshop
	SawSheet         ReadKind = "emargement"
	SawExport        ReadKind = "export"
	SawJournal       ReadKind = "journal"
	SawMail          ReadKind = "courriel"
)

// ReadKinds lists what can be looked at with the words people read.
var ReadKinds = []Term[ReadKind]{
	{SawPerson, "Fiche d’une personne", "Fiche"},
	{SawContacts, "Contacts et présences d’une structure", "Contacts"},
	{SawAccounts, "Comptes et adresses de connexion", "Comptes"},
	{SawRegistrations, "Inscriptions à un atelier", "Inscriptions"},
	{SawAttendance, "Présences à un atelier", "Présences"},
	{SawSheet, "Feuille d’émargement", "Émargement"},
	{SawExport, "Fichier exporté", "Export"},
	{SawJournal, "Journal des modifications", "Journal"},
	{SawMail, "Courriel envoyé", "Courriel"},
}

// Label returns the words for looking at k.
func (k ReadKind) Label() string { return term(ReadKinds, k).Label }

// Short returns the words for k in a narrow place.
func (k ReadKind) Short() string { return term(ReadKinds, k).Short }

// About returns the kind of thing that Read.ThingID names, "" for a list.
func (k ReadKind) About() Thing {
	switch k {
	case SawPerson:
		return OfPerson
	case SawContacts:
		return OfOrganisation
	case SawRegistrations, SawAttendance, SawSheet:
		return OfWorkshop
	}
	return ""
}

// Taken reports whether what was looked at left with who looked, as a file or on paper:
// each time is a line of its own.
func (k ReadKind) Taken() bool { return k == SawExport || k == SawSheet }

// ReadsTogether is how long looks by the same account at the same thing are one line.
const ReadsTogether = 15 * time.Minute

// TraceMonths is how long the trace of reads is kept. The database itself refuses to remove
// a younger line.
const TraceMonths = 12

// Named returns r as it is written down at now, with its id: the same one for the same
// account and thing all through a quarter of an hour by the clock, unless it was taken
// away. Ids sort by time, to the quarter of an hour.
func (r Read) Named(now time.Time) Read {
	r.At = now
	if r.Kind.Taken() {
		r.ID = NewOrderedID[ReadID](now)
		return r
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:], uint64(now.Truncate(ReadsTogether).Unix())<<24)
	sum := sha256.Sum256([]byte(strings.Join([]string{string(r.Account), string(r.Kind), r.ThingID, r.Detail}, "\x00")))
	copy(b[5:], sum[:])
	r.ID = ReadID(strings.ToLower(base32.HexEncoding.EncodeToString(b[:])[:20]))
	return r
}

// ReadsBefore returns an id that sorts before those of all reads after t and after those
// of all reads more than a quarter of an hour before it.
func ReadsBefore(t time.Time) ReadID {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:], uint64(t.Truncate(ReadsTogether).Unix())<<24)
	return ReadID(strings.ToLower(base32.HexEncoding.EncodeToString(b[:])[:20]))
}
