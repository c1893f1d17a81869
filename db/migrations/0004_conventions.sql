-- +goose Up
CREATE TABLE conventions (
    id           TEXT PRIMARY KEY,
    territory_id TEXT NOT NULL REFERENCES territories (id),
    name         TEXT NOT NULL CHECK (name <> ''),
    starts_on    TEXT NOT NULL,
    ends_on      TEXT NOT NULL,
    signed_on    TEXT NOT NULL DEFAULT '',
    summary      TEXT NOT NULL DEFAULT '',
    invented     BOOLEAN NOT NULL DEFAULT FALSE,
    created_at   TIMESTAMP NOT NULL,
    updated_at   TIMESTAMP NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1,
    CHECK (ends_on >= starts_on)
);
CREATE INDEX conventions_territory ON conventions (territory_id, starts_on);

CREATE TABLE phases (
    id            TEXT PRIMARY KEY,
    convention_id TEXT NOT NULL REFERENCES conventions (id),
    number        INTEGER NOT NULL,
    name          TEXT NOT NULL CHECK (name <> ''),
    starts_on     TEXT NOT NULL DEFAULT '',
    ends_on       TEXT NOT NULL DEFAULT '',
    UNIQUE (convention_id, number)
);

CREATE TABLE axes (
    id            TEXT PRIMARY KEY,
    convention_id TEXT NOT NULL REFERENCES conventions (id),
    number        INTEGER NOT NULL,
    title         TEXT NOT NULL CHECK (title <> ''),
    UNIQUE (convention_id, number)
);
