package web_test

import (
	"slices"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db/dbtest"
)

// BenchmarkAKnownAddressAgainstAnUnknownOne tells how much longer, by medians of requests
// in turn, each door takes for an address that has an account: one, give or take what the
// machine does besides. What is done is compared in db: TestAKnownAddressTakesTheWork….
func BenchmarkAKnownAddressAgainstAnUnknownOne(b *testing.B) {
	for name, door := range map[string]struct {
		path   string
		values []string
	}{
		"link":     {"/connexion/lien", nil},
		"password": {"/connexion", []string{"mot_de_passe", "faux"}},
		"access":   {"/acces", []string{"organisation", string(dbtest.Mission), "prenom", "Bruno", "nom", "Delmas"}},
		"data":     {"/mes-donnees", nil},
	} {
		b.Run(name, func(b *testing.B) {
			first := newSite(b)
			hash, err := secret.HashPassword(dbtest.Password) // at its real cost
			if err != nil {
				b.Fatal(err)
			}
			if err := first.db.ChangePassword(b.Context(), dbtest.Referent, hash, "", secret.Digest(dbtest.Referent.Email), app.Mail{}, first.now); err != nil {
				b.Fatal(err)
			}
			s := withMails(first)
			times := map[string][]time.Duration{}
			for i := range 2 * b.N {
				email := []string{dbtest.Referent.Email, "bruno@maillage.text"}[(i+i/2)%2] // each first in turn
				if i%2 == 0 {
					first.now = first.now.Add(25 * time.Hour) // nothing asked before counts
				}
				s.cookies = map[string]string{}
				start := time.Now()
				s.post(door.path, append([]string{"courriel", email}, door.values...)...)
				times[email] = append(times[email], time.Since(start))
			}
			median := func(email string) float64 {
				slices.Sort(times[email])
				return float64(times[email][len(times[email])/2])
			}
			b.ReportMetric(median(dbtest.Referent.Email)/median("bruno@maillage.text"), "known/unknown")
		})
	}
}
