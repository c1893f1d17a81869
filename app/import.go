package app

import (
	"slices"
	"strings"
	"time"
)

// Import is a file of structures brought into the directory of a territory: dropped, matched
// column by column, previewed, then written; and undone as a whole for as long as its lines
// are kept.
type Import struct {
	ID        ImportID
	Territory TerritoryID
	Account   AccountID // who dropped it
	Actor     string    // their name, read with it
	File      string    // its name
	Digest    string    // of its bytes
	Sheets    []ImportSheet
	Sheet     int // the one chosen, in Sheets
	Header    int // line of its headings, 0 when it has none
	Plan      ImportPlan
	State     ImportState
	Stamp     string // of the directory when the lines were judged
	Counts    ImportCounts
	CreatedAt time.Time
	WrittenAt time.Time
	UndoneAt  time.Time
	Version   int // raised by what changes how it would be written
}

// ImportSheet is one sheet of the file.
type ImportSheet struct {
	Name  string
	Lines int
	Width int // columns
}

// ImportState is how far an import went.
type ImportState string

// The states of an import.
const (
	ImportDropped ImportState = "depose" // its columns are not matched yet
	ImportJudged  ImportState = "apercu" // each line has its verdict; nothing is written
	ImportWritten ImportState = "ecrit"  // the directory holds it
	ImportUndone  ImportState = "annule" // the directory holds it no more
	ImportCleared ImportState = "efface" // its lines are kept no more
)

// ImportDays is how many days the lines of an import are kept, and it can be undone.
const ImportDays = 30

// KeptUntil is when the lines of i go.
func (i Import) KeptUntil() time.Time { return i.CreatedAt.AddDate(0, 0, ImportDays) }

// ImportCounts is what became of the lines of an import.
type ImportCounts struct {
	Verdicts map[Verdict]int `json:"verdicts,omitempty"`
	Remarks  int             `json:"remarks,omitempty"` // lines with one
	Added    int             `json:"added,omitempty"`
	Changed  int             `json:"changed,omitempty"`
	Refused  int             `json:"refused,omitempty"` // with an error
	Left     int             `json:"left,omitempty"`    // by choice, or because nothing changes
	Removed  int             `json:"removed,omitempty"` // by undoing it
	Restored int             `json:"restored,omitempty"`
	Kept     int             `json:"kept,omitempty"` // edited or used since, and left by undoing it
}

// Written returns what writing i came to, in the words of the page.
func (i Import) Written() (changes Changes) {
	changes.Note("Structures ajoutées", "", Number(i.Counts.Added))
	changes.Note("Fiches mises à jour", "", Number(i.Counts.Changed))
	changes.Note("Lignes laissées", "", Number(i.Counts.Left))
	changes.Note("Lignes refusées", "", Number(i.Counts.Refused))
	return changes
}

// Undone returns what undoing i came to, in the words of the page.
func (i Import) Undone() (changes Changes) {
	changes.Note("Structures retirées", "", Number(i.Counts.Removed))
	changes.Note("Fiches rétablies", "", Number(i.Counts.Restored))
	changes.Note("Gardées, modifiées ou utilisées depuis", "", Number(i.Counts.Kept))
	return changes
}

// ImportPlan is how the lines of a file are read.
type ImportPlan struct {
	Headings []string      `json:"headings"` // of its columns, as the file has them
	Columns  []ImportField `json:"columns"`  // what each fills, "" nothing
	Category Category      `json:"category"` // of those that the file files nowhere; "": they are refused
	Source   string        `json:"source"`
	Vintage  string        `json:"vintage"`
	Outside  bool          `json:"outside"` // structures of other territories are added too
	Replace  bool          `json:"replace"` // what the file says replaces what the directory says
}

// ImportLine is one line of the file.
type ImportLine struct {
	Number int
	Cells  []string
}

// Check reports, in French, why lines cannot be read by p.
func (p ImportPlan) Check() error {
	wrong := Fields{}
	if !slices.Contains(p.Columns, ImportName) {
		wrong.Add("colonnes", "Dites quelle colonne donne le nom de la structure.")
	}
	for _, f := range ImportFields {
		if several[f.Key] {
			continue
		}
		var twice []string
		for i, column := range p.Columns {
			if column == f.Key {
				twice = append(twice, "« "+p.Heading(i)+" »")
			}
		}
		if len(twice) > 1 {
			wrong.Add("colonnes", "« "+f.Label+" » est demandé à plusieurs colonnes : "+strings.Join(twice, ", ")+". Gardez-en une.")
		}
	}
	if p.Category != "" && !p.Category.Known() {
		wrong.Add("categorie", "Choisissez parmi les catégories proposées.")
	}
	wrong.Limit("source", p.Source, MaxName)
	wrong.Limit("millesime", p.Vintage, 20)
	return wrong.Err()
}

