package web

import (
	"slices"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/views"
)

// shownNext is how many workshops to come the home page shows.
const shownNext = 8

func (s *server) home(c *gin.Context, v app.Viewer) error {
	now, ctx := s.Now(), c.Request.Context()
	p := views.HomePage{Frame: s.frame(c, v, "Accueil", "/"), Now: now}
	answers, err := s.DB.ToAnswer(ctx, v, now)
	if err != nil {
		return err
	}
	requests, err := s.requestTasks(c, v)
	if err != nil {
		return err
	}
	p.Tasks = append(answers, requests...)
	ofThemes, err := s.tasksOfThemes(c, v)
	if err != nil {
		return err
	}
	p.Tasks = append(p.Tasks, ofThemes...)
	if v.MayCoordinate(v.Territory) {
		activities, err := s.DB.Activities(ctx, v, now)
		if err != nil {
			return err
		}
		p.Tasks = append(p.Tasks, app.CoordinatorTasks(activities, now)...)
		asked, err := s.DB.OpenObjections(ctx, v)
		if err != nil {
			return err
		}
		if asked > 0 {
			p.Tasks = append([]app.Task{{Kind: app.AnswerRequests, Count: asked}}, p.Tasks...)
		}
		incomplete, err := s.DB.Incomplete(ctx, v.Territory)
		if err != nil {
			return err
		}
		if incomplete > 0 {
			p.Tasks = append(p.Tasks, app.Task{Kind: app.CompleteRecord, Count: incomplete})
		}
		beginnings, err := s.DB.Beginnings(ctx, v.Territory)
		if err != nil {
			return err
		}
		if beginnings.Members { // otherwise the first tasks say it
			mute, err := s.DB.CountMute(ctx, v.Territory)
			if err != nil {
				return err
			}
			if mute > 0 {
				p.Tasks = append(p.Tasks, app.Task{Kind: app.FindReferents, Count: mute})
			}
		}
		p.Tasks = append(app.FirstTasks(beginnings), p.Tasks...)
	}
	if v.Helped() {
		p.Tasks = slices.DeleteFunc(p.Tasks, func(t app.Task) bool { return t.Kind.Personal() })
	}
	upcoming, err := s.DB.Upcoming(ctx, v, now, shownNext)
	if err != nil {
		return err
	}
	for _, u := range upcoming {
		p.Next = append(p.Next, views.NextWorkshop{Workshop: u.Workshop, Commune: u.Commune, State: u.State, Coming: u.Coming})
	}
	if p.Frame.Territories, err = s.switchable(c, v); err != nil {
		return err
	}
	return page(c, views.Home(p))
}

// tasksOfThemes are what who coordinates some themes has to do: about the workshops and the
// structures that bear them.
func (s *server) tasksOfThemes(c *gin.Context, v app.Viewer) ([]app.Task, error) {
	if v.MayCoordinate(v.Territory) || !v.MayHere(app.KeepWorkshops) {
		return nil, nil
	}
	activities, err := s.DB.Activities(c.Request.Context(), v, s.Now())
	if err != nil {
		return nil, err
	}
	more, err := s.DB.ToTend(c.Request.Context(), v)
	return append(app.CoordinatorTasks(activities, s.Now()), more...), err
}

// switchable returns the territories v may look at, when there are several.
func (s *server) switchable(c *gin.Context, v app.Viewer) ([]app.Territory, error) {
	if !v.Administrator && len(v.Territories()) < 2 {
		return nil, nil
	}
	every, err := s.DB.Territories(c.Request.Context())
	if err != nil {
		return nil, err
	}
	var seen []app.Territory
	for _, t := range every {
		if v.MaySee(t.ID) {
			seen = append(seen, t)
		}
	}
	return seen, nil
}
