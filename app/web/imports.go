package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/sheet"
	"maillage/views"
)

const (
	importsPath   = directorySection + "/imports"
	importsShown  = 50
	linesShown    = 12 // of the file, to choose its headings from
	samplesShown  = 3  // of a column
	maxFileName   = 120
	maxFileUpload = sheet.MaxFile + maxForm // what surrounds the file in the request too
)

func (s *server) importsPage(c *gin.Context, v app.Viewer) error {
	return s.showImports(c, v, http.StatusOK, "")
}

func (s *server) showImports(c *gin.Context, v app.Viewer, status int, wrong string) error {
	p := views.ImportsPage{Frame: s.frame(c, v, "Importer des structures", directorySection), Wrong: wrong, Largest: "10 Mo", Lines: sheet.MaxLines}
	var err error
	if p.Imports, err = s.DB.Imports(c.Request.Context(), v, importsShown); err != nil {
		return err
	}
	return render(c, status, views.Imports(p))
}

// dropFile reads the file that was sent and keeps its lines.
func (s *server) dropFile(c *gin.Context, v app.Viewer) error {
	file, header, err := c.Request.FormFile("fichier")
	if err != nil {
		return s.showImports(c, v, http.StatusUnprocessableEntity, "Choisissez un fichier.")
	}
	defer func() {
		file.Close()                        //nolint:errcheck // it was read to its end
		c.Request.MultipartForm.RemoveAll() //nolint:errcheck // a file left in the temporary folder goes with it
	}()
	book, err := sheet.Read(file, header.Size)
	if app.KindOf(err) == app.Invalid {
		return s.showImports(c, v, http.StatusUnprocessableEntity, err.Error())
	}
	if err != nil {
		return err
	}
	i := app.Import{File: fileName(header.Filename)}
	if i.Digest, err = digestOf(file); err != nil {
		return err
	}
	lines := make([][]app.ImportLine, len(book.Sheets))
	for n, one := range book.Sheets {
		width := 0
		for _, l := range one.Lines {
			lines[n] = append(lines[n], app.ImportLine(l))
			width = max(width, len(l.Cells))
		}
		i.Sheets = append(i.Sheets, app.ImportSheet{Name: one.Name, Lines: len(one.Lines), Width: width})
	}
	id, err := s.DB.DropFile(c.Request.Context(), v, i, lines, s.Now())
	if err != nil {
		return err
	}
	return redirect(c, views.ImportPath(id, "feuille"))
}

