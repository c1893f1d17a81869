package app_test

import (
	"encoding/json"
	"go/scanner"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// imported is what `go list` says of one of our packages.
type imported struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

// ours are the packages of this module that each folder may import. A folder
// speaks for those under it, the longest name first.
var ours = map[string][]string{
	"app":          {},
	"app/calendar": {"app"},
	"app/network":  {"app"},
	"app/post":     {"app"},
	"app/print":    {"app", "assets"},
	"app/sheet":    {"app"},
	"app/jobs":     {"app", "app/calendar", "app/network", "app/post", "app/print", "app/sheet", "db", "views"},
	"app/web":      {"app", "app/calendar", "app/jobs", "app/network", "app/post", "app/print", "app/sheet", "assets", "db", "views"},
	"app/e2e":      {"*"},
	"app/maillage": {"*"},
	"assets":       {},
	"db":           {"app", "app/network"},
	"db/dbtest":    {"app", "db", "db/demo"},
	"db/demo":      {"app", "db"},
	"views":        {"app", "app/network", "assets"},
}

func TestImportsFollowTheArchitecture(t *testing.T) {
	for _, p := range list(t) {
		folder := ruled(p.ImportPath)
		if folder == "" {
			t.Errorf("%s is in no folder of the architecture", p.ImportPath)
		}
		for _, path := range p.Imports {
			if inside, ok := strings.CutPrefix(path, "maillage/"); ok {
				within := ruled(path) == folder
				if !within && !slices.Contains(ours[folder], "*") && !slices.Contains(ours[folder], inside) {
					t.Errorf("%s imports %s: want only %v", p.ImportPath, path, ours[folder])
				}
				continue
			}
			switch {
			case strings.HasPrefix(path, "github.com/gin-gonic/") && folder != "app/web":
				t.Errorf("%s imports Gin: want only app/web to", p.ImportPath)
			case isDriver(path) && !strings.HasPrefix(folder, "db"):
				t.Errorf("%s imports the driver %s: want only db to", p.ImportPath, path)
			case folder == "app" && strings.Contains(path, ".") && !strings.HasPrefix(path, "golang.org/x/"):
				t.Errorf("app imports %s: want the standard library and golang.org/x", path)
			}
		}
	}
}

// Comments may explain what an engine does; code may not ask which one runs.
func TestOnlyTheEngineFileNamesAnEngine(t *testing.T) {
	for _, p := range list(t) {
		if folder := ruled(p.ImportPath); folder == "db/dbtest" || folder == "app/e2e" {
			continue
		}
		for _, name := range p.GoFiles {
			if folder := ruled(p.ImportPath); folder == "db" && name == "engine.go" {
				continue
			}
			path := filepath.Join(p.Dir, name)
			for _, word := range words(t, path) {
				lower := strings.ToLower(word)
				if strings.Contains(lower, "sqlite") || strings.Contains(lower, "postgres") || strings.Contains(lower, "pgx") {
					t.Errorf("%s says %s: want only db/engine.go to name an engine", path, word)
				}
			}
		}
	}
}

// list returns our packages but for app/deps, which only keeps modules.
func list(t *testing.T) []imported {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "maillage/...")
	cmd.Env = append(os.Environ(), "GOFLAGS=")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []imported
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p imported
		if err := dec.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatalf("reading go list: %v", err)
		}
		if p.ImportPath != "maillage/app/deps" {
			packages = append(packages, p)
		}
	}
}

// ruled returns the folder whose rule holds for an import path, or "".
func ruled(importPath string) string {
	for path := strings.TrimPrefix(importPath, "maillage/"); path != "."; path = filepath.Dir(path) {
		if _, ok := ours[path]; ok && (path != "app" || importPath == "maillage/app") {
			return path
		}
	}
	return ""
}

func isDriver(path string) bool {
	return strings.HasPrefix(path, "github.com/jackc/pgx") || strings.HasPrefix(path, "github.com/mattn/go-sqlite3")
}

// words returns the names and the texts in a Go file, without its comments.
func words(t *testing.T, path string) []string {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile(path, -1, len(source)), source, nil, 0)
	var words []string
	for {
		switch _, tok, literal := s.Scan(); tok {
		case token.EOF:
			return words
		case token.IDENT, token.STRING:
			words = append(words, literal)
		}
	}
}
