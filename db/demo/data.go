package demo

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base32"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"maillage/app"
)

// What the files hold, and where they come from (README and page Sources say it too):
//
//	structures.csv   the 169 real structures, as assembled from DILA, ANCT, Éducation nationale and FINESS
//	names.csv        the same names and addresses written with their capitals, accents and sense
//	incomplete.csv   the kinds of structures that the article names and no open data lists
//	communes.csv     the 312 communes of the Lot
//	outlines.txt.gz  the outlines of the 77 communes of Cauvaldor, a GeoJSON geometry a line
//	people.csv       the people, all invented
//
//go:embed data
var data embed.FS

// A row is a line of a CSV file by the names of its columns.
type row map[string]string

// number reads a column that holds a number, 0 when it is empty.
func (r row) number(column string) (float64, error) {
	if r[column] == "" {
		return 0, nil
	}
	return strconv.ParseFloat(r[column], 64)
}

func read(name string) ([]row, error) {
	file, err := data.ReadFile("data/" + name)
	if err != nil {
		return nil, err
	}
	lines, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	rows := make([]row, len(lines)-1)
	for i, line := range lines[1:] {
		rows[i] = row{}
		for j, column := range lines[0] {
			rows[i][column] = line[j]
		}
	}
	return rows, nil
}

// stableID returns an identifier that is the same at every start, made of what it names.
func stableID[T ~string](parts ...string) T {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return T(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:16]))
}

// commune is a commune of the Lot with its outline when it is one of Cauvaldor's.
type commune struct {
	app.Commune
	outline string // a GeoJSON geometry
}

func communes() ([]commune, error) {
	rows, err := read("communes.csv")
	if err != nil {
		return nil, err
	}
	outlines, err := outlines()
	if err != nil {
		return nil, err
	}
	all := make([]commune, len(rows))
	for i, r := range rows {
		population, err := strconv.Atoi(r["population"])
		if err != nil {
			return nil, err
		}
		point, err := r.point()
		if err != nil {
			return nil, err
		}
		code := app.CommuneCode(r["code"])
		all[i] = commune{app.Commune{
			Code: code, Name: r["nom"], Territory: app.TerritoryID(r["epci"]), Population: population, Point: point,
			PostalCodes: strings.ReplaceAll(r["codes_postaux"], "|", " "),
		}, outlines[code]}
	}
	return all, nil
}

func (r row) point() (p app.Point, err error) {
	if p.Latitude, err = r.number("latitude"); err != nil {
		return p, err
	}
	p.Longitude, err = r.number("longitude")
	return p, err
}

func outlines() (map[app.CommuneCode]string, error) {
	file, err := data.ReadFile("data/outlines.txt.gz")
	if err != nil {
		return nil, err
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(unzipped)
	if err != nil {
		return nil, err
	}
	all := map[app.CommuneCode]string{}
	for line := range strings.Lines(string(text)) {
		code, outline, _ := strings.Cut(strings.TrimSpace(line), "\t")
		all[app.CommuneCode(code)] = outline
	}
	return all, nil
}
