package views

import (
	"strings"
	"time"

	"maillage/app"
)

// The addresses of the pages that follow how fresh the directory is.
const (
	FreshnessPath = "/structures/fraicheur"
	CampaignPath  = "/structures/campagnes"
)

// FreshnessPage is where the records of the directory stand, and what is done about it.
type FreshnessPage struct {
	Frame     Frame
	Records   map[app.Freshness]int // app.Due: those due for less than a month
	Asked     app.Tally
	AsksAlone bool
	Campaigns []app.Campaign
	Next      string // address of the older ones, "" after the last
}

// toConfirm is how many records are to be confirmed today.
func (p FreshnessPage) toConfirm() int {
	return p.Records[app.NeverSaid] + p.Records[app.Late] + p.Records[app.Due]
}

// all is how many records there are.
func (p FreshnessPage) all() int { return p.toConfirm() + p.Records[app.Fresh] }

// CampaignWords says which structures f lets through, communes being those of the territory:
// "À vérifier, thème Parentalité".
func (f DirectoryFilter) CampaignWords(communes []app.Commune) string {
	var words []string
	add := func(say bool, what string) {
		if say {
			words = append(words, what)
		}
	}
	add(f.Query != "", "« "+f.Query+" »")
	add(f.Freshness != "", f.Freshness.Label())
	add(f.Asked != "", f.Asked.Label())
	add(f.Category != "", "Catégorie "+f.Category.Label())
	add(f.Theme != "", "Thème "+f.Theme.Label())
	for _, m := range communes {
		add(m.Code == f.Commune, m.Name)
	}
	add(f.Incomplete, "À compléter")
	add(f.WithoutPeople, "Sans personne")
	add(f.Mute, "Sans référent·e")
	if len(words) == 0 {
		return "Toutes les structures"
	}
	return strings.Join(words, ", ")
}

// CampaignForm is a campaign before it is sent.
type CampaignForm struct {
	Frame  Frame
	Filled Filled
	Filter DirectoryFilter
	Chosen string // which structures, in words
	Found  int    // one more than app.MaxCampaign when there are too many
	Asked  int    // of them, those that are left out
	Sample app.Organisation
	Of     string // the name of the territory
}

func (f CampaignForm) action() string { return f.Filter.with(CampaignPath, "", "") }

// to is how many structures would be written to.
func (f CampaignForm) to() int { return f.Found - f.Asked }

// toWords says how many structures would be written to.
func (f CampaignForm) toWords() string {
	if f.to() == 0 {
		return "Aucune structure ne recevra le courriel"
	}
	return app.Count(f.to(), "structure recevra le courriel", "structures recevront le courriel")
}

// ready reports whether it may be sent.
func (f CampaignForm) ready() bool { return f.Found <= app.MaxCampaign && f.to() > 0 }

func (f CampaignForm) fields() []Field {
	return []Field{
		limited(f.Filled.field(Field{Name: "objet", Label: "Objet", Required: true}), app.MaxCampaignSubject),
		limited(f.Filled.field(Field{Name: "texte", Label: "Texte", Required: true, Rows: 8, Hint: "Au-dessus de la fiche, telle qu’elle est lue aujourd’hui. Chaque courriel commence par « Bonjour » et se termine par le lien de la structure : inutile de les écrire."}), app.MaxCampaignBody),
	}
}

// letter is the letter that the first of them would receive, as it is typed now.
func (f CampaignForm) letter() app.Mail {
	return InquiryLetter(Inquiry{
		Organisation: f.Sample, Territory: f.Of, Subject: f.Filled.Typed.Get("objet"), Body: f.Filled.Typed.Get("texte"),
		Link: "[le lien de la structure, propre à chaque courriel]",
	})
}

// CampaignPage is what came of a campaign.
type CampaignPage struct {
	Frame    Frame
	Campaign app.Campaign
	State    app.InquiryState
	Rows     []CampaignRow
	Next     string // address of those that follow, "" after the last
	Now      time.Time
	Problem  string
}

// CampaignRow is one structure of a campaign.
type CampaignRow struct {
	app.Inquiry
	Name    string
	Commune string
}

func (p CampaignPage) path() string { return CampaignPath + "/" + pathEscape(string(p.Campaign.ID)) }

// chips are the states that some are in, to be shown alone.
func (p CampaignPage) chips() []Link {
	all := []Link{{Href: p.path(), Label: "Toutes (" + app.Number(p.Campaign.Tally.Total()) + ")", Current: p.State == ""}}
	for _, s := range app.InquiryStates {
		if n := p.Campaign.Tally[s.Key]; n > 0 || p.State == s.Key {
			all = append(all, Link{Href: Address(p.path(), "etat", string(s.Key)), Label: s.Short + " (" + app.Number(n) + ")", Current: p.State == s.Key})
		}
	}
	return all
}

// waiting is how many have not answered yet.
func (p CampaignPage) waiting() int { return p.Campaign.Tally[app.InquirySent] }

// remindable reports whether some of those who did not answer may be reminded now.
func (p CampaignPage) remindable() bool {
	return !p.Campaign.RemindFrom.IsZero() && !p.Now.Before(p.Campaign.RemindFrom)
}

// remindWords says when those who did not answer may be reminded.
func (p CampaignPage) remindWords() string {
	if p.Campaign.RemindFrom.IsZero() {
		return "Plus possible : trois courriels ont été envoyés à chacune, c’est le plus."
	}
	return "Possible à partir du " + LongDate(app.DateOf(p.Campaign.RemindFrom)) + ", une semaine après le dernier courriel, si vous le décidez."
}

// cameOf says what came of a campaign in a line.
func cameOf(t app.Tally) string {
	return app.Count(t.Answered(), "structure a répondu", "structures ont répondu") + " sur\u00a0" + app.Number(t.Total())
}
