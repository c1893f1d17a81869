package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"maillage/app"
)

// maxAnswer is the most that is read of one answer of the provider, in bytes.
const maxAnswer = 1 << 20

// ErrLate is what comes of a code that the provider no longer takes: ProConnect's last
// thirty seconds, and serve once.
var ErrLate = errors.New("the identity provider does not take the code any more")

// Arrival asks the provider who came back with code, and returns them with the token that
// signs them out there. Everything told is verified: the signature, who issued it, that it
// is for us, that it answers the departure of the same secret, that both answers are about
// the same person.
func (p *Provider) Arrival(ctx context.Context, code, secret string, now time.Time) (i app.Identity, idToken string, err error) {
	known, err := p.discover(ctx, now)
	if err != nil {
		return i, "", err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.exchange(ctx, known, code, secret)
	if err != nil {
		return i, "", err
	}
	idToken, _ = token.Extra("id_token").(string)
	who, err := known.Verifier(&oidc.Config{ClientID: p.ClientID, Now: func() time.Time { return now.Add(-leeway) }}).Verify(ctx, idToken)
	if err != nil {
		return i, "", fmt.Errorf("ID token: %w", err)
	}
	if who.Nonce != nonceOf(secret) {
		return i, "", errors.New("ID token: its nonce is of another departure")
	}
	if who.AccessTokenHash != "" {
		if err := who.VerifyAccessToken(token.AccessToken); err != nil {
			return i, "", fmt.Errorf("ID token: %w", err)
		}
	}
	told, err := p.userInfo(ctx, known, token, now)
	if err != nil {
		return i, "", fmt.Errorf("userinfo: %w", err)
	}
	if who.Subject == "" || told.Subject != who.Subject {
		return i, "", errors.New("userinfo: it is about somebody else than the ID token")
	}
	return p.identity(told), idToken, nil
}

// exchange turns the code into tokens.
func (p *Provider) exchange(ctx context.Context, known *published, code, secret string) (*oauth2.Token, error) {
	var options []oauth2.AuthCodeOption
	if known.challenges() {
		options = append(options, oauth2.VerifierOption(verifierOf(secret)))
	}
	config := p.config(known)
	token, err := config.Exchange(ctx, code, options...)
	refused, answered := errors.AsType[*oauth2.RetrieveError](err)
	switch {
	case err == nil:
		return token, nil
	case answered && refused.ErrorCode == "invalid_grant":
		return nil, fmt.Errorf("%w: %w", ErrLate, err)
	case answered && refused.Response.StatusCode < http.StatusInternalServerError:
		return nil, fmt.Errorf("token: %w", err)
	}
	return nil, fmt.Errorf("%w: token: %w", ErrSilent, err)
}

// claims are what a provider tells of somebody: those of OpenID Connect, and ProConnect's.
type claims struct {
	Subject       string          `json:"sub"`
	Expires       float64         `json:"exp"`
	Email         string          `json:"email"`
	EmailVerified json.RawMessage `json:"email_verified"`
	GivenName     string          `json:"given_name"`
	UsualName     string          `json:"usual_name"`
	FamilyName    string          `json:"family_name"`
	SIRET         string          `json:"siret"`
	Employer      string          `json:"organization_label"`
	Roles         json.RawMessage `json:"roles"`
}

// userInfo reads what the provider tells of who holds token: plain JSON, or a JWT whose
// signature, issuer and audience are verified, as ProConnect sends.
func (p *Provider) userInfo(ctx context.Context, known *published, token *oauth2.Token, now time.Time) (told claims, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, known.UserInfoEndpoint(), nil)
	if err != nil {
		return told, err
	}
	token.SetAuthHeader(request)
	response, err := p.client.Do(request)
	if err != nil {
		return told, fmt.Errorf("%w: %w", ErrSilent, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return told, fmt.Errorf("%w: %w", ErrSilent, err)
	case response.StatusCode >= http.StatusInternalServerError:
		return told, fmt.Errorf("%w: status %d", ErrSilent, response.StatusCode)
	case response.StatusCode != http.StatusOK:
		return told, fmt.Errorf("status %d", response.StatusCode)
	}
	if kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type")); kind != "application/jwt" {
		return told, json.Unmarshal(body, &told)
	}
	signed, err := known.Verifier(&oidc.Config{ClientID: p.ClientID, SkipExpiryCheck: true}).Verify(ctx, strings.TrimSpace(string(body)))
	if err != nil {
		return told, err
	}
	if err := signed.Claims(&told); err != nil {
		return told, err
	}
	if told.Expires != 0 && time.Unix(int64(told.Expires), 0).Before(now.Add(-leeway)) {
		return told, errors.New("it has expired")
	}
	return told, nil
}

// identity is what was told, as we keep it. What is told of an employer that cannot be is
// left out: the person is who they are all the same.
func (p *Provider) identity(told claims) app.Identity {
	i := app.Identity{
		Issuer: p.Issuer, Subject: told.Subject, Email: app.FoldEmail(told.Email), Vouched: p.believed(told.EmailVerified),
		FirstName: cut(told.GivenName, app.MaxPersonName), LastName: cut(told.UsualName, app.MaxPersonName), Employer: cut(told.Employer, app.MaxName),
		SIRET: app.TidySIRET(told.SIRET), Roles: texts(told.Roles),
	}
	if i.LastName == "" {
		i.LastName = cut(told.FamilyName, app.MaxPersonName)
	}
	if app.CheckEmail(i.Email) != nil {
		i.Email, i.Vouched = "", false
	}
	if i.SIRET.Check() != nil {
		i.SIRET = ""
	}
	return i
}

// believed reports whether an address is taken for the person's own. One that the provider
// says it did not verify never is.
func (p *Provider) believed(verified json.RawMessage) bool {
	switch strings.Trim(string(verified), `"`) {
	case "true":
		return true
	case "", "null":
		return p.TrustEmails
	}
	return false
}

// texts reads a claim that is a list of words, or one word.
func texts(claim json.RawMessage) []string {
	var all []string
	if json.Unmarshal(claim, &all) == nil {
		for i := range all {
			all[i] = cut(all[i], app.MaxName)
		}
		return slices.DeleteFunc(all[:min(len(all), 20)], func(s string) bool { return s == "" })
	}
	var one string
	if json.Unmarshal(claim, &one) == nil && one != "" {
		return []string{cut(one, app.MaxName)}
	}
	return nil
}

func cut(s string, limit int) string {
	runes := []rune(app.Tidy(s))
	return strings.TrimSpace(string(runes[:min(len(runes), limit)]))
}

// bounded reads no answer past maxAnswer.
type bounded struct{ http.RoundTripper }

// RoundTrip is that of http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		response.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(response.Body, maxAnswer), response.Body}
	}
	return response, err
}
