package views

import (
	"strings"
	"testing"

	"maillage/app"
)

func TestTheSentenceOfTheArticleAgreesWithItsNumbers(t *testing.T) {
	for _, tt := range []struct {
		workshops, participants, organisations int
		over                                   bool
		want                                   string
	}{
		{0, 0, 0, false, "Aucun atelier ne s’est encore tenu."},
		{0, 0, 0, true, "Aucun atelier ne s’est tenu."},
		{1, 0, 0, false, "1 atelier s’est tenu ; aucune présence n’y est notée."},
		{2, 0, 0, false, "2 ateliers se sont tenus ; aucune présence n’y est notée."},
		{1, 1, 0, false, "1 atelier a réuni 1 participant."},
		{1, 1, 1, false, "1 atelier a réuni 1 participant d’une seule structure."},
		{1, 2, 2, true, "1 atelier a réuni 2 participants de 2 structures."},
		{15, 52, 31, false, "15 ateliers ont réuni 52 participants de 31 structures."},
		{1200, 12000, 1, false, "1 200 ateliers ont réuni 12 000 participants d’une seule structure."},
	} {
		got := GatheringSentence(app.Figures{Workshops: tt.workshops, Participants: tt.participants, Organisations: tt.organisations}, tt.over)
		if got = plainly.Replace(got); got != tt.want {
			t.Errorf("%d, %d, %d: %q, want %q", tt.workshops, tt.participants, tt.organisations, got, tt.want)
		}
	}
}

var plainly = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

func TestAListOfWorkshopsIsSummedUp(t *testing.T) {
	now := app.Date("2026-03-02").Time()
	past := app.Meeting{Status: app.Published, EndsAt: now.AddDate(0, 0, -1)}
	ahead := app.Meeting{Status: app.Published, EndsAt: now.AddDate(0, 0, 1)}
	cancelled := app.Meeting{Status: app.Cancelled, EndsAt: now.AddDate(0, 0, 1)}
	for _, tt := range []struct {
		want     string
		meetings []app.Meeting
	}{
		{"1 atelier", []app.Meeting{past}},
		{"2 ateliers", []app.Meeting{past, cancelled}},
		{"2 ateliers à venir", []app.Meeting{ahead, ahead}},
		{"3 ateliers, dont 1 à venir", []app.Meeting{past, cancelled, ahead}},
	} {
		if got := plainly.Replace(meetingsTitle(tt.meetings, now)); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

func TestTheDatesOfAPhaseAreSaidAsFarAsTheyAreKnown(t *testing.T) {
	for want, phase := range map[string]app.Phase{
		"Dates à préciser":                        {},
		"À partir du 1er juillet 2026":            {StartsOn: "2026-07-01"},
		"Jusqu’au 31 décembre 2026":               {EndsOn: "2026-12-31"},
		"Du 1er juillet 2026 au 31 décembre 2026": {StartsOn: "2026-07-01", EndsOn: "2026-12-31"},
	} {
		if got := phaseDates(phase); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
