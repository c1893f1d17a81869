package app_test

import (
	"reflect"
	"strings"
	"testing"

	"maillage/app"
)

func TestWhatAServiceMustSay(t *testing.T) {
	whole := app.Service{Name: "Permanence", Kind: "information"}
	for name, c := range map[string]struct {
		change func(*app.Service)
		field  string
	}{
		"enough":                 {func(*app.Service) {}, ""},
		"no name":                {func(s *app.Service) { s.Name = " … " }, "nom"},
		"a long name":            {func(s *app.Service) { s.Name = strings.Repeat("é", app.MaxServiceName+1) }, "nom"},
		"no kind":                {func(s *app.Service) { s.Kind = "" }, "genre"},
		"a kind of no list":      {func(s *app.Service) { s.Kind = "autre" }, "genre"},
		"a public of no list":    {func(s *app.Service) { s.Publics = []app.Public{"tous", "chats"} }, "publics"},
		"a way of no list":       {func(s *app.Service) { s.Ways = []app.Way{"ballon"} }, "acces"},
		"a theme of no list":     {func(s *app.Service) { s.Themes = []app.Theme{"astrologie"} }, "themes"},
		"a cost of no list":      {func(s *app.Service) { s.Cost = "cher" }, "cout"},
		"too much said of it":    {func(s *app.Service) { s.Description = strings.Repeat("a", app.MaxDescription+1) }, "description"},
		"too much said of costs": {func(s *app.Service) { s.CostNote = strings.Repeat("a", app.MaxCostNote+1) }, "precision"},
	} {
		s := whole
		c.change(&s)
		_, err := s.Checked()
		if fields := app.FieldsOf(err); (c.field == "") != (err == nil) || c.field != "" && fields[c.field] == "" {
			t.Errorf("%s: %v, want %q refused", name, err, c.field)
		}
	}
}

func TestTheListsOfAServiceAreKeptInTheirOrderOnce(t *testing.T) {
	s, err := app.Service{Name: "  Café  des parents ", Kind: "activite", Publics: []app.Public{"parents", "tous", "parents"}, Ways: []app.Way{"rendez-vous", "libre"}}.Checked()
	if want := []app.Public{"tous", "parents"}; err != nil || s.Name != "Café des parents" || !reflect.DeepEqual(s.Publics, want) || !reflect.DeepEqual(s.Ways, []app.Way{"libre", "rendez-vous"}) {
		t.Errorf("kept %+v, %v", s, err)
	}
}

func TestAPlaceIsFoundInWhatIsTyped(t *testing.T) {
	communes := []app.Commune{{Code: "46128", Name: "Gramat"}, {Code: "46339", Name: "Saint-Jean-Lespinasse"}, {Code: "46268", Name: "Saint-Jean"}, {Code: "46000", Name: "Œuf-l’Église"}}
	for typed, want := range map[string][2]string{
		"parentalité à Gramat":             {"parentalite a", "46128"},
		"gramat":                           {"", "46128"},
		"garde saint jean lespinasse soir": {"garde soir", "46339"},
		"Saint-Jean":                       {"", "46268"},
		"oeuf l'eglise":                    {"", "46000"},
		"gram":                             {"gram", ""},
		"":                                 {"", ""},
	} {
		if rest, place := app.PlaceIn(typed, communes); rest != want[0] || string(place) != want[1] {
			t.Errorf("%q: %q at %q, want %q at %q", typed, rest, place, want[0], want[1])
		}
	}
}
