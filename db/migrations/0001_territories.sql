-- +goose Up
CREATE TABLE territories (
    id         TEXT PRIMARY KEY, -- SIREN of the EPCI
    name       TEXT NOT NULL CHECK (name <> ''),
    population INTEGER NOT NULL DEFAULT 0,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE communes (
    code         TEXT PRIMARY KEY, -- INSEE
    name         TEXT NOT NULL CHECK (name <> ''),
    sort_key     TEXT NOT NULL,    -- app.Fold(name)
    epci_id      TEXT NOT NULL,    -- its territory, opened here or not
    postal_codes TEXT NOT NULL DEFAULT '',
    population   INTEGER NOT NULL DEFAULT 0,
    latitude     DOUBLE PRECISION,
    longitude    DOUBLE PRECISION,
    outline      TEXT NOT NULL DEFAULT '' -- GeoJSON geometry
);
CREATE INDEX communes_epci ON communes (epci_id, sort_key);

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
