package app_test

import (
	"testing"
	"time"

	"maillage/app"
)

func TestAnAddressIsSentThreeMailsAnHourAndNeverNone(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	ago := func(kind app.AskedMail, minutes ...int) (sent []app.SentMail) {
		for _, m := range minutes {
			sent = append(sent, app.SentMail{Kind: kind, At: now.Add(-time.Duration(m) * time.Minute)})
		}
		return sent
	}
	for name, c := range map[string]struct {
		kind app.AskedMail
		sent []app.SentMail
		want bool
	}{
		"nothing was sent":                            {app.MailToSignIn, nil, true},
		"two at once":                                 {app.MailToSignIn, ago(app.MailToSignIn, 0, 0), true},
		"three at once":                               {app.MailToSignIn, ago(app.MailToSignIn, 0, 0, 0), false},
		"three, the last seven minutes ago":           {app.MailToSignIn, ago(app.MailToSignIn, 16, 15, 7), false},
		"three, the last eight minutes ago":           {app.MailToSignIn, ago(app.MailToSignIn, 17, 16, 8), true},
		"three an hour ago":                           {app.MailToConfirm, ago(app.MailToConfirm, 60, 60, 60), true},
		"three within the hour":                       {app.MailToConfirm, ago(app.MailToConfirm, 59, 59, 59), false},
		"three of another kind":                       {app.MailToSignIn, ago(app.MailToConfirm, 0, 0, 0), true},
		"three of another kind, and one just now":     {app.MailToSignIn, append(ago(app.MailToConfirm, 0, 0, 0), ago(app.MailToSignIn, 1)...), false},
		"ten of another kind, one's own an hour ago":  {app.MailToOwnData, append(ago(app.MailToSignIn, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), ago(app.MailToOwnData, 60)...), true},
		"an invitation ten minutes after many others": {app.MailToInvite, append(ago(app.MailToSignIn, 1, 2, 3), ago(app.MailToInvite, 10)...), true},
	} {
		if got := c.kind.MayLeave(c.sent, now); got != c.want {
			t.Errorf("%s: may leave is %v, want %v", name, got, c.want)
		}
	}
}

// Whoever asks for the most of each kind, minute by minute, for a day.
func TestWhoeverAsksTheMostAddressesAVictimTenTimesInAnHour(t *testing.T) {
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	open := []app.AskedMail{app.MailToSignIn, app.MailToOwnData, app.MailToConfirm}
	var sent []app.SentMail
	for minute := range 24 * 60 {
		now := start.Add(time.Duration(minute) * time.Minute)
		for range 5 {
			for _, kind := range open {
				if kind.MayLeave(sent, now) {
					sent = append(sent, app.SentMail{Kind: kind, At: now})
				}
			}
		}
	}
	most := 0
	for i := range sent {
		n := 0
		for _, m := range sent[i:] {
			if m.At.Sub(sent[i].At) < time.Hour {
				n++
			}
		}
		most = max(most, n)
	}
	if most > 10 || len(sent) > 24*10 {
		t.Errorf("a mailbox gets %d e-mails in an hour and %d in a day, want at most 10 and %d", most, len(sent), 24*10)
	}
}
