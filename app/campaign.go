package app

import "time"

// A Campaign asks many structures at once whether their record is right, in the words of the
// coordination.
type Campaign struct {
	ID        CampaignID
	Territory TerritoryID
	Author    string // the name of who sent it, read with it; "" once they are erased
	Subject   string
	Body      string // what stands above the record in the letter
	Chosen    string // which structures, in words
	CreatedAt time.Time
	Tally     Tally // what came of it

	RemindFrom time.Time // when the first of those who are silent may be reminded, zero: none
}

// The most that a campaign may be.
const (
	MaxCampaign        = 2_000 // structures
	MaxCampaignSubject = 120   // characters
	MaxCampaignBody    = 3_000 // characters
)

// Checked returns c tidied; the error says what is missing or too long, by field.
func (c Campaign) Checked() (Campaign, error) {
	wrong := Fields{}
	c.Subject, c.Body = Tidy(c.Subject), TidyText(c.Body)
	if c.Subject == "" {
		wrong.Add("objet", "Écrivez l’objet du courriel.")
	}
	if c.Body == "" {
		wrong.Add("texte", "Écrivez le texte du courriel.")
	}
	wrong.Limit("objet", c.Subject, MaxCampaignSubject)
	wrong.Limit("texte", c.Body, MaxCampaignBody)
	return c, wrong.Err()
}

// A Tally is how many of those asked stand in each state.
type Tally map[InquiryState]int

// Total returns how many were asked.
func (t Tally) Total() (n int) {
	for _, some := range t {
		n += some
	}
	return n
}

// Answered returns how many said that their record is right, or made it so.
func (t Tally) Answered() int { return t[InquiryConfirmed] + t[InquiryCorrected] }
