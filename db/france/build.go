//go:build ignore

// Build writes france.txt.gz from communes_france.csv and epci_france.csv, found in
// the folder given, as @etalab/decoupage-administratif has them.
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	folder := os.Args[1]
	communes := map[string][]map[string]string{}
	for _, c := range read(filepath.Join(folder, "communes_france.csv")) {
		communes[c["epci_siren"]] = append(communes[c["epci_siren"]], c)
	}
	epcis := append(read(filepath.Join(folder, "epci_france.csv")), map[string]string{"nom": "Hors intercommunalité"})
	slices.SortFunc(epcis, func(a, b map[string]string) int { return cmp.Compare(a["siren"], b["siren"]) })
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	check(err)
	for _, e := range epcis {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", e["siren"], e["type"], cmp.Or(e["population_municipale"], "0"), typeset(e["nom"]))
		of := communes[e["siren"]]
		slices.SortFunc(of, func(a, b map[string]string) int { return cmp.Compare(a["code_insee"], b["code_insee"]) })
		for _, c := range of {
			postal := strings.Join(strings.FieldsFunc(c["codes_postaux"], func(r rune) bool { return r < '0' || r > '9' }), " ")
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", c["code_insee"], cmp.Or(c["population"], "0"), postal, typeset(c["nom"]))
		}
	}
	check(w.Close())
	check(os.WriteFile("france.txt.gz", out.Bytes(), 0o644))
}

// typeset gives a name the apostrophe of print, and takes away quotation marks.
func typeset(name string) string { return strings.NewReplacer("'", "’", `"`, "").Replace(name) }

func read(path string) (rows []map[string]string) {
	file, err := os.Open(path)
	check(err)
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	check(err)
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
