-- +goose Up
CREATE TABLE organisations (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL CHECK (name <> ''),
    sort_key      TEXT NOT NULL, -- app.Fold(name)
    former_names  TEXT NOT NULL DEFAULT '',
    category      TEXT NOT NULL,
    themes        TEXT NOT NULL DEFAULT ',', -- keys between commas: ",enfance,jeunesse,"
    description   TEXT NOT NULL DEFAULT '',
    address       TEXT NOT NULL DEFAULT '',
    postal_code   TEXT NOT NULL DEFAULT '',
    commune_code  TEXT REFERENCES communes (code),
    latitude      DOUBLE PRECISION,
    longitude     DOUBLE PRECISION,
    precision_of  TEXT NOT NULL DEFAULT '',
    phone         TEXT NOT NULL DEFAULT '',
    email         TEXT NOT NULL DEFAULT '',
    website       TEXT NOT NULL DEFAULT '',
    opening_hours TEXT NOT NULL DEFAULT '',
    departmental  BOOLEAN NOT NULL DEFAULT FALSE,
    source        TEXT NOT NULL DEFAULT '',
    vintage       TEXT NOT NULL DEFAULT '',
    source_id     TEXT NOT NULL DEFAULT '',
    incomplete    BOOLEAN NOT NULL DEFAULT FALSE,
    archived_at   TIMESTAMP,
    created_at    TIMESTAMP NOT NULL,
    updated_at    TIMESTAMP NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX organisations_commune ON organisations (commune_code);

-- Which territories an organisation takes part in; the sort key is repeated so
-- that one index serves a territory's list in order.
CREATE TABLE organisation_territories (
    territory_id    TEXT NOT NULL REFERENCES territories (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    sort_key        TEXT NOT NULL,
    PRIMARY KEY (territory_id, organisation_id)
);
CREATE INDEX organisation_territories_list ON organisation_territories (territory_id, sort_key, organisation_id);
CREATE INDEX organisation_territories_organisation ON organisation_territories (organisation_id);

-- The words by which things are found, folded; a prefix of a word finds it.
CREATE TABLE search_words (
    thing    TEXT NOT NULL, -- app.Thing
    word     TEXT NOT NULL,
    thing_id TEXT NOT NULL,
    PRIMARY KEY (thing, word, thing_id)
);
CREATE INDEX search_words_thing ON search_words (thing_id);
