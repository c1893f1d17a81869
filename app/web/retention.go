package web

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/db"
	"maillage/views"
)

func (s *server) retentionPage(c *gin.Context, v app.Viewer) error {
	return s.retentionWith(c, v, http.StatusOK, nil)
}

// retentionWith shows the rules, with what was typed when f is not nil.
func (s *server) retentionWith(c *gin.Context, v app.Viewer, status int, f *form) error {
	state, err := s.DB.RetentionState(c.Request.Context(), v, s.Now())
	if err != nil {
		return err
	}
	p := views.RetentionPage{
		Frame: s.frame(c, v, "Conservation des données", ""), Invented: state.Invented, Trying: c.Query("essai") != "", History: state.History,
		Last: lastRun(state.Last), Now: s.Now(),
	}
	if f != nil {
		p.Problem = f.err().Error()
	}
	for _, k := range state.Kept {
		row := views.KeptRow{Rule: k.Rule, Words: k.Words, Held: k.Held, Now: k.Now, Soon: k.Soon}
		name := string(k.Rule.Keeping)
		row.Field = views.Field{Name: name, Label: k.Rule.Label, Value: strconv.Itoa(state.Set.Months(k.Rule.Keeping))}
		if f != nil {
			row.Field.Value, row.Field.Error = f.typed.Get(name), f.fields[name]
		}
		p.Rows = append(p.Rows, row)
	}
	return render(c, status, views.Retention(p))
}

func lastRun(run db.RetentionRun) views.RetentionRun {
	if run.At.IsZero() {
		return views.RetentionRun{}
	}
	last := views.RetentionRun{At: views.DateTime(run.At), Told: run.Told}
	for _, rule := range app.Rules {
		if n := run.Gone[rule.Keeping]; n > 0 {
			last.Gone = append(last.Gone, rule.Label+" : "+app.Number(n))
		}
	}
	return last
}

func (s *server) setRetention(c *gin.Context, v app.Viewer) error {
	f, chosen := formOf(c), app.Retention{}
	for _, rule := range app.Rules {
		if rule.Fixed != "" {
			continue
		}
		name := string(rule.Keeping)
		months, err := strconv.Atoi(f.line(name, 10))
		if err != nil {
			f.fields.Add(name, "Écrivez un nombre de mois.")
			continue
		}
		chosen[rule.Keeping] = months
	}
	f.fields.Join(app.FieldsOf(chosen.Check()))
	if f.err() != nil {
		return s.retentionWith(c, v, statuses[app.Invalid], f)
	}
	if err := s.DB.SetRetention(c.Request.Context(), v, chosen, s.Now()); err != nil {
		return err
	}
	return s.done(c, "/administration/conservation", "Les durées de conservation sont enregistrées.", "")
}
