package db

import (
	"context"
	"slices"
	"time"

	"maillage/app"
)

// A MergeLetter words the e-mail that tells a référent·e, to being their name, that their
// structure is one with another, or is so no more. Its recipient is filled in here.
type MergeLetter func(m app.Merge, to string) app.Mail

// A Merging is what making two structures one would move, as far as it can be told before.
type Merging struct {
	Kept, Absorbed app.Organisation
	People         []MergedPerson // who were of the absorbed one
	Accesses       []MergedAccess // who would act for both
	Moved          app.Changes
	Acts           int  // in the history of the absorbed one, read with that of the other then
	Apart          bool // somebody said that they are two
}

// MergedPerson is somebody whose position passes to the kept structure.
type MergedPerson struct {
	Name        string
	Function    string
	Both        bool // they hold one in each
	Unconfirmed bool
}

// MergedAccess is an account that acts for one of the two structures, and would for both.
type MergedAccess struct {
	Name     string
	Kept     app.Role // what they are of the kept structure, "" for nothing
	Absorbed app.Role
	Becomes  app.Role
}

// Merging returns what making absorbed one with kept would move, for who may do one of both.
func (d *DB) Merging(ctx context.Context, by app.Viewer, kept, absorbed app.OrganisationID, now time.Time) (m Merging, err error) {
	c := d.reader()
	if m.Kept, err = seenOrganisation(ctx, c, by, kept); err != nil {
		return m, err
	}
	if m.Absorbed, err = seenOrganisation(ctx, c, by, absorbed); err != nil {
		return m, err
	}
	if kept == absorbed {
		return m, app.Errorf(app.NotFound, "Une structure n’est pas son propre doublon : choisissez-en une autre.")
	}
	if !by.MayTellApart(m.Kept) || !by.MayTellApart(m.Absorbed) {
		return m, errNotTheirs
	}
	g, err := gather(ctx, c, m.Kept, m.Absorbed, now)
	if err != nil {
		return m, err
	}
	m.Moved = g.counts()
	for _, p := range g.positions {
		if p.Organisation == absorbed && !p.Ended(now) {
			_, both := g.twice[p.ID]
			m.People = append(m.People, MergedPerson{p.name, p.Function, both, p.Unconfirmed})
		}
	}
	for _, a := range g.accesses {
		m.Accesses = append(m.Accesses, MergedAccess{a.name, a.Kept, a.Absorbed, a.Became})
	}
	if m.Acts, err = one[int](c.row(ctx, `SELECT COUNT(*) FROM audit WHERE thing = $1 AND thing_id = $2`, app.OfOrganisation, absorbed)); err != nil {
		return m, err
	}
	all, err := distinctions(ctx, c)
	m.Apart = all.Has(kept, absorbed)
	return m, err
}

// A MergeChoice is how two structures are made one.
type MergeChoice struct {
	Kept, Absorbed               app.OrganisationID
	KeptVersion, AbsorbedVersion int      // of the records that were compared
	Others                       []string // keys of the app.MergeFields taken from the absorbed one
}

// MergeOrganisations makes two structures one: the kept record with what was chosen of the
// other, and all that was attached to either. The absorbed one leaves the directory, its
// address leads to the kept one. Conflict when one of both was changed since they were
// compared, put aside, or merged by somebody else: nothing changes then.
func (d *DB) MergeOrganisations(ctx context.Context, by app.Viewer, how MergeChoice, letter MergeLetter, now time.Time) (app.MergeID, error) {
	m := app.Merge{ID: app.NewOrderedID[app.MergeID](now), MergedAt: now}
	return m.ID, d.update(ctx, func(c conn) (err error) {
		if err := lockWorkshopsOf(ctx, c, how.Kept, how.Absorbed); err != nil {
			return err
		}
		if m.KeptBefore, m.AbsorbedBefore, err = lockPair(ctx, c, by, how.Kept, how.Absorbed); err != nil {
			return err
		}
		m.KeptBefore.Verified.Name, m.AbsorbedBefore.Verified.Name = "", "" // what is kept of a merge names nobody
		if err := mayBecomeOne(by, m, how); err != nil {
			return err
		}
		g, err := gather(ctx, c, m.KeptBefore, m.AbsorbedBefore, now)
		if err != nil {
			return err
		}
		if m.KeptAfter, err = m.KeptBefore.MergedWith(m.AbsorbedBefore, how.Others).Checked(); err != nil {
			return err
		}
		m.Moved = g.counts()
		if err := g.noteMerge(ctx, c, by, m, now); err != nil {
			return err
		}
		if err := g.tell(ctx, c, m, letter, now); err != nil {
			return err
		}
		m.KeptAfter.UpdatedAt = now
		if err := g.move(ctx, c); err != nil {
			return err
		}
		return g.settle(ctx, c, &m, now)
	})
}