// fileName is the name of a file as it is shown: without the folders it came from.
func fileName(name string) string {
	name = readable(strings.ReplaceAll(name, `\`, "/"))
	return cmp.Or(cut(app.Tidy(path.Base(name)), maxFileName), "fichier")
}

func digestOf(r io.ReadSeeker) (string, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// anImport returns the import that the address names, with what every step shows of it.
func (s *server) anImport(c *gin.Context, v app.Viewer) (step views.ImportStep, err error) {
	step.Import, err = s.DB.Import(c.Request.Context(), v, app.ImportID(c.Param("id")))
	if err != nil {
		return step, err
	}
	step.Frame = s.frame(c, v, "Importer des structures", directorySection)
	if step.Import.WrittenAt.IsZero() {
		step.Same, err = s.DB.SameFile(c.Request.Context(), step.Import)
	}
	return step, err
}

// openImport is anImport for a step; when the import is past it, it leads where it is.
func (s *server) openImport(c *gin.Context, v app.Viewer) (step views.ImportStep, err error) {
	if step, err = s.anImport(c, v); err == nil && step.Import.State != app.ImportDropped && step.Import.State != app.ImportJudged {
		err = errImportOver
	}
	return step, err
}

// errImportOver leads from a step to what the import came to.
var errImportOver = errors.New("the import is over")

// importPage is what an import came to or, before, the step it is at.
func (s *server) importPage(c *gin.Context, v app.Viewer) error {
	step, err := s.anImport(c, v)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	switch step.Import.State {
	case app.ImportDropped:
		return redirect(c, views.ImportPath(step.Import.ID, "feuille"))
	case app.ImportJudged:
		return redirect(c, views.ImportPath(step.Import.ID, "apercu"))
	}
	p := views.ImportResult{ImportStep: step, After: lineIn(c.Query("apres"))}
	effects, more, err := s.DB.ImportEffects(ctx, step.Import, p.After)
	if err != nil {
		return err
	}
	p.More = more
	for _, e := range effects {
		p.Effects = append(p.Effects, views.ImportEffect(e))
	}
	if p.History, err = s.DB.History(ctx, app.OfImport, string(step.Import.ID), historyShown); err != nil {
		return err
	}
	return page(c, views.ImportDone(p))
}

func lineIn(typed string) int {
	n, err := strconv.Atoi(typed)
	if err != nil || n > sheet.LastLine {
		return 0 // what is no line is the beginning
	}
	return max(0, n)
}

// over answers a step that the import is past.
func over(c *gin.Context, step views.ImportStep, err error) error {
	if errors.Is(err, errImportOver) {
		return redirect(c, views.ImportPath(step.Import.ID))
	}
	return err
}

func (s *server) sheetPage(c *gin.Context, v app.Viewer) error {
	step, err := s.openImport(c, v)
	if err != nil {
		return over(c, step, err)
	}
	p := views.SheetPage{ImportStep: step}
	if p.Lines, err = s.DB.ImportLines(c.Request.Context(), step.Import, step.Import.Sheet, 0, linesShown); err != nil {
		return err
	}
	if h := step.Import.Header; h > 0 && (len(p.Lines) == 0 || p.Lines[len(p.Lines)-1].Number < h) { // found below the first ones
		further, err := s.DB.ImportLines(c.Request.Context(), step.Import, step.Import.Sheet, h, 1)
		if err != nil {
			return err
		}
		p.Lines = append(p.Lines, further...)
	}
	return page(c, views.ChooseSheet(p))
}

func (s *server) chooseSheet(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	id := app.ImportID(c.Param("id"))
	i, err := s.DB.Import(c.Request.Context(), v, id)
	if err != nil {
		return err
	}
	chosen, err := strconv.Atoi(f.typed.Get("feuille"))
	if err != nil {
		chosen = i.Sheet
	}
	header, err := strconv.Atoi(f.typed.Get("titres"))
	if err != nil || chosen != i.Sheet {
		header = -1
	}
	if err := s.DB.ChooseSheet(c.Request.Context(), v, id, chosen, header); err != nil {
		return err
	}
	if chosen != i.Sheet || f.ticked("voir") {
		return redirect(c, views.ImportPath(id, "feuille"))
	}
	return redirect(c, views.ImportPath(id, "colonnes"))
}

func (s *server) columnsPage(c *gin.Context, v app.Viewer) error {
	step, err := s.openImport(c, v)
	if err != nil {
		return over(c, step, err)
	}
	plan := step.Import.Plan
	if step.Import.State == app.ImportDropped {
		plan.Source = cmp.Or(plan.Source, strings.TrimSuffix(step.Import.File, path.Ext(step.Import.File)))
	}
	return s.showColumns(c, http.StatusOK, step, plan, nil)
}

func (s *server) showColumns(c *gin.Context, status int, step views.ImportStep, plan app.ImportPlan, wrong error) error {
	p := views.ColumnsPage{ImportStep: step, Plan: plan, Samples: make([][]string, len(plan.Columns))}
	if wrong != nil {
		p.Filled = views.Filled{Wrong: app.FieldsOf(wrong), Problem: wrong.Error()}
	}
	lines, err := s.DB.ImportLines(c.Request.Context(), step.Import, step.Import.Sheet, step.Import.Header+1, 20)
	if err != nil {
		return err
	}
	for _, l := range lines {
		for n, cell := range l.Cells {
			if n < len(p.Samples) && cell != "" && len(p.Samples[n]) < samplesShown {
				p.Samples[n] = append(p.Samples[n], cut(app.Tidy(cell), 60))
			}
		}
	}
	return render(c, status, views.MatchColumns(p))
}

func (s *server) matchColumns(c *gin.Context, v app.Viewer) error {
	step, err := s.openImport(c, v)
	if err != nil {
		return over(c, step, err)
	}
	f := formOf(c)
	plan := app.ImportPlan{
		Headings: step.Import.Plan.Headings, Category: app.Category(f.typed.Get("categorie")), Source: app.Tidy(f.typed.Get("source")),
		Vintage: app.Tidy(f.typed.Get("millesime")), Outside: f.ticked("ailleurs"), Replace: f.typed.Get("existantes") == "remplacer",
	}
	for n := range plan.Headings {
		plan.Columns = append(plan.Columns, among(f.typed.Get("colonne-"+strconv.Itoa(n)), app.ImportFields))
	}
	err = s.DB.MatchColumns(c.Request.Context(), v, step.Import.ID, plan)
	if app.KindOf(err) == app.Invalid {
		return s.showColumns(c, http.StatusUnprocessableEntity, step, plan, err)
	}
	if err != nil {
		return err
	}
	return redirect(c, views.ImportPath(step.Import.ID, "apercu"))
}
