package sheet_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/sheet"
)

func read(t testing.TB, content string) (sheet.Book, error) {
	t.Helper()
	return sheet.Read(strings.NewReader(content), int64(len(content)))
}

// cells are those of all lines, a line each, parted by bars.
func cells(s sheet.Sheet) string {
	var lines []string
	for _, l := range s.Lines {
		lines = append(lines, strings.Join(l.Cells, "|"))
	}
	return strings.Join(lines, "\n")
}

func TestTextInColumnsIsReadHoweverItWasWritten(t *testing.T) {
	for name, tt := range map[string]struct{ content, want string }{
		"semicolons":           {"Nom;Commune\nÉcole;Gramat\n", "Nom|Commune\nÉcole|Gramat"},
		"commas, with a mark":  {"\ufeffNom,Commune\nÉcole,Gramat", "Nom|Commune\nÉcole|Gramat"},
		"tabs":                 {"Nom\tCommune\r\nÉcole\tGramat\r\n", "Nom|Commune\nÉcole|Gramat"},
		"Windows-1252":         {"Nom;Commune\n\xc9cole de l\x92\xe9t\xe9;C\x9cur\n", "Nom|Commune\nÉcole de l’été|Cœur"},
		"UTF-16 of Excel":      {"\xff\xfeN\x00o\x00m\x00\t\x00V\x00\n\x00\xc9\x00c\x00\t\x00G\x00", "Nom|V\nÉc|G"},
		"quotes and lines":     {"Nom;Horaires\n\"École \"\"Jean\"\"\";\"lundi\nmardi\"\n", "Nom|Horaires\nÉcole \"Jean\"|lundi\nmardi"},
		"a quote that is one":  {"Nom;Adresse\nL\"École;12 \"bis\" rue\n", "Nom|Adresse\nL\"École|12 \"bis\" rue"},
		"what Excel says":      {"sep=,\nNom,Commune;s\nÉcole,Gramat\n", "Nom|Commune;s\nÉcole|Gramat"},
		"commas in the values": {"Nom;Adresse\nA;\"1, rue, du, Lac\"\nB;2, rue, x, y\n", "Nom|Adresse\nA|1, rue, du, Lac\nB|2, rue, x, y"},
		"a title above":        {"Annuaire, 2026\n\nNom,Commune,Tél\nA,B,C\nD,E,F\n", "Annuaire|2026\nNom|Commune|Tél\nA|B|C\nD|E|F"},
		"signs gone astray":    {"Nom;Prix\nl\u0092appel;3 \u0080\n", "Nom|Prix\nl’appel|3 €"},
		"one column":           {"Nom\nÉcole\n", "Nom\nÉcole"},
		"empty lines":          {"Nom;V\n;;;\n\n A\u00a0 ;B;;\n", "Nom|V\nA|B"},
		"hidden signs":         {"Nom;V\nÉ\u200bcole\x01;B\n", "Nom|V\nÉcole|B"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := read(t, tt.content)
			if err != nil {
				t.Fatal(err)
			}
			if got := cells(b.Sheets[0]); got != tt.want {
				t.Errorf("read as\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestLinesAreNumberedAsTheSpreadsheetDoes(t *testing.T) {
	b, err := read(t, "Nom;V\n\n\"a\nb\";1\nc;2\n")
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	for _, l := range b.Sheets[0].Lines {
		numbers = append(numbers, l.Number)
	}
	if !slices.Equal(numbers, []int{1, 3, 5}) {
		t.Errorf("lines %v, want 1, 3 and 5: where each begins in the file", numbers)
	}
}

func TestWhatIsNoTableIsRefusedAndSaysWhy(t *testing.T) {
	for name, tt := range map[string]struct{ content, want string }{
		"nothing":         {"", "est vide"},
		"only blanks":     {"\n ;; \n", "aucune ligne remplie"},
		"a page":          {"\n <!DOCTYPE html><table><tr><td>Nom</td></tr></table>", "page web"},
		"a table as .xls": {"<table><tr><td>Nom", "page web"},
		"a PDF":           {"%PDF-1.7\n", "PDF"},
		"a picture":       {"\x89PNG\r\n\x1a\n", "image"},
		"an archive":      {zipped(t, "lisezmoi.txt", "x"), "archive"},
		"OpenDocument":    {zipped(t, "mimetype", "x", "content.xml", "<x/>"), ".ods"},
		"a binary one":    {zipped(t, "xl/workbook.bin", "x"), ".xlsb"},
		"a letter":        {zipped(t, "word/document.xml", "x"), "Word"},
		"an old workbook": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("x", 600), "ancienne version"},
		"a locked one":    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "mot de passe"},
		"zero bytes":      {"Nom;V\nA\x00;B\n", "pas un tableau lisible"},
		"half an archive": {zipped(t, "xl/workbook.xml", "<workbook/>")[:40], "pas un tableau lisible"},
		"an open quote":   {"Nom;V\n\"A;B\n" + strings.Repeat("C;D\n", 20_000), "guillemet"},
		"too many lines":  {"Nom;V\n" + strings.Repeat("A;B\n", sheet.MaxLines), "trop de lignes"},
		"too wide":        {strings.Repeat("A;", sheet.MaxColumns+1) + "B\n", "colonnes"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(t, tt.content)
			if app.KindOf(err) != app.Invalid || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("answers %v, want Invalid with %q", err, tt.want)
			}
		})
	}
	if _, err := sheet.Read(strings.NewReader("A;B\n"), sheet.MaxFile+1); app.KindOf(err) != app.Invalid {
		t.Errorf("a file of more than 10 MB answers %v", err)
	}
}

