package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"net/netip"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"

	"maillage/app"
	"maillage/app/identity"
	"maillage/app/post"
	"maillage/app/web"
	"maillage/db"
)

// settings come from the environment; each has a default that works. What help says of
// each is what -help prints, after the default.
type settings struct {
	Port         string   `env:"PORT" envDefault:"8080" help:"port sur lequel écouter"`
	BaseURL      string   `env:"MAILLAGE_URL" help:"adresse à laquelle on trouve Maillage, début des liens dans les courriels ; par défaut http://localhost:PORT. En https, les cookies sont réservés aux connexions sûres"`
	Data         string   `env:"MAILLAGE_DATA" envDefault:"./data" help:"dossier de la base embarquée, créé au besoin"`
	DatabaseURL  string   `env:"DATABASE_URL" help:"serveur de base de données, au lieu de la base embarquée : "`
	Proxies      []string `env:"MAILLAGE_PROXIES" help:"adresses des serveurs mandataires, séparées par des virgules, dont l’en-tête X-Forwarded-For est cru"`
	SMTP         string   `env:"SMTP_URL" help:"serveur de courriel : smtp://utilisateur:mot-de-passe@hôte:587 ou smtps://… ; sans lui, les courriels attendent dans Administration › Courriels"`
	From         string   `env:"MAILLAGE_FROM" envDefault:"Maillage <maillage@localhost.localdomain>" help:"expéditeur des courriels"`
	DemoPassword string   `env:"MAILLAGE_DEMO_PASSWORD" envDefault:"Maillage-demo-2026!" help:"mot de passe des comptes de démonstration, quand ils sont créés"`
	Secret       string   `env:"MAILLAGE_SECRET" help:"phrase d’au moins 32 signes qui scelle les clés des applications de codes ; par défaut, faite au premier démarrage et gardée dans le fichier secret de MAILLAGE_DATA, à sauvegarder à part de la base"`
	LogLevel     string   `env:"MAILLAGE_LOG" envDefault:"warn" help:"debug, info, warn ou error : ce qui s’écrit sur la sortie d’erreur, en JSON, sans adresse ni nom"`
	OIDCIssuer   string   `env:"OIDC_ISSUER" help:"fournisseur d’identité par lequel on se connecte aussi (OpenID Connect), par exemple ProConnect : https://auth.agentconnect.gouv.fr/api/v2. Déclarez-lui les adresses de retour MAILLAGE_URL/connexion/retour et, après déconnexion, MAILLAGE_URL/connexion, avec des jetons signés en RS256 ou ES256"`
	OIDCClient   string   `env:"OIDC_CLIENT_ID" help:"identifiant que le fournisseur d’identité vous a donné"`
	OIDCSecret   string   `env:"OIDC_CLIENT_SECRET" help:"secret qu’il vous a donné"`
	OIDCName     string   `env:"OIDC_NAME" envDefault:"ProConnect" help:"son nom, sur le bouton de connexion"`
	OIDCScopes   string   `env:"OIDC_SCOPES" envDefault:"openid given_name usual_name email siret" help:"ce qui lui est demandé, séparé par des espaces ; pour un autre que ProConnect : openid profile email"`
	OIDCDomains  []string `env:"OIDC_DOMAINS" help:"domaines des adresses qui entrent ainsi, séparés par des virgules ; par défaut tous"`
	OIDCRoles    []string `env:"OIDC_ROLES" help:"rôles dont un suffit pour entrer ainsi, par exemple agent_public ; par défaut aucun n’est demandé"`
	OIDCTrust    string   `env:"OIDC_TRUST_EMAILS" help:"oui : les adresses que donne le fournisseur sont crues, et ouvrent le compte qui les porte ; non : seulement celles qu’il dit avoir vérifiées ; par défaut oui pour ProConnect, non pour les autres"`
	Tiles        string   `env:"MAILLAGE_TILES" help:"fond de carte facultatif, https://…/{z}/{x}/{y}… ; sans lui, la carte ne montre que les contours et n’appelle personne"`
	TilesCredit  string   `env:"MAILLAGE_TILES_CREDIT" envDefault:"© IGN" help:"mention due à qui fournit ce fond de carte"`
}

// readSettings reads the environment; the error names each setting that cannot be
// followed and says what it may be.
func readSettings() (settings, error) {
	s, err := env.ParseAs[settings]()
	if err != nil {
		return s, err
	}
	s.BaseURL = strings.TrimRight(s.BaseURL, "/")
	err = errors.Join(s.portWrong(), s.addressWrong(), s.proxiesWrong(), s.mailWrong(), s.logWrong(), s.identityWrong(), s.tilesWrong(), s.secretWrong())
	if s.BaseURL == "" {
		s.BaseURL = "http://localhost:" + s.Port
	}
	return s, err
}

func wrong(name, value, want string) error {
	return fmt.Errorf("le réglage %s=%q ne convient pas : %s", name, value, want)
}

func (s settings) portWrong() error {
	if port, err := strconv.Atoi(s.Port); err != nil || port < 1 || port > 65535 {
		return wrong("PORT", s.Port, "il faut un nombre de 1 à 65535")
	}
	return nil
}

