package views

import (
	"slices"
	"strconv"
	"time"

	"maillage/app"
	"maillage/app/network"
)

// IndicatorsPage says the network in numbers, each as a sentence with who is behind it.
type IndicatorsPage struct {
	Frame       Frame
	Filter      NetworkFilter
	Portrait    *network.Portrait
	Engagements map[app.OrganisationID]network.Engagement
	Now         time.Time
	Months      int // not seen for that long is dormant
	Invitations int // so many missed in a row too
}

// called returns who should be called for a reason, those seen longest ago first.
func (p IndicatorsPage) called(why network.Dormancy) []network.Engagement {
	var all []network.Engagement
	for _, o := range p.Portrait.Organisations {
		if e := p.Engagements[o.ID]; e.Dormant(p.Now, p.Months, p.Invitations) == why {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b network.Engagement) int { return a.Last.Compare(b.Last) })
	return all
}

// Situation is what an organisation is to the network, in two words, for a list.
func (p IndicatorsPage) Situation(i int) string {
	o := p.Portrait.Organisations[i]
	e := p.Engagements[o.ID]
	switch {
	case e.Dormant(p.Now, p.Months, p.Invitations) == network.Unseen:
		return "À relancer\u00a0: pas revue"
	case e.Dormant(p.Now, p.Months, p.Invitations) == network.Unanswered:
		return "À relancer\u00a0: invitations sans venue"
	case e.Came == 0 && e.Invited == 0:
		return "Jamais invitée"
	case e.Came == 0:
		return "Jamais venue"
	}
	return "Active"
}

func (p IndicatorsPage) link(i int) Link {
	o := p.Portrait.Organisations[i]
	return Link{Href: structurePath(o.ID), Label: o.Name}
}

func (p IndicatorsPage) links(indexes []int) []Link {
	links := make([]Link, len(indexes))
	for k, i := range indexes {
		links[k] = p.link(i)
	}
	return links
}

// top returns the organisations that met the most others.
func (p IndicatorsPage) top(most int) []int {
	order := p.Portrait.Order(network.ByPartners, false)
	order = slices.DeleteFunc(order, func(i int) bool { return p.Portrait.Degree(i) == 0 })
	return order[:min(most, len(order))]
}

// between returns the organisations that the most shortest ways go through.
func (p IndicatorsPage) between(most int) []int {
	order := p.Portrait.Order(network.ByBetweenness, false)
	order = slices.DeleteFunc(order, func(i int) bool { return p.Portrait.Betweenness[i] < 0.0005 })
	return order[:min(most, len(order))]
}

// isolated parts those that met nobody: never came, and came but alone.
func (p IndicatorsPage) isolated() (absent, alone []int) {
	for _, i := range p.Portrait.Isolated() {
		if p.Portrait.Came[i] == 0 {
			absent = append(absent, i)
		} else {
			alone = append(alone, i)
		}
	}
	return absent, alone
}

func (p IndicatorsPage) came() int {
	n := 0
	for _, c := range p.Portrait.Came {
		if c > 0 {
			n++
		}
	}
	return n
}

// groups returns the groups of at least two, and the name of each.
func (p IndicatorsPage) groups() [][]int { return p.Portrait.Communities }

func (p IndicatorsPage) monthsOptions() []Option {
	return numbered(p.Months, "mois", 3, 6, 12, 24, 36)
}

func (p IndicatorsPage) invitationsOptions() []Option {
	return numbered(p.Invitations, "invitations", 2, 3, 4, 5)
}

// numbered offers numbers of a thing, and the chosen one even if it is not among them.
func numbered(chosen int, noun string, numbers ...int) []Option {
	if !slices.Contains(numbers, chosen) {
		numbers = append(numbers, chosen)
		slices.Sort(numbers)
	}
	options := make([]Option, len(numbers))
	for i, n := range numbers {
		options[i] = Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n) + " " + noun, Chosen: n == chosen}
	}
	return options
}

// seen says when an organisation last came.
func (p IndicatorsPage) seen(e network.Engagement) string {
	if e.Last.IsZero() {
		return "jamais venue, " + app.Count(e.Missed, "invitation", "invitations")
	}
	s := "vue pour la dernière fois le " + LongDate(app.DateOf(e.Last))
	if e.Missed > 0 {
		s += ", " + app.Count(e.Missed, "invitation", "invitations") + " depuis"
	}
	return s
}

func (p IndicatorsPage) nameOf(id app.OrganisationID) string {
	i, _ := p.Portrait.Find(id)
	return p.Portrait.Organisations[i].Name
}

func (p IndicatorsPage) csvHref() string {
	return address(indicatorsPath+".csv", p.Filter.values(true), "mois", strconv.Itoa(p.Months), "invitations", strconv.Itoa(p.Invitations))
}
