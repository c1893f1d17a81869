// Package france knows the intercommunalités of France and their communes: the
// 1 255 EPCIs à fiscalité propre and the 34 969 communes of the Code officiel
// géographique 2026, from @etalab/decoupage-administratif 6.0.0 (MIT; data under
// Licence Ouverte). They travel compressed inside the program and are decoded when
// somebody asks; the garbage collector takes them back when nobody does.
package france

import (
	"cmp"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"weak"

	"maillage/app"
)

//go:generate go run build.go ../../../shared/data/territoire

// A line a thing, fields parted by tabs: an EPCI (SIREN, kind, inhabitants, name),
// then its communes (INSEE code, inhabitants, postal codes, name). The EPCI without
// SIREN that comes first holds the communes that belong to none.
//
//go:embed france.txt.gz
var compressed string

// EPCI is an intercommunalité with its own taxes.
type EPCI struct {
	SIREN      app.TerritoryID
	Name       string // as INSEE writes it: "CC Causses et Vallée de la Dordogne"
	Usual      string // the name people use when the official one does not hold it: "Cauvaldor"
	Kind       string // CC, CA, CU, METRO or MET69
	Department string // the code of the one where most of its communes are
	Population int    // population municipale
	Communes   int    // how many
}

// Commune is a commune as the COG has it on the first of January.
type Commune struct {
	Code        app.CommuneCode // INSEE's
	Name        string
	PostalCodes []string
	Population  int // population municipale, of another census year than the EPCIs'; 0 overseas, where there is none
}

// FullName returns the name with its first letters spelled out, followed by the
// usual name: "Communauté de communes Causses et Vallée de la Dordogne (Cauvaldor)".
func (e EPCI) FullName() string {
	name := e.Name
	for _, k := range []struct{ short, long string }{
		{"CC ", "Communauté de communes "},
		{"CA ", "Communauté d’agglomération "},
		{"CU ", "Communauté urbaine "},
	} {
		if rest, ok := strings.CutPrefix(name, k.short); ok {
			name = k.long + rest
		}
	}
	if e.Usual != "" {
		name += " (" + e.Usual + ")"
	}
	return name
}

// usual are the names that people say and the official ones do not hold.
var usual = map[app.TerritoryID]string{"200066371": "Cauvaldor"}

// EPCIs returns every EPCI, by SIREN.
func EPCIs() []EPCI { return slices.Clone(open().epcis) }

// EPCIByID returns the EPCI of that SIREN, and whether there is one.
func EPCIByID(siren app.TerritoryID) (EPCI, bool) {
	f := open()
	i, ok := f.find(siren)
	if !ok {
		return EPCI{}, false
	}
	return f.epcis[i], true
}

// Communes returns the communes of an EPCI, by INSEE code; none for an unknown SIREN.
func Communes(siren app.TerritoryID) []Commune {
	f := open()
	i, ok := f.find(siren)
	if !ok {
		return nil
	}
	return slices.Clone(f.communesOf(i))
}

// directory is the whole of France, decoded.
type directory struct {
	epcis    []EPCI
	first    []int // epcis[i] holds communes[first[i]:first[i+1]]
	communes []Commune
	orphans  []Commune // of no EPCI
	names    func() folded
}

func (f *directory) communesOf(i int) []Commune { return f.communes[f.first[i]:f.first[i+1]] }

func (f *directory) find(siren app.TerritoryID) (int, bool) {
	return slices.BinarySearchFunc(f.epcis, siren, func(e EPCI, id app.TerritoryID) int {
		return cmp.Compare(e.SIREN, id)
	})
}

var (
	opening sync.Mutex
	opened  weak.Pointer[directory]
)

// open returns the directory, decoded again if the garbage collector took it back.
func open() *directory {
	opening.Lock()
	defer opening.Unlock()
	if f := opened.Value(); f != nil {
		return f
	}
	f, err := decode()
	if err != nil {
		panic(fmt.Sprintf("france: the embedded data is damaged: %v", err)) // a test reads it all
	}
	opened = weak.Make(f)
	return f
}

func decode() (*directory, error) {
	r, err := gzip.NewReader(strings.NewReader(compressed))
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	text.Grow(1 << 20)
	if _, err := io.Copy(&text, r); err != nil {
		return nil, err
	}
	f := &directory{communes: make([]Commune, 0, 35_000), epcis: make([]EPCI, 0, 1_300)}
	for line := range strings.Lines(text.String()) {
		if err := f.add(strings.TrimSuffix(line, "\n")); err != nil {
			return nil, err
		}
	}
	f.first = append(f.first, len(f.communes))
	f.names = sync.OnceValue(f.fold)
	f.situate()
	return f, nil
}

func (f *directory) add(line string) error {
	key, line, _ := strings.Cut(line, "\t")
	second, line, _ := strings.Cut(line, "\t")
	third, name, _ := strings.Cut(line, "\t")
	if name == "" {
		return fmt.Errorf("a line without a name: %q", key)
	}
	if second == "" || second[0] > '9' { // the kind of an EPCI
		population, err := strconv.Atoi(third)
		if key != "" {
			id := app.TerritoryID(key)
			f.first = append(f.first, len(f.communes))
			f.epcis = append(f.epcis, EPCI{SIREN: id, Kind: second, Population: population, Name: name, Usual: usual[id]})
		}
		return err
	}
	population, err := strconv.Atoi(second)
	commune := Commune{Code: app.CommuneCode(key), Population: population, Name: name, PostalCodes: strings.Fields(third)}
	if len(f.epcis) == 0 {
		f.orphans = append(f.orphans, commune)
	} else {
		f.communes = append(f.communes, commune)
	}
	return err
}

// situate counts the communes of every EPCI and finds its département.
func (f *directory) situate() {
	for i := range f.epcis {
		e, most, run := &f.epcis[i], 0, 0
		communes := f.communesOf(i)
		e.Communes = len(communes)
		for j, c := range communes {
			if j > 0 && communes[j-1].Department() == c.Department() {
				run++
			} else {
				run = 1
			}
			if run > most {
				most, e.Department = run, c.Department()
			}
		}
	}
}

// Department returns the code of the département or collectivité of c.
func (c Commune) Department() string {
	if strings.HasPrefix(string(c.Code), "97") || strings.HasPrefix(string(c.Code), "98") {
		return string(c.Code[:3])
	}
	return string(c.Code[:2])
}
