package app

import (
	"slices"
	"strings"
)

// An ImportField is what a column of a file can fill.
type ImportField string

// The fields that rules name.
const (
	ImportName     ImportField = "nom"
	importFormer   ImportField = "anciens_noms"
	importSIRET    ImportField = "siret"
	importType     ImportField = "type"
	importThemes   ImportField = "themes"
	importAbout    ImportField = "description"
	importAddress  ImportField = "adresse"
	importPostal   ImportField = "code_postal"
	importCommune  ImportField = "commune"
	importINSEE    ImportField = "code_insee"
	importLatitude ImportField = "latitude"
	importLength   ImportField = "longitude"
	importExact    ImportField = "precision"
	importPhone    ImportField = "telephone"
	importEmail    ImportField = "courriel"
	importSite     ImportField = "site"
	importHours    ImportField = "horaires"
	importAll      ImportField = "coordonnees"
	importWide     ImportField = "departement"
	importSource   ImportField = "source"
	importVintage  ImportField = "millesime"
	importKey      ImportField = "identifiant"
)

// ImportFields lists what columns can fill, in the order of the record.
var ImportFields = []Term[ImportField]{
	{ImportName, "Nom", ""},
	{importFormer, "Anciens noms et sigles", ""},
	{importSIRET, "SIRET", ""},
	{importType, "Type ou catégorie", ""},
	{importThemes, "Thèmes", ""},
	{importAbout, "Description", ""},
	{importAddress, "Adresse (une partie)", ""},
	{importPostal, "Code postal", ""},
	{importCommune, "Commune", ""},
	{importINSEE, "Code INSEE de la commune", ""},
	{importLatitude, "Latitude", ""},
	{importLength, "Longitude", ""},
	{importExact, "Précision du lieu", ""},
	{importPhone, "Téléphone", ""},
	{importEmail, "Courriel de la structure", ""},
	{importSite, "Site", ""},
	{importHours, "Horaires (une partie)", ""},
	{importAll, "Adresse et téléphone dans la même cellule", ""},
	{importWide, "Intervient dans tout le département", ""},
	{importSource, "Source", ""},
	{importVintage, "Millésime", ""},
	{importKey, "Identifiant dans la source", ""},
}

// several are the fields that more than one column may fill.
var several = map[ImportField]bool{importAbout: true, importAddress: true, importPhone: true, importHours: true, importFormer: true, importThemes: true}

// headings are what columns are called in the files people have, folded.
var headings = map[ImportField]string{
	ImportName:     "nom|name|structure|nom de la structure|nom structure|nom de l etablissement|denomination|raison sociale|intitule|libelle|lib fs|rs|organisme|etablissement|association|nom etablissement|nom du lieu|appellation",
	importFormer:   "anciens noms|ancien nom|sigle|acronyme|nom court|anciens noms et sigles|alias",
	importSIRET:    "siret|n siret|numero siret|no siret|sir|siret etablissement",
	importType:     "type|categorie|nature|category|tag string|categorie finess|type de structure|type structure|niveau|typologie|famille",
	importThemes:   "themes|theme|thematique|thematiques|domaines|domaine",
	importAbout:    "description|notes|note|presentation|missions|activites|activite|objet|commentaire|commentaires|remarques|observations",
	importAddress:  "adresse|address|rue|voie|numvoi|typvoi|nomvoi|complement adresse|complement d adresse|adresse 1|adresse 2|adresse complete|adresse postale|bp|compd|numero de voie|lieu dit|n voie|type de voie|nom de la voie",
	importPostal:   "code postal|cp|cpo|codepostal|postal code|zip|c p",
	importCommune:  "commune|ville|localite|nomcom|lib com|nom commune|nom de la commune|city|lieu",
	importINSEE:    "code insee|insee|insee com|cominsee|code commune|code insee commune|code commune insee|codgeo|depcom|c insee",
	importLatitude: "latitude|lat|y",
	importLength:   "longitude|lon|lng|long|x",
	importExact:    "precision|precision geocodage|precision du lieu",
	importPhone:    "telephone|tel|phone|n tel|n de telephone|numero de telephone|telephone 1|telephone 2|tel 1|tel 2|tel fixe|portable|mobile|telephone structure|contact telephone",
	importEmail:    "courriel|email|e mail|mail|adresse mail|adresse email|adresse e mail|adresse electronique|request email|courriel de la structure|contact mail|mel",
	importSite:     "site|site web|site internet|website|url|home page|web|adresse web|lien|internet",
	importHours:    "horaires|opening hours|horaires d ouverture|heures d ouverture|horaire|ouverture|h lundi|h mardi|h mercredi|h jeudi|h vendredi|h samedi|h dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|horaires lundi|horaires mardi|horaires mercredi|horaires jeudi|horaires vendredi|horaires samedi|horaires dimanche",
	importWide:     "departement entier|echelle|tout le departement|intervient dans tout le departement",
	importSource:   "source|source des donnees|producteur",
	importVintage:  "millesime|annee|an|vintage",
	importKey:      "identifiant|id|id source|uai|code uai|rne|finess|n finess|numero finess|id fs|fi|identifiant source|numero",
}

