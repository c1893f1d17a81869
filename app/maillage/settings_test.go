package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db"
)

func TestEverySettingHasADefaultThatWorks(t *testing.T) {
	kind := reflect.TypeFor[settings]()
	for i := range kind.NumField() {
		t.Setenv(kind.Field(i).Tag.Get("env"), "") // an empty variable is one that is not set
	}
	s, err := readSettings()
	if err != nil || s.BaseURL != "http://localhost:8080" || s.Data != "./data" {
		t.Errorf("settings = %+v, %v; want the defaults", s, err)
	}
}

func TestASettingThatCannotBeFollowedIsNamed(t *testing.T) {
	for _, tt := range []struct{ name, value string }{
		{"PORT", "x"},
		{"PORT", "70000"},
		{"MAILLAGE_URL", "maillage.exemple.fr"},
		{"MAILLAGE_URL", "https://exemple.fr/chemin"},
		{"MAILLAGE_PROXIES", "10.0.0.1,ici"},
		{"SMTP_URL", "http://u:secret@h"},
		{"MAILLAGE_FROM", "personne"},
		{"MAILLAGE_LOG", "fort"},
		{"OIDC_ISSUER", "http://proconnect.exemple.fr"},
		{"OIDC_ISSUER", "https://proconnect.exemple.fr"}, // whose client is not told
		{"OIDC_TRUST_EMAILS", "peut-être"},
		{"MAILLAGE_TILES", "https://tuiles.exemple.fr/"},
	} {
		t.Run(tt.name+"="+tt.value, func(t *testing.T) {
			t.Setenv(tt.name, tt.value)
			_, err := readSettings()
			if err == nil || !strings.Contains(err.Error(), tt.name) || strings.Contains(err.Error(), "secret@") || strings.Contains(err.Error(), "\n") {
				t.Errorf("readSettings: %v; want one line that names %s and tells no secret", err, tt.name)
			}
		})
	}
}

func TestEverySettingIsExplained(t *testing.T) {
	help := explanation()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	kind := reflect.TypeFor[settings]()
	for i := range kind.NumField() {
		tag := kind.Field(i).Tag
		if name := tag.Get("env"); tag.Get("help") == "" || !strings.Contains(help, name) || !strings.Contains(string(readme), "`"+name+"`") {
			t.Errorf("%s is not explained by -help, or not in the README", name)
		}
	}
}

func TestAPortTakenIsSaidInFrench(t *testing.T) {
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	data := t.TempDir()
	err = start(t.Context(), settings{Port: port, Data: data}, true)
	if err == nil || !strings.Contains(err.Error(), "le port "+port+" est déjà pris") {
		t.Errorf("start: %v; want that the port is taken", err)
	}
	if files, _ := os.ReadDir(data); len(files) != 0 {
		t.Errorf("%v was written before the port was had", files)
	}
}

func TestStartingAndStopping(t *testing.T) {
	free, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	free.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s := settings{Port: port, Data: t.TempDir(), BaseURL: "http://localhost", LogLevel: "error", From: "a@b.test", SMTP: "smtp://127.0.0.1:1"}
	ended := make(chan error, 1)
	go func() { ended <- start(ctx, s, false) }()
	for !answers(t, "http://127.0.0.1:"+port+"/healthz") { // migrating takes its time on a busy machine
		select {
		case err := <-ended:
			t.Fatalf("start ended before it answered: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("start, stopped: %v; want a quiet end", err)
	}
}

func TestTheDemonstrationIsNotAddedToATerritoryInUse(t *testing.T) {
	folder := t.TempDir()
	d, err := db.Open(t.Context(), db.InFolder(folder))
	if err != nil {
		t.Fatal(err)
	}
	err = d.Load(t.Context(), func(l *db.Loader) error {
		return l.Territory(app.Territory{ID: "200067361", Name: "CC Grand-Figeac"}, time.Now())
	})
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	err = start(t.Context(), settings{Port: "0", Data: folder, LogLevel: "error", From: "a@b.test"}, true)
	if err == nil || !strings.Contains(err.Error(), "sert déjà à un territoire") {
		t.Errorf("start -demo: %v; want it refused", err)
	}
}

func answers(t *testing.T, address string) bool {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

func TestArgumentsThatAreNotUnderstoodAreSaid(t *testing.T) {
	for _, args := range [][]string{{"-nimporte"}, {"demo"}, {"-demo", "plus"}} {
		if err := run(t.Context(), args); err == nil || !strings.Contains(err.Error(), "ne sont pas compris") {
			t.Errorf("run %v: %v; want that it is not understood", args, err)
		}
	}
}
