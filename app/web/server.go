// Package web answers HTTP requests: it reads them, asks db, renders views.
package web

import (
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/gorilla/sessions"
	"github.com/klauspost/compress/gzhttp"

	"maillage/app/identity"
	"maillage/app/secret"
	"maillage/assets"
	"maillage/db"
)

// Config is what the application needs to answer.
type Config struct {
	DB      *db.DB
	Log     *slog.Logger
	Now     func() time.Time
	BaseURL string   // where people find it, "https://maillage.exemple.fr"; links in mails begin with it
	Proxies []string // addresses of reverse proxies whose X-Forwarded-For is believed
	Mails   bool     // e-mails leave by SMTP; otherwise the administrator reads them here
	Demo    bool     // the people are invented: said on every page

	Secret   string             // seals what must be read again from the database, and is not in it; "": what is sealed lasts as long as the process
	Provider *identity.Provider // of identities, by which people sign in; nil: none

	Tiles       string // address of the tiles behind the map, "https://…/{z}/{x}/{y}.png", or "": none
	TilesCredit string // whose they are, said on the map

	Stopping <-chan struct{} // closed when live screens must end; nil: never
}

type server struct {
	Config
	sessions sessions.Store
	limits   *limits
	box      *secret.Box
	keys     *webauthn.WebAuthn // nil where the address of the site allows no passkeys
	networks *networks
	searches *searches
	policy   string
	setUp    atomic.Bool // the database was seen to hold something
	live     *live
	communes sync.Map // app.TerritoryID → []app.Commune: they do not change while the territory is open
}

// Handler is the whole application, ready to be served.
func Handler(config Config) (http.Handler, error) {
	r, err := engine(config)
	if err != nil {
		return nil, err
	}
	compressed, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(1), gzhttp.MinSize(1024), gzhttp.ExceptContentTypes([]string{"text/event-stream"}))
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/assets/", assets.Handler)
	mux.Handle("/", compressed(r))
	return headed(mux), nil
}

// headed answers HEAD, by which monitors and readers of mails try an address, as GET; the
// server leaves the body out.
func headed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			asked := *r
			asked.Method = http.MethodGet
			r = &asked
		}
		h.ServeHTTP(w, r)
	})
}

// engine is every address with what goes before it.
func engine(config Config) (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	s := &server{Config: config, limits: newLimits(), live: newLive(), networks: newNetworks(config.DB), searches: newSearches(config.DB)}
	s.sessions = newSessionStore(s.DB, s.Now, s.secure())
	if s.Secret == "" {
		s.Secret = secret.Token()
	}
	var err error
	if s.box, err = secret.NewBox(s.Secret); err != nil {
		return nil, err
	}
	if s.keys, err = newKeys(s.BaseURL); err != nil {
		return nil, err
	}
	tiles, err := originOf(s.Tiles)
	if err != nil {
		return nil, err
	}
	s.policy = policy(tiles)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.RedirectTrailingSlash = false // noPage does it, and never to where the request says it came
	if err := r.SetTrustedProxies(s.Proxies); err != nil {
		return nil, err
	}
	r.Use(s.logged, s.placed, gin.CustomRecoveryWithWriter(nil, s.recovered), s.guarded, s.sameSite(), s.bounded, s.legible, s.untilSetUp, s.helpful)
	r.NoRoute(s.open(s.noPage))
	r.NoMethod(s.open(s.noMethod))
	s.routes(r)
	return r, nil
}

// secure reports whether people come by https, so that cookies may insist on it.
func (s *server) secure() bool { return len(s.BaseURL) > 8 && s.BaseURL[:8] == "https://" }
