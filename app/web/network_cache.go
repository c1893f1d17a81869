package web

import (
	"context"
	"maps"
	"sync"
	"time"

	"maillage/app"
	"maillage/app/network"
	"maillage/app/network/atlas"
	"maillage/db"
)

// What networks keeps at most, and for how long even if nobody did anything: some
// changes leave no act behind (what retention erases).
const (
	keptTerritories = 8
	keptPortraits   = 8 // a territory
	keptFor         = 10 * time.Minute
)

// networks keeps the network of the territories that people look at, because working it
// out takes longer than a page may. It asks the audit trail whether it still holds: any
// act in the territory makes it forget. It may be used by many goroutines at once.
type networks struct {
	db      *db.DB
	mu      sync.Mutex
	woven   map[app.TerritoryID]*woven
	atlases map[app.TerritoryID]*atlas.Atlas
}

func newNetworks(d *db.DB) *networks {
	return &networks{db: d, woven: map[app.TerritoryID]*woven{}, atlases: map[app.TerritoryID]*atlas.Atlas{}}
}

// woven is what the network of a territory was made from, as read at a moment.
type woven struct {
	network.Attendance
	engagements map[app.OrganisationID]network.Engagement
	read        time.Time
	acts        int // since actsFrom(read), counted before reading

	mu        sync.Mutex
	portraits map[network.Selection]func() *network.Portrait
}

// actsFrom is from when acts are counted: earlier than read by more than clocks of
// several machines, and transactions that end late, can differ.
func actsFrom(read time.Time) time.Time { return read.Add(-time.Hour) }

// of returns the network of a territory as it is at now.
func (n *networks) of(ctx context.Context, t app.TerritoryID, now time.Time) (*woven, error) {
	n.mu.Lock()
	kept := n.woven[t]
	n.mu.Unlock()
	if kept != nil && now.Sub(kept.read) < keptFor && app.DateOf(now) == app.DateOf(kept.read) {
		if acts, err := n.db.ActsSince(ctx, t, actsFrom(kept.read)); err != nil || acts == kept.acts {
			return kept, err
		}
	}
	fresh, err := n.read(ctx, t, now)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.woven[t] = fresh
	for other, w := range n.woven {
		if len(n.woven) > keptTerritories && other != t && !w.read.After(fresh.read) {
			delete(n.woven, other)
		}
	}
	return fresh, nil
}

func (n *networks) read(ctx context.Context, t app.TerritoryID, now time.Time) (*woven, error) {
	acts, err := n.db.ActsSince(ctx, t, actsFrom(now))
	if err != nil {
		return nil, err
	}
	w := &woven{read: now, acts: acts, engagements: map[app.OrganisationID]network.Engagement{}, portraits: map[network.Selection]func() *network.Portrait{}}
	if w.Attendance, err = n.db.Attendance(ctx, t); err != nil {
		return nil, err
	}
	for _, e := range w.Engagements(app.DateOf(now).Time()) { // what is held today is still being filled in
		w.engagements[e.Organisation] = e
	}
	return w, nil
}

// portrait returns what is to be said of a selection, worked out once even when several
// people ask for it at the same time.
func (w *woven) portrait(s network.Selection) *network.Portrait {
	w.mu.Lock()
	measure := w.portraits[s]
	if measure == nil {
		for other := range maps.Keys(w.portraits) {
			if len(w.portraits) >= keptPortraits {
				delete(w.portraits, other)
			}
		}
		measure = sync.OnceValue(func() *network.Portrait { return s.Weave(w.Attendance).Measure() })
		w.portraits[s] = measure
	}
	w.mu.Unlock()
	return measure()
}

// atlas returns the drawing of a territory; outlines do not change while we run.
func (n *networks) atlas(ctx context.Context, t app.TerritoryID) (*atlas.Atlas, error) {
	n.mu.Lock()
	drawn := n.atlases[t]
	n.mu.Unlock()
	if drawn != nil {
		return drawn, nil
	}
	communes, err := n.db.Outlines(ctx, t)
	if err != nil {
		return nil, err
	}
	if drawn, err = atlas.Draw(communes); err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.atlases[t] = drawn
	return drawn, nil
}