// The public files that partners really send.
func TestRealFilesAreReadWhole(t *testing.T) {
	for name, want := range map[string]struct {
		columns int
		says    string
	}{
		"administrations.csv":      {6, "prix d’un appel"},
		"annuaire.csv":             {17, "Biars-sur-Cère"},
		"ecoles.csv":               {12, "1er degré"},
		"france_services.csv":      {24, "Communauté d'agglomération"},
		"hopitaux_windows1252.csv": {70, "’"},
		"laposte.csv":              {9, "avenue andré maginot"},
		"sante.csv":                {10, "Hôpital local"},
	} {
		content, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := read(t, string(content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := len(b.Sheets[0].Lines[0].Cells); got != want.columns {
			t.Errorf("%s has %d columns, want %d", name, got, want.columns)
		}
		if !strings.Contains(cells(b.Sheets[0]), want.says) {
			t.Errorf("%s does not say %q", name, want.says)
		}
	}
}

func TestFiveThousandLinesAreReadAtOnce(t *testing.T) {
	line := "École élémentaire Jean-Moulin;12 rue de l’Église;46500;Gramat;05 65 00 00 00;ecole@exemple.test;https://exemple.test;Ouverte le lundi;;x\n"
	start := time.Now()
	if _, err := read(t, "nom;adresse;cp;commune;tel;mail;site;horaires;a;b\n"+strings.Repeat(line, 5000)); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("5 000 lines took %v, want less than a second", took)
	}
}

// peak returns the most that the heap grew by while fn ran.
func peak(fn func()) uint64 {
	runtime.GC()
	var before, during runtime.MemStats
	runtime.ReadMemStats(&before)
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		var top uint64
		for {
			select {
			case <-done:
				most <- top
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&during)
				top = max(top, during.HeapAlloc)
			}
		}
	}()
	fn()
	close(done)
	top := <-most
	return top - min(top, before.HeapAlloc)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("Nom;Commune\nÉcole;Gramat\n"))
	f.Add([]byte("sep=,\nA,B\n\"x\ny\",z"))
	f.Add([]byte("\xff\xfeN\x00o\x00m\x00"))
	f.Add([]byte(workbookOf(f, `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>45306</v></c></row><row/>`)))
	f.Fuzz(func(t *testing.T, content []byte) {
		b, err := sheet.Read(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			if app.KindOf(err) != app.Invalid {
				t.Fatalf("%v is not for the person", err)
			}
			return
		}
		checkBook(t, b)
	})
}

// checkBook fails the test unless b is what Read promises.
func checkBook(t *testing.T, b sheet.Book) {
	t.Helper()
	for _, s := range b.Sheets {
		last := 0
		for _, l := range s.Lines {
			if l.Number <= last || len(l.Cells) == 0 || len(l.Cells) > sheet.MaxColumns || l.Cells[len(l.Cells)-1] == "" {
				t.Fatalf("line %d after %d: %q", l.Number, last, l.Cells)
			}
			last = l.Number
			for _, cell := range l.Cells {
				if strings.TrimSpace(cell) != cell || strings.ContainsAny(cell, "\x00\r\u200b") {
					t.Fatalf("line %d holds %q", l.Number, cell)
				}
			}
		}
	}
}
