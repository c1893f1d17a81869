package app

import (
	"strings"
	"time"
)

// RecoveryCodes is how many recovery codes a person gets, each of which replaces a
// second factor once.
const RecoveryCodes = 10

// Factors is what an account proves itself with besides its first factor, and whether
// the instance requires that of it.
type Factors struct {
	Codes    bool // codes of an application (TOTP)
	Passkeys int
	Required bool
}

// Any reports whether there is a second factor.
func (f Factors) Any() bool { return f.Codes || f.Passkeys > 0 }

// A SecondStep is what must still happen after a right first factor.
type SecondStep uint8

// The second steps.
const (
	NoStep    SecondStep = iota // the first factor was enough
	ProveStep                   // prove a second factor
	EnrolStep                   // one is required and there is none: set it up before anything else
)

// Step returns what must still happen after a right first factor.
func (f Factors) Step() SecondStep {
	switch {
	case f.Any():
		return ProveStep
	case f.Required:
		return EnrolStep
	}
	return NoStep
}

// MayLose reports whether one factor may be removed: never the last one where the
// instance requires one.
func (f Factors) MayLose() bool {
	left := f.Passkeys - 1
	if f.Codes {
		left++
	}
	return !f.Required || left > 0
}

// RequiresFactor reports whether an account with those roles must have a second factor
// where the instance requires it: who administers and who coordinates, for they see
// the details of everybody.
func RequiresFactor(administrator bool, territories map[TerritoryID]Role) bool {
	for _, role := range territories {
		if role == Coordination || role == ThemedCoordination {
			return true
		}
	}
	return administrator
}

// FoldCode returns a code as it was made, however it was typed: capitals, without the
// blanks and hyphens that people and mails put into it.
func FoldCode(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(s))
}

// SpellCode returns a code in groups of size, as it is read aloud and typed.
func SpellCode(code, by string, size int) string {
	var b strings.Builder
	for i, r := range code {
		if i > 0 && i%size == 0 {
			b.WriteString(by)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Passkey is a key kept by a device or a password keeper, which proves who holds it
// without anything to type (WebAuthn).
type Passkey struct {
	ID         PasskeyID
	Account    AccountID
	Name       string // given by the person: "Téléphone"
	Credential string // as the verifier wrote it, JSON
	CreatedAt  time.Time
	UsedAt     time.Time // zero if never
}

// MaxPasskeyName is how long the name of a passkey may be, in characters.
const MaxPasskeyName = 60
