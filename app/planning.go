package app

import (
	"fmt"
	"net/url"
	"slices"
	"time"
)

// Limits of what is written of a workshop, in characters and people.
const (
	MaxTitle        = 200
	MaxPresentation = 4000
	MaxAgenda       = 4000
	MaxCapacity     = 2000
	longestMeeting  = 12 * time.Hour
)

// CheckPlan tells what is wrong with w as planned, by the fields of its form; taken is
// how many people have a seat already.
func (w Workshop) CheckPlan(taken int) error {
	f := Fields{}
	if w.Title == "" {
		f.Add("titre", "Donnez un titre à cette rencontre.")
	}
	if !w.Kind.Known() {
		f.Add("genre", "Choisissez le genre de rencontre.")
	}
	if slices.ContainsFunc(w.Themes, func(t Theme) bool { return !t.Known() }) {
		f.Add("themes", "Choisissez parmi les thèmes proposés.")
	}
	if w.Convention == "" {
		f.Add("convention", "Choisissez la convention que cette rencontre sert.")
	}
	checkSpan(f, w.StartsAt, w.EndsAt)
	if w.Link != "" && !webAddress(w.Link) {
		f.Add("lien", "Collez l’adresse entière de la visioconférence, qui commence par https://.")
	}
	switch {
	case w.Capacity < 0 || w.Capacity > MaxCapacity:
		f.Add("jauge", fmt.Sprintf("Écrivez un nombre de places entre 1 et %s, ou laissez vide.", Number(MaxCapacity)))
	case w.Capacity > 0 && w.Capacity < taken:
		f.Add("jauge", fmt.Sprintf("%s déjà : la jauge ne peut pas être plus basse. Désinscrivez d’abord des personnes.", Count(taken, "personne est inscrite", "personnes sont inscrites")))
	}
	return f.Err()
}

func checkSpan(f Fields, from, to time.Time) {
	switch {
	case from.IsZero() || to.IsZero():
	case !to.After(from):
		f.Add("fin", "La fin doit venir après le début.")
	case to.Sub(from) > longestMeeting:
		f.Add("fin", "Une rencontre dure 12 heures au plus ; pour plusieurs jours, créez-en une par jour.")
	}
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// MayPublish reports why w may not be shown to everybody; nil when it may.
func (w Workshop) MayPublish() error {
	switch {
	case w.Status == Published:
		return Errorf(Conflict, "Cette rencontre est déjà publiée.")
	case w.Status == Cancelled:
		return Errorf(Conflict, "Cette rencontre est annulée : dupliquez-la pour en préparer une autre.")
	case w.Abandoned():
		return Errorf(Conflict, "Ce brouillon est abandonné : reprenez-le d’abord.")
	}
	return nil
}

// Again returns a draft like w, four weeks later or as many times four as it takes to be
// still to come: the same weekday and hour in Paris, and as long.
func (w Workshop) Again(now time.Time) Workshop {
	from, lasts := w.StartsAt.In(Paris).AddDate(0, 0, 28), w.EndsAt.Sub(w.StartsAt)
	for from.Before(now) {
		from = from.AddDate(0, 0, 28)
	}
	w.ID, w.Status, w.StartsAt, w.EndsAt = NewID[WorkshopID](), Draft, from, from.Add(lasts)
	w.PostponedFrom, w.CancelReason, w.Sequence, w.Version = time.Time{}, "", 0, 1
	w.CreatedAt, w.UpdatedAt = now, now
	return w
}

// Resume takes up again a draft that was given up.
func (w *Workshop) Resume() error {
	if !w.Abandoned() {
		return Errorf(Conflict, "Ce brouillon n’est pas abandonné.")
	}
	w.CancelReason = ""
	return nil
}

// MayMove reports why w may not be put off to another date at now; nil when it may.
func (w Workshop) MayMove(now time.Time) error {
	switch {
	case w.Status == Draft:
		return Errorf(Conflict, "Cette rencontre est un brouillon : changez sa date en la modifiant.")
	case w.Status == Cancelled:
		return Errorf(Conflict, "Cette rencontre est annulée : dupliquez-la pour en préparer une autre.")
	case w.Ended(now):
		return Errorf(Conflict, "Cette rencontre a eu lieu : elle ne se reporte plus.")
	}
	return nil
}

// Move puts w off to other hours at now, as every diary will be told; the first date it
// was announced for is kept.
func (w *Workshop) Move(from, to, now time.Time) error {
	if err := w.MayMove(now); err != nil {
		return err
	}
	f := Fields{}
	checkSpan(f, from, to)
	if from.Before(now) {
		f.Add("date", "Cette date est passée.")
	}
	if from.Equal(w.StartsAt) && to.Equal(w.EndsAt) {
		f.Add("date", "C’est déjà la date annoncée.")
	}
	if err := f.Err(); err != nil {
		return err
	}
	if w.PostponedFrom.IsZero() {
		w.PostponedFrom = w.StartsAt
	}
	if w.PostponedFrom.Equal(from) {
		w.PostponedFrom = time.Time{} // back to the first date
	}
	w.StartsAt, w.EndsAt = from, to
	w.Sequence++
	return nil
}

// Cancel calls w off at now, for a reason that those who were to come are told. A draft,
// of which nobody was told, is abandoned and can be taken up again.
func (w *Workshop) Cancel(reason string, now time.Time) error {
	switch {
	case w.Status == Cancelled:
		return Errorf(Conflict, "Cette rencontre est déjà annulée.")
	case w.Ended(now) && w.Status == Published:
		return Errorf(Conflict, "Cette rencontre a eu lieu : elle ne s’annule plus.")
	case w.Abandoned():
		return Errorf(Conflict, "Ce brouillon est déjà abandonné.")
	case reason == "":
		return InvalidField("motif", "Dites pourquoi : d’autres le liront.")
	case w.Status == Draft:
		w.CancelReason = reason
		return nil
	}
	w.Status, w.CancelReason = Cancelled, reason
	w.Sequence++
	return nil
}
