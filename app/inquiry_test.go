package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
)

func TestAnInquiryIsWrittenThreeTimesThenGivenUp(t *testing.T) {
	const day = 24 * time.Hour
	now := at("2026-03-02 10:00")
	for _, tt := range []struct {
		name   string
		i      app.Inquiry
		writes bool
		next   time.Duration
	}{
		{"the first letter", app.Inquiry{State: app.InquiryWaits}, true, 10 * day},
		{"a first reminder", app.Inquiry{State: app.InquirySent, Rounds: 1}, true, 10 * day},
		{"a second one", app.Inquiry{State: app.InquirySent, Rounds: 2}, true, 10 * day},
		{"never a third", app.Inquiry{State: app.InquirySent, Rounds: 3}, false, 10 * day},
		{"of a campaign", app.Inquiry{State: app.InquiryWaits, Campaign: "c"}, true, 30 * day},
		{"of a campaign, by itself", app.Inquiry{State: app.InquirySent, Rounds: 1, Campaign: "c"}, false, 30 * day},
		{"of a campaign, reminded by somebody", app.Inquiry{State: app.InquiryWaits, Rounds: 1, Campaign: "c"}, true, 30 * day},
	} {
		if got := tt.i.Writes(); got != tt.writes {
			t.Errorf("%s: writes %v, want %v", tt.name, got, tt.writes)
		}
		if got := tt.i.Next(now); !got.Equal(now.Add(tt.next)) {
			t.Errorf("%s: next at %v, want %v", tt.name, got, tt.next)
		}
	}
}

