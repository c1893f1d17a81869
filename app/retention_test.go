package app_test

import (
	"testing"
	"time"

	"maillage/app"
)

func TestWhatIsKeptGoesOnceItsTimeHasComeAndSomebodyWasTold(t *testing.T) {
	due := time.Date(2026, 6, 30, 9, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		item          app.DueItem
		now           time.Time
		telling, goes bool
	}{
		"long before":                        {app.DueItem{Keeping: app.KeepIdleAccounts, Email: "a@b.test"}, due.Add(-31 * day), false, false},
		"a month before":                     {app.DueItem{Keeping: app.KeepIdleAccounts, Email: "a@b.test"}, due.Add(-30 * day), true, false},
		"told already":                       {app.DueItem{Keeping: app.KeepIdleAccounts, Email: "a@b.test", Told: due.Add(-30 * day)}, due.Add(-day), false, false},
		"told, time come":                    {app.DueItem{Keeping: app.KeepIdleAccounts, Email: "a@b.test", Told: due.Add(-30 * day)}, due, false, true},
		"time come, never told":              {app.DueItem{Keeping: app.KeepIdleAccounts, Email: "a@b.test"}, due.Add(day), true, false},
		"time come, told too late":           {app.DueItem{Keeping: app.KeepIdleAccounts, Email: "a@b.test", Told: due.Add(-2 * day)}, due, false, false},
		"time come, no address, nobody told": {app.DueItem{Keeping: app.KeepRecords}, due, true, false},
		"no address, the keepers told":       {app.DueItem{Keeping: app.KeepRecords, Told: due.Add(-30 * day)}, due, false, true},
		"a date moved to long ago":           {app.DueItem{Keeping: app.KeepPresences}, due.Add(900 * day), true, false},
		"the keepers told a month ago":       {app.DueItem{Keeping: app.KeepPresences, Told: due.Add(-30 * day)}, due, false, true},
		"contact details are only asked for": {app.DueItem{Keeping: app.KeepContacts, Email: "a@b.test"}, due, false, true},
	} {
		c.item.Due = due
		if c.item.Telling(c.now) != c.telling || c.item.Going(c.now) != c.goes {
			t.Errorf("%s: telling %v, going %v; want %v, %v", name, c.item.Telling(c.now), c.item.Going(c.now), c.telling, c.goes)
		}
	}
}

func TestRetentionStaysWithinTheLegalLimits(t *testing.T) {
	for name, c := range map[string]struct {
		chosen app.Retention
		wrong  app.Keeping
	}{
		"the defaults":                  {app.Retention{}, ""},
		"a year for idle accounts":      {app.Retention{app.KeepIdleAccounts: 12}, ""},
		"ten years for idle accounts":   {app.Retention{app.KeepIdleAccounts: 120}, app.KeepIdleAccounts},
		"a month of journal":            {app.Retention{app.KeepJournal: 1}, app.KeepJournal},
		"a technical time":              {app.Retention{app.KeepSessions: 5}, app.KeepSessions},
		"records shorter than contacts": {app.Retention{app.KeepRecords: 12, app.KeepContacts: 18}, app.KeepRecords},
	} {
		fields := app.FieldsOf(c.chosen.Check())
		if (c.wrong == "") != (len(fields) == 0) || c.wrong != "" && fields[string(c.wrong)] == "" {
			t.Errorf("%s: wrong fields %v, want %q", name, fields, c.wrong)
		}
	}
}

func TestADefaultIsWithinItsOwnLimits(t *testing.T) {
	all := app.Retention{}
	for _, r := range app.Rules {
		if r.Months > 0 {
			all[r.Keeping] = r.Months
		} else if r.Fixed == "" {
			t.Errorf("%s has neither months nor words", r.Keeping)
		}
	}
	if err := all.Check(); err != nil {
		t.Error(app.FieldsOf(err))
	}
}

func TestNobodyHasLessTimeThanPromised(t *testing.T) {
	now := time.Date(2026, 6, 30, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		item   app.DueItem
		want   time.Time
		sudden bool
	}{
		"seen coming":          {app.DueItem{Keeping: app.KeepRecords, Due: now.Add(app.NoticeBefore)}, now.Add(app.NoticeBefore), false},
		"due since long":       {app.DueItem{Keeping: app.KeepPresences, Due: now.AddDate(-2, 0, 0)}, now.Add(app.NoticeBefore), true},
		"told ten days ago":    {app.DueItem{Keeping: app.KeepPresences, Due: now.AddDate(-2, 0, 0), Told: now.AddDate(0, 0, -10)}, now.AddDate(0, 0, 20), true},
		"told long before":     {app.DueItem{Keeping: app.KeepRecords, Due: now.AddDate(0, 0, 29), Told: now.AddDate(0, 0, -40)}, now.AddDate(0, 0, 29), false},
		"only to be asked for": {app.DueItem{Keeping: app.KeepContacts, Due: now}, now, true},
	} {
		if got := c.item.GoesOn(now); !got.Equal(c.want) || c.item.Sudden(now) != c.sudden {
			t.Errorf("%s: goes on %v, sudden %v; want %v, %v", name, got, c.item.Sudden(now), c.want, c.sudden)
		}
	}
}
