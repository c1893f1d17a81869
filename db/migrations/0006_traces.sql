-- +goose Up
CREATE TABLE audit (
    id           TEXT PRIMARY KEY,
    at           TIMESTAMP NOT NULL,
    account_id   TEXT REFERENCES accounts (id), -- NULL: by itself
    territory_id TEXT REFERENCES territories (id),
    thing        TEXT NOT NULL, -- app.Thing
    thing_id     TEXT NOT NULL,
    act          TEXT NOT NULL,
    changes      TEXT NOT NULL DEFAULT '[]' -- JSON of app.Changes
);
CREATE INDEX audit_thing ON audit (thing, thing_id, at);
CREATE INDEX audit_territory ON audit (territory_id, at);

-- E-mails: written with what they announce, sent afterwards. Without an SMTP server
-- they stay, for the administrator to read.
CREATE TABLE mails (
    id         TEXT PRIMARY KEY,
    recipient  TEXT NOT NULL,
    name       TEXT NOT NULL DEFAULT '',
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    due_at     TIMESTAMP NOT NULL, -- not to be tried before; moved on while a worker holds it
    sent_at    TIMESTAMP,
    attempts   INTEGER NOT NULL DEFAULT 0,
    failed_at  TIMESTAMP, -- given up
    error      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX mails_due ON mails (sent_at, due_at);
CREATE INDEX mails_recent ON mails (created_at, id);
