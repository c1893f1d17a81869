// Package demo tells the story that the demonstration shows: the real territory and
// the real structures of Cauvaldor, the convention of the article that Maillage comes
// from, and invented people who meet before and after the day it is started on.
package demo

import (
	"context"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
)

// Territory is Cauvaldor, the SIREN of its EPCI.
const Territory app.TerritoryID = "200066371"

// Accounts are those that open with the password given to Load, by what each shows.
var Accounts = []struct{ Email, Role string }{
	{"admin@demo.test", "administration de l’instance"},
	{"coordination@demo.test", "coordination de Cauvaldor"},
	{"themes@demo.test", "coordination de la petite enfance et de la parentalité"},
	{"referent@demo.test", "référente de la Mission locale (Souillac)"},
	{"collegue@demo.test", "collègue à la Mission locale (Souillac)"},
	{"lecture@demo.test", "lecture seule (Caf)"},
}

// Load writes the demonstration as it stands at now, its accounts opening with
// password. It does nothing to a database in which a territory is open already, so
// that a second start keeps what was done since the first.
func Load(ctx context.Context, d *db.DB, password string, now time.Time) error {
	open, err := d.Territories(ctx)
	if err != nil || len(open) > 0 {
		return err
	}
	w, err := newWorld(now)
	if err != nil {
		return err
	}
	hash, err := secret.HashPassword(password)
	if err != nil {
		return err
	}
	return d.Load(ctx, func(l *db.Loader) error { return w.load(l, hash) })
}

func (w *world) load(l *db.Loader, hash string) error {
	for _, load := range []func(*db.Loader) error{
		w.loadTerritory, w.loadOrganisations, w.loadServices, w.loadMembers,
		func(l *db.Loader) error { return w.loadAccounts(l, hash) },
		w.loadConventions, w.loadMeetings, w.loadEntries,
	} {
		if err := load(l); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) loadTerritory(l *db.Loader) error {
	cauvaldor := app.Territory{ID: Territory, Name: "Cauvaldor — Causses et Vallée de la Dordogne"}
	for _, c := range w.communes {
		if c.Territory == Territory {
			cauvaldor.Population += c.Population
		}
	}
	if err := l.Territory(cauvaldor, w.entered); err != nil {
		return err
	}
	for _, c := range w.communes {
		if err := l.Commune(c.Commune, c.outline); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) loadOrganisations(l *db.Loader) error {
	for _, o := range w.organisations {
		if err := l.Organisation(o); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) loadMembers(l *db.Loader) error {
	for _, m := range w.members {
		if err := l.Person(m.Person, m.Position); err != nil {
			return err
		}
	}
	return nil
}

// loadAccounts opens the accounts; only those of Accounts have the password.
func (w *world) loadAccounts(l *db.Loader, hash string) error {
	for _, a := range accounts {
		account, err := a.account(w.members, w.entered)
		if err != nil {
			return err
		}
		kept := ""
		if a.email != "" {
			kept = hash
		}
		if err := l.Account(account, kept); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) loadConventions(l *db.Loader) error {
	for _, c := range w.conventions {
		if err := l.Convention(c, w.entered); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) loadMeetings(l *db.Loader) error {
	for _, m := range w.meetings {
		if err := l.Workshop(m.Workshop, m.animators...); err != nil {
			return err
		}
		for _, i := range m.invitations {
			if err := l.Invitation(i); err != nil {
				return err
			}
		}
		for _, r := range m.registrations {
			if err := l.Registration(r); err != nil {
				return err
			}
		}
	}
	return nil
}
