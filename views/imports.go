package views

import (
	"strconv"
	"strings"

	"maillage/app"
)

// ImportsPage is where a file of structures is dropped, and the imports there were.
type ImportsPage struct {
	Frame   Frame
	Imports []app.Import
	Wrong   string // about the file
	Largest string // what a file may weigh, in words
	Lines   int    // how many it may have
}

// ImportStep is what every step of an import shows.
type ImportStep struct {
	Frame  Frame
	Import app.Import
	Same   app.Import // the same file written before, zero when there is none
}

// SheetPage is the step where the sheet and the line of headings are chosen.
type SheetPage struct {
	ImportStep
	Lines []app.ImportLine // the first ones
}

// ColumnsPage is the step where columns are matched.
type ColumnsPage struct {
	ImportStep
	Filled
	Plan    app.ImportPlan // as typed
	Samples [][]string     // of each column
}

// PreviewPage is the step where each line is looked at before anything is written.
type PreviewPage struct {
	ImportStep
	Verdict  app.Verdict // "" for all
	Remarked bool
	After    int
	Tally    map[app.Verdict]map[app.Decision]int
	Rows     []PreviewRow
	More     bool
	Problem  string
}

// PreviewRow is a line with what is decided of it.
type PreviewRow struct {
	app.Judgement
	Decided  app.Decision // by somebody
	Decision app.Decision // what will be done
}

// ImportResult is what an import came to.
type ImportResult struct {
	ImportStep
	Effects []ImportEffect
	After   int
	More    bool
	History []app.Entry
}

// ImportEffect is what an import did to one structure.
type ImportEffect struct {
	Line         int
	Organisation app.OrganisationID
	Name         string
	Added        bool
	Changes      app.Changes
	Outcome      string // of undoing it
}

// badge says in a word what became of a structure, and how that reads.
func (e ImportEffect) badge() (word, tone string) {
	switch {
	case e.Outcome == "" && e.Added:
		return "Ajoutée", "good"
	case e.Outcome == "":
		return "Mise à jour", "info"
	case strings.HasPrefix(e.Outcome, "gardée"):
		return "Gardée", "warn"
	case e.Added:
		return "Retirée", ""
	}
	return "Rétablie", ""
}

// ImportPath is the page of an import, or of one of its steps.
func ImportPath(id app.ImportID, step ...string) string {
	return strings.Join(append([]string{"/structures/imports/" + pathEscape(string(id))}, step...), "/")
}

// The steps of an import, in their order.
var importSteps = []Link{{"feuille", "Feuille et en-tête", false}, {"colonnes", "Colonnes", false}, {"apercu", "Aperçu", false}}

func (s ImportStep) above() []Link {
	return []Link{{Href: "/structures", Label: "Structures"}, {Href: "/structures/imports", Label: "Imports"}}
}

// importState says how far an import went.
func importState(i app.Import) (words, tone string) {
	switch i.State {
	case app.ImportDropped:
		return "À préparer", "info"
	case app.ImportJudged:
		return "Aperçu prêt", "info"
	case app.ImportUndone:
		return "Annulé", "warn"
	}
	if !i.UndoneAt.IsZero() {
		return "Annulé", "warn"
	}
	return "Écrit", "good"
}

// importSums says in a line what an import came to.
func importSums(i app.Import) string {
	if i.WrittenAt.IsZero() {
		return "rien n’est écrit"
	}
	return howMany(i.Counts.Added, "aucune ajoutée", "ajoutée", "ajoutées") + ", " + howMany(i.Counts.Changed, "aucune mise à jour", "mise à jour", "mises à jour")
}

func (p SheetPage) sheets() []Option {
	options := make([]Option, len(p.Import.Sheets))
	for n, s := range p.Import.Sheets {
		name := s.Name
		if name == "" {
			name = "Feuille " + strconv.Itoa(n+1)
		}
		options[n] = Option{Value: strconv.Itoa(n), Label: name + " (" + app.Count(s.Lines, "ligne", "lignes") + ")", Chosen: n == p.Import.Sheet}
	}
	return options
}

// shownCells are the first cells of a line, one for each column shown.
func (p SheetPage) shownCells(l app.ImportLine) []string {
	cells := make([]string, min(6, p.Import.Sheets[p.Import.Sheet].Width))
	copy(cells, l.Cells)
	return cells
}

func importField(column int) string { return "colonne-" + strconv.Itoa(column) }

