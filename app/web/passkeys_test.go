package web_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"maillage/app"
	"maillage/db/dbtest"
)

// A softKey is a passkey made of software: it signs as WebAuthn says, and lies on demand.
type softKey struct {
	t       testing.TB
	private *ecdsa.PrivateKey
	id      []byte
	handle  []byte
	host    string // whose it is
	origin  string // where it believes to be
	counter uint32
	flags   byte
}

const verified = 0x01 | 0x04 // user present, user verified

func newSoftKey(t testing.TB) *softKey {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &softKey{t: t, private: private, id: id, host: "localhost", origin: "http://localhost", flags: verified}
}

// What the site asks a passkey to sign, as far as one reads it.
type asked struct {
	Challenge string
	User      struct{ ID string }
	Erreur    string
}

func ask(t testing.TB, s *site, path string, values ...string) (a asked, status int) {
	t.Helper()
	w := s.post(path, values...)
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%s answers %d, %.200s", path, w.Code, w.Body)
	}
	return a, w.Code
}

var encoded = base64.RawURLEncoding.EncodeToString

func (k *softKey) client(kind string, a asked) []byte {
	return []byte(`{"type":"webauthn.` + kind + `","challenge":"` + a.Challenge + `","origin":"` + k.origin + `","crossOrigin":false}`)
}

func (k *softKey) data(flags byte) []byte {
	host := sha256.Sum256([]byte(k.host))
	return binary.BigEndian.AppendUint32(append(host[:], flags), k.counter)
}

func (k *softKey) answer(response map[string]string) string {
	out, err := json.Marshal(map[string]any{"id": encoded(k.id), "rawId": encoded(k.id), "type": "public-key", "response": response})
	if err != nil {
		k.t.Fatal(err)
	}
	return string(out)
}

// create answers a registration: an attestation of none, in CBOR written by hand.
func (k *softKey) create(a asked) string {
	k.t.Helper()
	k.handle, _ = base64.RawURLEncoding.DecodeString(a.User.ID)
	point, err := k.private.PublicKey.Bytes()
	if err != nil {
		k.t.Fatal(err)
	}
	data := append(k.data(k.flags|0x40), make([]byte, 16)...)
	data = append(append(data, 0, byte(len(k.id))), k.id...)
	data = append(append(data, 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32), point[1:33]...)
	data = append(append(data, 0x22, 0x58, 32), point[33:]...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(data)))
	return k.answer(map[string]string{"clientDataJSON": encoded(k.client("create", a)), "attestationObject": encoded(append(object, data...))})
}

// sign answers an assertion; the counter moves on.
func (k *softKey) sign(a asked) string {
	k.t.Helper()
	k.counter++
	data, client := k.data(k.flags), k.client("get", a)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.private, sum[:])
	if err != nil {
		k.t.Fatal(err)
	}
	return k.answer(map[string]string{
		"clientDataJSON": encoded(client), "authenticatorData": encoded(data), "signature": encoded(signature), "userHandle": encoded(k.handle),
	})
}

// withKey returns a site whose référent·e has a passkey, and the browser they added it in.
func withKey(t *testing.T) (s, desk *site, k *softKey) {
	t.Helper()
	s = newSiteAt(t, dbtest.New(t), "http://localhost")
	desk, k = s.as(dbtest.Referent), newSoftKey(t)
	a, _ := ask(t, desk, "/compte/cles/defi")
	wantPage(t, desk.post("/compte/cles", "nom", "Téléphone de Bruno", "reponse", k.create(a)), 200, "Vos dix codes")
	return s, desk, k
}

func TestAPasskeySignsInAlone(t *testing.T) {
	s, desk, k := withKey(t)
	wantPage(t, desk.get("/compte"), 200, "Téléphone de Bruno", "jamais utilisée")
	b := newSiteOn(s)
	wantPage(t, b.get("/connexion"), 200, `data-passkey="get"`, "clé d’accès")
	a, _ := ask(t, b, "/connexion/cle/defi")
	wantRedirect(t, b.post("/connexion/cle", "reponse", k.sign(a), "suite", "/structures"), "/structures")
	wantPage(t, b.get("/compte"), 200, "Bruno Delmas", "utilisée à l’instant")
}

