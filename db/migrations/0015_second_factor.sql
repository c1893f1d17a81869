-- +goose Up
-- The key of an application of codes (RFC 6238), one an account.
CREATE TABLE code_factors (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    sealed     TEXT NOT NULL, -- with the secret of the instance, which is kept elsewhere
    last_step  BIGINT NOT NULL, -- of the last code accepted: neither it nor an older one serves again
    created_at TIMESTAMP NOT NULL
);

-- Codes that replace a second factor once. Those of an account share a salt.
CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    hash       TEXT NOT NULL, -- argon2id
    salt       TEXT NOT NULL,
    used_at    TIMESTAMP,
    PRIMARY KEY (account_id, hash)
);

-- Keys of WebAuthn.
CREATE TABLE passkeys (
    id         TEXT PRIMARY KEY, -- of the credential, base64url
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name       TEXT NOT NULL,
    credential TEXT NOT NULL, -- JSON, as the verifier wrote it: public key, sign counter, flags
    created_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE INDEX passkeys_account ON passkeys (account_id);

-- What a key must sign, once.
CREATE TABLE challenges (
    id         TEXT PRIMARY KEY, -- SHA-256 of the challenge
    account_id TEXT REFERENCES accounts (id), -- NULL: of nobody yet
    purpose    TEXT NOT NULL,
    data       TEXT NOT NULL, -- JSON, as the verifier wrote it
    expires_at TIMESTAMP NOT NULL
);

-- Who gave a right first factor and must still give a second: no session yet.
CREATE TABLE half_sessions (
    id         TEXT PRIMARY KEY, -- SHA-256 of what a cookie of its own holds
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX half_sessions_account ON half_sessions (account_id);

-- Where a device was last used: its network address without what names the machine.
ALTER TABLE sessions ADD COLUMN place TEXT NOT NULL DEFAULT '';

-- A link may be used by its code too, in the browser that asked for it.
ALTER TABLE links ADD COLUMN browser TEXT NOT NULL DEFAULT ''; -- SHA-256 of what its cookie holds
ALTER TABLE links ADD COLUMN code TEXT NOT NULL DEFAULT ''; -- SHA-256 of that and of the code
CREATE INDEX links_browser ON links (browser);