func (p ColumnsPage) fields() []Field {
	first := ""
	if len(p.Plan.Columns) > 0 {
		first = "champ-" + importField(0)
	}
	return []Field{
		{ID: first, Name: "colonnes", Label: "Colonnes", Error: p.Wrong["colonnes"]},
		p.of("categorie", "Catégorie", "", ""), p.of("source", "Source", "", ""), p.of("millesime", "Millésime", "", ""),
	}
}

func (p ColumnsPage) sample(column int) string {
	if column >= len(p.Samples) || len(p.Samples[column]) == 0 {
		return "vide"
	}
	return strings.Join(p.Samples[column], " · ")
}

func (p ColumnsPage) way() string {
	if p.Plan.Replace {
		return "remplacer"
	}
	return "completer"
}

// total is how many lines have a verdict.
func (p PreviewPage) total(v app.Verdict) int { return p.Import.Counts.Verdicts[v] }

// doing is how many lines come to a decision.
func (p PreviewPage) doing(decisions ...app.Decision) (n int) {
	for v, by := range p.Tally {
		for _, d := range decisions {
			if v != app.VerdictFaulty && v != app.VerdictSame {
				n += by[d]
			}
		}
	}
	return n
}

func (p PreviewPage) address(v app.Verdict, remarked bool, after int) string {
	return PreviewAddress(p.Import.ID, v, remarked, after)
}

// PreviewAddress is where the lines of an import are shown: those with a verdict, "" for all,
// or with a remark, after a line.
func PreviewAddress(id app.ImportID, v app.Verdict, remarked bool, after int) string {
	line := ""
	if after > 0 {
		line = strconv.Itoa(after)
	}
	return Address(ImportPath(id, "apercu"), "verdict", string(v), "remarques", ticked(remarked), "apres", line)
}

func (p PreviewPage) last() int { return p.Rows[len(p.Rows)-1].Line }

// views are the ways to look at the lines, each with how many there are.
func (p PreviewPage) views() []Link {
	all := 0
	for _, n := range p.Import.Counts.Verdicts {
		all += n
	}
	links := []Link{{p.address("", false, 0), "Toutes (" + app.Number(all) + ")", p.Verdict == "" && !p.Remarked}}
	for _, v := range app.Verdicts {
		if n := p.total(v.Key); n > 0 {
			links = append(links, Link{p.address(v.Key, false, 0), v.Label + " (" + app.Number(n) + ")", p.Verdict == v.Key})
		}
	}
	if n := p.Import.Counts.Remarks; n > 0 {
		links = append(links, Link{p.address("", true, 0), "Avec remarques (" + app.Number(n) + ")", p.Remarked})
	}
	return links
}

// undecided is how many probable duplicates are left for want of a choice.
func (p PreviewPage) undecided() int { return p.Tally[app.VerdictDuplicate][app.DecideLeave] }

// because says where a line resembles something, and why.
func (r PreviewRow) because() string {
	if r.Twin > 0 {
		return ", ligne " + strconv.Itoa(r.Twin) + " du fichier : " + r.Reason + "."
	}
	return " : " + r.Reason + "."
}

// decisionOptions are what may be decided of a line, or of all with a verdict.
func decisionOptions(v app.Verdict, target bool, chosen app.Decision) (options []Option) {
	for _, d := range v.MayDecide(target) {
		for _, term := range app.Decisions {
			if term.Key == d {
				options = append(options, Option{Value: string(d), Label: term.Label, Chosen: d == chosen})
			}
		}
	}
	return options
}

func verdictTone(v app.Verdict) string {
	return map[app.Verdict]string{
		app.VerdictNew: "good", app.VerdictUpdate: "info", app.VerdictDiffers: "info", app.VerdictDuplicate: "warn", app.VerdictOutside: "warn", app.VerdictFaulty: "bad",
	}[v]
}

func verdictShort(v app.Verdict) string {
	for _, t := range app.Verdicts {
		if t.Key == v {
			return t.Short
		}
	}
	return string(v)
}

func lineField(line int) string { return "ligne-" + strconv.Itoa(line) }

// known are the values of a record that a preview shows, in a line.
func (r PreviewRow) known() string {
	o := r.Record
	var parts []string
	for _, part := range []string{o.Category.Short(), o.CommuneName, o.Address, o.Phone, o.Email, o.SIRET.Spaced()} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

func (r PreviewRow) name() string {
	if r.Record.Name == "" {
		return "Sans nom"
	}
	return Spaced(r.Record.Name)
}

// importOrigin says when a file was dropped, and by whom.
func importOrigin(i app.Import) string {
	if i.Actor == "" {
		return DateTime(i.CreatedAt)
	}
	return DateTime(i.CreatedAt) + ", par " + i.Actor
}
