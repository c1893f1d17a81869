package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A Box seals what must be read again, such as the key of an application of codes, so
// that a copy of the database alone does not give it: AES-256-GCM under a key that is
// kept beside the database and never in it. Who has both, or the running machine, has
// all: nothing protects from that.
type Box struct{ aead cipher.AEAD }

// NewBox returns the box of an instance whose secret is that, of any length.
func NewBox(instance string) (*Box, error) {
	key, err := hkdf.Key(sha256.New, []byte(instance), nil, "maillage: sealed columns", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	return &Box{aead}, err
}

// Seal returns value sealed for a purpose: opened for another one it is refused.
func (b *Box) Seal(value, purpose string) string {
	nonce := make([]byte, b.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b.aead.Seal(nonce, nonce, []byte(value), []byte(purpose)))
}

var errSealed = errors.New("sealed with another key, for another purpose, or altered")

// Open returns what was sealed for a purpose.
func (b *Box) Open(sealed, purpose string) (string, error) {
	bytes, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(bytes) < b.aead.NonceSize() {
		return "", errSealed
	}
	value, err := b.aead.Open(nil, bytes[:b.aead.NonceSize()], bytes[b.aead.NonceSize():], []byte(purpose))
	if err != nil {
		return "", errSealed
	}
	return string(value), nil
}

// secretFile is where an instance keeps its secret when its settings give none.
const secretFile = "secret"

// InFolder returns the secret of an instance kept in a folder, in a file that its owner
// alone may read; the first time it is made.
func InFolder(folder string) (string, error) {
	path := filepath.Join(folder, secretFile)
	content, err := os.ReadFile(path)
	switch {
	case err == nil && len(strings.TrimSpace(string(content))) < 32:
		return "", fmt.Errorf("%s is too short to be a secret", path)
	case err == nil:
		return strings.TrimSpace(string(content)), nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) { // another process has just made it
		return InFolder(folder)
	}
	if err != nil {
		return "", err
	}
	made := Token()
	_, err = file.WriteString(made + "\n")
	return made, errors.Join(err, file.Close())
}
