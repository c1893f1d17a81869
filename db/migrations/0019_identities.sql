-- +goose Up
-- Who an account is for a provider of identities (OpenID Connect): issuer and subject
-- together name one person there, for ever.
CREATE TABLE identities (
    id         TEXT PRIMARY KEY,
    issuer     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    linked_at  TIMESTAMP NOT NULL,
    used_at    TIMESTAMP NOT NULL,
    UNIQUE (issuer, subject)
);
CREATE INDEX identities_account ON identities (account_id);

-- Who left for the provider and is not back yet.
CREATE TABLE departures (
    id         TEXT PRIMARY KEY, -- SHA-256 of the state that comes back with them
    browser    TEXT NOT NULL, -- SHA-256 of what a cookie holds
    account_id TEXT REFERENCES accounts (id), -- who links an identity to their account; NULL: who signs in
    next       TEXT NOT NULL, -- address to go to then
    expires_at TIMESTAMP NOT NULL
);

-- Who came back and has no account: what the provider told, until they ask for one.
CREATE TABLE arrivals (
    id         TEXT PRIMARY KEY, -- SHA-256 of what a cookie holds
    told       TEXT NOT NULL, -- JSON of app.Identity
    expires_at TIMESTAMP NOT NULL
);
