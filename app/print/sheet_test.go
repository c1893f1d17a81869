package print

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/go-fonts/liberation/liberationsansregular"
)

var paris, _ = time.LoadLocation("Europe/Paris")

func at(hour, minute int) time.Time { return time.Date(2024, 1, 16, hour, minute, 0, 0, paris) }

func sample(people int) Sheet {
	s := Sheet{
		Title:      "Accès aux droits et au numérique : que manque-t-il sur nos communes ?",
		Instance:   "Atelier du diagnostic partagé",
		Convention: "Convention territoriale globale de Cauvaldor 2016–2020",
		Territory:  "Causses et Vallée de la Dordogne",
		Start:      at(14, 0),
		End:        at(16, 30),
		Place:      "Salle des fêtes, place de la République, 46400 Saint-Céré",
		Organiser:  "Communauté de communes Cauvaldor",
		Animators:  []string{"Élise Cœuret", "Jean-Noël d’Hérouville"},
		Made:       at(8, 5),
	}
	last := []string{"D’Hérouville", "Cœuret", "Éluard", "Le Goff", "Zola", "Vaïsse-Delpech", "O’Brien"}
	first := []string{"Anaïs", "Jean-Baptiste", "Zoé", "Œdipe", "Marie-Françoise", "Noël"}
	structures := []string{
		"Mission locale du Lot", "Caisse d’allocations familiales du Lot", "Centre social et culturel « L’Été indien »",
		"Relais petite enfance de Saint-Céré – Biars-sur-Cère – Bretenoux", "MSA Midi-Pyrénées Nord",
	}
	functions := []string{"Directrice", "Chargé·e de coopération CTG", "Conseillère en insertion sociale et professionnelle", ""}
	for i := range people {
		s.People = append(s.People, Attendee{
			LastName: last[i%len(last)], FirstName: first[i%len(first)],
			Organisation: structures[i%len(structures)], Function: functions[i%len(functions)],
		})
	}
	return s
}

func recorded(people int) Sheet {
	s := sample(people)
	s.Recorded = true
	for i := range s.People {
		p := &s.People[i]
		p.Attendance = []Attendance{Present, Present, Present, Excused, Absent, Represented, Unrecorded}[i%7]
		p.At = at(14, 3)
		p.By = "Marie-Françoise Vaïsse-Delpech"
		p.WalkIn = i%7 == 2
	}
	return s
}

// drawn returns the words on each page of s, by reading what its page streams draw.
func drawn(t *testing.T, s Sheet) []string {
	t.Helper()
	var file bytes.Buffer
	if err := signInSheet(&file, s, false); err != nil {
		t.Fatalf("the sheet was refused: %v", err)
	}
	var pages []string
	for _, stream := range regexp.MustCompile(`(?s)<</Length \d+>>\nstream\n(.*?)\nendstream`).FindAllSubmatch(file.Bytes(), -1) {
		texts := regexp.MustCompile(`(?s)Td \((.*?)\)Tj ET`).FindAllSubmatch(stream[1], -1)
		if texts == nil {
			continue
		}
		var page strings.Builder
		for _, text := range texts {
			raw := regexp.MustCompile(`(?s)\\(.)`).ReplaceAllFunc(text[1], func(b []byte) []byte {
				if b[1] == 'r' {
					return []byte{'\r'}
				}
				return b[1:]
			})
			units := make([]uint16, len(raw)/2)
			for i := range units {
				units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
			}
			page.WriteString(strings.Trim(string(utf16.Decode(units)), " ") + "\n")
		}
		pages = append(pages, page.String())
	}
	return pages
}

func TestSheetToSignBearsWhatTheCAFAsksFor(t *testing.T) {
	pages := drawn(t, sample(8))
	all := strings.Join(strings.Fields(strings.Join(pages, " ")), " ")
	for _, want := range []string{
		"Feuille d’émargement · Atelier du diagnostic partagé", "Accès aux droits", "Mardi 16 janvier 2024, 14 h – 16 h 30",
		"Salle des fêtes", "Communauté de communes Cauvaldor", "2016–2020", "Causses et Vallée de la Dordogne",
		"Élise Cœuret", "Jean-Noël d’Hérouville", "N°", "Nom", "Prénom", "Structure", "Fonction", "Signature",
		"Œdipe", "Édité le mardi 16 janvier 2024 à 8 h 05", "Page 1/2", "Page 2/2",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the sheet does not say %q; it says:\n%s", want, all)
		}
	}
	if strings.Contains(all, "@") {
		t.Errorf("the sheet shows an e-mail address:\n%s", all)
	}
}

