package secret_test

import (
	"os"
	"path/filepath"
	"testing"

	"maillage/app/secret"
)

func TestASealedValueOpensForItsPurposeAndUnderItsSecretOnly(t *testing.T) {
	box, err := secret.NewBox("le secret de l’instance")
	if err != nil {
		t.Fatal(err)
	}
	sealed := box.Seal("clé", "compte a")
	if value, err := box.Open(sealed, "compte a"); err != nil || value != "clé" {
		t.Errorf("Open = %q, %v", value, err)
	}
	other, _ := secret.NewBox("un autre")
	for name, open := range map[string]func() (string, error){
		"for another account":  func() (string, error) { return box.Open(sealed, "compte b") },
		"under another secret": func() (string, error) { return other.Open(sealed, "compte a") },
		"altered":              func() (string, error) { return box.Open("A"+sealed[1:len(sealed)-2]+"AA", "compte a") },
		"cut":                  func() (string, error) { return box.Open(sealed[:8], "compte a") },
		"empty":                func() (string, error) { return box.Open("", "compte a") },
	} {
		if value, err := open(); err == nil {
			t.Errorf("%s, it opens to %q", name, value)
		}
	}
}

func TestTheSecretOfAnInstanceIsMadeOnceForItsOwnerAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	made, err := secret.InFolder(folder)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := secret.InFolder(folder); err != nil || again != made || len(made) < 32 {
		t.Errorf("the second time it is %q (%v), want %q", again, err, made)
	}
	info, err := os.Stat(filepath.Join(folder, "secret"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its file is %v, %v; want it for its owner alone", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(folder, "secret"), []byte("court"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := secret.InFolder(folder); err == nil {
		t.Error("a short secret is taken")
	}
}
