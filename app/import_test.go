package app

import (
	"slices"
	"strings"
	"testing"
)

// The communes of these tests: two of the territory, one beside.
var testCommunes = []Commune{
	{Code: "46128", Name: "Gramat", Territory: "ici", PostalCodes: "46500"},
	{Code: "46029", Name: "Biars-sur-Cère", Territory: "ici", PostalCodes: "46130"},
	{Code: "46251", Name: "Saint-Céré", Territory: "ici", PostalCodes: "46400"},
	{Code: "01053", Name: "Bourg-en-Bresse", Territory: "loin", PostalCodes: "01000"},
	{Code: "46042", Name: "Cahors", Territory: "loin", PostalCodes: "46000"},
}

// planOf is a plan for columns named as fields are.
func planOf(columns ...ImportField) ImportPlan {
	p := ImportPlan{Columns: columns, Category: "etat", Source: "essai"}
	for _, c := range columns {
		p.Headings = append(p.Headings, string(c))
	}
	return p
}

func TestColumnsAreGuessedByTheirNamesAndContents(t *testing.T) {
	for name, tt := range map[string]struct {
		heading string
		lines   []string
		want    string
	}{
		"as usual":             {"Nom de la structure;Code postal;Ville;Tél;E-mail", nil, "nom;code_postal;commune;telephone;courriel"},
		"a register":           {"uai;nom;niveau;code_insee", nil, "identifiant;nom;type;code_insee"},
		"hours by day":         {"lib_fs;h_lundi;h_mardi", nil, "nom;horaires;horaires"},
		"by contents":          {"A;B;C;D;E", []string{"Mission locale;05 65 00 00 00;contact@x.test;46500;https://x.test", "Centre social;05.65.00.00.01;a@x.test;46400;www.y.test"}, "nom;telephone;courriel;code_postal;site"},
		"a name given twice":   {"Nom;Nom", nil, "nom;"},
		"address and phone":    {"name;notes", []string{"Adil;Adresse : 1 rue,46000,Cahors | Tél : 05 65 00 00 00"}, "nom;coordonnees"},
		"numbers are no phone": {"nom;fi_ej", []string{"Hôpital;120780069"}, "nom;"},
	} {
		t.Run(name, func(t *testing.T) {
			var sample []ImportLine
			for i, l := range tt.lines {
				sample = append(sample, ImportLine{i + 2, strings.Split(l, ";")})
			}
			var got []string
			for _, c := range GuessColumns(strings.Split(tt.heading, ";"), sample, nil) {
				got = append(got, string(c))
			}
			if strings.Join(got, ";") != tt.want {
				t.Errorf("guessed %s, want %s", strings.Join(got, ";"), tt.want)
			}
		})
	}
	remembered := map[string]ImportField{"libelle court": ImportName, "nom": ""}
	if got := GuessColumns([]string{"Libellé court", "Nom"}, nil, remembered); !slices.Equal(got, []ImportField{ImportName, ""}) {
		t.Errorf("guessed %v, want what somebody chose before", got)
	}
}

func TestTheHeadingsAreFoundBelowTitles(t *testing.T) {
	lines := []ImportLine{{1, []string{"Annuaire des partenaires"}}, {3, []string{"", "Mise à jour : 12/03/2026"}}, {4, []string{"Nom", "Commune", "Tél"}}, {5, []string{"Centre social", "Gramat", "05"}}}
	if got := GuessHeader(lines); got != 4 {
		t.Errorf("headings on line %d, want 4", got)
	}
	if got := GuessHeader(lines[3:]); got != 0 {
		t.Errorf("headings on line %d, want none", got)
	}
}

func TestAPlanNeedsANameAndNoColumnTwice(t *testing.T) {
	for _, tt := range []struct {
		columns []ImportField
		want    string
	}{
		{[]ImportField{ImportName, importAddress, importAddress}, ""},
		{[]ImportField{importCommune}, "nom de la structure"},
		{[]ImportField{ImportName, importEmail, importEmail}, "plusieurs colonnes"},
	} {
		err := planOf(tt.columns...).Check()
		if got := FieldsOf(err)["colonnes"]; (tt.want == "") != (err == nil) || !strings.Contains(got, tt.want) {
			t.Errorf("%v: %q, want %q", tt.columns, got, tt.want)
		}
	}
}

