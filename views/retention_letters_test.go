package views

import (
	"strings"
	"testing"
	"time"

	"maillage/app"
)

func TestALetterOfRetentionLeadsWhoHasNoAccountToTheirData(t *testing.T) {
	const link, site = "https://m.test/mes-donnees/abc", "https://m.test"
	for _, k := range []app.Keeping{app.KeepContacts, app.KeepRecords, app.KeepIdleAccounts} {
		body := RetentionLetter(app.DueItem{Keeping: k, Name: "Inès Faure", Email: "ines@ecole.test"}, link, site).Body
		if !strings.Contains(body, link+"\n") {
			t.Errorf("%s: %q, want the personal link on a line of its own", k, body)
		}
		if strings.Contains(body, "/connexion") != (k == app.KeepIdleAccounts) {
			t.Errorf("%s: %q, want only who has an account sent to sign in", k, body)
		}
	}
}

func TestTheWarningSaysHowManyAndWhenAndNamesNobody(t *testing.T) {
	due := time.Date(2026, 7, 30, 9, 0, 0, 0, time.UTC)
	body := RetentionWarning([]app.DueItem{
		{Keeping: app.KeepPresences, Name: "CTG 2022–2025", Count: 132, Due: due},
		{Keeping: app.KeepRecords, Name: "Inès Faure", Count: 1, Due: due},
		{Keeping: app.KeepRecords, Name: "Bruno Delmas", Email: "bruno@m.test", Count: 1, Due: due.AddDate(0, 0, 3)},
		{Keeping: app.KeepJournal, Count: 1204, Due: due},
	}, "https://m.test").Body
	for _, want := range []string{
		"« CTG 2022–2025 » : 132\u00a0présences ou inscriptions perdent leur nom à partir du 30 juillet 2026",
		"Fiches sans nouvelles : 2, à partir du 30 juillet 2026 (1\u00a0personne prévenue par courriel, 1 sans adresse)",
		"Journal des actes : 1\u202f204, à partir du 30 juillet 2026", "https://m.test/administration/information",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%q misses %q", body, want)
		}
	}
	if strings.Contains(body, "Faure") || strings.Contains(body, "Delmas") {
		t.Errorf("%q names people, want numbers only", body)
	}
}
