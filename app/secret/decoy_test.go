package secret

import (
	"testing"

	"github.com/alexedwards/argon2id"
)

func TestAnUnknownAddressCostsTheHashOfAPassword(t *testing.T) {
	kept, err := HashPassword("un vrai mot de passe")
	if err != nil {
		t.Fatal(err)
	}
	real, _, _, err := argon2id.DecodeHash(kept)
	if err != nil {
		t.Fatal(err)
	}
	other, _, _, err := argon2id.DecodeHash(decoy())
	if err != nil || *other != *real {
		t.Errorf("without a password %+v is computed (%v), with one %+v", other, err, real)
	}
}
