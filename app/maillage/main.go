// Command maillage runs the application.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"maillage/app"
	"maillage/app/jobs"
	"maillage/app/post"
	"maillage/app/secret"
	"maillage/app/web"
	"maillage/db"
	"maillage/db/demo"
)

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
	flags := flag.NewFlagSet("maillage", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	demonstration := flags.Bool("demo", false, "")
	if len(args) == 0 || args[0] != "fill" && args[0] != "secours" {
		err := flags.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			fmt.Print(explanation())
			return err
		}
		if err != nil || flags.NArg() > 0 {
			return fmt.Errorf("ces arguments ne sont pas compris : %s ; essayez -help", strings.Join(args, " "))
		}
	}
	s, err := readSettings()
	if err != nil {
		return err
	}
	if len(args) > 0 && args[0] == "fill" {
		return runFill(ctx, s, args[1:])
	}
	if len(args) > 0 && args[0] == "secours" {
		return rescue(ctx, s, args[1:])
	}
	return start(ctx, s, *demonstration)
}

// start takes the port, then opens the database and serves until ctx ends.
func start(ctx context.Context, s settings, demonstration bool) error {
	listener, err := listen(ctx, s)
	if err != nil {
		return err
	}
	defer listener.Close()
	d, err := openDatabase(ctx, s)
	if err != nil {
		return err
	}
	defer d.Close()
	if demonstration {
		if err := demo.Load(ctx, d, s.DemoPassword, time.Now()); err != nil {
			return fmt.Errorf("charger la démonstration : %w", err)
		}
	}
	invented, err := d.Invented(ctx)
	if err != nil {
		return err
	}
	if demonstration && !invented {
		return errors.New("la base sert déjà à un territoire : -demo n’y ajoute rien ; choisissez un autre dossier, par exemple MAILLAGE_DATA=./demo")
	}
	return serve(ctx, s, d, listener, demonstration, invented)
}

func listen(ctx context.Context, s settings) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", ":"+s.Port)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("le port %s est déjà pris par un autre programme : arrêtez-le, ou choisissez un autre port, par exemple PORT=8090", s.Port)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("le port %s est réservé au système : choisissez-en un autre, par exemple PORT=8080", s.Port)
	case err != nil:
		return nil, fmt.Errorf("écouter sur le port %s : %w", s.Port, err)
	}
	return listener, nil
}

// openDatabase opens the server of DATABASE_URL, or the file in MAILLAGE_DATA.
func openDatabase(ctx context.Context, s settings) (*db.DB, error) {
	if s.DatabaseURL != "" {
		d, err := db.Open(ctx, s.DatabaseURL)
		if err != nil {
			return nil, fmt.Errorf("ouvrir la base que nomme DATABASE_URL (%s) : %w", db.ServerAddress, err)
		}
		return d, nil
	}
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return nil, fmt.Errorf("créer le dossier que nomme MAILLAGE_DATA : %w", err)
	}
	d, err := db.Open(ctx, db.InFolder(s.Data))
	if err != nil {
		return nil, fmt.Errorf("ouvrir la base du dossier que nomme MAILLAGE_DATA (%s) : %w", s.Data, err)
	}
	return d, nil
}

// serve answers and does what happens by itself until ctx ends; what has begun by then
// finishes before it returns.
func serve(ctx context.Context, s settings, d *db.DB, listener net.Listener, demonstration, invented bool) error {
	level, err := s.level()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	sender, err := post.Open(s.SMTP, s.From)
	if err != nil {
		return err
	}
	if s.Secret == "" {
		if s.Secret, err = secret.InFolder(s.Data); err != nil {
			return fmt.Errorf("lire ou faire le fichier secret de MAILLAGE_DATA : %w", err)
		}
	}
	provider, err := s.identity()
	if err != nil {
		return err
	}
	handler, err := web.Handler(web.Config{
		DB: d, Log: log, Now: time.Now, BaseURL: s.BaseURL, Proxies: s.Proxies, Mails: sender.Enabled(), Demo: invented, Stopping: ctx.Done(),
		Secret: s.Secret, Provider: provider, Tiles: s.Tiles, TilesCredit: s.TilesCredit,
	})
	if err != nil {
		return err
	}
	var working sync.WaitGroup
	defer working.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop() // the jobs too, when serving fails
	working.Go(func() { jobs.Tidy(ctx, d, log, time.Now) })
	working.Go(func() { jobs.Inform(ctx, d, s.BaseURL, log, time.Now) })
	working.Go(func() { jobs.Inquire(ctx, d, s.BaseURL, log, time.Now) })
	working.Go(func() { jobs.Retain(ctx, d, s.BaseURL, log, time.Now) })
	if sender.Enabled() {
		working.Go(func() { jobs.Post(ctx, d, sender, log, time.Now) })
	}
	if err := greet(ctx, s, d, demonstration); err != nil {
		return err
	}
	return answer(ctx, listener, hasty(handler))
}

// hasty is a server that waits for nobody: who sends or reads too slowly is cut off.
func hasty(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      time.Minute, // live screens lift it
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}

// answer serves until ctx ends, then lets what has begun finish.
func answer(ctx context.Context, listener net.Listener, server *http.Server) error {
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
