package app

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Gazetteer finds communes by their code or their name.
type Gazetteer struct {
	byCode  map[CommuneCode]Commune
	byName  map[string][]Commune
	covered map[string]bool // postal codes with a territory
}

// NewGazetteer returns a gazetteer of communes.
func NewGazetteer(communes []Commune) Gazetteer {
	g := Gazetteer{map[CommuneCode]Commune{}, map[string][]Commune{}, map[string]bool{}}
	for _, m := range communes {
		g.byCode[m.Code] = m
		g.byName[placeName(m.Name)] = append(g.byName[placeName(m.Name)], m)
		for postal := range strings.FieldsSeq(m.PostalCodes) {
			g.covered[postal+" "+string(m.Territory)] = true
		}
	}
	return g
}

var cedex = regexp.MustCompile(` cedex( \d+)?$`)

// placeName folds the name of a commune however it was written: "ST-CERE CEDEX 9".
func placeName(name string) string {
	words := strings.Fields(cedex.ReplaceAllString(Fold(name), ""))
	for i, w := range words {
		switch w {
		case "st":
			words[i] = "saint"
		case "ste":
			words[i] = "sainte"
		}
	}
	return strings.Join(words, " ")
}

// Covers reports whether a postal code is of a commune of the territory.
func (g Gazetteer) Covers(postal string, territory TerritoryID) bool {
	return g.covered[postal+" "+string(territory)]
}

// Find returns the commune of that code, or of that name, by its postal code or in the
// territory when several bear it. It reports false when it cannot tell.
func (g Gazetteer) Find(code CommuneCode, name, postal string, territory TerritoryID) (Commune, bool) {
	if m, found := g.byCode[code]; found {
		return m, true
	}
	same := g.byName[placeName(name)]
	for _, so := range []func(Commune) bool{
		func(m Commune) bool { return postal != "" && strings.Contains(" "+m.PostalCodes+" ", " "+postal+" ") },
		func(m Commune) bool { return m.Territory == territory },
		func(m Commune) bool { return len(postal) == 5 && strings.HasPrefix(string(m.Code), postal[:2]) },
		func(Commune) bool { return postal == "" },
	} {
		if i := slices.IndexFunc(same, so); i >= 0 && !slices.ContainsFunc(same[i+1:], so) {
			return same[i], true
		}
	}
	return Commune{}, false
}

// Record returns what a line says of a structure, tidied, with remarks, in French, on what
// could not be kept or looks wrong; an error says why nothing can. A commune that is not
// known leaves its name, without its code.
func (p ImportPlan) Record(l ImportLine, places Gazetteer, territory TerritoryID) (Organisation, []string, error) {
	r := &recordReader{plan: p, line: l}
	r.contacts()
	r.place(places, territory)
	r.rest()
	return r.checked()
}

// recordReader reads one line.
type recordReader struct {
	plan     ImportPlan
	line     ImportLine
	o        Organisation
	remarks  []string
	together map[ImportField]string // what a cell held together
}

func (r *recordReader) remark(words string) { r.remarks = append(r.remarks, words) }

// get returns the value of a field, from its own column first.
func (r *recordReader) get(f ImportField) string {
	if v := r.plan.value(r.line, f); v != "" {
		return v
	}
	return r.together[f]
}

func (r *recordReader) join(f ImportField, by string) string {
	values, _ := r.plan.all(r.line, f)
	return strings.Join(values, by)
}

func (r *recordReader) contacts() {
	if cell := r.plan.value(r.line, importAll); cell != "" {
		r.together = parted(cell)
	}
	phones, _ := r.plan.all(r.line, importPhone)
	for _, text := range append(phones, r.together[importPhone]) {
		number, rest := phoneIn(text)
		switch {
		case text == "":
		case r.o.Phone == "":
			r.o.Phone = number
			if rest != "" && number != text {
				r.remark("Du téléphone « " + text + " », seul le numéro est gardé.")
			} else if !UsualPhone(TidyPhone(number)) {
				r.remark("Le téléphone « " + text + " » n’a pas la forme habituelle.")
			}
		case TidyPhone(number) != TidyPhone(r.o.Phone):
			r.remark("Un second téléphone, « " + text + " », n’est pas gardé.")
		}
	}
	mails := strings.FieldsFunc(r.get(importEmail), func(c rune) bool { return strings.ContainsRune(" ,;/|\n<>", c) })
	if len(mails) > 0 {
		r.o.Email = strings.TrimPrefix(mails[0], "mailto:")
	}
	if len(mails) > 1 {
		r.remark("Plusieurs adresses dans la cellule : « " + r.o.Email + " » est gardée.")
	}
	if strings.HasPrefix(r.o.Email, "agent@") {
		r.remark("« " + r.o.Email + " » remplace, dans cette source, l’adresse d’une personne : elle n’est pas gardée.")
		r.o.Email = ""
	}
	r.o.Website = strings.TrimSpace(r.get(importSite))
}

