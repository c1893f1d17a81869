package web

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// longestCookie is how long a value may be that a browser keeps for us, in bytes: they all
// keep 4096 with its name and attributes (RFC 6265, section 6.1).
const longestCookie = 3500

// keep gives the browser a value under a path, for a while; "" takes it back.
func (s *server) keep(c *gin.Context, name, path, value string, life time.Duration) {
	cookie := &http.Cookie{
		Name: s.cookieName(name, path), Value: value, Path: path, MaxAge: int(life / time.Second), HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	}
	if value == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(c.Writer, cookie)
}

// kept returns what the browser keeps by that name, "" when that is nothing.
func (s *server) kept(c *gin.Context, name, path string) string {
	cookie, err := c.Request.Cookie(s.cookieName(name, path))
	if err != nil || len(cookie.Value) > longestCookie {
		return ""
	}
	return cookie.Value
}

// cookieName is under which name the browser keeps a cookie: over https one that no other
// site of the domain can overwrite.
func (s *server) cookieName(name, path string) string {
	switch {
	case !s.secure():
		return name
	case path == "/":
		return "__Host-" + name
	}
	return "__Secure-" + name
}
