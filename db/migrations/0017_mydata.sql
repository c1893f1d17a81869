-- +goose Up
-- Personal links, by which a person with or without account sees what is known of them;
-- kept hashed.
CREATE TABLE person_links (
    id         TEXT PRIMARY KEY, -- SHA-256 of what the address holds
    person_id  TEXT REFERENCES people (id), -- NULL: asked for an address that nobody has
    email      TEXT NOT NULL DEFAULT '', -- the new address that following it confirms; '': it opens the page
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX person_links_person ON person_links (person_id, created_at);
CREATE INDEX person_links_end ON person_links (expires_at);

-- What a person asks about what is known of them (RGPD, art. 17 and 21).
CREATE TABLE objections (
    id         TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES people (id),
    kind       TEXT NOT NULL CHECK (kind IN ('opposition', 'effacement')),
    reason     TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMP NOT NULL,
    closed_at  TIMESTAMP, -- NULL: to be answered
    granted    BOOLEAN NOT NULL DEFAULT FALSE,
    answer     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX objections_person ON objections (person_id, created_at);
CREATE INDEX objections_open ON objections (closed_at, created_at);

ALTER TABLE people ADD COLUMN objected_at TIMESTAMP; -- not invited by e-mail since
ALTER TABLE people ADD COLUMN informed_at TIMESTAMP; -- told that they are known here (RGPD, art. 14)
CREATE INDEX people_informed ON people (informed_at, created_at);