func (r *recordReader) place(places Gazetteer, territory TerritoryID) {
	r.o.Address = shortYear(r.join(importAddress, " "))
	if r.o.Address == "" {
		r.o.Address = shortYear(r.together[importAddress])
	}
	r.o.PostalCode = zeros(r.get(importPostal), 5)
	code, name := CommuneCode(strings.ToUpper(zeros(r.get(importINSEE), 5))), r.get(importCommune)
	m, found := places.Find(code, name, r.o.PostalCode, territory)
	switch {
	case found:
		r.o.Commune, r.o.CommuneName, r.o.Precision = m.Code, m.Name, AtCommune
		if r.o.PostalCode != "" && m.PostalCodes != "" && !strings.Contains(" "+m.PostalCodes+" ", " "+r.o.PostalCode+" ") && !strings.Contains(Fold(name), "cedex") {
			r.remark("Le code postal " + r.o.PostalCode + " n’est pas de " + m.Name + " (" + strings.ReplaceAll(m.PostalCodes, " ", ", ") + ").")
		}
	case name != "" || code != "":
		r.o.CommuneName = Tidy(cmp.Or(name, string(code)))
		words := "La commune « " + r.o.CommuneName + " »"
		if name != "" && code != "" {
			words += ", code " + string(code) + ","
		}
		r.remark(words + " n’est pas reconnue : la fiche n’en aura pas.")
	}
	r.o.Point = point(r.get(importLatitude), r.get(importLength))
	if r.o.Point.Known() && !strings.HasPrefix(Fold(r.get(importExact)), "commune") && r.o.Address != "" {
		r.o.Precision = AtAddress
	}
}

func (r *recordReader) rest() {
	o := &r.o
	o.Name = tailCode.ReplaceAllString(shortYear(Tidy(r.get(ImportName))), "")
	o.FormerNames = r.join(importFormer, ", ")
	o.SIRET = TidySIRET(zeros(strings.TrimPrefix(r.get(importSIRET), "'"), siretDigits))
	o.Category = categoryOf(r.get(importType), o.Name)
	if o.Category == "" {
		o.Category = r.plan.Category
	}
	themes, _ := r.plan.all(r.line, importThemes)
	o.Themes = themesIn(strings.Join(themes, ","))
	o.Description = r.join(importAbout, "\n")
	o.OpeningHours = r.hours()
	wide := Fold(r.get(importWide))
	o.Departmental = slices.Contains([]string{"oui", "x", "1", "vrai", "true", "departement", "departemental", "departementale"}, wide)
	o.Source, o.Vintage, o.SourceID = r.plan.Source, r.plan.Vintage, r.get(importKey)
	if v := r.get(importSource); v != "" {
		o.Source = v
	}
	if v := r.get(importVintage); v != "" {
		o.Vintage = v
	}
	o.Source, o.Vintage, o.SourceID = cutRunes(Tidy(o.Source), MaxName), cutRunes(Tidy(o.Vintage), 20), cutRunes(Tidy(o.SourceID), 100)
}

func cutRunes(s string, limit int) string {
	if runes := []rune(s); len(runes) > limit {
		return string(runes[:limit])
	}
	return s
}

// checked returns the record without the values that cannot be kept, each with a remark; an
// error when its name or its category is one of them.
func (r *recordReader) checked() (Organisation, []string, error) {
	o, err := r.o.Checked()
	wrong := FieldsOf(err)
	if err == nil {
		return o, r.remarks, nil
	}
	if _, bad := wrong["nom"]; bad {
		return o, r.remarks, Errorf(Invalid, "%s", r.about("Nom", o.Name, wrong["nom"]))
	}
	if _, bad := wrong["categorie"]; bad {
		return o, r.remarks, Errorf(Invalid, "Ni le type ni le nom ne disent la catégorie : choisissez-en une pour ces lignes, à l’étape des colonnes.")
	}
	for _, f := range recordFields {
		message, bad := wrong[f.name]
		if !bad {
			continue
		}
		r.remark(r.about(f.label, f.read(o), message))
		f.take(&r.o, Organisation{})
	}
	if o, err = r.o.Checked(); err != nil {
		return o, r.remarks, err
	}
	return o, r.remarks, nil
}

func (r *recordReader) about(label, value, message string) string {
	if value == "" {
		return label + " : " + message
	}
	return label + " « " + cutRunes(value, 60) + " » : " + message
}

// zeros gives back to a number the zeros that a spreadsheet took from its beginning, one or
// two of them.
func zeros(number string, digits int) string {
	number = strings.NewReplacer(" ", "", "\u00a0", "", ".", "").Replace(number)
	if allDigits(number) && len(number) < digits && len(number) >= digits-1 {
		return strings.Repeat("0", digits-len(number)) + number
	}
	return number
}

func point(latitude, longitude string) Point {
	lat, err := strconv.ParseFloat(strings.ReplaceAll(latitude, ",", "."), 64)
	lon, wrong := strconv.ParseFloat(strings.ReplaceAll(longitude, ",", "."), 64)
	if err != nil || wrong != nil || !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) {
		return Point{}
	}
	return Point{lat, lon}
}
