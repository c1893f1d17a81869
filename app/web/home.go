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
		if p.Tasks, err = s.coordinatorTasks(c, v, p.Tasks); err != nil {
			return err
		}
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

// coordinatorTasks adds to tasks those of who coordinates the territory on screen: first
// what begins it and what people ask about their data, last what is missing.
func (s *server) coordinatorTasks(c *gin.Context, v app.Viewer, tasks []app.Task) ([]app.Task, error) {
	now, ctx := s.Now(), c.Request.Context()
	activities, err := s.DB.Activities(ctx, v, now)
	if err != nil {
		return nil, err
	}
	tasks = append(tasks, app.CoordinatorTasks(activities, now)...)
	asked, err := s.DB.OpenObjections(ctx, v, s.Now())
	if err != nil {
		return nil, err
	}
	if asked > 0 {
		tasks = append([]app.Task{{Kind: app.AnswerRequests, Count: asked}}, tasks...)
	}
	incomplete, err := s.DB.Incomplete(ctx, v.Territory)
	if err != nil {
		return nil, err
	}
	if incomplete > 0 {
		tasks = append(tasks, app.Task{Kind: app.CompleteRecord, Count: incomplete})
	}
	beginnings, err := s.DB.Beginnings(ctx, v.Territory)
	if err != nil {
		return nil, err
	}
	if beginnings.Members { // otherwise the first tasks say it
		mute, err := s.DB.CountMute(ctx, v.Territory)
		if err != nil {
			return nil, err
		}
		if mute > 0 {
			tasks = append(tasks, app.Task{Kind: app.FindReferents, Count: mute})
		}
	}
	return append(app.FirstTasks(beginnings), tasks...), nil
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
