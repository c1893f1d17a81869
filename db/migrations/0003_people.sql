-- +goose Up
CREATE TABLE people (
    id         TEXT PRIMARY KEY,
    first_name TEXT NOT NULL DEFAULT '',
    last_name  TEXT NOT NULL CHECK (last_name <> ''),
    sort_key   TEXT NOT NULL, -- app.Fold(last name, first name)
    email      TEXT NOT NULL DEFAULT '',
    phone      TEXT NOT NULL DEFAULT '',
    visible    BOOLEAN NOT NULL DEFAULT FALSE,
    invented   BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX people_sort ON people (sort_key, id);

CREATE TABLE positions (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES people (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    function        TEXT NOT NULL DEFAULT '',
    since           TEXT NOT NULL DEFAULT '',
    until           TEXT NOT NULL DEFAULT '',
    created_at      TIMESTAMP NOT NULL
);
CREATE INDEX positions_person ON positions (person_id);
CREATE INDEX positions_organisation ON positions (organisation_id);

CREATE TABLE accounts (
    id                TEXT PRIMARY KEY,
    person_id         TEXT NOT NULL UNIQUE REFERENCES people (id),
    email             TEXT NOT NULL UNIQUE, -- lower case
    password_hash     TEXT NOT NULL DEFAULT '',
    administrator     BOOLEAN NOT NULL DEFAULT FALSE,
    created_at        TIMESTAMP NOT NULL,
    last_signed_in_at TIMESTAMP,
    disabled_at       TIMESTAMP
);

CREATE TABLE account_territories (
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    territory_id TEXT NOT NULL REFERENCES territories (id),
    role         TEXT NOT NULL CHECK (role IN ('coordination', 'lecture')),
    PRIMARY KEY (account_id, territory_id)
);
CREATE INDEX account_territories_territory ON account_territories (territory_id);

CREATE TABLE account_organisations (
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    role            TEXT NOT NULL CHECK (role IN ('referent', 'collegue')),
    PRIMARY KEY (account_id, organisation_id)
);
CREATE INDEX account_organisations_organisation ON account_organisations (organisation_id);

CREATE TABLE sessions (
    id           TEXT PRIMARY KEY, -- SHA-256 of what the cookie holds
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    territory_id TEXT REFERENCES territories (id),
    device       TEXT NOT NULL DEFAULT '',
    created_at   TIMESTAMP NOT NULL,
    seen_at      TIMESTAMP NOT NULL,
    expires_at   TIMESTAMP NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);

-- Links sent by e-mail: kept hashed, one use, bound to a purpose.
CREATE TABLE links (
    id         TEXT PRIMARY KEY, -- SHA-256 of what the address holds
    account_id TEXT REFERENCES accounts (id),
    purpose    TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);

-- Failed sign-ins by account address, known or not.
CREATE TABLE sign_in_failures (
    email    TEXT PRIMARY KEY, -- SHA-256 of the address
    failures INTEGER NOT NULL,
    last_at  TIMESTAMP NOT NULL
);