func TestALineSaysWhatItCanAndWhatWasLeft(t *testing.T) {
	for name, tt := range map[string]struct {
		field ImportField
		value string
		read  func(Organisation) string
		want  string
		says  string // a remark, or "" for none
	}{
		"a telephone":            {importPhone, "0565000000", func(o Organisation) string { return o.Phone }, "05 65 00 00 00", ""},
		"nine digits":            {importPhone, "565000000", func(o Organisation) string { return o.Phone }, "05 65 00 00 00", ""},
		"a sentence around":      {importPhone, "08 10 25 46 10 / Numéro violet : prix d’un appel", func(o Organisation) string { return o.Phone }, "08 10 25 46 10", "seul le numéro est gardé"},
		"a short number":         {importPhone, "3949", func(o Organisation) string { return o.Phone }, "3949", ""},
		"an office of La Poste":  {importSIRET, "35600000063516", func(o Organisation) string { return string(o.SIRET) }, "35600000063516", ""},
		"a lost zero":            {importSIRET, "5440093800013", func(o Organisation) string { return string(o.SIRET) }, "", "14 chiffres"},
		"a wrong SIRET":          {importSIRET, "12345678901234", func(o Organisation) string { return string(o.SIRET) }, "", "SIRET"},
		"a postal code":          {importPostal, "1000", func(o Organisation) string { return o.PostalCode }, "01000", ""},
		"a commune's code":       {importINSEE, "1053", func(o Organisation) string { return o.CommuneName }, "Bourg-en-Bresse", ""},
		"an abbreviated commune": {importCommune, "ST-CERE CEDEX", func(o Organisation) string { return string(o.Commune) }, "46251", ""},
		"no commune":             {importCommune, "Nulle-Part", func(o Organisation) string { return string(o.Commune) }, "", "n’est pas reconnue"},
		"a mailbox":              {importEmail, "a@x.test ; b@x.test", func(o Organisation) string { return o.Email }, "a@x.test", "Plusieurs adresses"},
		"a mailbox put instead":  {importEmail, "agent@x.test", func(o Organisation) string { return o.Email }, "", "d’une personne"},
		"no mailbox":             {importEmail, "voir site", func(o Organisation) string { return o.Email }, "", "plusieurs adresses|Plusieurs adresses|Courriel"},
		"a site":                 {importSite, "exemple.test/x", func(o Organisation) string { return o.Website }, "https://exemple.test/x", ""},
		"a script":               {importSite, "javascript:alert(1)", func(o Organisation) string { return o.Website }, "", "Site"},
		"a year of five digits":  {importAddress, "Place du 12-Mai-01944", func(o Organisation) string { return o.Address }, "Place du 12-Mai-1944", ""},
		"hours that none has":    {importHours, "09:00 - 12:00 / 11:00 - 17:00", func(o Organisation) string { return o.OpeningHours }, "09:00 - 12:00 / 11:00 - 17:00", "Horaires impossibles"},
		"hours":                  {importHours, "09:00 - 12:00 / 14:00 - 17:00 ; mar 08:00 - 9:00", func(o Organisation) string { return o.OpeningHours }, "09:00 - 12:00 / 14:00 - 17:00 ; mar 08:00 - 9:00", ""},
		"a category":             {importType, "tag msap", func(o Organisation) string { return string(o.Category) }, "acces-droits", ""},
		"themes":                 {importThemes, "Jeunesse, Logement et cadre de vie", func(o Organisation) string { return ThemeLabels(o.Themes) }, "Jeunesse, Logement et cadre de vie", ""},
		"the whole department":   {importWide, "département", func(o Organisation) string { return yesNo(o.Departmental) }, "oui", ""},
		"together, the address": {importAll, "Adresse : Accueil - 2, rue du Lac,46500,Gramat | Tél : 05 65 00 00 00 | Fax : 05 65 00 00 01", func(o Organisation) string {
			return o.Address + "|" + o.PostalCode + "|" + string(o.Commune) + "|" + o.Phone
		}, "Accueil - 2, rue du Lac|46500|46128|05 65 00 00 00", ""},
		"a postal code elsewhere": {importPostal, "46 000", func(o Organisation) string { return o.PostalCode }, "46000", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o, remarks, err := planOf(ImportName, tt.field).Record(ImportLine{2, []string{"Lieu", tt.value}}, NewGazetteer(testCommunes), "ici")
			if err != nil {
				t.Fatal(err)
			}
			if got := tt.read(o); got != tt.want {
				t.Errorf("read %q, want %q", got, tt.want)
			}
			said := strings.Join(remarks, " ")
			if (tt.says == "") != (said == "") || tt.says != "" && !slices.ContainsFunc(strings.Split(tt.says, "|"), func(one string) bool { return strings.Contains(said, one) }) {
				t.Errorf("says %q, want %q", said, tt.says)
			}
		})
	}
}

