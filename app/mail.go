package app

import "time"

// Mail is an e-mail written with what it announces and sent afterwards.
type Mail struct {
	ID        MailID
	Recipient string   // address
	Name      string   // of the recipient
	Person    PersonID // of whom it is; "" leaves it to the address
	Names     []Named  // others whom it may name, written with it where it does, never read back
	Asker     string   // the address of one of them who has no record here yet
	Subject   string
	Body      string // plain text
	CreatedAt time.Time
	SentAt    time.Time // zero until it is
	Attempts  int
	FailedAt  time.Time // zero unless given up
	Problem   string    // what the last attempt met, for the administrator
}
