package demo

import (
	"fmt"
	"strconv"
	"time"

	"maillage/app"
)

// axes are the four of the convention, word for word as the article gives them.
var axes = []string{
	"Aider les familles à concilier vie familiale, vie professionnelle et vie sociale",
	"Structurer l’offre d’accueil enfance-jeunesse et soutenir la fonction parentale",
	"Favoriser l’intégration sociale des familles dans leur environnement",
	"Favoriser des conditions de logement de qualité pour les familles",
}

const firstSummary = `Première convention territoriale globale du Lot, entre la communauté de communes Causses et Vallée de la Dordogne et la Caf du Lot.

L’article de Medialot en donne le début (octobre 2016), les quatre axes, la durée de quatre ans, 15 ateliers de diagnostic réunissant une cinquantaine de participants et une journée sur le plan d’actions qui en réunit plus de 40. Les jours exacts, l’intitulé des ateliers et toutes les personnes sont inventés pour la démonstration.`

const secondSummary = `Convention inventée pour la démonstration : elle reconduit les quatre axes de la première, pour que des ateliers soient passés, en cours et à venir à la date du jour.`

// firstConvention is the one of the article, from its diagnostic to its end.
func firstConvention() app.Convention {
	c := app.Convention{
		ID: stableID[app.ConventionID]("convention", "première"), Territory: Territory,
		Name:     "Convention territoriale globale 2018–2021",
		StartsOn: "2016-10-03", EndsOn: "2021-12-31", SignedOn: "2017-12-19", Summary: firstSummary,
	}
	return with(c, [][2]app.Date{
		{"2016-10-03", "2016-10-14"},
		{"2016-10-17", "2017-06-30"},
		{"2017-07-03", "2017-11-30"},
		{"2017-12-01", "2017-12-31"},
		{"2018-01-01", "2021-12-31"},
		{"2021-07-01", "2021-12-31"},
	})
}

// secondConvention is an invented one that runs at now, in its third year.
func secondConvention(now time.Time) app.Convention {
	first := now.In(app.Paris).Year() - 2
	day := func(year int, rest string) app.Date { return app.Date(strconv.Itoa(year) + rest) }
	last := first + 3
	c := app.Convention{
		ID: stableID[app.ConventionID]("convention", "seconde"), Territory: Territory,
		Name:     fmt.Sprintf("CTG %d–%d (inventée)", first, last),
		StartsOn: day(first, "-01-01"), EndsOn: day(last, "-12-31"), SignedOn: day(first, "-11-26"),
		Summary: secondSummary, Invented: true,
	}
	return with(c, [][2]app.Date{
		{day(first, "-01-01"), day(first, "-02-28")},
		{day(first, "-03-01"), day(first, "-06-30")},
		{day(first, "-07-01"), day(first, "-10-31")},
		{day(first, "-11-01"), day(first, "-11-30")},
		{day(first, "-12-01"), day(last, "-12-31")},
		{day(last, "-07-01"), day(last, "-12-31")},
	})
}

// with gives c its phases, from and to the days given, and the axes.
func with(c app.Convention, spans [][2]app.Date) app.Convention {
	for i, span := range spans {
		c.Phases = append(c.Phases, app.Phase{
			ID:   stableID[app.PhaseID](string(c.ID), app.PhaseNames[i]),
			Name: app.PhaseNames[i], StartsOn: span[0], EndsOn: span[1],
		})
	}
	for i, title := range axes {
		c.Axes = append(c.Axes, app.Axis{ID: stableID[app.AxisID](string(c.ID), title), Number: i + 1, Title: title})
	}
	return c
}
