package secret_test

import (
	"testing"

	"maillage/app/secret"
)

func TestSamePassword(t *testing.T) {
	hash, err := secret.HashPassword("Œuf de Pâques 46!")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := secret.HashPassword("Œuf de Pâques 46!")
	if hash == again {
		t.Error("the same password hashes alike twice: there is no salt")
	}
	for _, tt := range []struct {
		name, password, hash string
		want                 bool
	}{
		{"right", "Œuf de Pâques 46!", hash, true},
		{"wrong", "oeuf de paques 46!", hash, false},
		{"no password kept", "Œuf de Pâques 46!", "", false},
		{"nothing typed", "", hash, false},
		{"a broken hash", "x", "$argon2id$v=19$broken", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := secret.SamePassword(tt.password, tt.hash); got != tt.want {
				t.Errorf("SamePassword = %t, want %t", got, tt.want)
			}
		})
	}
}

func TestTokensDiffer(t *testing.T) {
	a, b := secret.Token(), secret.Token()
	if a == b || len(a) != 43 {
		t.Errorf("Token = %q then %q, want two different ones of 43 characters", a, b)
	}
	if secret.Digest(a) == secret.Digest(b) || len(secret.Digest(a)) != 64 {
		t.Error("digests are not those of SHA-256")
	}
}