func TestSomebodyRemindsAWeekAfterTheLastLetter(t *testing.T) {
	now := at("2026-03-10 10:00")
	for _, tt := range []struct {
		name string
		i    app.Inquiry
		want bool
	}{
		{"a week after", app.Inquiry{State: app.InquirySent, Rounds: 1, AskedAt: now.AddDate(0, 0, -7)}, true},
		{"too soon", app.Inquiry{State: app.InquirySent, Rounds: 1, AskedAt: now.AddDate(0, 0, -6)}, false},
		{"often enough", app.Inquiry{State: app.InquirySent, Rounds: 3, AskedAt: now.AddDate(0, 0, -20)}, false},
		{"not written to yet", app.Inquiry{State: app.InquiryWaits}, false},
		{"answered", app.Inquiry{State: app.InquiryConfirmed, Rounds: 1, AskedAt: now.AddDate(0, 0, -20), EndedAt: now}, false},
	} {
		if got := tt.i.MayRemind(now); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestToWhomAnInquiryIsWritten(t *testing.T) {
	bruno, lea := app.Recipient{Account: "b", Email: "bruno@x.test"}, app.Recipient{Account: "l", Email: "lea@x.test"}
	for _, tt := range []struct {
		name        string
		referents   []app.Recipient
		own         string
		undelivered []string
		want        []string
		failed      bool
	}{
		{"the référent·e·s, not the structure", []app.Recipient{bruno, lea}, "contact@x.test", nil, []string{"bruno@x.test", "lea@x.test"}, false},
		{"failing them, the structure", nil, " Contact@X.test ", nil, []string{"contact@x.test"}, false},
		{"one of whom does not work", []app.Recipient{bruno, lea}, "", []string{"bruno@x.test"}, []string{"lea@x.test"}, true},
		{"none of whom works", []app.Recipient{bruno}, "contact@x.test", []string{"bruno@x.test"}, []string{"contact@x.test"}, true},
		{"nothing works", []app.Recipient{bruno}, "contact@x.test", []string{"bruno@x.test", "contact@x.test"}, nil, true},
		{"nowhere", nil, "", nil, nil, false},
		{"not an address", nil, "voir le site", nil, nil, false},
		{"two lines", nil, "a@x.test\nBcc: b@x.test", nil, nil, false},
	} {
		to, failed := app.Recipients(tt.referents, tt.own, tt.undelivered)
		var got []string
		for _, r := range to {
			got = append(got, r.Email)
		}
		if !slices.Equal(got, tt.want) || failed != tt.failed {
			t.Errorf("%s: %q, failed %v; want %q, %v", tt.name, got, failed, tt.want, tt.failed)
		}
	}
}

func TestWhenALinkOpens(t *testing.T) {
	now := at("2026-03-02 10:00")
	good := app.InquiryLink{Inquiry: app.Inquiry{State: app.InquirySent}, ExpiresAt: now.Add(time.Hour), Holds: true}
	for _, tt := range []struct {
		name   string
		adjust func(*app.InquiryLink, *app.Organisation)
		want   bool
	}{
		{"in its time", func(*app.InquiryLink, *app.Organisation) {}, true},
		{"once it is over", func(l *app.InquiryLink, _ *app.Organisation) { l.ExpiresAt = now }, false},
		{"the recipient is another", func(l *app.InquiryLink, _ *app.Organisation) { l.Holds = false }, false},
		{"the structure is put aside", func(_ *app.InquiryLink, o *app.Organisation) { o.ArchivedAt = now }, false},
		{"answered today", func(l *app.InquiryLink, _ *app.Organisation) {
			l.Inquiry.State, l.Inquiry.EndedAt = app.InquiryConfirmed, now.Add(-23*time.Hour)
		}, true},
		{"answered the day before", func(l *app.InquiryLink, _ *app.Organisation) {
			l.Inquiry.State, l.Inquiry.EndedAt = app.InquiryCorrected, now.Add(-24*time.Hour)
		}, false},
		{"given up: better late", func(l *app.InquiryLink, _ *app.Organisation) {
			l.Inquiry.State, l.Inquiry.EndedAt = app.InquirySilent, now.AddDate(0, 0, -5)
		}, true},
	} {
		l, o := good, app.Organisation{}
		tt.adjust(&l, &o)
		if got := l.Opens(o, now); got != tt.want {
			t.Errorf("%s: opens %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestALinkCorrectsWhatIsOfTheStructureAndGivesNoRight(t *testing.T) {
	o := app.Organisation{Name: "Mission", Category: "emploi", Email: "contact@x.test", SIRET: "not one", Phone: "05 65 00 00 00", Version: 3}
	typed := app.Organisation{
		Name: "Prise", Category: "etat", Email: "voleur@x.test", Themes: []app.Theme{"enfance"}, Departmental: true, FormerNames: "X",
		Phone: "05 65 11 11 11", Website: "x.test", OpeningHours: "Le lundi", Description: "Accueil", Address: "1 rue X", PostalCode: "46200", Commune: "46309",
	}
	got, err := o.CorrectedTo(typed)
	if err != nil {
		t.Fatalf("a SIRET that was wrong before holds them up: %v", err)
	}
	if got.Name != "Mission" || got.Category != "emploi" || got.Email != "contact@x.test" || got.Themes != nil || got.Departmental || got.FormerNames != "" {
		t.Errorf("it changes what is not theirs: %+v", got)
	}
	if got.Phone != "05 65 11 11 11" || got.Website != "https://x.test" || got.OpeningHours != "Le lundi" || got.Description != "Accueil" || got.Address != "1 rue X" || got.PostalCode != "46200" || got.Commune != "46309" {
		t.Errorf("it does not change what is: %+v", got)
	}
	typed.PostalCode = "abc"
	if _, err := o.CorrectedTo(typed); app.FieldsOf(err)["code_postal"] == "" || len(app.FieldsOf(err)) != 1 {
		t.Errorf("a wrong postal code: %v, want that field alone", app.FieldsOf(err))
	}
}

func TestWhenAStructureMayBeAskedBySomebody(t *testing.T) {
	now := at("2026-03-10 10:00")
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	for _, tt := range []struct {
		name string
		i    app.Inquiry
		want string // of what is said, "" when it may
	}{
		{"never asked", app.Inquiry{}, ""},
		{"not written to yet", app.Inquiry{ID: "i", State: app.InquiryWaits}, "part de lui-même"},
		{"written to this week", app.Inquiry{ID: "i", State: app.InquirySent, Rounds: 1, AskedAt: ago(6)}, "à partir du 11/03/2026"},
		{"written to a week ago", app.Inquiry{ID: "i", State: app.InquirySent, Rounds: 1, AskedAt: ago(7)}, ""},
		{"written to often enough", app.Inquiry{ID: "i", State: app.InquirySent, Rounds: 3, AskedAt: ago(8), NextAt: now.AddDate(0, 0, 2)}, "après le 12/03/2026"},
		{"answered this week", app.Inquiry{ID: "i", State: app.InquiryConfirmed, Rounds: 1, AskedAt: ago(6), EndedAt: ago(5)}, "à partir du 11/03/2026"},
		{"answered long ago", app.Inquiry{ID: "i", State: app.InquiryCorrected, Rounds: 1, AskedAt: ago(7), EndedAt: ago(5)}, ""},
		{"answered before any letter left", app.Inquiry{ID: "i", State: app.InquiryConfirmed, EndedAt: now}, ""},
		{"not delivered", app.Inquiry{ID: "i", State: app.InquiryFailed, Rounds: 1, AskedAt: ago(1), EndedAt: now}, ""},
		{"by who was not the one to ask", app.Inquiry{ID: "i", State: app.InquiryWrong, Rounds: 1, AskedAt: ago(1), EndedAt: now}, ""},
	} {
		err := tt.i.Askable(now)
		if tt.want == "" && err != nil || tt.want != "" && (app.KindOf(err) != app.Conflict || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
