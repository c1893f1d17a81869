-- +goose Up
-- What structures offer: who does what, for whom, where.
CREATE TABLE services (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name            TEXT NOT NULL,
    kind            TEXT NOT NULL,
    themes          TEXT NOT NULL, -- ",parentalite,enfance,"
    publics         TEXT NOT NULL, -- likewise
    ways            TEXT NOT NULL, -- likewise
    cost            TEXT NOT NULL,
    cost_note       TEXT NOT NULL,
    description     TEXT NOT NULL,
    opening_hours   TEXT NOT NULL,
    commune_code    TEXT REFERENCES communes (code), -- NULL: that of the structure
    wide            BOOLEAN NOT NULL, -- in all the territory
    stopped_at      TIMESTAMP,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL,
    version         INTEGER NOT NULL DEFAULT 1
);
-- All that a list is narrowed by, so that it reads no row that it does not show.
CREATE INDEX services_organisation ON services (organisation_id, id, stopped_at, kind, themes, publics, wide, commune_code);
