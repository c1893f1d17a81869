package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"maillage/app"
)

func TestARecordIsKeptTidyOrRefusedByField(t *testing.T) {
	good := app.Organisation{Name: " L’Œuf  bleu ", Category: "vie-sociale", Phone: "+33 (0)5.65.00.00.01", Website: "www.oeuf.fr", PostalCode: "46 500"}
	kept, err := good.Checked()
	if err != nil || kept.Name != "L’Œuf bleu" || kept.Phone != "05 65 00 00 01" || kept.Website != "https://www.oeuf.fr" || kept.PostalCode != "46500" {
		t.Fatalf("Checked = %+v, %v", kept, err)
	}
	for _, tt := range []struct {
		name  string
		field string
		spoil func(*app.Organisation)
	}{
		{"no name", "nom", func(o *app.Organisation) { o.Name = " — " }},
		{"a long name", "nom", func(o *app.Organisation) { o.Name = strings.Repeat("é", app.MaxName+1) }},
		{"no category", "categorie", func(o *app.Organisation) { o.Category = "" }},
		{"an unknown theme", "themes", func(o *app.Organisation) { o.Themes = []app.Theme{"cuisine"} }},
		{"a long description", "description", func(o *app.Organisation) { o.Description = strings.Repeat("x", 10_000) }},
		{"a long address", "adresse", func(o *app.Organisation) { o.Address = strings.Repeat("x", 10_000) }},
		{"a long telephone", "telephone", func(o *app.Organisation) { o.Phone = strings.Repeat("0", 10_000) }},
		{"long hours", "horaires", func(o *app.Organisation) { o.OpeningHours = strings.Repeat("x", 10_000) }},
		{"long former names", "anciens_noms", func(o *app.Organisation) { o.FormerNames = strings.Repeat("x", 10_000) }},
		{"a postal code of four digits", "code_postal", func(o *app.Organisation) { o.PostalCode = "4650" }},
		{"no e-mail address", "courriel", func(o *app.Organisation) { o.Email = "contact@" }},
		{"a site that runs", "site", func(o *app.Organisation) { o.Website = "javascript:alert(1)" }},
		{"a long site", "site", func(o *app.Organisation) { o.Website = "https://a.fr/" + strings.Repeat("x", 10_000) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := good
			tt.spoil(&o)
			_, err := o.Checked()
			if fields := slices.Collect(maps.Keys(app.FieldsOf(err))); app.KindOf(err) != app.Invalid || len(fields) != 1 || fields[0] != tt.field {
				t.Errorf("Checked refuses %v (%v), want %s", fields, err, tt.field)
			}
		})
	}
}

func TestAPlaceGoesWithItsAddress(t *testing.T) {
	before := app.Organisation{Address: "1 rue de la Halle", Commune: "46309", Point: app.Point{Latitude: 44.9, Longitude: 1.5}, Precision: app.AtAddress}
	for _, tt := range []struct {
		name      string
		move      func(*app.Organisation)
		precision app.Precision
		known     bool
	}{
		{"nothing moved", func(*app.Organisation) {}, app.AtAddress, true},
		{"the address in other letters", func(o *app.Organisation) { o.Address = "1, RUE DE LA HALLE" }, app.AtAddress, true},
		{"another street", func(o *app.Organisation) { o.Address = "2 rue Haute" }, app.AtCommune, false},
		{"another commune", func(o *app.Organisation) { o.Commune = "46128" }, app.AtCommune, false},
		{"no commune", func(o *app.Organisation) { o.Commune = "" }, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := before
			tt.move(&o)
			if o = o.Placed(before); o.Precision != tt.precision || o.Point.Known() != tt.known {
				t.Errorf("Placed = %q, point %v; want %q, known %v", o.Precision, o.Point, tt.precision, tt.known)
			}
		})
	}
}

func TestTwoRecordsAreComparedFieldByField(t *testing.T) {
	theirs := app.Organisation{Name: "CAF", Phone: "3230", Themes: []app.Theme{"parentalite"}, Commune: "46128", CommuneName: "Gramat"}
	yours := app.Organisation{Name: "CAF du Lot", Phone: "3230", Themes: []app.Theme{"parentalite", "logement"}, Commune: "46309", CommuneName: "Souillac"}
	var fields []string
	for _, d := range theirs.Differences(yours) {
		fields = append(fields, d.Field)
	}
	if want := []string{"nom", "themes", "commune"}; !slices.Equal(fields, want) {
		t.Fatalf("Differences = %v, want %v", fields, want)
	}
	if kept := yours.Keeping(theirs, "nom", "commune"); kept.Name != "CAF" || kept.Commune != "46128" || len(kept.Themes) != 2 {
		t.Errorf("Keeping = %+v", kept)
	}
}

func TestATelephoneIsWrittenAsFrenchPeopleReadIt(t *testing.T) {
	for typed, want := range map[string]string{
		"0565000000": "05 65 00 00 00", "05.65.00.00.00": "05 65 00 00 00", "05-65-00-00-00": "05 65 00 00 00", "+33565000000": "05 65 00 00 00",
		"0033 5 65 00 00 00": "05 65 00 00 00", "+33 (0)5 65 00 00 00": "05 65 00 00 00", "3977": "3977", "+32 2 123 45 67": "+32 2 123 45 67",
		"05 65 00 00 00 (le matin)": "05 65 00 00 00 (le matin)", "0000000000": "0000000000", "": "",
	} {
		if got := app.TidyPhone(typed); got != want {
			t.Errorf("TidyPhone(%q) = %q, want %q", typed, got, want)
		}
	}
	for phone, want := range map[string]bool{"05 65 00 00 00": true, "3977": true, "+32 2 123 45 67": true, "115": true, "05 65 00 00": false, "le matin": false, "": false} {
		if app.UsualPhone(phone) != want {
			t.Errorf("UsualPhone(%q) = %v, want %v", phone, !want, want)
		}
	}
}

func TestASiteIsOfTheWeb(t *testing.T) {
	for typed, want := range map[string]string{
		"www.cauvaldor.fr": "https://www.cauvaldor.fr", "cauvaldor.fr/enfance": "https://cauvaldor.fr/enfance", "http://cauvaldor.fr": "http://cauvaldor.fr",
		"https://cauvaldor.fr:8443/a?b=c#d": "https://cauvaldor.fr:8443/a?b=c#d", "": "",
		"javascript:alert(1)": "!", "ftp://cauvaldor.fr": "!", "https://": "!", "https://cauvaldor": "!", "https://moi:secret@cauvaldor.fr": "!", "mailto:a@b.fr": "!", "data:text/html,x": "!", "https://a b.fr": "!",
	} {
		got, err := app.TidyWebsite(typed)
		if (want == "!") != (err != nil) || err == nil && got != want {
			t.Errorf("TidyWebsite(%q) = %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestSmallWordsAreNotSearched(t *testing.T) {
	for query, want := range map[string]string{
		"Mission locale de Souillac": "mission locale souillac", "de la": "de la", "L’École d’à côté": "ecole cote", "caf CAF Caf": "caf", "  ": "",
	} {
		if got := strings.Join(app.SearchWords(query), " "); got != want {
			t.Errorf("SearchWords(%q) = %q, want %q", query, got, want)
		}
	}
	if got := app.SearchWords(strings.Repeat("b c e f g h i j k m n ", 100)); len(got) != 8 {
		t.Errorf("a pasted text searches %d words, want 8", len(got))
	}
}