// Heading is what a column is called: as in the file, or by its letter.
func (p ImportPlan) Heading(column int) string {
	if column < len(p.Headings) && p.Headings[column] != "" {
		return p.Headings[column]
	}
	return "Colonne " + ColumnLetter(column)
}

// ColumnLetter is how a spreadsheet calls a column, from 0: A, B, … Z, AA.
func ColumnLetter(column int) string {
	letters := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters
}

// all returns the values of the columns of a field that hold something, with their headings.
func (p ImportPlan) all(l ImportLine, f ImportField) (values, headings []string) {
	for i, column := range p.Columns {
		if column == f && i < len(l.Cells) && l.Cells[i] != "" {
			values, headings = append(values, l.Cells[i]), append(headings, p.Heading(i))
		}
	}
	return values, headings
}

func (p ImportPlan) value(l ImportLine, f ImportField) string {
	values, _ := p.all(l, f)
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// A Verdict is what a line of a file is to the directory.
type Verdict string

// Verdicts lists the verdicts in the order they are looked at.
var Verdicts = []Term[Verdict]{
	{VerdictNew, "Nouvelles", "Nouvelle"},
	{VerdictUpdate, "Mises à jour", "Mise à jour"},
	{VerdictDiffers, "Disent autre chose", "Dit autre chose"},
	{VerdictDuplicate, "Doublons probables", "Doublon probable"},
	{VerdictOutside, "Hors du territoire", "Hors territoire"},
	{VerdictSame, "Sans changement", "Sans changement"},
	{VerdictFaulty, "Refusées", "Refusée"},
}

// The verdicts.
const (
	VerdictNew       Verdict = "nouvelle"
	VerdictUpdate    Verdict = "mise-a-jour" // it fills what a record leaves empty
	VerdictDiffers   Verdict = "autrement"   // it only says otherwise what a record says
	VerdictDuplicate Verdict = "doublon"
	VerdictOutside   Verdict = "hors-territoire"
	VerdictSame      Verdict = "sans-changement"
	VerdictFaulty    Verdict = "erreur"
)

// A Decision is what is done with a line.
type Decision string

// The decisions.
const (
	DecideAdd      Decision = "ajouter"
	DecideComplete Decision = "completer" // fill what the record leaves empty
	DecideReplace  Decision = "remplacer" // take what the file says over what the record says
	DecideLeave    Decision = "laisser"
)

// Decisions lists the decisions in the order they are offered.
var Decisions = []Term[Decision]{
	{DecideAdd, "Ajouter la structure", "Ajouter"},
	{DecideComplete, "Compléter la fiche", "Compléter"},
	{DecideReplace, "Remplacer dans la fiche", "Remplacer"},
	{DecideLeave, "Ne rien faire", "Laisser"},
}

// MayDecide returns what may be decided of a line with that verdict; target says whether it
// resembles a record of the directory.
func (v Verdict) MayDecide(target bool) []Decision {
	switch {
	case v == VerdictNew, v == VerdictOutside, v == VerdictDuplicate && !target:
		return []Decision{DecideAdd, DecideLeave}
	case v == VerdictUpdate:
		return []Decision{DecideComplete, DecideReplace, DecideLeave}
	case v == VerdictDiffers:
		return []Decision{DecideReplace, DecideLeave}
	case v == VerdictDuplicate:
		return []Decision{DecideAdd, DecideComplete, DecideReplace, DecideLeave}
	}
	return nil
}

// Decision returns what is done with a line with that verdict when nobody decides.
func (p ImportPlan) Decision(v Verdict) Decision {
	switch {
	case v == VerdictNew, v == VerdictOutside && p.Outside:
		return DecideAdd
	case (v == VerdictUpdate || v == VerdictDiffers) && p.Replace:
		return DecideReplace
	case v == VerdictUpdate:
		return DecideComplete
	}
	return DecideLeave
}