func TestAPasskeyIsASecondFactorAfterThePassword(t *testing.T) {
	s, _, k := withKey(t)
	b := signIn(s, dbtest.Referent)
	wantPage(t, b.get("/connexion/verification"), 200, "Utiliser ma clé d’accès", "code de secours")
	a, _ := ask(t, b, "/connexion/verification/cle/defi")
	wantPage(t, b.post("/connexion/verification/cle", "reponse", "{}"), 422, "pas reconnue")
	wantRedirect(t, b.post("/connexion/verification/cle", "reponse", k.sign(a)), "/")
	wantPage(t, b.get("/"), 200, "Bonjour Bruno")
	if a, status := ask(t, newSiteOn(s), "/connexion/verification/cle/defi"); status != 409 || a.Erreur == "" {
		t.Errorf("who is not half-way is answered %d, %+v", status, a)
	}
}

func TestWhatAPasskeyIsRefusedFor(t *testing.T) {
	tests := map[string]func(t *testing.T, s, desk *site, k *softKey) (browser *site, answer string){
		"another origin": func(t *testing.T, s, _ *site, k *softKey) (*site, string) {
			a, _ := ask(t, s, "/connexion/cle/defi")
			k.origin = "http://localhost.evil.test"
			return s, k.sign(a)
		},
		"another host": func(t *testing.T, s, _ *site, k *softKey) (*site, string) {
			a, _ := ask(t, s, "/connexion/cle/defi")
			k.host = "evil.test"
			return s, k.sign(a)
		},
		"a user who was not verified": func(t *testing.T, s, _ *site, k *softKey) (*site, string) {
			a, _ := ask(t, s, "/connexion/cle/defi")
			k.flags = 0x01
			return s, k.sign(a)
		},
		"a challenge that has served": func(t *testing.T, s, _ *site, k *softKey) (*site, string) {
			a, _ := ask(t, s, "/connexion/cle/defi")
			wantRedirect(t, newSiteOn(s).post("/connexion/cle", "reponse", k.sign(a)), "/")
			return s, k.sign(a)
		},
		"a challenge that is too old": func(t *testing.T, s, _ *site, k *softKey) (*site, string) {
			a, _ := ask(t, s, "/connexion/cle/defi")
			s.now = s.now.Add(6 * time.Minute)
			return s, k.sign(a)
		},
		"a challenge for something else": func(t *testing.T, s, desk *site, k *softKey) (*site, string) {
			a, _ := ask(t, desk, "/compte/cles/defi")
			return s, k.sign(a)
		},
		"a challenge that nobody gave": func(_ *testing.T, s, _ *site, k *softKey) (*site, string) {
			return s, k.sign(asked{Challenge: encoded(make([]byte, 32))})
		},
		"a counter that goes back": func(t *testing.T, s, _ *site, k *softKey) (*site, string) {
			a, _ := ask(t, s, "/connexion/cle/defi")
			k.counter = 9
			wantRedirect(t, newSiteOn(s).post("/connexion/cle", "reponse", k.sign(a)), "/")
			a, _ = ask(t, s, "/connexion/cle/defi")
			k.counter = 4
			return s, k.sign(a)
		},
		"a key that was taken back": func(t *testing.T, s, desk *site, k *softKey) (*site, string) {
			wantRedirect(t, desk.post("/compte/cles/"+encoded(k.id)+"/retrait"), "/compte")
			a, _ := ask(t, s, "/connexion/cle/defi")
			return s, k.sign(a)
		},
		"the name of another account": func(t *testing.T, s, _ *site, k *softKey) (*site, string) {
			a, _ := ask(t, s, "/connexion/cle/defi")
			k.handle = []byte(dbtest.Admin.Account)
			return s, k.sign(a)
		},
		"another's signature": func(t *testing.T, s, _ *site, k *softKey) (*site, string) {
			a, _ := ask(t, s, "/connexion/cle/defi")
			k.private = newSoftKey(t).private
			return s, k.sign(a)
		},
		"a disabled account": func(t *testing.T, s, _ *site, k *softKey) (*site, string) {
			if err := s.db.DisableAccount(t.Context(), dbtest.Admin, dbtest.Referent.Account, s.now); err != nil {
				t.Fatal(err)
			}
			a, _ := ask(t, s, "/connexion/cle/defi")
			return s, k.sign(a)
		},
		"no answer": func(_ *testing.T, s, _ *site, _ *softKey) (*site, string) { return s, "" },
	}
	for name, lie := range tests {
		t.Run(name, func(t *testing.T) {
			s, desk, k := withKey(t)
			b, answer := lie(t, s, desk, k)
			w := b.post("/connexion/cle", "reponse", answer)
			wantPage(t, w, 422, "Connexion")
			if b.cookies["maillage"] != "" {
				t.Error("it opens a session")
			}
			if !regexp.MustCompile(`pas reconnue|déjà servi`).MatchString(w.Body.String()) {
				t.Errorf("nothing says why: %.600s", mainOf(w.Body.String()))
			}
		})
	}
}

