package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

func (s *server) previewPage(c *gin.Context, v app.Viewer) error {
	return s.showPreview(c, v, http.StatusOK, queryOf(c), "")
}

// showPreview shows the lines that f asks for, each with what f chooses of it.
func (s *server) showPreview(c *gin.Context, v app.Viewer, status int, f *form, problem string) error {
	step, err := s.openImport(c, v)
	if err != nil {
		return over(c, step, err)
	}
	if step.Import.State == app.ImportDropped {
		return redirect(c, views.ImportPath(step.Import.ID, "colonnes"))
	}
	p := views.PreviewPage{
		ImportStep: step, Verdict: among(f.typed.Get("verdict"), app.Verdicts), Remarked: f.typed.Get("remarques") != "", After: lineIn(f.typed.Get("apres")), Problem: problem,
	}
	rows, more, err := s.DB.ImportRows(c.Request.Context(), step.Import, db.ImportFilter{Verdict: p.Verdict, Remarked: p.Remarked, After: p.After})
	if err != nil {
		return err
	}
	p.More = more
	decisions := decisionsIn(f)
	for _, r := range rows {
		if chosen := decisions[r.Line]; stands(r, chosen) {
			r.Decision = chosen
		}
		p.Rows = append(p.Rows, views.PreviewRow(r))
	}
	if p.Tally, err = s.DB.ImportTally(c.Request.Context(), step.Import); err != nil {
		return err
	}
	return render(c, status, views.Preview(p))
}

// stands reports whether what was chosen of a line before it was judged again is still meant:
// to add what was new by then is not to add what now resembles somebody's.
func stands(r db.ImportRow, chosen app.Decision) bool {
	return slices.Contains(r.Verdict.MayDecide(r.Target != ""), chosen) && (r.Verdict != app.VerdictDuplicate || chosen != app.DecideAdd)
}

// decideLines keeps what is chosen for the lines of a page, or for all with a verdict.
func (s *server) decideLines(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	id, ctx := app.ImportID(c.Param("id")), c.Request.Context()
	verdict := among(f.typed.Get("verdict"), app.Verdicts)
	here := views.PreviewAddress(id, verdict, f.typed.Get("remarques") != "", lineIn(f.typed.Get("apres")))
	if all := among(f.typed.Get("toutes"), app.Decisions); all != "" {
		if err := s.DB.DecideAll(ctx, v, id, verdict, all); err != nil {
			return err
		}
		return s.done(c, here, "C’est choisi pour toutes ces lignes.", "")
	}
	if err := s.DB.Decide(ctx, v, id, decisionsIn(f)); err != nil {
		return err
	}
	if next := lineIn(f.typed.Get("suite")); next > 0 {
		return redirect(c, views.PreviewAddress(id, verdict, f.typed.Get("remarques") != "", next))
	}
	return s.done(c, here, "Vos choix sont enregistrés.", "")
}

// decisionsIn reads what is to be done of the lines of the page in sight.
func decisionsIn(f *form) map[int]app.Decision {
	decisions := map[int]app.Decision{}
	for name := range f.typed {
		if line, ok := strings.CutPrefix(name, "ligne-"); ok {
			decisions[lineIn(line)] = app.Decision(f.typed.Get(name))
		}
	}
	return decisions
}

func (s *server) writeImport(c *gin.Context, v app.Viewer) error {
	id, f := app.ImportID(c.Param("id")), formOf(c)
	err := s.DB.WriteImport(c.Request.Context(), v, id, f.version(), decisionsIn(f), s.Now())
	if app.KindOf(err) == app.Conflict {
		if step, wrong := s.openImport(c, v); wrong == nil && step.Import.State == app.ImportJudged {
			return s.showPreview(c, v, http.StatusConflict, f, err.Error())
		}
	}
	if err != nil {
		return err
	}
	return s.done(c, views.ImportPath(id), "L’import est écrit dans l’annuaire.", "")
}

func (s *server) undoImport(c *gin.Context, v app.Viewer) error {
	id := app.ImportID(c.Param("id"))
	if err := s.DB.UndoImport(c.Request.Context(), v, id, s.Now()); err != nil {
		return err
	}
	return s.done(c, views.ImportPath(id), "L’import est annulé. Ce qui a été modifié ou utilisé depuis est gardé, et dit ci-dessous.", "")
}

func (s *server) dropImport(c *gin.Context, v app.Viewer) error {
	if err := s.DB.DropImport(c.Request.Context(), v, app.ImportID(c.Param("id"))); err != nil {
		return err
	}
	return s.done(c, importsPath, "L’import est abandonné : le fichier est supprimé, l’annuaire n’a pas changé.", "")
}

// leftFile is the lines that are not written, as the file has them, each with why; that they
// were taken is written down, for a file may name people.
func (s *server) leftFile(c *gin.Context, v app.Viewer) error {
	i, err := s.DB.Import(c.Request.Context(), v, app.ImportID(c.Param("id")))
	if err != nil {
		return err
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawExport, Detail: "les lignes laissées de l’import « " + i.File + " »"}); err != nil {
		return err
	}
	columns := []string{"Ligne", "Pourquoi"}
	for n := range i.Plan.Columns {
		columns = append(columns, i.Plan.Heading(n))
	}
	return spreadsheet(c, "lignes-laissees", columns, func(row func(...string) error) error {
		return s.DB.LeftLines(c.Request.Context(), i, func(l app.ImportLine, why string) error {
			cells := make([]string, len(columns))
			cells[0], cells[1] = strconv.Itoa(l.Number), why
			copy(cells[2:], l.Cells)
			return row(cells...)
		})
	})
}

// takesFile reports whether a request brings a file that whoever sends it may bring.
func (s *server) takesFile(c *gin.Context) bool {
	if c.FullPath() != importsPath || c.Request.Method != http.MethodPost || c.ContentType() != gin.MIMEMultipartPOSTForm {
		return false
	}
	v, err := s.viewer(c)
	return err == nil && v.May(app.ImportDirectory, app.On{Territories: []app.TerritoryID{v.Territory}})
}

// errFileTooBig is errTooBig for a file.
var errFileTooBig = app.Errorf(app.Invalid, "Ce fichier dépasse 10 Mo : n’en gardez que les colonnes utiles, ou coupez-le en plusieurs. Rien n’a été enregistré.")
