package app

import "time"

// Thing says what an audit entry is about.
type Thing string

// The things that have a history.
const (
	OfOrganisation Thing = "structure"
	OfPerson       Thing = "personne"
	OfWorkshop     Thing = "atelier"
	OfConvention   Thing = "convention"
	OfAccount      Thing = "compte"
	OfTerritory    Thing = "territoire"
	OfMail         Thing = "courriel"
	OfInstance     Thing = "instance"     // its settings; its id is "instance" too
	OfRetention    Thing = "conservation" // and the register
	OfImport       Thing = "import"       // of a file of structures
	OfService      Thing = "service"      // for its words: its history is that of its structure
)

// Things lists what has a history with the words people read.
var Things = []Term[Thing]{
	{OfOrganisation, "Structures", "Structure"},
	{OfPerson, "Personnes", "Personne"},
	{OfWorkshop, "Ateliers", "Atelier"},
	{OfConvention, "Convention", "Convention"},
	{OfAccount, "Comptes", "Compte"},
	{OfTerritory, "Territoire", "Territoire"},
	{OfMail, "Courriels", "Courriel"},
	{OfInstance, "Instance", "Instance"},
	{OfRetention, "Conservation des données", "Conservation"},
	{OfImport, "Imports", "Import"},
}

// Label returns the words for things like t.
func (t Thing) Label() string { return term(Things, t).Label }

// Short returns the word for one thing like t.
func (t Thing) Short() string { return term(Things, t).Short }

// Entry is one act on one thing: who did what, when, and what it changed.
type Entry struct {
	ID      AuditID
	At      time.Time
	Account AccountID // "" for what happens by itself
	Actor   string    // that account's person by name, read with it, never written
	Helped  AccountID // in whose place it was done, "" when it was in their own name
	For     string    // that account's person by name, read with it
	Thing   Thing
	ThingID string
	Act     string // in French, past tense, following the name: "a créé la structure"
	Changes Changes
	Names   []Named // whom the act or its changes name, written with it, never read back
}

// A Named is somebody whom an entry or a mail names, by the name it bears: so that it is taken
// out of that one, and of no other, when they are erased.
type Named struct {
	Person PersonID
	Name   string
}

// Change is one value before and after, in the words of the page.
type Change struct {
	Field  string `json:"c"`
	Before string `json:"a,omitempty"`
	After  string `json:"n,omitempty"`
}

// Changes gathers what differs; values that are equal are left out.
type Changes []Change

// Note adds a change of field from before to after, unless they are equal.
func (c *Changes) Note(field, before, after string) {
	if before != after {
		*c = append(*c, Change{field, before, after})
	}
}
