package app_test

import (
	"testing"

	"maillage/app"
)

func TestWhatToFillNextIsTheMostUsefulThatIsMissing(t *testing.T) {
	whole := app.Organisation{Phone: "05 65 00 00 00", Email: "a@b.test", Commune: "46128", Description: "Accueil.", OpeningHours: "Le lundi", Address: "1 rue", Website: "https://a.test", SIRET: "13002526500013"}
	for name, c := range map[string]struct {
		less   func(*app.Organisation)
		filled int
		next   string
	}{
		"nothing missing":                {func(*app.Organisation) {}, 8, ""},
		"nobody to reach":                {func(o *app.Organisation) { o.Phone, o.Email = "", "" }, 6, "telephone"},
		"an address reaches without one": {func(o *app.Organisation) { o.Phone = "" }, 8, ""},
		"a telephone does not write":     {func(o *app.Organisation) { o.Email, o.SIRET = "", "" }, 6, "courriel"},
		"hours before a site":            {func(o *app.Organisation) { o.Website, o.OpeningHours = "", "" }, 6, "horaires"},
		"of the whole département":       {func(o *app.Organisation) { o.Commune, o.Address, o.Departmental = "", "", true }, 8, ""},
		"all":                            {func(o *app.Organisation) { *o = app.Organisation{} }, 0, "telephone"},
	} {
		o := whole
		c.less(&o)
		if got := o.Completeness(); got.Filled != c.filled || got.Of != 8 || got.Next.Field != c.next || got.Whole() != (c.next == "") {
			t.Errorf("%s: %+v, want %d of 8 and %q next", name, got, c.filled, c.next)
		}
	}
}
