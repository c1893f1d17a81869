// Package fill makes plausible databases of any size, for benchmarks and for seeing
// how the screens bear many structures: real EPCIs and communes, everything else invented.
package fill

import (
	"context"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"maillage/app"
	"maillage/db"
	"maillage/db/france"
)

// Size is how much to make.
type Size struct {
	Structures, Workshops, People int
	Territories                   int    // over which the rest is spread; 0: one for 300 structures
	PasswordHash                  string // of the administrator (Email) that an empty database receives; "": nobody
}

// Email is the address of that administrator, as in the demonstration.
const Email = "admin@demo.test"

// The size of what one territory holds, from the measures of real ones.
const structuresPerTerritory = 300

// Load adds that much to d, in one transaction, around now: territories that are not
// open yet, Cauvaldor first, each with its communes, a convention that runs, workshops
// past and to come, and who was invited and came. The same size, on an empty database
// and at the same time, makes the same content. It returns the territories opened.
func Load(ctx context.Context, d *db.DB, size Size, now time.Time) ([]app.TerritoryID, error) {
	if size.Territories == 0 {
		size.Territories = (size.Structures + structuresPerTerritory - 1) / structuresPerTerritory
	}
	open, err := d.Territories(ctx)
	if err != nil {
		return nil, err
	}
	known, err := d.Communes(ctx, "")
	if err != nil {
		return nil, err
	}
	f := newFiller(open, known, size, now)
	err = d.Load(ctx, func(l *db.Loader) error {
		f.l = l
		if len(open) == 0 && size.PasswordHash != "" {
			if err := f.administrator(size.PasswordHash); err != nil {
				return err
			}
		}
		for i, e := range f.epcis {
			part := Size{
				Structures: share(size.Structures, i, len(f.epcis)),
				Workshops:  share(size.Workshops, i, len(f.epcis)),
				People:     share(size.People, i, len(f.epcis)),
			}
			if err := f.territory(e, f.communesOf[i], part); err != nil {
				return fmt.Errorf("fill %s: %w", e.Name, err)
			}
		}
		return nil
	})
	opened := make([]app.TerritoryID, len(f.epcis))
	for i, e := range f.epcis {
		opened[i] = e.SIREN
	}
	return opened, err
}

// closed returns n EPCIs, at most all, that are not open yet.
func closed(open []app.Territory, n int) []france.EPCI {
	epcis := france.EPCIs()
	first := slices.IndexFunc(epcis, func(e france.EPCI) bool { return e.Usual == "Cauvaldor" })
	epcis[0], epcis[first] = epcis[first], epcis[0]
	epcis = slices.DeleteFunc(epcis, func(e france.EPCI) bool {
		return slices.ContainsFunc(open, func(t app.Territory) bool { return t.ID == e.SIREN })
	})
	return epcis[:min(n, len(epcis))]
}

// share returns the part of total that the i-th of n receives.
func share(total, i, n int) int { return total*(i+1)/n - total*i/n }

// A filler writes one territory after another.
type filler struct {
	l          *db.Loader
	now        time.Time
	random     *rand.Rand
	known      map[app.CommuneCode]bool
	epcis      []france.EPCI
	communesOf [][]france.Commune // by EPCI
}

func newFiller(open []app.Territory, known []app.Commune, size Size, now time.Time) *filler {
	f := &filler{
		now: now.UTC().Truncate(time.Second), random: rand.New(rand.NewPCG(46, uint64(len(open)))),
		known: map[app.CommuneCode]bool{}, epcis: closed(open, max(1, size.Territories)),
	}
	for _, c := range known {
		f.known[c.Code] = true
	}
	for _, e := range f.epcis { // all at once: read between two writes, France would be decoded each time
		f.communesOf = append(f.communesOf, france.Communes(e.SIREN))
	}
	return f
}

// id returns an identifier like app.NewID's, the same in every run.
func id[T ~string](f *filler) T {
	var bits [16]byte
	binary.LittleEndian.PutUint64(bits[:8], f.random.Uint64())
	binary.LittleEndian.PutUint64(bits[8:], f.random.Uint64())
	return T(strings.ToLower(base32.StdEncoding.EncodeToString(bits[:])[:16]))
}

// pick returns one of values.
func pick[T any](f *filler, values []T) T { return values[f.random.IntN(len(values))] }

func (f *filler) territory(e france.EPCI, ground []france.Commune, size Size) error {
	if err := f.l.Territory(app.Territory{ID: e.SIREN, Name: e.Name, Population: e.Population}, f.now); err != nil {
		return err
	}
	communes, err := f.communes(e, ground)
	if err != nil {
		return err
	}
	structures, err := f.structures(e.SIREN, communes, size.Structures)
	if err != nil {
		return err
	}
	if len(structures) == 0 {
		return nil
	}
	people, err := f.people(structures, size.People)
	if err != nil {
		return err
	}
	return f.workshops(e.SIREN, structures, communes, people, size.Workshops)
}

// communes writes those that are not known yet. Where they stand is invented: around a
// point of France, as far apart as communes are.
func (f *filler) communes(e france.EPCI, ground []france.Commune) ([]app.Commune, error) {
	centre := app.Point{Latitude: 43.5 + 6*f.random.Float64(), Longitude: -1 + 7*f.random.Float64()}
	var all []app.Commune
	for _, c := range ground {
		commune := app.Commune{
			Code: c.Code, Name: c.Name, Territory: e.SIREN, Population: c.Population,
			PostalCodes: strings.Join(c.PostalCodes, " "), Point: f.around(centre, 0.2),
		}
		all = append(all, commune)
		if f.known[c.Code] {
			continue
		}
		f.known[c.Code] = true
		if err := f.l.Commune(commune, ""); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (f *filler) around(p app.Point, degrees float64) app.Point {
	return app.Point{
		Latitude:  p.Latitude + degrees*(2*f.random.Float64()-1),
		Longitude: p.Longitude + degrees*(2*f.random.Float64()-1),
	}
}

// administrator writes somebody who may see all that is filled.
func (f *filler) administrator(hash string) error {
	p := app.Person{
		ID: id[app.PersonID](f), FirstName: "Camille", LastName: "Essai", Email: Email,
		Invented: true, CreatedAt: f.now, UpdatedAt: f.now,
	}
	if err := f.l.Person(p); err != nil {
		return err
	}
	return f.l.Account(app.Account{ID: id[app.AccountID](f), Person: p.ID, Email: Email, Administrator: true, CreatedAt: f.now}, hash)
}
