package app

import (
	"regexp"
	"strconv"
	"strings"
)

// frenchNumber is a telephone number among words.
var frenchNumber = regexp.MustCompile(`(?:\+33 ?(?:\(0\) ?)?|0033 ?|\b0)[1-9](?:[ .\-/\x{a0}\x{202f}]?\d\d){4}\b`)

// phoneIn finds a telephone number in a text, and returns what else it says; a text without
// one comes back whole, with "". Nine digits are ten of which a spreadsheet took the first.
func phoneIn(text string) (number, rest string) {
	digits := strings.NewReplacer(" ", "", ".", "", "\u00a0", "").Replace(text)
	if len(digits) == 9 && allDigits(digits) && digits[0] != '0' {
		return TidyPhone("0" + digits), ""
	}
	at := frenchNumber.FindStringIndex(text)
	if at == nil {
		return text, text
	}
	return TidyPhone(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text[at[0]:at[1]])), strings.TrimSpace(text[:at[0]] + text[at[1]:])
}

// addressOf is an address that ends by its postal code and its commune.
var addressOf = regexp.MustCompile(`^(.*)\b(\d{5})\b[ ,]*(?:F-)?(.+)$`)

// parted parts what a cell holds together: "Adresse : 2 rue du Lac,46500,Gramat | Tél : 05…".
func parted(cell string) map[ImportField]string {
	found := map[ImportField]string{}
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == '|' || r == '\n' }) {
		label, value, labelled := strings.Cut(part, ":")
		if value = strings.TrimSpace(value); !labelled || value == "" {
			continue
		}
		switch field := byHeading[Fold(label)]; field {
		case importAddress:
			if m := addressOf.FindStringSubmatch(value); m != nil {
				found[importAddress], found[importPostal], found[importCommune] = strings.Trim(m[1], " ,-"), m[2], strings.TrimSpace(m[3])
			} else {
				found[importAddress] = value
			}
		case importPhone, importEmail, importSite:
			found[field] = value
		}
	}
	return found
}

var longYear = regexp.MustCompile(`(?i)\b(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)([ -])0([12]\d{3})\b`)

// shortYear writes years of four digits, which some registers write with five: "12 Mai 01944".
func shortYear(text string) string { return longYear.ReplaceAllString(text, "$1$2$3") }

// tailCode is the code by which some registers end a name: "Mairie - Sarrazac 46298-01".
var tailCode = regexp.MustCompile(` \d{5}-\d{2}$`)

// days are those of the week, in their order.
var days = []string{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}

// hours gathers the opening hours, a line for each column; those of a day begin by it.
func (r *recordReader) hours() string {
	values, names := r.plan.all(r.line, importHours)
	var lines []string
	for i, value := range values {
		for _, day := range days {
			if strings.Contains(Fold(names[i]), day) {
				value = day + " : " + value
			}
		}
		lines = append(lines, value)
	}
	text := strings.Join(lines, "\n")
	if wrong := impossibleHours(text); wrong != "" {
		r.remark("Horaires impossibles à vérifier : « " + wrong + " ».")
	}
	return text
}

var span = regexp.MustCompile(`(\d{1,2}) ?[:hH] ?(\d{2})? ?(?:-|–|à) ?(\d{1,2}) ?[:hH] ?(\d{2})?`)

// impossibleHours returns the first span of hours that no day has, or "".
func impossibleHours(text string) string {
	minutes := func(hour, minute string) int {
		h, _ := strconv.Atoi(hour)
		m, _ := strconv.Atoi(minute)
		if h > 24 || m > 59 {
			return -1
		}
		return h*60 + m
	}
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == ';' }) {
		last := -1
		for _, s := range span.FindAllStringSubmatch(line, -1) {
			from, to := minutes(s[1], s[2]), minutes(s[3], s[4])
			if from < 0 || to <= from || from < last {
				return strings.TrimSpace(line)
			}
			last = to
		}
	}
	return ""
}

// themesIn returns the themes that a cell names, by label or by key.
func themesIn(cell string) (found []Theme) {
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(",;|/\n", r) }) {
		for _, t := range Themes {
			if folded := Fold(part); folded == Fold(t.Label) || folded == Fold(t.Short) || folded == Fold(string(t.Key)) {
				found = append(found, t.Key)
				break
			}
		}
	}
	return found
}

