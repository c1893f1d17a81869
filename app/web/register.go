package web

import (
	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

// registered is the register with the times that it tells.
func (s *server) registered(c *gin.Context) (r app.Register, kept app.Retention, err error) {
	if r, err = s.DB.ProcessingRegister(c.Request.Context()); err != nil {
		return r, nil, err
	}
	kept, err = s.DB.Retention(c.Request.Context())
	return r, kept, err
}

func (s *server) registerPage(c *gin.Context, v app.Viewer) error {
	r, kept, err := s.registered(c)
	if err != nil {
		return err
	}
	history, err := s.DB.RegisterHistory(c.Request.Context())
	if err != nil {
		return err
	}
	return page(c, views.Register(views.RegisterPage{Frame: s.frame(c, v, "Registre des traitements", ""), Register: r, Kept: kept, History: history}))
}

func (s *server) registerFile(c *gin.Context, _ app.Viewer) error {
	r, kept, err := s.registered(c)
	if err != nil {
		return err
	}
	return table(c, "registre-des-traitements", append([][]string{views.RegisterColumns}, views.RegisterCells(r, kept)...))
}

func (s *server) editRegisterPage(c *gin.Context, v app.Viewer) error {
	r, err := s.DB.ProcessingRegister(c.Request.Context())
	if err != nil {
		return err
	}
	return page(c, views.EditRegister(views.RegisterPage{Frame: s.frame(c, v, "Modifier le registre", ""), Register: r}))
}

func (s *server) editRegister(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	typed := app.Register{Version: f.version(), Texts: map[string]string{}}
	for _, part := range app.RegisterParts {
		for _, e := range part.Entries {
			if _, sent := f.typed[e.Key]; sent {
				typed.Texts[e.Key] = app.TidyText(f.typed.Get(e.Key))
			}
		}
	}
	err := s.DB.EditRegister(c.Request.Context(), v, typed, s.Now())
	kind := app.KindOf(err)
	switch {
	case err == nil:
		return s.done(c, "/administration/registre", "Le registre est enregistré.", "")
	case kind != app.Invalid && kind != app.Conflict:
		return err
	}
	p := views.RegisterPage{Frame: s.frame(c, v, "Modifier le registre", ""), Register: typed, Form: views.Filled{Wrong: app.FieldsOf(err), Problem: err.Error()}}
	if kind == app.Conflict {
		current, err := s.DB.ProcessingRegister(c.Request.Context())
		if err != nil {
			return err
		}
		p.Register.Version, p.Theirs = current.Version, typed.ChangesFrom(current)
	}
	return render(c, statuses[kind], views.EditRegister(p))
}

// privacyPage is the information notice, which everybody may read.
func (s *server) privacyPage(c *gin.Context) error {
	viewer, err := s.viewer(c)
	if err != nil {
		return err
	}
	r, kept, err := s.registered(c)
	if err != nil {
		return err
	}
	return page(c, views.PrivacyNotice(views.NoticePage{Frame: s.frame(c, viewer, "Données personnelles", ""), Register: r, Kept: kept}))
}
