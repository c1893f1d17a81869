// Package secret makes tokens, codes and keys, and says what is kept of them and of
// passwords: a digest or a hash, from which they cannot be found again; and, of the few
// that must be read again, what a Box sealed.
package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"sync"

	"github.com/alexedwards/argon2id"
)

// cost is OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane,
// about 20 ms. Not the package's own, which follow the machine.
var cost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// turns bounds how many passwords are hashed at once, so that a flood of sign-ins
// takes neither all the memory nor both processors.
var turns = make(chan struct{}, 4)

// decoy is compared with when there is no password, so that an unknown address
// takes as long as a known one.
var decoy = sync.OnceValue(func() string {
	hash, _ := argon2id.CreateHash("aucun mot de passe ici", cost)
	return hash
})

// HashPassword returns what is kept of a password: argon2id with a salt of its own.
func HashPassword(password string) (string, error) {
	turns <- struct{}{}
	defer func() { <-turns }()
	return argon2id.CreateHash(password, cost)
}

// SamePassword reports whether hash was made of password. With no hash it takes as
// long and says no.
func SamePassword(password, hash string) bool {
	turns <- struct{}{}
	defer func() { <-turns }()
	if hash == "" {
		_, _ = argon2id.ComparePasswordAndHash(password, decoy())
		return false
	}
	same, err := argon2id.ComparePasswordAndHash(password, hash)
	return err == nil && same
}

// Token returns 256 random bits for a cookie or a link, 43 characters safe in a URL.
func Token() string {
	var bits [32]byte
	_, _ = rand.Read(bits[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(bits[:])
}

// Digest returns what is kept of a token, or of anything too long to be guessed.
func Digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
