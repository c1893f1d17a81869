package app

import "time"

// AskedMail is why an e-mail leaves for an address that somebody typed, before anything
// shows that it is theirs.
type AskedMail string

// The e-mails that are asked for.
const (
	MailToSignIn  AskedMail = "connexion"
	MailToOwnData AskedMail = "donnees"
	MailToConfirm AskedMail = "demande"
	MailToMove    AskedMail = "adresse"
	MailToInvite  AskedMail = "invitation"
	MailOfChange  AskedMail = "changement"   // to the address that another replaced
	MailOfMove    AskedMail = "compte"       // to the address that an account left
	MailToInform  AskedMail = "information"  // to whom another added
	MailToVerify  AskedMail = "verification" // of a record, to who answers for it
)

// LinkLife is how long a sign-in link, and its code, may wait in a mailbox: the longest that
// OWASP ASVS 5 allows (6.5.5, out-of-band codes).
const LinkLife = 10 * time.Minute

// AskedAnHour is how many e-mails of all kinds one address is sent freely in an hour.
const AskedAnHour = 3

// InvitationsAnHour is how many invitations one account has us send in an hour, to whatever
// addresses: enough for a large team, too few to write to all the addresses of a place.
const InvitationsAnHour = 30

// SentMail is an e-mail that left for an address, at its request or another's.
type SentMail struct {
	Kind AskedMail
	At   time.Time
}

// Again is after how long one more e-mail of a kind leaves, however many others did. It is
// less than what the one before is good for: who fills somebody's mailbox never holds back
// their way in, since either an e-mail leaves now or the last one still serves.
// (OWASP ASVS 5: 6.1.1 and 6.3.1, limits without lockout by malice.)
func (k AskedMail) Again() time.Duration {
	switch k {
	case MailToSignIn:
		return LinkLife - 2*time.Minute
	case MailToInvite:
		return 10 * time.Minute
	}
	return time.Hour
}

// MayLeave reports whether one more e-mail of a kind may leave now for an address, of
// which sent is what left for it in the last hour at least.
func (k AskedMail) MayLeave(sent []SentMail, now time.Time) bool {
	inAnHour, again := 0, true
	for _, m := range sent {
		if now.Sub(m.At) < time.Hour {
			inAnHour++
		}
		if m.Kind == k && now.Sub(m.At) < k.Again() {
			again = false
		}
	}
	return inAnHour < AskedAnHour || again
}
