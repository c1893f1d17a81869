package web

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"maillage/app"
)

const (
	mostListeners = 400 // open screens a process keeps up to date
	pollEvery     = 4 * time.Second
	beatEvery     = 20 * time.Second // below what proxies take for silence
)

// live wakes the screens that show a workshop when this process changes it. What
// another process changes is found by asking the database now and then.
type live struct {
	mu        sync.Mutex
	listeners map[app.WorkshopID]map[chan struct{}]bool
	count     int
}

func newLive() *live { return &live{listeners: map[app.WorkshopID]map[chan struct{}]bool{}} }

// changed wakes whoever listens to a workshop; it never waits.
func (l *live) changed(id app.WorkshopID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for wake := range l.listeners[id] {
		select {
		case wake <- struct{}{}:
		default: // woken already
		}
	}
}

// listen returns what is woken by changes of a workshop, and how to stop listening. It
// refuses with Throttled when too many listen.
func (l *live) listen(id app.WorkshopID) (<-chan struct{}, func(), error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count >= mostListeners {
		return nil, nil, app.Errorf(app.Throttled, "Trop d’écrans suivent les présences en direct : rechargez la page pour la mettre à jour.")
	}
	wake := make(chan struct{}, 1)
	if l.listeners[id] == nil {
		l.listeners[id] = map[chan struct{}]bool{}
	}
	l.listeners[id][wake] = true
	l.count++
	return wake, func() { l.leave(id, wake) }, nil
}

func (l *live) leave(id app.WorkshopID, wake chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.listeners[id], wake)
	if len(l.listeners[id]) == 0 {
		delete(l.listeners, id)
	}
	l.count--
}

// followDoor tells a screen, for as long as it stays open and its session lasts, each
// time the workshop changed. It says that, not what: the page asks for its list again.
func (s *server) followDoor(c *gin.Context, v app.Viewer) error {
	ctx, id := c.Request.Context(), workshopOf(c)
	if _, _, err := s.DB.Turnout(ctx, v, id); err != nil {
		return err
	}
	wake, leave, err := s.live.listen(id)
	if err != nil {
		return err
	}
	defer leave()
	last, err := s.DB.WorkshopVersion(ctx, id)
	if err != nil {
		return err
	}
	c.Header("Content-Type", "text/event-stream")
	c.Header("X-Accel-Buffering", "no")
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Time{}) // without it the screen comes back every minute
	if !tell(c, ": ouvert\n\n") {
		return nil
	}
	poll, beat := time.NewTicker(pollEvery), time.NewTicker(beatEvery)
	defer poll.Stop()
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.Stopping:
			return nil
		case <-beat.C:
			if !s.stillSigned(c) || !tell(c, ": encore là\n\n") {
				return nil
			}
			continue
		case <-wake:
		case <-poll.C:
		}
		version, err := s.DB.WorkshopVersion(ctx, id)
		if err != nil {
			return nil //nolint:nilerr // the answer has begun: the screen comes back by itself
		}
		if version != last && !tell(c, fmt.Sprintf("event: change\nid: %d\ndata: %d\n\n", version, version)) {
			return nil
		}
		last = version
	}
}

// tell sends one event at once, and reports whether somebody is still there.
func tell(c *gin.Context, event string) bool {
	if _, err := c.Writer.WriteString(event); err != nil {
		return false
	}
	return http.NewResponseController(c.Writer).Flush() == nil
}

// stillSigned reports whether the session that opened a stream has not been ended since.
func (s *server) stillSigned(c *gin.Context) bool {
	session, err := s.session(c)
	if err != nil || session.IsNew {
		return false
	}
	fresh, err := s.sessions.New(c.Request, session.Name())
	return err == nil && !fresh.IsNew
}
