package db

import (
	"context"
	"slices"
	"strconv"
	"time"

	"maillage/app"
)

// warn tells who keeps the data what goes next of which no person is told, and what was
// not seen coming: the administration all of it, who coordinates what is of their
// territories. From then the month runs.
func (r *retaining) warn(ctx context.Context, c conn) error {
	if len(r.pending) == 0 {
		return nil
	}
	here := map[app.TerritoryID][]app.DueItem{}
	for _, i := range r.pending {
		if err := noteWarned(ctx, c, i, r.kept, r.now); err != nil {
			return err
		}
		territories, err := territoriesOfItem(ctx, c, i, r.now)
		if err != nil {
			return err
		}
		for _, t := range territories {
			here[t] = append(here[t], i)
		}
	}
	administration, err := administrationOf(ctx, c)
	if err != nil {
		return err
	}
	letters := map[string][]app.DueItem{}
	for _, a := range administration {
		letters[a.email] = r.pending
	}
	for t, items := range here {
		coordination, err := coordinationOf(ctx, c, []app.TerritoryID{t})
		if err != nil {
			return err
		}
		for _, a := range coordination {
			letters[a.email] = union(letters[a.email], items)
		}
	}
	return r.send(ctx, c, letters)
}

// send queues one letter to each address.
func (r *retaining) send(ctx context.Context, c conn, letters map[string][]app.DueItem) error {
	addresses := make([]string, 0, len(letters))
	for address := range letters {
		addresses = append(addresses, address)
	}
	slices.Sort(addresses)
	for _, address := range addresses {
		m := r.letters.Keepers(letters[address])
		m.Recipient = address
		for _, i := range letters[address] {
			m.Names = append(m.Names, app.Named{Person: app.PersonID(i.ID), Name: i.Name})
		}
		if err := queueMail(ctx, c, m, r.now); err != nil {
			return err
		}
	}
	return nil
}

// union adds to all those of more that are not in it.
func union(all, more []app.DueItem) []app.DueItem {
	all = slices.Clip(all)
	for _, i := range more {
		if !slices.ContainsFunc(all, func(o app.DueItem) bool { return o.Keeping == i.Keeping && o.ID == i.ID }) {
			all = append(all, i)
		}
	}
	return all
}

// noteWarned writes down that somebody was told of i, unless its person was.
func noteWarned(ctx context.Context, c conn, i app.DueItem, kept app.Retention, now time.Time) error {
	if i.ByLetter() {
		return nil
	}
	if app.RuleOf(i.Keeping).Told {
		return noteTold(ctx, c, i, now)
	}
	id := i.ID
	if ofRows(i.Keeping) {
		id = strconv.Itoa(kept.Months(i.Keeping))
	}
	return c.exec(ctx, `
		INSERT INTO retention_warnings (keeping, thing_id, told_at) VALUES ($1, $2, $3)
		ON CONFLICT (keeping, thing_id) DO NOTHING`, i.Keeping, id, stored(now))
}

// territoriesOfItem returns where what goes is known: nowhere for lines of a log.
func territoriesOfItem(ctx context.Context, c conn, i app.DueItem, now time.Time) ([]app.TerritoryID, error) {
	switch {
	case i.Keeping == app.KeepPresences:
		return list(ctx, c, one[app.TerritoryID], `SELECT territory_id FROM conventions WHERE id = $1`, i.ID)
	case app.RuleOf(i.Keeping).Told:
		return territoriesOf(ctx, c, app.PersonID(i.ID), now)
	}
	return nil, nil
}

// withdrawWarnings forgets who was told of what does not go any more: should it go again,
// they are told anew.
func withdrawWarnings(ctx context.Context, c conn, kept app.Retention, k app.Keeping, items []app.DueItem) error {
	if ofRows(k) { // shorter times than the one in force serve no more
		return c.exec(ctx, `DELETE FROM retention_warnings WHERE keeping = $1 AND CAST(thing_id AS INTEGER) < $2`, k, kept.Months(k))
	}
	table, column := "retention_notices", "person_id"
	if k == app.KeepPresences {
		table, column = "retention_warnings", "thing_id"
	} else if !app.RuleOf(k).Told {
		return nil
	}
	told, err := list(ctx, c, one[string], `SELECT `+column+` FROM `+table+` WHERE keeping = $1`, k)
	if err != nil {
		return err
	}
	going := make(map[string]bool, len(items))
	for _, i := range items {
		going[i.ID] = true
	}
	for _, id := range told {
		if going[id] {
			continue
		}
		if err := c.exec(ctx, `DELETE FROM `+table+` WHERE keeping = $1 AND `+column+` = $2`, k, id); err != nil {
			return err
		}
	}
	return nil
}
