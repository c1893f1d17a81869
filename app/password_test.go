package app

import (
	"strings"
	"testing"
)

func TestCheckPassword(t *testing.T) {
	for _, tt := range []struct {
		name, password string
		ok             bool
	}{
		{"CNIL example 1: 12 characters of four classes", "aZ3!kfm?pQ2x", true},
		{"CNIL example 2: 14 characters without sign", "aZ3kfmpQ2xWb7u", true},
		{"CNIL example 3: seven words", "le chat gris dort sous un tilleul", true},
		{"the demonstration's", "Maillage-demo-2026!", true},
		{"four classes but 11 characters", "aZ3!kfm?pQ2", false},
		{"13 characters without sign", "aZ3kfmpQ2xWb7", false},
		{"12 characters without capital", "az3!kfm?pq2x", false},
		{"one word seven times", "chat chat chat chat chat chat chat", false},
		{"common word with its year", "Motdepasse2026!", false},
		{"common word disguised", "M0tdep@sse-2026", false},
		{"row of keys", "Azertyuiop123!", false},
		{"one's own name", "Delmas-2026-!!", false},
		{"the product's name", "Maillage-2026!", false},
		{"signs and digits only", "12345678901234!A", false},
		{"empty", "", false},
		{"too long to hash", strings.Repeat("aZ3!", 51), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := CheckPassword(tt.password, "Bruno Delmas"); (err == nil) != tt.ok {
				t.Errorf("CheckPassword(%q) = %v, want ok=%t", tt.password, err, tt.ok)
			}
		})
	}
}

func TestCheckEmail(t *testing.T) {
	for address, ok := range map[string]bool{
		"prenom.nom@structure.fr": true, "a+b@sous.domaine.example": true,
		"": false, "sans-arobase": false, "@x.fr": false, "a@": false, "a@sansdomaine": false, "a@b@c.fr": false,
		"a b@c.fr": false, "a@c.fr\r\nBcc: x@y.fr": false, "<a@c.fr>": false, "a@.fr": false, "a@c..fr": false,
	} {
		if err := CheckEmail(address); (err == nil) != ok {
			t.Errorf("CheckEmail(%q) = %v, want ok=%t", address, err, ok)
		}
	}
}

func TestParseMoment(t *testing.T) {
	for _, tt := range []struct{ name, day, hour, want string }{
		{"winter", "2026-01-16", "14:30", "2026-01-16T13:30:00Z"},
		{"summer", "2026-07-16", "14:30", "2026-07-16T12:30:00Z"},
		{"as people write", "16/01/2026", "14h30", "2026-01-16T13:30:00Z"},
		{"the missing hour of March", "2026-03-29", "02:30", ""},
		{"just after it", "2026-03-29", "03:00", "2026-03-29T01:00:00Z"},
		{"the hour that comes twice, the first time", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"},
		{"a day that is not", "2026-02-30", "10:00", ""},
		{"an hour that is not", "2026-02-20", "25:00", ""},
		{"no day", "", "10:00", ""},
		{"no hour", "2026-02-20", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at, err := ParseMoment(tt.day, tt.hour)
			if got := at.Format("2006-01-02T15:04:05Z07:00"); (tt.want == "") != (err != nil) || err == nil && got != tt.want {
				t.Errorf("ParseMoment(%q, %q) = %s, %v; want %q", tt.day, tt.hour, got, err, tt.want)
			}
		})
	}
}