func mayBecomeOne(by app.Viewer, m app.Merge, how MergeChoice) error {
	switch {
	case !by.MayMerge(m.KeptBefore, m.AbsorbedBefore):
		return errNotAllTheirs
	case m.KeptBefore.Archived() || m.AbsorbedBefore.Archived():
		return app.Errorf(app.Conflict, "L’une des deux structures est archivée : rétablissez-la d’abord. Rien n’a changé.")
	case m.KeptBefore.Version != how.KeptVersion || m.AbsorbedBefore.Version != how.AbsorbedVersion:
		return app.Errorf(app.Conflict, "Quelqu’un d’autre a modifié l’une des deux fiches pendant que vous compariez. Rien n’est perdu et rien n’a été réuni : voici les fiches à jour, vérifiez vos choix.")
	}
	return nil
}

var errNotAllTheirs = app.Errorf(app.Forbidden, "Réunir deux structures fait connaître les membres de chacune partout où l’autre agit : il faut coordonner tous les territoires des deux. Demandez à l’administration de l’instance.")

// lockWorkshopsOf locks the workshops that organisations have to do with, before the
// organisations: in the order in which whoever answers or registers locks both.
func lockWorkshopsOf(ctx context.Context, c conn, a, b app.OrganisationID) error {
	ids, err := list(ctx, c, one[app.WorkshopID], `
		SELECT workshop_id AS id FROM invitations WHERE organisation_id IN ($1, $2)
		UNION SELECT workshop_id FROM registrations WHERE organisation_id IN ($1, $2)
		UNION SELECT id FROM workshops WHERE host_id IN ($1, $2)
		ORDER BY id`, a, b)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.exec(ctx, `UPDATE workshops SET version = version WHERE id = $1`, id); err != nil {
			return err
		}
	}
	return nil
}

// noteMerge writes down the merge, what it moves and, on both structures, that it was done.
func (g *gathered) noteMerge(ctx context.Context, c conn, by app.Viewer, m app.Merge, now time.Time) error {
	after := m.KeptAfter
	after.UpdatedAt, after.Version = now, m.KeptBefore.Version+1
	err := insertAll(ctx, c, `merges (id, kept_id, absorbed_id, account_id, merged_at, kept_before, kept_after, absorbed_before, counts)`, [][]any{{
		m.ID, g.kept, g.absorbed, orNull(by.Actor()), stored(now), asJSON(m.KeptBefore), asJSON(after), asJSON(m.AbsorbedBefore), asJSON(m.Moved),
	}})
	if err != nil {
		return err
	}
	rows := make([][]any, 0, 64)
	for _, v := range g.moves() {
		rows = append(rows, []any{m.ID, v.kind, v.thing, orNull(v.person), v.was})
	}
	if err := insertAll(ctx, c, `merge_moves (merge_id, kind, thing_id, person_id, was)`, rows); err != nil {
		return err
	}
	if err := note(ctx, c, by, now, app.OfOrganisation, string(g.absorbed), "a réuni cette structure à « "+m.KeptAfter.Name+" »", m.Moved); err != nil {
		return err
	}
	changes := append(slices.Clone(m.KeptAfter.ChangesFrom(m.KeptBefore)), m.Moved...)
	return note(ctx, c, by, now, app.OfOrganisation, string(g.kept), "a réuni « "+m.AbsorbedBefore.Name+" » à cette structure", changes)
}

// settle writes the kept record and takes the absorbed one out of the directory: nobody is
// asked any more whether that one is right.
func (g *gathered) settle(ctx context.Context, c conn, m *app.Merge, now time.Time) error {
	if err := writeOrganisation(ctx, c, m.KeptAfter); err != nil {
		return err
	}
	if err := endInquiries(ctx, c, g.absorbed, "", app.InquiryDropped, now); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM organisation_territories WHERE organisation_id = $1`,
		`DELETE FROM search_words WHERE thing_id = $1 AND thing = 'structure'`,
	} {
		if err := c.exec(ctx, query, g.absorbed); err != nil {
			return err
		}
	}
	for _, t := range m.AbsorbedBefore.Territories {
		if !slices.Contains(m.KeptBefore.Territories, t) {
			if err := joinTerritory(ctx, c, m.KeptAfter, t); err != nil {
				return err
			}
		}
	}
	return c.change(ctx, `
		UPDATE organisations SET merged_into = $2, archived_at = $3, version = version + 1
		WHERE id = $1`, g.absorbed, g.kept, stored(now))
}

// tell writes to the référent·e·s of both structures, once to each.
func (g *gathered) tell(ctx context.Context, c conn, m app.Merge, letter MergeLetter, now time.Time) error {
	for _, a := range g.accesses {
		if a.disabled || a.Kept != app.Referent && a.Absorbed != app.Referent {
			continue
		}
		mail := letter(m, a.name)
		mail.Recipient, mail.Name, mail.Person = a.email, a.name, a.person
		if err := queueMail(ctx, c, mail, now); err != nil {
			return err
		}
	}
	return nil
}
