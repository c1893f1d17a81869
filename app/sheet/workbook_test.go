package sheet_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/app/sheet"
)

// zipped is an archive of parts, names and contents in turn.
func zipped(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Styles 1 to 6 of workbookOf: a date, a postal code, a telephone, an hour, a date with its
// hour, an amount.
const styles = `<styleSheet><numFmts count="5"><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="0#&quot; &quot;##&quot; &quot;##&quot; &quot;##&quot; &quot;##"/><numFmt numFmtId="166" formatCode="[$-40C]dd\-mmm\-yyyy\ hh:mm"/><numFmt numFmtId="167" formatCode="#,##0.00\ &quot;day&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>`

// workbookOf is a workbook of one sheet for each of rows, as Excel packs it.
func workbookOf(t testing.TB, rows ...string) string {
	t.Helper()
	var sheets, rels strings.Builder
	parts := []string{"[Content_Types].xml", "<Types/>"}
	for i, r := range rows {
		n := string(rune('1' + i))
		state := ""
		if strings.HasPrefix(r, "hidden") {
			state, r = ` state="hidden"`, r[6:]
		}
		sheets.WriteString(`<sheet name="Feuille ` + n + `" sheetId="` + n + `"` + state + ` r:id="rId` + n + `"/>`)
		rels.WriteString(`<Relationship Id="rId` + n + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet` + n + `.xml"/>`)
		data, after, _ := strings.Cut(r, "<after>")
		parts = append(parts, "xl/worksheets/sheet"+n+".xml", `<?xml version="1.0" encoding="UTF-8"?><worksheet><dimension ref="A1:XFD1048576"/><sheetData>`+data+`</sheetData>`+after+`</worksheet>`)
	}
	return zipped(t, append(parts,
		"xl/_rels/workbook.xml.rels", `<Relationships>`+rels.String()+`</Relationships>`,
		"xl/workbook.xml", `<workbook xmlns:r="x"><workbookPr/><sheets>`+sheets.String()+`</sheets></workbook>`,
		"xl/styles.xml", styles,
		"xl/sharedStrings.xml", `<sst><si><t>Nom</t></si><si><r><t>Éc</t></r><r><rPr/><t xml:space="preserve">ole </t></r><rPh><t>non</t></rPh></si><si><t>a_x000D_&#10;b</t></si></sst>`)...)
}

func TestAWorkbookIsReadAsItShows(t *testing.T) {
	for name, tt := range map[string]struct{ rows, want string }{
		"texts": {`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Ville</t></is></c></row>
			<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="str"><f>UPPER("x")</f><v>Gramat</v></c></row>`, "Nom|Ville\nÉcole|Gramat"},
		"lost zeros shown":     {`<row r="1"><c r="A1" s="2"><v>1000</v></c><c r="B1" s="3"><v>565380379</v></c></row>`, "01000|0565380379"},
		"numbers":              {`<row r="1"><c r="A1"><v>20006637100014</v></c><c r="B1"><v>2.0006637100014E13</v></c><c r="C1"><v>44.779900000000005</v></c><c r="D1" s="6"><v>12</v></c></row>`, "20006637100014|20006637100014|44.7799|12"},
		"dates":                {`<row r="1"><c r="A1" s="1"><v>45306</v></c><c r="B1" s="4"><v>0.375</v></c><c r="C1" s="5"><v>45306.5</v></c><c r="D1" t="d"><v>2024-01-15</v></c><c r="E1" s="1"><v>59</v></c></row>`, "15/01/2024|09:00|15/01/2024 12:00|15/01/2024|28/02/1900"},
		"lines in a cell":      {`<row r="1"><c r="A1" t="s"><v>2</v></c></row>`, "a\nb"},
		"holes":                {`<row r="3"><c r="C3"><v>1</v></c><c r="E3"><v>2</v></c></row>`, "||1||2"},
		"without references":   {`<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`, "1|2\n3"},
		"faults and booleans":  {`<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="b"><v>0</v></c><c r="D1" t="s"><v>99</v></c><c r="E1" s="77"><v>5</v></c></row>`, "|oui|non||5"},
		"a formula never runs": {`<row r="1"><c r="A1"><f>cmd|' /C calc'!A0</f></c><c r="B1" t="str"><f>1+1</f><v>=cmd</v></c></row>`, "|=cmd"},
		"a cell merged downwards": {`<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row><row r="3"><c r="B3"><v>3</v></c></row>
			<after><mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>`, "7|1\n7|2\n|3"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := read(t, workbookOf(t, tt.rows))
			if err != nil {
				t.Fatal(err)
			}
			if got := cells(b.Sheets[0]); got != tt.want {
				t.Errorf("read as\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestEachSheetThatShowsIsRead(t *testing.T) {
	row := `<row r="1"><c r="A1"><v>1</v></c></row>`
	b, err := read(t, workbookOf(t, row, "", "hidden"+row, row))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Sheets) != 2 || b.Sheets[0].Name != "Feuille 1" || b.Sheets[1].Name != "Feuille 4" {
		t.Errorf("sheets %+v, want the first and the fourth: the second is empty, the third hidden", b.Sheets)
	}
}

func TestABrokenWorkbookIsRefused(t *testing.T) {
	whole := workbookOf(t, `<row r="1"><c r="A1"><v>1</v></c></row>`)
	for name, content := range map[string]string{
		"cut in a cell": workbookOf(t, `<row r="1"><c r="A1"><v>1`),
		"no sheet":      zipped(t, "xl/workbook.xml", "<workbook/>"),
		"not XML":       zipped(t, "xl/workbook.xml", "<a \x01 <<"),
		"bytes changed": strings.Replace(whole, "PK\x01\x02", "PK\x01\x03", 1),
		"too wide":      workbookOf(t, `<row r="1"><c r="ZZZ1"><v>1</v></c></row>`),
	} {
		if _, err := read(t, content); app.KindOf(err) != app.Invalid {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
}

func TestASmallFileThatUnfoldsWithoutEndIsRefused(t *testing.T) {
	blank := strings.Repeat(" ", 1<<20)
	for name, content := range map[string]string{
		"a sheet":   workbookOf(t, strings.Repeat(blank, 300)),
		"its texts": zipped(t, "xl/workbook.xml", "<workbook/>", "xl/sharedStrings.xml", strings.Repeat(blank, 70)),
	} {
		if len(content) > 1<<20 {
			t.Fatalf("%s weighs %d bytes: no bomb", name, len(content))
		}
		var err error
		grew := peak(func() { _, err = read(t, content) })
		if app.KindOf(err) != app.Invalid || !strings.Contains(err.Error(), "déplie") {
			t.Errorf("%s: %v, want it refused", name, err)
		}
		if grew > 64<<20 {
			t.Errorf("%s took %d MB to refuse", name, grew>>20)
		}
	}
}

func TestAMillionEmptyLinesTakeNoMemory(t *testing.T) {
	var rows strings.Builder
	rows.WriteString(`<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>`)
	rows.WriteString(strings.Repeat(`<row spans="1:20" s="1"><c s="1"/></row>`, 1_000_000))
	content := workbookOf(t, rows.String())
	rows.Reset()
	var b sheet.Book
	var err error
	start := time.Now()
	grew := peak(func() { b, err = read(t, content) })
	if err != nil || len(b.Sheets) != 1 || len(b.Sheets[0].Lines) != 2 {
		t.Fatalf("%v, %d sheets", err, len(b.Sheets))
	}
	t.Logf("%d kB read in %v, heap grew by %d MB", len(content)>>10, time.Since(start), grew>>20)
	if grew > 64<<20 {
		t.Errorf("the heap grew by %d MB, want less than 64", grew>>20)
	}
}

func FuzzWorkbook(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>45306</v></c></row><row/>`)
	f.Add(`<row><c t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c></row><after><mergeCell ref="A1:A9"/>`)
	f.Add(`<row r="1048576"><c r="XFD1" s="3"><f>1</f><v>1e15</v></c><c t="d"><v>2024-01-15T10:00:00Z</v></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		b, err := read(t, workbookOf(t, rows))
		if err == nil {
			checkBook(t, b)
		} else if app.KindOf(err) != app.Invalid {
			t.Fatalf("%v is not for the person", err)
		}
	})
}
