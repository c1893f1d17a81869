package secret

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"golang.org/x/crypto/argon2"
)

// codeAlphabet is 32 signs, none of which is read for another: no I, O, 0 nor 1.
const codeAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// Code returns a code to be read and typed, of length signs: five random bits each.
func Code(length int) string {
	code := make([]byte, length)
	_, _ = rand.Read(code) // never fails (crypto/rand)
	for i, b := range code {
		code[i] = codeAlphabet[b%32]
	}
	return string(code)
}

// HashCode returns what is kept of a code short enough to be guessed from a plain
// digest: argon2id at the cost of a password. The codes of one set share a salt, so
// that one that is typed is hashed once.
func HashCode(code, salt string) string {
	turns <- struct{}{}
	defer func() { <-turns }()
	return base64.RawStdEncoding.EncodeToString(argon2.IDKey([]byte(code), []byte(salt), cost.Iterations, cost.Memory, cost.Parallelism, cost.KeyLength))
}

// What an application for codes assumes when it is told nothing (RFC 6238): a new code
// of six digits each thirty seconds, HMAC-SHA-1.
const (
	period = 30 * time.Second
	digits = otp.DigitsSix
)

// NewKey returns a key for an application of codes: 160 random bits in base 32.
func NewKey() string {
	var bits [20]byte // what RFC 4226 recommends
	_, _ = rand.Read(bits[:])
	return base32.StdEncoding.EncodeToString(bits[:])
}

// KeyAddress is the address by which an application of codes takes a key from a QR code.
func KeyAddress(key, issuer, account string) string {
	values := url.Values{"secret": {key}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+account) + "?" + strings.ReplaceAll(values.Encode(), "+", "%20")
}

// CodeAt returns the code that an application shows at now, for tests and demonstrations.
func CodeAt(key string, now time.Time) (string, error) {
	return hotp.GenerateCodeCustom(key, uint64(now.Unix()/int64(period.Seconds())), hotp.ValidateOpts{Digits: digits})
}

// StepOf returns the step of time of which code is the code, among that of now, the one
// before and the one after; false if it is of none. The same code stays right for up to
// 90 seconds: whoever asks must keep the last step accepted and refuse it and older ones.
func StepOf(key, code string, now time.Time) (step int64, ok bool) {
	current := now.Unix() / int64(period.Seconds())
	for _, step := range []int64{current, current - 1, current + 1} {
		if same, err := hotp.ValidateCustom(code, uint64(step), key, hotp.ValidateOpts{Digits: digits}); err == nil && same {
			return step, true
		}
	}
	return 0, false
}
