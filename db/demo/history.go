package demo

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"maillage/app"
	"maillage/db"
)

// loadEntries writes the audit trail that the story would have left: structures,
// people and the first convention entered at once, then the life of each workshop.
func (w *world) loadEntries(l *db.Loader) error {
	admin, coordination := w.accountOf("Rémi", "Lacoste"), w.accountOf("Élodie", "Vaissié")
	var entries []app.Entry
	add := func(at time.Time, by app.AccountID, thing app.Thing, id, act string, changes app.Changes, names ...app.Named) {
		entries = append(entries, app.Entry{
			ID: stableID[app.AuditID](string(thing), id, act, strconv.Itoa(len(entries))),
			At: at, Account: by, Thing: thing, ThingID: id, Act: act, Changes: changes, Names: names,
		})
	}
	for _, o := range w.organisations {
		add(w.entered, admin, app.OfOrganisation, string(o.ID), "a importé la structure ("+o.Source+")", nil)
	}
	for _, m := range w.members {
		add(w.entered, admin, app.OfPerson, string(m.Person.ID), "a ajouté la personne, inventée pour la démonstration", nil)
	}
	for _, c := range w.conventions {
		add(w.entered, coordination, app.OfConvention, string(c.ID), "a créé la convention", nil)
	}
	for _, m := range w.meetings {
		if m.Convention == w.conventions[0].ID {
			add(w.entered, coordination, app.OfWorkshop, string(m.ID), "a repris l’atelier du tableau de la première convention", nil)
			continue
		}
		w.lifeOf(m, coordination, func(at time.Time, by app.AccountID, act string, changes app.Changes, names ...app.Named) {
			add(at, by, app.OfWorkshop, string(m.ID), act, changes, names...)
		})
	}
	for _, e := range entries {
		if err := l.Entry(Territory, e); err != nil {
			return err
		}
	}
	return nil
}

// A telling writes that somebody did something to a workshop, in the words of the
// operations of db, and whom that names.
type telling func(at time.Time, by app.AccountID, act string, changes app.Changes, names ...app.Named)

// lifeOf tells what was done to a workshop of the running convention, by whom.
func (w *world) lifeOf(m meeting, coordination app.AccountID, did telling) {
	did(m.CreatedAt, coordination, "a créé l’atelier", nil)
	if m.Status == app.Draft {
		return
	}
	did(m.CreatedAt.Add(time.Hour), coordination, "a publié l’atelier", nil)
	w.tellInvitations(m, coordination, did)
	for _, r := range m.registrations {
		if r.State == app.Present {
			name, before, how := w.nameOf(r.Person), app.Registered.Label(), ""
			if r.WalkIn {
				before, how = "", ", sans inscription"
			}
			did(r.CheckedInAt, coordination, "a noté l’arrivée "+app.Of(name)+how,
				app.Changes{{Field: name, Before: before, After: app.Present.Label()}}, app.Named{Person: r.Person, Name: name})
		}
	}
	switch {
	case m.Status == app.Cancelled:
		did(w.now.Add(-26*time.Hour), coordination, "a annulé l’atelier", app.Changes{{Field: "Motif", After: m.CancelReason}})
	case m.Postponed():
		did(w.now.Add(-50*time.Hour), coordination, "a reporté l’atelier", nil)
	}
}

func (w *world) tellInvitations(m meeting, coordination app.AccountID, did telling) {
	names := make([]string, len(m.invitations))
	for i, invited := range m.invitations {
		names[i] = w.organisation(invited.Organisation).Name
	}
	did(m.invitations[0].InvitedAt, coordination, "a invité "+app.Count(len(names), "structure", "structures"),
		app.Changes{{Field: "Structures invitées", After: strings.Join(names, ", ")}})
	words := map[app.Answer]string{app.Coming: "vient", app.Declined: "ne vient pas"}
	for i, invited := range m.invitations {
		if invited.Answer != app.Unanswered {
			by := cmp.Or(w.referentOf(invited.Organisation), coordination)
			did(invited.AnsweredAt, by, "a répondu pour "+names[i], app.Changes{{Field: "Réponse", After: words[invited.Answer]}})
		}
	}
}

func (w *world) nameOf(id app.PersonID) string {
	i := slices.IndexFunc(w.members, func(m member) bool { return m.Person.ID == id })
	return w.members[i].Name()
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
