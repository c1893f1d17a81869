package web

import (
	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

const mailsShown = 50

func (s *server) outboxPage(c *gin.Context, v app.Viewer) error {
	f := db.MailFilter{Before: app.MailID(cut(c.Query("avant"), 40))}
	if state := db.MailState(c.Query("etat")); state == db.MailWaits || state == db.MailLeft || state == db.MailFailed {
		f.State = state
	}
	mails, err := s.DB.Outbox(c.Request.Context(), v, f, mailsShown+1)
	if err != nil {
		return err
	}
	p := views.OutboxPage{Frame: s.frame(c, v, "Courriels", ""), State: string(f.State), Mails: mails, Leaves: s.Mails, Now: s.Now()}
	if len(mails) > mailsShown {
		p.Mails = mails[:mailsShown]
		p.Next = views.Address("/administration/courriels", "etat", p.State, "avant", string(mails[mailsShown-1].ID))
	}
	if err := s.traceMails(c, v, p.Mails...); err != nil {
		return err
	}
	return page(c, views.Outbox(p))
}

func (s *server) mailPage(c *gin.Context, v app.Viewer) error {
	m, err := s.DB.Mail(c.Request.Context(), v, app.MailID(c.Param("id")))
	if err != nil {
		return err
	}
	if err := s.traceMails(c, v, m); err != nil {
		return err
	}
	return page(c, views.MailOf(views.MailPage{Frame: s.frame(c, v, m.Subject, ""), Mail: m, Leaves: s.Mails}))
}

// traceMails writes down that v is about to be shown the addresses that mails went to.
func (s *server) traceMails(c *gin.Context, v app.Viewer, mails ...app.Mail) error {
	addresses := make([]string, len(mails))
	for i, m := range mails {
		addresses[i] = m.Recipient
	}
	people, err := s.DB.PeopleAt(c.Request.Context(), addresses...)
	if err != nil {
		return err
	}
	return s.trace(c, v, app.Read{Kind: app.SawMail}, people...)
}

func (s *server) resendMail(c *gin.Context, v app.Viewer) error {
	if err := s.DB.ResendMail(c.Request.Context(), v, app.MailID(c.Param("id")), s.Now()); err != nil {
		return err
	}
	return s.done(c, "/administration/courriels/"+pathEscape(c.Param("id")), "Le courriel va repartir.", "")
}