func TestACommuneThatIsNotKnownIsToldByItsNameAndItsCodeApart(t *testing.T) {
	plan := planOf(ImportName, importCommune, importINSEE)
	o, remarks, err := plan.Record(ImportLine{2, []string{"Lieu", "RODEZ", "12999"}}, NewGazetteer(testCommunes), "ici")
	if want := "La commune « RODEZ », code 12999, n’est pas reconnue : la fiche n’en aura pas."; err != nil || o.CommuneName != "RODEZ" || !slices.Contains(remarks, want) {
		t.Errorf("%q with %q (%v), want %q", o.CommuneName, remarks, err, want)
	}
}

// judged returns the verdicts on lines, after a directory.
func judged(directory []Organisation, lines ...string) (all []Judgement) {
	j := NewJudge(planOf(ImportName, importCommune, importPhone, importEmail, importSIRET, importAddress), NewGazetteer(testCommunes), "ici", Directory{Organisations: directory})
	for i, l := range lines {
		all = append(all, j.Line(ImportLine{i + 2, strings.Split(l, ";")}))
	}
	return all
}

var testDirectory = []Organisation{
	{ID: "msap", Name: "MSAP - Biars", Commune: "46029", CommuneName: "Biars-sur-Cère", Phone: "05 65 38 03 79", Category: "acces-droits"},
	{ID: "caf", Name: "Caisse d’allocations familiales du Lot", Email: "caf@x.test", Category: "securite-sociale", Departmental: true},
	{ID: "poste", Name: "La Poste", Commune: "46128", CommuneName: "Gramat", SIRET: "35600000063516", Category: "etat"},
	{ID: "ecole", Name: "École Jean-Moulin", Commune: "46128", CommuneName: "Gramat", Category: "education", Phone: "05 65 11 11 11"},
}

func TestEachLineIsJudgedBesideTheDirectory(t *testing.T) {
	for name, tt := range map[string]struct {
		line    string
		verdict Verdict
		target  OrganisationID
		why     string
	}{
		"new":                                {"Centre social;Gramat", VerdictNew, "", ""},
		"the same":                           {"ECOLE JEAN MOULIN;GRAMAT", VerdictSame, "ecole", "même nom, même commune"},
		"something more":                     {"École Jean Moulin;Gramat;;;;2 rue", VerdictUpdate, "ecole", "même nom"},
		"something else":                     {"École Jean Moulin;Gramat;05 65 22 22 22", VerdictDiffers, "ecole", "même nom"},
		"of the same name elsewhere":         {"École Jean Moulin;Saint-Céré", VerdictNew, "", ""},
		"France services that was a MSAP":    {"France services Cauvaldor - Biars-sur-Cère;Biars-sur-Cère;0565380379", VerdictDuplicate, "msap", "nom proche, même téléphone, même commune"},
		"another body at its address":        {"Permanence de l’ADIL;Biars-sur-Cère;0565380379", VerdictNew, "", ""},
		"by initials":                        {"CAF du Lot;;;caf@x.test", VerdictDuplicate, "caf", "même courriel"},
		"the same SIRET":                     {"La Poste Gramat;Gramat;;;35600000063516", VerdictDiffers, "poste", "même SIRET"},
		"the same SIRET, quite another name": {"Maison du vélo;Saint-Céré;;;35600000063516", VerdictDuplicate, "poste", "même SIRET, autre nom"},
		"elsewhere":                          {"Centre social;Cahors", VerdictOutside, "", "n’est pas de ce territoire"},
		"nameless":                           {";Gramat", VerdictFaulty, "", "nom"},
	} {
		t.Run(name, func(t *testing.T) {
			got := judged(testDirectory, tt.line)[0]
			if got.Verdict != tt.verdict || got.Target != tt.target || !strings.Contains(got.Reason, tt.why) {
				t.Errorf("%s of %q (%s), want %s of %q (%s)", got.Verdict, got.Target, got.Reason, tt.verdict, tt.target, tt.why)
			}
		})
	}
	neighbour := judged(testDirectory, "Permanence de l’ADIL;Biars-sur-Cère;0565380379")[0]
	if len(neighbour.Remarks) != 1 || !strings.Contains(neighbour.Remarks[0], "MSAP - Biars") {
		t.Errorf("remarks %q, want the one who has the same telephone", neighbour.Remarks)
	}
}

