package web

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
)

// legible lets through only text: no keyboard types a zero byte or broken UTF-8, and not
// every database takes them. An address that holds some names nothing; from what is
// asked and from forms they are taken out.
func (s *server) legible(c *gin.Context) {
	if readable(c.Request.URL.Path) != c.Request.URL.Path {
		s.fail(c, errNoPage)
		c.Abort()
		return
	}
	if query := c.Request.URL.Query(); tidyValues(query) {
		c.Request.URL.RawQuery = query.Encode()
	}
	tidyValues(c.Request.Form)
	tidyValues(c.Request.PostForm)
}

// tidyValues makes values readable, and reports whether some were not.
func tidyValues(values url.Values) (changed bool) {
	for name, all := range values {
		for i, value := range all {
			if kept := readable(value); kept != value {
				all[i], changed = kept, true
			}
		}
		if kept := readable(name); kept != name {
			delete(values, name)
			values[kept], changed = append(values[kept], all...), true
		}
	}
	return changed
}

// readable returns s without zero bytes and what is not UTF-8.
func readable(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}
