package inclusion_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"maillage/app"
	"maillage/app/inclusion"
)

func organisation(change func(*app.Organisation)) app.Organisation {
	o := app.Organisation{
		ID: "o1", Name: "Mission locale du Lot", SIRET: "13003013300016", Description: "Accueille les jeunes.", Address: "1 rue\nde la Halle", PostalCode: "46200",
		Commune: "46309", CommuneName: "Souillac", Point: app.Point{Latitude: 44.9, Longitude: 1.48}, Precision: app.AtAddress,
		Phone: "05 65 00 00 00", Email: "contact@mission.test", Website: "www.mission.test", OpeningHours: "Du lundi au vendredi",
		UpdatedAt: time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC),
	}
	change(&o)
	return o
}

// hard are structures that must be written all the same, or left out.
var hard = map[string]struct {
	o    app.Organisation
	left bool
	want string // of the JSON
}{
	"a usual one":            {organisation(func(*app.Organisation) {}), false, `"id":"maillage--o1","nom":"Mission locale du Lot","date_maj":"2026-03-02"`},
	"on one line":            {organisation(func(*app.Organisation) {}), false, `"adresse":"1 rue de la Halle"`},
	"a French number":        {organisation(func(*app.Organisation) {}), false, `"telephone":"+33565000000"`},
	"its network":            {organisation(func(*app.Organisation) {}), false, `"reseaux_porteurs":["mission-locale"]`},
	"a full stop at the end": {organisation(func(o *app.Organisation) { o.Name = "Assoc. des familles." }), false, `"nom":"Assoc. des familles"`},
	"a long name":            {organisation(func(o *app.Organisation) { o.Name = strings.Repeat("é", 200) }), false, `é…"`},
	"two letters":            {organisation(func(o *app.Organisation) { o.Name = "ab" }), true, ""},
	"three dots":             {organisation(func(o *app.Organisation) { o.Name = "A.." }), true, ""},
	"a short description":    {organisation(func(o *app.Organisation) { o.Description = "RAS" }), false, `"description":null`},
	"two numbers":            {organisation(func(o *app.Organisation) { o.Phone = "05 65 00 00 00 ou 06 00 00 00 00" }), false, `"telephone":null`},
	"a short number":         {organisation(func(o *app.Organisation) { o.Phone = "3230" }), false, `"telephone":"3230"`},
	"at the commune":         {organisation(func(o *app.Organisation) { o.Precision = app.AtCommune }), false, `"latitude":null,"longitude":null`},
	"nothing known":          {app.Organisation{ID: "o2", Name: "Foyer rural", UpdatedAt: time.Now()}, false, `"siret":null`},
	"a word inside":          {organisation(func(o *app.Organisation) { o.Name = "Cafétéria solidaire" }), false, `"reseaux_porteurs":null`},
	"a desk of the CAF":      {organisation(func(o *app.Organisation) { o.Name = "Caf du Lot — accueil" }), false, `"reseaux_porteurs":["caf"]`},
}

func TestStructuresAreValidAgainstThePublishedSchema(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("testdata/structure.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range hard {
		s, ok := inclusion.Of(tt.o)
		if ok == tt.left {
			t.Errorf("%s: written %v, want %v", name, ok, !tt.left)
		}
		if !ok {
			continue
		}
		var out bytes.Buffer
		w := inclusion.JSON(&out)
		if err := w.Structure(s); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), tt.want) {
			t.Errorf("%s: %s does not hold %s", name, out.String(), tt.want)
		}
		var list []any
		if err := json.Unmarshal(out.Bytes(), &list); err != nil || len(list) != 1 {
			t.Fatalf("%s: %v, %d structures", name, err, len(list))
		}
		if err := schema.Validate(list[0]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := schema.Validate(map[string]any{"source": "maillage", "id": "1", "nom": "ab", "date_maj": "2026-03-02"}); err == nil {
		t.Error("the schema refuses nothing")
	}
}

func TestWithoutStructureTheFilesAreEmptyAndValid(t *testing.T) {
	var j, c bytes.Buffer
	if err := inclusion.JSON(&j).Close(); err != nil || j.String() != "[]\n" {
		t.Errorf("JSON: %q, %v", j.String(), err)
	}
	if err := inclusion.CSV(&c).Close(); err != nil || c.String() != strings.Join(inclusion.Columns, ",")+"\n" {
		t.Errorf("CSV: %q, %v", c.String(), err)
	}
}

func TestTheCSVFileSaysTheSameAndComputesNothing(t *testing.T) {
	s, _ := inclusion.Of(organisation(func(o *app.Organisation) { o.Name, o.Description = "=cmd|' /C calc'!A0", "-1+1 est faux" }))
	var out bytes.Buffer
	w := inclusion.CSV(&out)
	if err := w.Structure(s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != 2 || len(rows[0]) != len(inclusion.Columns) {
		t.Fatalf("%v, %v", rows, err)
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		got[name] = rows[1][i]
	}
	for name, want := range map[string]string{
		"nom": "'=cmd|' /C calc'!A0", "description": "'-1+1 est faux", "telephone": "+33565000000", "latitude": "44.9", "siret": "13003013300016", "reseaux_porteurs": "",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
}
