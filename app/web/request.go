package web

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"maillage/app"
)

// The most that a form without file may weigh, in bytes, and how many values it or an
// address may hold: twice as many as a territory has structures to tick.
const (
	maxForm   = 1 << 20
	maxValues = 2000
)

// uploadTime is how long a file may take to arrive.
const uploadTime = 5 * time.Minute

var errNoMethod = app.Errorf(app.NotFound, "Cette page ne s’utilise pas ainsi. Revenez à la page précédente et utilisez ses boutons.")

// logged gives each request an id and writes what became of it: the route and never
// the address, which may hold a token or a name that was searched.
func (s *server) logged(c *gin.Context) {
	id := strings.ToLower(rand.Text()[:10])
	c.Set("request-id", id)
	c.Header("X-Request-Id", id)
	start := time.Now()
	c.Next()
	s.Log.InfoContext(c.Request.Context(), "request", "id", id, "method", c.Request.Method, "route", c.FullPath(),
		"status", c.Writer.Status(), "ms", float64(time.Since(start).Microseconds())/1000)
}

func requestID(c *gin.Context) string { return c.GetString("request-id") }

// policy lets a page load our own files and nothing else; data: is for small images in
// styles, tiles is where those of the map come from, if anywhere.
func policy(tiles string) string {
	return strings.TrimSuffix("default-src 'self'; img-src 'self' data: "+tiles, " ") +
		"; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

// originOf returns the scheme and host of the tiles' address, "" when there is none.
func originOf(tiles string) (string, error) {
	if tiles == "" {
		return "", nil
	}
	u, err := url.Parse(tiles)
	if err != nil || u.Scheme != "https" || u.Host == "" || strings.ContainsAny(u.Host, "{}; ") {
		return "", fmt.Errorf("the address of the tiles, %q, is not that of an https server", tiles)
	}
	return "https://" + u.Host, nil
}

// guarded sets what browsers must know about every answer.
func (s *server) guarded(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", s.policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("Vary", "HX-Request-Type")   // of many addresses HTMX gets a part
	h.Set("Cache-Control", "no-store") // pages hold names; a shared computer keeps none of them
	if s.secure() {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// sameSite refuses forms that another site makes a signed-in browser send.
func (s *server) sameSite() gin.HandlerFunc {
	guard := http.NewCrossOriginProtection()
	return func(c *gin.Context) {
		if guard.Check(c.Request) != nil {
			s.fail(c, errForeign)
			c.Abort()
		}
	}
}

// bounded reads the form of a request, up to maxForm, or maxFileUpload with a file.
func (s *server) bounded(c *gin.Context) {
	if strings.Count(c.Request.URL.RawQuery, "&") >= maxValues {
		s.fail(c, errTooMany)
		c.Abort()
		return
	}
	if c.Request.Method != http.MethodPost {
		return
	}
	limit, tooBig := int64(maxForm), errTooBig
	if s.takesFile(c) {
		limit, tooBig = maxFileUpload, errFileTooBig
		_ = http.NewResponseController(c.Writer).SetReadDeadline(time.Now().Add(uploadTime)) // of a form, a village's line sends 10 MB too slowly
	}
	if c.Request.ContentLength > limit { // before a byte of it is read
		s.fail(c, tooBig)
		c.Abort()
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
	err := c.Request.ParseForm()
	if err == nil && strings.HasPrefix(c.ContentType(), "multipart/") {
		err = c.Request.ParseMultipartForm(maxForm)
	}
	if err == nil {
		err = counted(c.Request.PostForm)
	}
	if err == nil {
		return
	}
	if _, is := errors.AsType[*http.MaxBytesError](err); is {
		err = tooBig
	} else if !errors.Is(err, errTooMany) {
		err = app.Errorf(app.Invalid, "Ce formulaire est arrivé incomplet. Revenez à la page précédente et renvoyez-le.")
	}
	s.fail(c, err)
	c.Abort()
}

// counted refuses a form of more than maxValues values.
func counted(form url.Values) error {
	n := 0
	for _, values := range form {
		n += len(values)
	}
	if n > maxValues {
		return errTooMany
	}
	return nil
}

// noPage answers an address that is none of ours; one with a slash too many leads to it without.
func (s *server) noPage(c *gin.Context) error {
	path := c.Request.URL.EscapedPath()
	short := strings.TrimRight(path, "/")
	if short == path || short == "" || c.Request.Method != http.MethodGet {
		return errNoPage
	}
	if query := c.Request.URL.RawQuery; query != "" {
		short += "?" + query
	}
	return redirect(c, short)
}

func (s *server) noMethod(*gin.Context) error { return errNoMethod }

func (s *server) health(c *gin.Context) error {
	if err := s.DB.Ping(c.Request.Context()); err != nil {
		return err
	}
	c.String(http.StatusOK, "ok")
	return nil
}

func queryEscape(s string) string { return url.QueryEscape(s) }
func pathEscape(s string) string  { return url.PathEscape(s) }
