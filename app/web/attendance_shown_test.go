package web

import (
	"slices"
	"strings"
	"testing"

	"maillage/db/dbtest"
)

// Whether somebody was there is told to themselves, their structures, who animates and who
// coordinates, on every page that names them; that they were registered is told to all.
func TestWhoWasThereIsToldAsTheTableSays(t *testing.T) {
	s := newStage(t)
	cells := 0
	for _, of := range []struct {
		name, person, structure, noted string
		told                           []string
	}{
		{"Inès Faure", "ines", "ecole", "Absent", []string{"coordination", "administration"}},
		{"Bruno Delmas", "bruno", "mission", "Présent", []string{"collègue", "référent·e", "coordination", "administration"}},
		{"Claire Bonnet", "claire", "cauvaldor", "Présent", []string{"coordination", "administration"}},
	} {
		for _, who := range callers[1:] {
			if v := s.viewer(who.account); !v.MaySee(dbtest.Cauvaldor) {
				continue
			}
			told := slices.Contains(of.told, who.name)
			for _, path := range []string{"/personnes/" + of.person, "/ateliers/passe", "/structures/" + of.structure} {
				got := mainOf(s.ask("GET "+path, thing{}, who.account))
				named := got[max(0, strings.LastIndex(got, of.name)):] // on their own page, their workshops follow
				if strings.HasPrefix(path, "/ateliers") {
					named = line(got, of.name)
				}
				if strings.HasPrefix(path, "/structures") {
					if of.noted == "Présent" {
						continue // who is named there without more was present
					}
					named = strings.ReplaceAll(got, "absent", "Absent")
				}
				if !strings.Contains(got, "Aller vers les jeunes") {
					t.Errorf("%s to %s does not tell that %s was registered", path, who.name, of.name)
				}
				if shown := strings.Contains(named, of.noted); shown != told {
					t.Errorf("%s to %s tells that %s was there or not: %v, want %v", path, who.name, of.name, shown, told)
				}
				cells++
			}
		}
	}
	if want := 7 * (3 + 2 + 2); cells != want {
		t.Errorf("%d cells were played, want %d", cells, want)
	}
}

// line is what a page says about somebody in a list, to the end of their line.
func line(page, name string) string {
	_, after, _ := strings.Cut(page, name)
	said, _, _ := strings.Cut(after, "</li>")
	return said
}