// byHeading finds a field by a folded heading.
var byHeading = func() map[string]ImportField {
	all := map[string]ImportField{}
	for field, names := range headings {
		for name := range strings.SplitSeq(names, "|") {
			all[name] = field
		}
	}
	return all
}()

// headerWithin is how many lines, at most, stand above the headings.
const headerWithin = 25

// GuessHeader returns the number of the line that holds the headings: of the first ones, that
// of which most cells are called as columns are; 0 when none is.
func GuessHeader(lines []ImportLine) int {
	best, number := 0, 0
	for _, l := range lines[:min(len(lines), headerWithin)] {
		known := map[ImportField]bool{}
		for _, cell := range l.Cells {
			if field := byHeading[Fold(cell)]; field != "" {
				known[field] = true
			}
		}
		if len(known) > best {
			best, number = len(known), l.Number
		}
	}
	return number
}

// GuessColumns returns what each column of a file fills, by its heading — as somebody matched
// it before, in remembered, by folded heading, then as files usually call it — or by what it
// holds. Unless somebody said so, no field comes twice that may not.
func GuessColumns(names []string, sample []ImportLine, remembered map[string]ImportField) []ImportField {
	columns := make([]ImportField, len(names))
	taken := map[ImportField]bool{}
	take := func(i int, field ImportField) {
		if columns[i] == "" && field != "" && (several[field] || !taken[field]) {
			columns[i], taken[field] = field, true
		}
	}
	settled := make([]bool, len(names))
	for i, name := range names {
		if field, said := remembered[Fold(name)]; said && name != "" {
			take(i, field)
			settled[i] = true
		}
	}
	for i, name := range names {
		if field := byHeading[Fold(name)]; !settled[i] {
			if together(column(sample, i)) {
				field = importAll
			}
			take(i, field)
		}
	}
	for i := range names {
		if field := byContents(column(sample, i)); columns[i] == "" && !settled[i] && !taken[field] {
			take(i, field)
		}
	}
	if !taken[ImportName] {
		take(firstText(columns, settled, sample), ImportName)
	}
	return columns
}

// column returns what lines hold in one column, blanks left out.
func column(lines []ImportLine, i int) (values []string) {
	for _, l := range lines {
		if i < len(l.Cells) && l.Cells[i] != "" {
			values = append(values, l.Cells[i])
		}
	}
	return values
}

// mostly reports whether nearly all of values are so.
func mostly(values []string, so func(string) bool) bool {
	n := 0
	for _, v := range values {
		if so(v) {
			n++
		}
	}
	return n > 0 && n*10 >= len(values)*8
}

// together reports whether values hold an address and a telephone in one.
func together(values []string) bool {
	return mostly(values, func(v string) bool {
		folded := Fold(v)
		return strings.HasPrefix(folded, "adresse ") && strings.Contains(folded, " tel")
	})
}

func byContents(values []string) ImportField {
	for _, one := range []struct {
		field ImportField
		so    func(string) bool
	}{
		{importEmail, func(v string) bool { return CheckEmail(v) == nil }},
		{importSIRET, func(v string) bool { s := TidySIRET(v); return s != "" && s.holds() }},
		{importSite, func(v string) bool {
			return strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") || strings.HasPrefix(v, "www.")
		}},
		{importPhone, frenchNumber.MatchString},
		{importPostal, func(v string) bool { return len(v) == 5 && allDigits(v) }},
	} {
		if mostly(values, one.so) {
			return one.field
		}
	}
	return ""
}

// firstText returns the first column nobody knows what to do with that holds words.
func firstText(columns []ImportField, settled []bool, sample []ImportLine) int {
	for i := range columns {
		if columns[i] == "" && !settled[i] && mostly(column(sample, i), func(v string) bool { return strings.ContainsAny(Fold(v), "aeiou") && len(v) > 3 }) {
			return i
		}
	}
	return max(0, slices.Index(columns, ""))
}
