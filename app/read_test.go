package app_test

import (
	"testing"
	"time"

	"maillage/app"
)

func TestLooksOfAQuarterOfAnHourAreOneUnlessTakenAway(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 1, 0, 0, time.UTC)
	look := app.Read{Account: "a", Kind: app.SawPerson, ThingID: "ines"}
	first := look.Named(at).ID
	other := look
	other.Account = "b"
	sheet := app.Read{Account: "a", Kind: app.SawSheet, ThingID: "ines"}
	for name, tt := range map[string]struct {
		id   app.ReadID
		same bool
	}{
		"later in the quarter":    {look.Named(at.Add(13 * time.Minute)).ID, true},
		"in the next one":         {look.Named(at.Add(14 * time.Minute)).ID, false},
		"by another account":      {other.Named(at).ID, false},
		"the day after":           {look.Named(at.AddDate(0, 0, 1)).ID, false},
		"a sheet is never a look": {sheet.Named(at).ID, false},
	} {
		if got := tt.id == first; got != tt.same {
			t.Errorf("%s: the same line is %v, want %v", name, got, tt.same)
		}
	}
	if one, other := sheet.Named(at), sheet.Named(at); one.ID == other.ID {
		t.Error("two sheets printed in a row are one line, want two")
	}
}

func TestIdsOfReadsSortByTime(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 1, 0, 0, time.UTC)
	before := app.Read{Account: "z", Kind: app.SawPerson}.Named(at.Add(-16 * time.Minute)).ID
	for _, r := range []app.Read{{Account: "a", Kind: app.SawPerson}, {Account: "a", Kind: app.SawExport}} {
		if id := r.Named(at).ID; id <= before || id < app.ReadsBefore(at) {
			t.Errorf("%s at %v sorts before a look of a quarter of an hour ago", r.Kind, at)
		}
	}
	if before >= app.ReadsBefore(at) {
		t.Error("a look of a quarter of an hour ago sorts after the mark of now")
	}
}
