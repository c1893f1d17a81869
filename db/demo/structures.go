package demo

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"

	"maillage/app"
)

// incompleteSource is the source of the structures that the article names and no open
// data lists; they have neither address nor telephone, and say so in their name.
const incompleteSource = "Article Medialot, à compléter"

// structures returns the real structures and those to be completed, by the key that
// people.csv and the workshops call them: the identifier of their source.
func structures(communes []commune, loaded time.Time) ([]app.Organisation, error) {
	at := map[app.CommuneCode]commune{}
	for _, c := range communes {
		at[c.Code] = c
	}
	names, err := read("names.csv")
	if err != nil {
		return nil, err
	}
	better := map[string]row{}
	for _, r := range names {
		better[r["id_source"]] = r
	}
	rows, err := read("structures.csv")
	if err != nil {
		return nil, err
	}
	var all []app.Organisation
	for _, r := range rows {
		o, err := realStructure(r, better[r["id_source"]])
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	missing, err := read("incomplete.csv")
	if err != nil {
		return nil, err
	}
	for _, r := range missing {
		all = append(all, incompleteStructure(r, at[app.CommuneCode(r["code_insee"])]))
	}
	for i := range all {
		o := &all[i]
		if at[o.Commune].Code == "" {
			return nil, fmt.Errorf("%s stands in no known commune", o.SourceID)
		}
		o.CommuneName = at[o.Commune].Name
		o.Territories = []app.TerritoryID{Territory}
		o.CreatedAt, o.UpdatedAt = loaded, loaded
	}
	return all, nil
}

func realStructure(r, better row) (app.Organisation, error) {
	point, err := r.point()
	if err != nil {
		return app.Organisation{}, err
	}
	published := typeset(tailCode.ReplaceAllString(r["nom"], ""))
	o := app.Organisation{
		ID:   organisationID(r["id_source"]),
		Name: cmp.Or(better["nom"], townHall(published)), FormerNames: better["anciens_noms"], Address: cmp.Or(better["adresse"], typeset(r["adresse"])),
		Category: kinds[r["type"]].category, Themes: kinds[r["type"]].themes,
		PostalCode: cmp.Or(better["code_postal"], r["code_postal"]), Commune: app.CommuneCode(r["code_insee"]),
		Point: point, Precision: app.Precision(r["precision"]),
		Phone: phone(r["telephone"]), Website: r["site"], OpeningHours: hours(r["horaires"]), Departmental: r["echelle"] == "département",
		Source: r["source"], Vintage: r["millesime"], SourceID: r["id_source"],
	}
	if !strings.HasPrefix(r["courriel"], "agent@") { // put there instead of the mailbox of somebody
		o.Email = r["courriel"]
	}
	if app.Fold(o.Name) != app.Fold(published) && better != nil {
		o.Description = "Nom dans la source : « " + published + " »."
	}
	return o, nil
}

func incompleteStructure(r row, c commune) app.Organisation {
	return app.Organisation{
		ID: organisationID(r["clef"]), Name: r["nom"], FormerNames: r["anciens_noms"], Description: r["description"],
		Category: kinds[r["type"]].category, Themes: kinds[r["type"]].themes,
		Commune: c.Code, Point: c.Point, Precision: app.AtCommune, Departmental: r["echelle"] == "département",
		Source: incompleteSource, SourceID: r["clef"], Incomplete: true,
	}
}

func organisationID(key string) app.OrganisationID {
	return stableID[app.OrganisationID]("structure", key)
}

// The sources end some names with their own code, and write years and numbers with five
// digits: "Mairie - Bannes 46017-01", "Place du 12-Mai-01944".
var (
	tailCode = regexp.MustCompile(` \d{5}-\d{2}$`)
	longYear = regexp.MustCompile(`\b0(1\d{3})\b`)
)

// typeset gives a text of the sources the apostrophe of print and years of four digits.
func typeset(s string) string {
	return strings.ReplaceAll(longYear.ReplaceAllString(s, "$1"), "'", "’")
}

// townHall turns "Mairie - Le Bastit" into "Mairie du Bastit", and leaves the rest.
func townHall(name string) string {
	place, ok := strings.CutPrefix(name, "Mairie - ")
	if !ok {
		return name
	}
	if rest, ok := strings.CutPrefix(place, "Le "); ok {
		return "Mairie du " + rest
	}
	if rest, ok := strings.CutPrefix(place, "Les "); ok {
		return "Mairie des " + rest
	}
	if strings.ContainsAny(app.Fold(place)[:1], "aeiouy") {
		return "Mairie d’" + place
	}
	return "Mairie de " + place
}

// phone writes ten digits by pairs, and leaves anything else as the source has it.
func phone(s string) string {
	if len(s) != 10 || strings.Trim(s, "0123456789") != "" {
		return s
	}
	return s[:2] + " " + s[2:4] + " " + s[4:6] + " " + s[6:8] + " " + s[8:]
}

// hours writes the opening hours of the source a day a line.
func hours(s string) string {
	days := strings.NewReplacer("lun ", "lundi ", "mar ", "mardi ", "mer ", "mercredi ", "jeu ", "jeudi ",
		"ven ", "vendredi ", "sam ", "samedi ", "dim ", "dimanche ", " ; ", "\n", " - ", "–", " / ", ", ")
	return days.Replace(s)
}