// categoryOf returns the category that a type names, or else that the words of a name say.
func categoryOf(kind, name string) Category {
	folded := Fold(kind)
	if folded != "" {
		for _, c := range Categories {
			if folded == Fold(c.Label) || folded == Fold(c.Short) || folded == Fold(string(c.Key)) {
				return c.Key
			}
		}
	}
	for _, text := range []string{folded, Fold(name)} {
		text = " " + text + " "
		for _, k := range kindWords {
			if strings.Contains(text, k.words) {
				return k.category
			}
		}
	}
	return ""
}

// A kindWord is words between spaces that say the category of a structure.
type kindWord struct {
	category Category
	words    string
}

var kindWords = func() (all []kindWord) {
	for _, k := range kinds {
		for words := range strings.SplitSeq(k.words, "|") {
			all = append(all, kindWord{k.category, " " + words + " "})
		}
	}
	return all
}()

// kinds are words that say the category of a structure, folded; the first that fits counts;
// between bars, several of a category.
var kinds = []kindWord{
	{"acces-droits", "france services|france service|msap|maison de services au public|maison services public|maison services au public|point justice|conseiller numerique|espace public numerique|point conseil budget"},
	{"petite-enfance", "creche|creches|multi accueil|halte garderie|rpe|relais petite enfance|ram|relais assistantes maternelles|relais assistants maternels|mam|laep|lieu d accueil enfants parents|micro creche|eaje|petite enfance"},
	{"enfance-jeunesse", "alsh|accueil de loisirs|accueil loisirs|centre de loisirs|espace jeunes|pij|point information jeunesse|information jeunesse|cij|crij|mjc|maison des jeunes"},
	{"departement", "pmi|protection maternelle et infantile|mds|maison des solidarites|maison departementale|mdph|maison handicapees|ase|conseil departemental|conseil general|cg|departement|solidarites departementales"},
	{"securite-sociale", "caf|caisse d allocations familiales|msa|mutualite sociale agricole|cpam|assurance maladie|carsat|urssaf"},
	{"emploi", "mission locale|france travail|pole emploi|cap emploi|siae|chantier d insertion|entreprise d insertion|greta|direccte ut|maison de l emploi|geiq"},
	{"education", "ecole|ecole elementaire|ecole maternelle|ecole primaire|college|lycee|1er degre|2nd degre|2d degre|cio|rased|ape|universite|groupe scolaire"},
	{"aines", "ehpad|maison de retraite|residence autonomie|clic|point info personnes agees|accueil de jour|aidants|accompagnement personnes agees|gerontologie|maia"},
	{"vie-sociale", "centre social|espace de vie sociale|evs|ludotheque|foyer rural|familles rurales|centre socioculturel|benevolat|crib|fdapp"},
	{"famille", "udaf|cidff|cidf|pif|mediation familiale|planning familial|point info famille|reaap"},
	{"sante", "hopital|centre hospitalier|ch|chi|chs|chu|polyclinique|clinique|esat|etablissement et service d aide par le travail|sessad|ime|itep|foyer de vie|foyer occupationnel|foyer d hebergement|foyer hebergement|maison d accueil specialisee|ssr|smr|cmp|cmpp|cattp|camsp|maison de sante|msp|handicapes|handicapee|handicap|sante|etablissement medico social|ssiad|had|dialyse|psychiatrie|soins"},
	{"logement", "adil|bailleur|hlm|oph|fjt|foyer de jeunes travailleurs|anah|habitat jeunes|logement"},
	{"solidarite", "secours populaire|secours catholique|restos du coeur|croix rouge|banque alimentaire|emmaus|epicerie sociale|epicerie solidaire|aide alimentaire"},
	{"culture-sport", "mediatheque|bibliotheque|musee|cinema|theatre|conservatoire|ecole de musique|club|sport|sportif|sportive"},
	{"collectivite", "mairie|commune de|ccas|cias|centre communal d action sociale|communaute de communes|communaute communes|communaute d agglomeration|communaute agglomerations|epci|syndicat mixte|cdg|centre gestion|centre de gestion|cnfpt"},
	{"etat", "prefecture|sous prefecture|sous pref|tresorerie|ddt|ddcspp|ddetspp|direccte|dreets|gendarmerie|douane|bureau de douane|impots|sie|hypotheque|tgi|ti|tribunal|prudhommes|onac|onacvg|cci|chambre agriculture|chambre metier|chambre d agriculture|chambre de commerce|cma|permanence juridique|conciliateur fiscal|commission conciliation|commission de conciliation|conseil de prud hommes|service des impots|la poste|bureau de poste|prefecture greffe associations|centre impots fonciers|fdc"},
}
