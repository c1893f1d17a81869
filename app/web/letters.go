package web

import (
	"maillage/app"
	"maillage/db"
	"maillage/views"
)

// What the operations of db write to référent·e·s, with links to this site.

func (s *server) invitationLetter(n app.Notice) app.Mail {
	return views.InvitationLetter(n, s.BaseURL)
}

func (s *server) reminderLetter(n app.Notice) app.Mail  { return views.ReminderLetter(n, s.BaseURL) }
func (s *server) seatLetter(n app.Notice) app.Mail      { return views.SeatLetter(n, s.BaseURL) }
func (s *server) postponedLetter(n app.Notice) app.Mail { return views.PostponedLetter(n, s.BaseURL) }

func (s *server) cancelledLetter(n app.Notice) app.Mail { return views.CancelledLetter(n, s.BaseURL) }

func (s *server) mergedLetter(m app.Merge, to string) app.Mail {
	return views.MergedLetter(m, to, s.BaseURL)
}

func (s *server) partedLetter(m app.Merge, to string) app.Mail {
	return views.PartedLetter(m, to, s.BaseURL)
}

// replacedLetter tells an address that somebody else replaced it on a record.
func (s *server) replacedLetter(structure string) app.Mail {
	return views.ReplacedAddressLetter(structure, s.BaseURL)
}

// openedElsewhereLetter tells the address of a record that an account is opened at another.
func (s *server) openedElsewhereLetter(structure string) app.Mail {
	return views.OpenedElsewhereLetter(structure, s.BaseURL)
}

// askLetter words the mail to who has an account already, and is asked before anything of
// them is told.
func (s *server) askLetter(v app.Viewer, token string) db.AskLetter {
	return func(o app.Organisation) app.Mail { return views.AskedIntoMail(v.Name, o, s.BaseURL+"/acces/"+token) }
}
