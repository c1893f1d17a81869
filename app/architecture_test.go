package app_test

import (
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sources are the files of one of our packages, tests left out, and what they import.
type sources struct{ files, imports []string }

// ours are the packages of this module that each folder may import. A folder
// speaks for those under it, the longest name first.
var ours = map[string][]string{
	"app":           {},
	"app/calendar":  {"app"},
	"app/french":    {"app"},
	"app/identity":  {"app"}, // with app/identity/identitytest
	"app/inclusion": {"app"},
	"app/network":   {"app"}, // with app/network/atlas
	"app/post":      {"app"},
	"app/print":     {"app", "app/french", "assets"},
	"app/secret":    {},
	"app/sheet":     {"app"},
	"app/jobs":      {"app", "app/calendar", "app/network", "app/post", "app/print", "app/secret", "app/sheet", "db", "views"},
	"app/web":       {"app", "app/calendar", "app/identity", "app/inclusion", "app/jobs", "app/network", "app/network/atlas", "app/post", "app/print", "app/secret", "app/sheet", "assets", "db", "db/france", "views"},
	"app/e2e":       {"*"},
	"app/maillage":  {"*"},
	"assets":        {},
	"db":            {"app", "app/network", "app/network/atlas"},
	"db/dbtest":     {"app", "db", "db/demo"},
	"db/demo":       {"app", "app/secret", "db", "db/france"},
	"views":         {"app", "app/french", "app/network", "app/network/atlas", "assets"},
}

func TestImportsFollowTheArchitecture(t *testing.T) {
	for name, p := range list(t) {
		folder := ruled(name)
		if folder == "" {
			t.Errorf("%s is in no folder of the architecture", name)
		}
		for _, path := range p.imports {
			if other, ok := strings.CutPrefix(path, "maillage/"); ok {
				if ruled(other) != folder && !slices.Contains(ours[folder], "*") && !slices.Contains(ours[folder], other) {
					t.Errorf("%s imports %s: want only %v", name, path, ours[folder])
				}
				continue
			}
			switch {
			case strings.HasPrefix(path, "github.com/gin-gonic/") && folder != "app/web":
				t.Errorf("%s imports Gin: want only app/web to", name)
			case isDriver(path) && folder != "db" && !strings.HasPrefix(folder, "db/"):
				t.Errorf("%s imports the driver %s: want only db to", name, path)
			case folder == "app" && strings.Contains(path, ".") && !strings.HasPrefix(path, "golang.org/x/"):
				t.Errorf("app imports %s: want the standard library and golang.org/x", path)
			}
		}
	}
}

// Comments may explain what an engine does; code may not ask which one runs.
func TestOnlyTheEngineFileNamesAnEngine(t *testing.T) {
	engine := regexp.MustCompile(`(?i)sqlite|postgres|pgx`)
	for name, p := range list(t) {
		if name == "db/dbtest" {
			continue
		}
		for _, path := range p.files {
			if filepath.ToSlash(path) == "../db/engine.go" {
				continue
			}
			for _, word := range words(t, path) {
				if engine.MatchString(word) {
					t.Errorf("%s says %s: want only db/engine.go to name an engine", path, word)
				}
			}
		}
	}
}

// list reads our packages from the source, but for app/deps, which only keeps
// modules. It reads the files itself: what `go list` reads, the test cache would not see.
func list(t *testing.T) map[string]*sources {
	t.Helper()
	packages := map[string]*sources{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && (name == "testdata" || name == "data" || name == "deps" || strings.HasPrefix(name, ".") && name != ".."):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(path))[len("../"):]
		if packages[folder] == nil {
			packages[folder] = &sources{}
		}
		packages[folder].files = append(packages[folder].files, path)
		for _, spec := range file.Imports {
			packages[folder].imports = append(packages[folder].imports, strings.Trim(spec.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

// ruled returns the folder whose rule holds for a folder, or "".
func ruled(folder string) string {
	for path := folder; path != "."; path = filepath.Dir(path) {
		if _, ok := ours[path]; ok && (path != "app" || folder == "app") {
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
