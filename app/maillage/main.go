// Command maillage runs the application.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/caarlos0/env/v11"

	"maillage/app"
	"maillage/app/jobs"
	"maillage/app/post"
	"maillage/app/secret"
	"maillage/app/web"
	"maillage/db"
	"maillage/db/demo"
)

// settings come from the environment; each has a default that works.
type settings struct {
	Port         string   `env:"PORT" envDefault:"8080"`
	Data         string   `env:"MAILLAGE_DATA" envDefault:"./data"`
	DatabaseURL  string   `env:"DATABASE_URL"`
	BaseURL      string   `env:"MAILLAGE_URL"`
	Proxies      []string `env:"MAILLAGE_PROXIES"`
	SMTP         string   `env:"SMTP_URL"`
	From         string   `env:"MAILLAGE_FROM" envDefault:"Maillage <maillage@localhost.localdomain>"`
	DemoPassword string   `env:"MAILLAGE_DEMO_PASSWORD" envDefault:"Maillage-demo-2026!"`
	LogLevel     string   `env:"MAILLAGE_LOG" envDefault:"warn"`
	Tiles        string   `env:"MAILLAGE_TILES"`
	TilesCredit  string   `env:"MAILLAGE_TILES_CREDIT" envDefault:"© IGN"`
}

// memoryAimedAt is what the collector keeps the process under when it can, in bytes, so
// that a rush of sign-ins (19 MiB each while a password is checked) leaves no mark on a
// small machine. GOMEMLIMIT says otherwise.
const memoryAimedAt = 48 << 20

func main() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(memoryAimedAt)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "maillage :", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	s, err := env.ParseAs[settings]()
	if err != nil {
		return err
	}
	if len(args) > 0 && args[0] == "fill" {
		return runFill(ctx, s, args[1:])
	}
	flags := flag.NewFlagSet("maillage", flag.ContinueOnError)
	demonstration := flags.Bool("demo", false, "charger le territoire de démonstration dans une base vide")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.LogLevel)); err != nil {
		return fmt.Errorf("MAILLAGE_LOG: %w", err)
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	d, err := openDatabase(ctx, s)
	if err != nil {
		return err
	}
	defer d.Close()
	if *demonstration {
		if err := demo.Load(ctx, d, s.DemoPassword, time.Now()); err != nil {
			return fmt.Errorf("charger la démonstration : %w", err)
		}
	}
	return serve(ctx, s, d, log, *demonstration)
}

// openDatabase opens the server of DATABASE_URL, or the file in MAILLAGE_DATA.
func openDatabase(ctx context.Context, s settings) (*db.DB, error) {
	url := s.DatabaseURL
	if url == "" {
		if err := os.MkdirAll(s.Data, 0o700); err != nil {
			return nil, err
		}
		url = db.InFolder(s.Data)
	}
	return db.Open(ctx, url)
}

func serve(ctx context.Context, s settings, d *db.DB, log *slog.Logger, demonstration bool) error {
	sender, err := post.Open(s.SMTP, s.From)
	if err != nil {
		return fmt.Errorf("SMTP_URL: %w", err)
	}
	if s.BaseURL == "" {
		s.BaseURL = "http://localhost:" + s.Port
	}
	handler, err := web.Handler(web.Config{
		DB: d, Log: log, Now: time.Now, BaseURL: s.BaseURL, Proxies: s.Proxies, Mails: sender.Enabled(), Demo: demonstration, Stopping: ctx.Done(),
		Tiles: s.Tiles, TilesCredit: s.TilesCredit,
	})
	if err != nil {
		return err
	}
	if sender.Enabled() {
		go jobs.Post(ctx, d, sender, log, time.Now)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", ":"+s.Port)
	if err != nil {
		return err
	}
	if err := greet(ctx, s, d, demonstration); err != nil {
		return err
	}
	return answer(ctx, listener, handler)
}

// answer serves until ctx ends, then lets what has begun finish.
func answer(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      time.Minute, // live screens lift it
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	stopped := make(chan error, 1)
	context.AfterFunc(ctx, func() {
		ending, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		stopped <- server.Shutdown(ending)
	})
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// greet prints where to go: to the page that sets an empty database up, or to sign in.
func greet(ctx context.Context, s settings, d *db.DB, demonstration bool) error {
	fmt.Printf("Maillage est prêt : %s\n", s.BaseURL)
	if demonstration {
		fmt.Printf("\nComptes de démonstration, mot de passe %s :\n", s.DemoPassword)
		for _, account := range demo.Accounts {
			fmt.Printf("  %-24s %s\n", account.Email, account.Role)
		}
		return nil
	}
	token := secret.Token()
	switch err := d.OfferSetUp(ctx, secret.Digest(token), time.Now()); {
	case app.KindOf(err) == app.Conflict: // there is something in it
		return nil
	case err != nil:
		return err
	}
	fmt.Printf("\nLa base est vide. Ouvrez ce lien pour installer Maillage (il sert une fois, pendant 24 heures) :\n  %s/installation/%s\n", s.BaseURL, token)
	return nil
}
