package demo

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"maillage/app"
	"maillage/db"
)

// loadEntries writes the audit trail that the story would have left: structures,
// people and the first convention entered at once, then the life of each workshop.
func (w *world) loadEntries(l *db.Loader) error {
	admin, coordination := w.accountOf("Rémi", "Lacoste"), w.accountOf("Élodie", "Vaissié")
	var entries []app.Entry
	add := func(at time.Time, by app.AccountID, thing app.Thing, id, act string) {
		entries = append(entries, app.Entry{
			ID: stableID[app.AuditID](string(thing), id, act, strconv.Itoa(len(entries))),
			At: at, Account: by, Thing: thing, ThingID: id, Act: act,
		})
	}
	for _, o := range w.organisations {
		add(w.entered, admin, app.OfOrganisation, string(o.ID), "a importé la structure ("+o.Source+")")
	}
	for _, m := range w.members {
		add(w.entered, admin, app.OfPerson, string(m.Person.ID), "a ajouté la personne, inventée pour la démonstration")
	}
	for _, c := range w.conventions {
		add(w.entered, coordination, app.OfConvention, string(c.ID), "a créé la convention")
	}
	for _, m := range w.meetings {
		if m.Convention == w.conventions[0].ID {
			add(w.entered, coordination, app.OfWorkshop, string(m.ID), "a repris l’atelier du tableau de la première convention")
			continue
		}
		w.lifeOf(m, coordination, func(at time.Time, by app.AccountID, act string) {
			add(at, by, app.OfWorkshop, string(m.ID), act)
		})
	}
	for _, e := range entries {
		if err := l.Entry(Territory, e); err != nil {
			return err
		}
	}
	return nil
}

// lifeOf tells what was done to a workshop of the running convention, by whom.
func (w *world) lifeOf(m meeting, coordination app.AccountID, did func(at time.Time, by app.AccountID, act string)) {
	did(m.CreatedAt, coordination, "a créé l’atelier")
	if m.Status == app.Draft {
		return
	}
	did(m.CreatedAt.Add(time.Hour), coordination, "a publié l’atelier")
	if len(m.invitations) > 0 {
		did(m.invitations[0].InvitedAt, coordination, "a invité "+app.Count(len(m.invitations), "structure", "structures"))
	}
	for _, i := range m.invitations {
		if i.Answer == app.Unanswered {
			continue
		}
		word := map[app.Answer]string{app.Coming: "oui", app.Declined: "non"}[i.Answer]
		by := cmp.Or(w.referentOf(i.Organisation), coordination)
		did(i.AnsweredAt, by, fmt.Sprintf("a répondu %s pour « %s »", word, w.organisation(i.Organisation).Name))
	}
	present := 0
	for _, r := range m.registrations {
		if r.State == app.Present {
			present++
		}
	}
	switch {
	case present > 0:
		did(m.EndsAt.Add(time.Hour), coordination, "a noté "+app.Count(present, "présence", "présences"))
	case m.Status == app.Cancelled:
		did(w.now.Add(-26*time.Hour), coordination, "a annulé l’atelier")
	case m.Postponed():
		did(w.now.Add(-50*time.Hour), coordination, "a reporté l’atelier")
	}
}

func (w *world) accountOf(first, last string) app.AccountID {
	return stableID[app.AccountID]("compte", w.member(first, last).Email)
}

// referentOf returns the account of a structure's référent·e, or "".
func (w *world) referentOf(o app.OrganisationID) app.AccountID {
	for _, a := range accounts {
		if m := w.member(a.first, a.last); a.organisation == app.Referent && m.Organisation == o {
			return w.accountOf(a.first, a.last)
		}
	}
	return ""
}
