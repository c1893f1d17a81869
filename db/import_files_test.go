package db_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/sheet"
	"maillage/db/dbtest"
)

func TestFiveThousandLinesTakeSeconds(t *testing.T) {
	d := dbtest.New(t)
	lines := []string{"Nom;Commune;Téléphone;Courriel;Adresse;Site;Horaires"}
	for n := range 5000 {
		lines = append(lines, fmt.Sprintf("Association des amis du lieu-dit n%d q%d;Gramat;05%08d;a%d@exemple.test;%d rue Neuve;https://exemple.test/%d;lundi 9:00 - 12:00", n, n*7, n, n, n, n))
	}
	i := dropped(t, d, dbtest.Coordinator, lines...)
	start := time.Now()
	i = previewed(t, d, i, nil)
	judged := time.Since(start)
	start = time.Now()
	i = brought(t, d, i)
	wrote := time.Since(start)
	t.Logf("5 000 lines judged in %v, written in %v: %+v", judged, wrote, i.Counts)
	if limit := 9 * time.Second; i.Counts.Added != 5000 || judged > limit || wrote > limit { // a third of that on a machine that does nothing else
		t.Errorf("5 000 lines judged in %v, written in %v (%d): want less than %v each", judged, wrote, i.Counts.Added, limit)
	}
	start = time.Now()
	if err := d.UndoImport(t.Context(), dbtest.Coordinator, i.ID, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	t.Logf("undone in %v", time.Since(start))
}

// The files that partners send come in as they are, and a second time change nothing.
func TestRealFilesComeInWithoutHandEditing(t *testing.T) {
	d := dbtest.New(t)
	files, err := filepath.Glob("../app/sheet/testdata/*.csv")
	if err != nil || len(files) < 7 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		for pass := range 2 {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			about, err := f.Stat()
			if err != nil {
				t.Fatal(err)
			}
			book, err := sheet.Read(f, about.Size())
			if err != nil {
				t.Fatal(err)
			}
			s := book.Sheets[0]
			lines := make([]app.ImportLine, len(s.Lines))
			for n, l := range s.Lines {
				lines[n] = app.ImportLine(l)
			}
			id, err := d.DropFile(t.Context(), dbtest.Coordinator, app.Import{File: filepath.Base(file), Digest: file, Sheets: []app.ImportSheet{{Lines: len(lines), Width: len(lines[0].Cells)}}}, [][]app.ImportLine{lines}, dbtest.Now)
			if err != nil {
				t.Fatal(err)
			}
			i := brought(t, d, previewed(t, d, theImport(t, d, dbtest.Coordinator, id), func(p *app.ImportPlan) { p.Outside, p.Source = true, filepath.Base(file) }))
			if i.Counts.Refused > 0 {
				t.Errorf("%s: %d lines refused", i.File, i.Counts.Refused)
			}
			if pass == 0 && i.Counts.Added == 0 || pass == 1 && i.Counts.Added+i.Counts.Changed > 0 {
				t.Errorf("%s, time %d: %+v", i.File, pass+1, i.Counts)
			}
		}
	}
}
