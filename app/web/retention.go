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
	return s.retentionWith(c, v, http.StatusOK, nil, views.RetentionPage{})
}

// retentionWith shows the rules, with what was typed when f is not nil and the problem that p says.
func (s *server) retentionWith(c *gin.Context, v app.Viewer, status int, f *form, p views.RetentionPage) error {
	state, err := s.DB.RetentionState(c.Request.Context(), v, s.Now())
	if err != nil {
		return err
	}
	p.Frame, p.Invented, p.Trying, p.History = s.frame(c, v, "Conservation des données", ""), state.Invented, c.Query("essai") != "", state.History
	p.Last, p.Now = lastRun(state.Last), s.Now()
	if status != statuses[app.Invalid] { // what is wrong was typed over the version it came with
		p.Version = state.Version
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
	if err := f.err(); err != nil {
		return s.retentionWith(c, v, statuses[app.Invalid], f, views.RetentionPage{Problem: err.Error(), Version: f.version()})
	}
	err := s.DB.SetRetention(c.Request.Context(), v, chosen, f.version(), s.Now())
	if err != nil && app.KindOf(err) == app.Conflict {
		current, failed := s.DB.Retention(c.Request.Context())
		if failed != nil {
			return failed
		}
		return s.retentionWith(c, v, statuses[app.Conflict], f, views.RetentionPage{Problem: err.Error(), Theirs: chosen.ChangesFrom(current)})
	}
	if err != nil {
		return err
	}
	return s.done(c, "/administration/conservation", "Les durées de conservation sont enregistrées.", "")
}