func TestPeopleAreInTheOrderOfTheirNames(t *testing.T) {
	s := sample(0)
	s.People = []Attendee{{LastName: "Zola"}, {LastName: "Éluard"}, {LastName: "eco"}, {LastName: "Œuvrard"}, {LastName: "Nœl"}}
	all := strings.Join(drawn(t, s), "")
	order := -1
	for _, name := range []string{"eco", "Éluard", "Nœl", "Œuvrard", "Zola"} {
		i := strings.Index(all, "\n"+name+"\n")
		if i <= order {
			t.Errorf("%s stands at %d, want after %d", name, i, order)
		}
		order = i
	}
}

func TestFreeLinesFillTheLastPageAndAreSixAtLeast(t *testing.T) {
	for people := range 40 {
		pages := drawn(t, sample(people))
		numbers := regexp.MustCompile(`(?m)^(\d+)$`).FindAllString(strings.Join(pages, ""), -1)
		if free := len(numbers) - people; free < 6 || free > 19 {
			t.Errorf("%d people: %d free lines, want 6 to 19", people, free)
		}
		if last := numbers[len(numbers)-1]; last != fmt.Sprint(len(numbers)) {
			t.Errorf("%d people: the last line is numbered %s, want %d", people, last, len(numbers))
		}
	}
}

func TestThreeHundredPeopleAreAllThereOnNumberedPages(t *testing.T) {
	s := sample(300)
	for i := range s.People {
		s.People[i].FirstName = fmt.Sprintf("P%03d", i)
	}
	pages := drawn(t, s)
	all := strings.Join(pages, "")
	for i := range 300 {
		if name := fmt.Sprintf("P%03d", i); strings.Count(all, name+"\n") != 1 {
			t.Errorf("%s is printed %d times, want once", name, strings.Count(all, name+"\n"))
		}
	}
	for i, page := range pages {
		if want := pageOf(i+1, len(pages)); !strings.Contains(page, want) {
			t.Errorf("page %d does not say %q", i+1, want)
		}
	}
	if len(pages) < 20 {
		t.Errorf("%d pages, want more than 20", len(pages))
	}
}