func TestAPasskeyIsAddedByWhoProvedItIsThemAndAskedForIt(t *testing.T) {
	s, desk, k := withKey(t)
	a, _ := ask(t, s.as(dbtest.Reader), "/compte/cles/defi")
	wantPage(t, desk.post("/compte/cles", "reponse", newSoftKey(t).create(a)), 422, "déjà servi") // what another was asked
	a, _ = ask(t, desk, "/compte/cles/defi")
	wantPage(t, desk.post("/compte/cles", "reponse", k.create(a)), 409, "déjà enregistrée")
	lax := newSoftKey(t)
	lax.flags = 0x01
	a, _ = ask(t, desk, "/compte/cles/defi")
	wantPage(t, desk.post("/compte/cles", "reponse", lax.create(a)), 422, "pas reconnue")

	s.now = s.now.Add(time.Hour)
	if a, status := ask(t, desk, "/compte/cles/defi"); status != 422 || !strings.Contains(a.Erreur, "mot de passe") {
		t.Errorf("an hour later it is offered without proof: %d, %+v", status, a)
	}
	a, _ = ask(t, desk, "/compte/cles/defi", "preuve", dbtest.Password)
	wantRedirect(t, desk.post("/compte/cles", "nom", "Bureau", "reponse", newSoftKey(t).create(a)), "/compte") // codes are left: none are shown again
	wantPage(t, desk.get("/compte"), 200, "Bureau", "Téléphone de Bruno", "10 codes restent")
	wantPage(t, s.as(dbtest.Reader).post("/compte/cles/"+encoded(k.id)+"/retrait"), 404)
	history, err := s.db.History(t.Context(), app.OfAccount, string(dbtest.Referent.Account), 10)
	if err != nil || len(history) != 2 || history[0].Act != "a ajouté la clé d’accès « Bureau »" {
		t.Errorf("History = %+v, %v", history, err)
	}
}

func TestARequiredFactorMayBeAPasskey(t *testing.T) {
	s := newSiteAt(t, dbtest.New(t), "http://localhost")
	s.as(dbtest.Admin).post("/administration/connexion", "exige", "oui")
	b, k := signIn(s, dbtest.Coordinator), newSoftKey(t)
	wantPage(t, b.get("/connexion/verification"), 200, "Ajouter une clé d’accès", "Activer")
	a, _ := ask(t, b, "/connexion/verification/nouvelle-cle/defi")
	wantPage(t, newSiteOn(s).post("/connexion/verification/nouvelle-cle", "reponse", k.create(a)), http.StatusSeeOther) // not half-way: to begin again
	wantPage(t, b.post("/connexion/verification/nouvelle-cle", "reponse", "{}"), 422, "pas reconnue", "Activer")
	wantPage(t, b.post("/connexion/verification/nouvelle-cle", "reponse", k.create(a), "suite", "/structures"), 200, "Vos dix codes", `href="/structures"`)
	wantPage(t, b.get("/structures"), 200, "Claire Bonnet")
	wantPage(t, b.post("/compte/cles/"+encoded(k.id)+"/retrait"), 409, "Votre rôle demande un second facteur")
	if a, status := ask(t, b, "/connexion/verification/nouvelle-cle/defi"); status != 409 {
		t.Errorf("once in, it is still offered: %d, %+v", status, a)
	}
}

func TestWherePasskeysCannotBeNothingOffersThem(t *testing.T) {
	s := newSite(t) // http, and not the machine itself
	for _, w := range []string{s.get("/connexion").Body.String(), s.as(dbtest.Referent).get("/compte").Body.String()} {
		if strings.Contains(w, "data-passkey") {
			t.Error("a passkey is offered")
		}
	}
	if a, status := ask(t, s, "/connexion/cle/defi"); status != http.StatusConflict || !strings.Contains(a.Erreur, "https") {
		t.Errorf("asked all the same: %d, %+v", status, a)
	}
}