func TestALineIsJudgedBesideThoseBeforeIt(t *testing.T) {
	got := judged(testDirectory, "Centre social;Gramat", "CENTRE SOCIAL;Gramat", "École Jean Moulin;Gramat;;;;2 rue", "Ecole Jean-Moulin;Gramat;;;;3 rue")
	for i, want := range []struct {
		verdict Verdict
		twin    int
	}{{VerdictNew, 0}, {VerdictDuplicate, 2}, {VerdictUpdate, 0}, {VerdictDuplicate, 4}} {
		if got[i].Verdict != want.verdict || got[i].Twin != want.twin {
			t.Errorf("line %d: %s, twin of %d, want %s of %d", i+2, got[i].Verdict, got[i].Twin, want.verdict, want.twin)
		}
	}
}

func TestAnArchivedStructureIsNotFilledUnasked(t *testing.T) {
	closed := testDirectory[3]
	closed.ArchivedAt = closed.ArchivedAt.AddDate(2025, 0, 0)
	if got := judged([]Organisation{closed}, "École Jean Moulin;Gramat;;;;2 rue")[0]; got.Verdict != VerdictDuplicate || !strings.Contains(got.Reason, "archivée") {
		t.Errorf("%s (%s), want a probable duplicate that says it is archived", got.Verdict, got.Reason)
	}
}

func TestMergingNeverErasesAndReplacesOnlyWhenAsked(t *testing.T) {
	plan := planOf(ImportName, importPhone, importAddress)
	theirs := Organisation{Name: "École Jean-Moulin", Phone: "05 65 11 11 11", Email: "e@x.test", Category: "education", Commune: "46128"}
	file := Organisation{Name: "ECOLE JEAN MOULIN", Phone: "05 65 22 22 22", Address: "2 rue", Category: "etat", Commune: "46128"}
	complete, replace := plan.Merged(theirs, file, false), plan.Merged(theirs, file, true)
	if complete.Phone != theirs.Phone || complete.Address != "2 rue" || complete.Email != theirs.Email || complete.Category != "education" {
		t.Errorf("completed to %+v, want only the address taken", complete)
	}
	if replace.Phone != file.Phone || replace.Name != theirs.Name || replace.Email != theirs.Email {
		t.Errorf("replaced by %+v, want the telephone taken and the name left: it differs by accents only", replace)
	}
}

func TestUndoingLeavesWhatSomebodyEditedSince(t *testing.T) {
	before := Organisation{Name: "École", Phone: "", Address: ""}
	after := before
	after.Phone, after.Address = "05 65 22 22 22", "2 rue"
	now := after
	now.Address, now.Description = "3 rue", "Écrite depuis"
	back, kept := now.Reverted(before, after)
	if back.Phone != "" || back.Address != "3 rue" || back.Description != "Écrite depuis" || !slices.Equal(kept, []string{"Adresse"}) {
		t.Errorf("back to %+v, kept %v; want the telephone gone, the address and the description left", back, kept)
	}
}