func (s settings) addressWrong() error {
	if s.BaseURL == "" {
		return nil
	}
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Path != "" || u.RawQuery != "" || u.User != nil {
		return wrong("MAILLAGE_URL", s.BaseURL, "il faut une adresse comme https://maillage.exemple.fr, sans chemin")
	}
	return nil
}

func (s settings) proxiesWrong() error {
	for _, proxy := range s.Proxies {
		_, notOne := netip.ParseAddr(proxy)
		if _, notMany := netip.ParsePrefix(proxy); notOne != nil && notMany != nil {
			return wrong("MAILLAGE_PROXIES", proxy, "il faut des adresses comme 10.0.0.1 ou 10.0.0.0/8, séparées par des virgules")
		}
	}
	return nil
}

// mailWrong never repeats SMTP_URL, which may hold a password.
func (s settings) mailWrong() error {
	if _, err := mail.ParseAddress(s.From); err != nil {
		return wrong("MAILLAGE_FROM", s.From, "il faut une adresse comme Maillage <maillage@exemple.fr>")
	}
	if _, err := post.Open(s.SMTP, s.From); err != nil {
		return errors.New("le réglage SMTP_URL ne convient pas : il faut smtp://utilisateur:mot-de-passe@hôte:587 ou smtps://…, avec au besoin ?starttls=always, auto ou never")
	}
	return nil
}

// secretWrong never repeats the secret.
func (s settings) secretWrong() error {
	if s.Secret != "" && len(s.Secret) < 32 {
		return errors.New("le réglage MAILLAGE_SECRET ne convient pas : il faut au moins 32 signes tirés au hasard, par exemple ceux de « openssl rand -base64 32 »")
	}
	return nil
}

func (s settings) logWrong() error {
	if _, err := s.level(); err != nil {
		return wrong("MAILLAGE_LOG", s.LogLevel, "il faut debug, info, warn ou error")
	}
	return nil
}

func (s settings) level() (level slog.Level, err error) {
	return level, level.UnmarshalText([]byte(s.LogLevel))
}

// identity is the provider that the settings name, or nil.
func (s settings) identity() (*identity.Provider, error) {
	if s.OIDCIssuer == "" {
		return nil, nil //nolint:nilnil // none is no error
	}
	scopes := strings.Fields(s.OIDCScopes)
	if len(s.OIDCRoles) > 0 && !slices.Contains(scopes, "roles") {
		scopes = append(scopes, "roles")
	}
	return identity.Open(identity.Settings{
		Issuer: s.OIDCIssuer, ClientID: s.OIDCClient, ClientSecret: s.OIDCSecret, Name: s.OIDCName, Scopes: scopes,
		Doorway:     app.Doorway{Domains: s.OIDCDomains, Roles: s.OIDCRoles},
		TrustEmails: s.OIDCTrust == "oui" || s.OIDCTrust == "" && identity.Vouches(s.OIDCIssuer),
		Return:      s.BaseURL + web.ReturnPath,
	})
}

func (s settings) identityWrong() error {
	if !slices.Contains([]string{"", "oui", "non"}, s.OIDCTrust) {
		return wrong("OIDC_TRUST_EMAILS", s.OIDCTrust, "il faut oui ou non")
	}
	if _, err := s.identity(); err != nil {
		return wrong("OIDC_ISSUER", s.OIDCIssuer, err.Error())
	}
	return nil
}

func (s settings) tilesWrong() error {
	if s.Tiles == "" {
		return nil
	}
	u, err := url.Parse(s.Tiles)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(s.Tiles, "{z}") || !strings.Contains(s.Tiles, "{x}") || !strings.Contains(s.Tiles, "{y}") {
		return wrong("MAILLAGE_TILES", s.Tiles, "il faut une adresse qui contient {z}, {x} et {y}")
	}
	return nil
}

const usage = `Maillage, l’outil des partenaires d’une convention territoriale globale.

  maillage          démarre ; sur une base vide, affiche un lien pour l’installer
  maillage -demo    démarre avec le territoire de démonstration, chargé si la base est vide
  maillage secours  retire le second facteur d’un compte quand personne d’autre ne le peut (maillage secours adresse@exemple.fr)
  maillage fill     ajoute une foule plausible à la base (maillage fill -help)
  maillage -help    affiche ceci

Les réglages sont des variables d’environnement ; chacun a une valeur qui convient.
`

// explanation is how the command is used, and every setting as its tags say it.
func explanation() string {
	var b strings.Builder
	b.WriteString(usage)
	kind := reflect.TypeFor[settings]()
	for i := range kind.NumField() {
		tag := kind.Field(i).Tag
		help := tag.Get("help")
		if tag.Get("env") == "DATABASE_URL" {
			help += db.ServerAddress
		}
		b.WriteString("\n  " + tag.Get("env"))
		if byDefault := tag.Get("envDefault"); byDefault != "" {
			b.WriteString(" (" + byDefault + ")")
		}
		b.WriteString("\n      " + help + "\n")
	}
	return b.String()
}