func TestSignaturesFollowTheHalfDays(t *testing.T) {
	tests := map[string]struct {
		start, end time.Time
		want       string
	}{
		"an afternoon":          {at(14, 0), at(17, 0), "Signature"},
		"a morning":             {at(9, 0), at(13, 30), "Signature"},
		"a day":                 {at(9, 30), at(16, 30), "Signature matin, Signature après-midi"},
		"over lunch":            {at(12, 30), at(14, 0), "Signature"},
		"two days":              {at(9, 0), at(41, 0), "Signature mar. 16, Signature mer. 17"},
		"a week":                {at(9, 0), at(24*6, 0), "Signature"},
		"no end":                {at(9, 0), time.Time{}, "Signature"},
		"an end on another day": {at(20, 0), at(25, 0), "Signature mar. 16, Signature mer. 17"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(Sheet{Start: tt.start, End: tt.end}.signatures(), ", ")
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRecordedSheetTellsWhoCame(t *testing.T) {
	s := recorded(14)
	all := strings.Join(drawn(t, s), "")
	for _, want := range []string{
		"6\u00a0présents, 5\u00a0structures\n", "dont 2 sans inscription", "2\u00a0représentés", "2\u00a0excusés", "2\u00a0absents",
		"Présent·e à 14\u00a0h\u00a003\n", "Excusé·e\n", "Absent·e\n", "Représenté·e par", "sans inscription\n", "Présence\n",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the sheet does not say %q; it says:\n%s", want, all)
		}
	}
	if strings.Contains(all, "Venu·e sans inscription") {
		t.Error("a recorded sheet leaves lines to fill in")
	}
}

func TestTotalsCountPresentPeopleAndTheirStructures(t *testing.T) {
	tests := map[string]struct {
		people []Attendee
		want   string
	}{
		"nobody":            {nil, "0\u00a0présent, 0\u00a0structure"},
		"one":               {[]Attendee{{Organisation: "CAF", Attendance: Present}}, "1\u00a0présent, 1\u00a0structure"},
		"same structure":    {[]Attendee{{Organisation: "Mission Locale", Attendance: Present}, {Organisation: "mission locale", Attendance: Present}}, "2\u00a0présents, 1\u00a0structure"},
		"absent ones":       {[]Attendee{{Organisation: "CAF", Attendance: Absent}}, "0\u00a0présent, 0\u00a0structure"},
		"without structure": {[]Attendee{{Attendance: Present}, {Organisation: "MSA", Attendance: Present}}, "2\u00a0présents, 1\u00a0structure"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got, _ := (Sheet{People: tt.people}).totals(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAnythingCanBePrinted(t *testing.T) {
	long := strings.Repeat("Très long œuvre d’art ", 500)
	texts := map[string]string{
		"nothing": "", "long words": long, "one word": strings.Repeat("W", 10000), "emoji": "😀 Réunion 👩‍👩‍👧", "astral": "\U00010000\U0010FFFF",
		"arabic": "مرحبا", "syntax": `) Tj ET endstream endobj <</Type /Page`, "control": "a\x00\r\nb\u2028c", "invalid": "\xff\xfeé", "spaces": strings.Repeat(" ", 999),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			for _, record := range []bool{false, true} {
				person := Attendee{LastName: text, FirstName: text, Organisation: text, Function: text, Attendance: Represented, By: text, WalkIn: true}
				pages := drawn(t, Sheet{
					Title: text, Instance: text, Convention: text, Territory: text, Place: text, Organiser: text,
					Animators: []string{text, text, text}, People: []Attendee{person, person}, Recorded: record,
				})
				if !strings.Contains(pages[0], pageOf(1, len(pages))) {
					t.Errorf("recorded %t: page 1 has no number", record)
				}
			}
		})
	}
}

func TestLongTitleEndsWithAnEllipsisAndIsReadInFull(t *testing.T) {
	s := sample(1)
	s.Title = strings.Repeat("mot ", 100) + "fin"
	if page := drawn(t, s)[0]; !strings.Contains(page, "mot…") || strings.Contains(page, "fin\n") {
		t.Errorf("the title is not cut with an ellipsis:\n%s", page)
	}
	var file bytes.Buffer
	if err := SignInSheet(&file, s); err != nil {
		t.Fatal(err)
	}
	if want := "/ActualText " + textString(s.Title); !strings.Contains(file.String(), want) {
		t.Error("the title is not there in full for a screen reader")
	}
}

func TestSheetIsTaggedInFrench(t *testing.T) {
	var file bytes.Buffer
	if err := SignInSheet(&file, sample(3)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/Lang (fr-FR)", "/MarkInfo <</Marked true>>", "/StructTreeRoot", "/S /Table", "/S /H1", "/Scope /Column", "/Scope /Row", "/DisplayDocTitle true"} {
		if !strings.Contains(file.String(), want) {
			t.Errorf("the file has no %s", want)
		}
	}
	if rows := strings.Count(file.String(), "/S /TR "); rows != 4 {
		t.Errorf("%d rows are tagged, want a heading and 3 people", rows)
	}
}

func TestSameSheetGivesTheSameBytes(t *testing.T) {
	font := bytes.Clone(liberationsansregular.TTF)
	var first, second bytes.Buffer
	if err := SignInSheet(&first, recorded(60)); err != nil {
		t.Fatal(err)
	}
	if err := SignInSheet(&second, recorded(60)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two prints of the same sheet differ")
	}
	if !bytes.Equal(font, liberationsansregular.TTF) {
		t.Error("printing changed the font shared by all documents")
	}
}

func BenchmarkSignInSheet(b *testing.B) {
	s := recorded(60)
	for b.Loop() {
		if err := SignInSheet(&bytes.Buffer{}, s); err != nil {
			b.Fatal(err)
		}
	}
}
