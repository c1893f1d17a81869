-- +goose Up
-- A file of structures brought into the directory of a territory. Its lines are kept for
-- app.ImportDays; what is said of the whole, for good.
CREATE TABLE imports (
    id           TEXT PRIMARY KEY,
    territory_id TEXT NOT NULL REFERENCES territories (id),
    account_id   TEXT REFERENCES accounts (id),
    file         TEXT NOT NULL,
    digest       TEXT NOT NULL,            -- SHA-256 of its bytes
    sheets       TEXT NOT NULL,            -- JSON, app.ImportSheet
    sheet        INTEGER NOT NULL DEFAULT 0,
    header       INTEGER NOT NULL DEFAULT 0,
    plan         TEXT NOT NULL DEFAULT '{}', -- JSON, app.ImportPlan
    state        TEXT NOT NULL,
    stamp        TEXT NOT NULL DEFAULT '', -- of the directory when the lines were judged
    counts       TEXT NOT NULL DEFAULT '{}', -- JSON, app.ImportCounts
    created_at   TIMESTAMP NOT NULL,
    written_at   TIMESTAMP,
    undone_at    TIMESTAMP
);
CREATE INDEX imports_territory ON imports (territory_id, created_at);
CREATE INDEX imports_created ON imports (created_at);

CREATE TABLE import_lines (
    import_id TEXT NOT NULL REFERENCES imports (id),
    sheet     INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    cells     TEXT NOT NULL, -- JSON
    PRIMARY KEY (import_id, sheet, line)
);

-- What each line of the chosen sheet is to the directory.
CREATE TABLE import_rows (
    import_id TEXT NOT NULL REFERENCES imports (id),
    line      INTEGER NOT NULL,
    verdict   TEXT NOT NULL,
    target    TEXT NOT NULL, -- the organisation it resembles, or ''
    remarked  BOOLEAN NOT NULL,
    decision  TEXT NOT NULL, -- '' while nobody decides
    judgement TEXT NOT NULL, -- JSON, app.Judgement
    PRIMARY KEY (import_id, line)
);
CREATE INDEX import_rows_verdict ON import_rows (import_id, verdict, line);

-- What was written, for it to be undone.
CREATE TABLE import_effects (
    import_id       TEXT NOT NULL REFERENCES imports (id),
    line            INTEGER NOT NULL,
    organisation_id TEXT NOT NULL, -- which undoing may remove
    added           BOOLEAN NOT NULL,
    version         INTEGER NOT NULL, -- of the record once written
    before_it       TEXT NOT NULL, -- JSON, app.Organisation; '' when it was added
    after_it        TEXT NOT NULL,
    outcome         TEXT NOT NULL DEFAULT '', -- of undoing it
    PRIMARY KEY (import_id, line)
);

-- What columns were matched to, for next time.
CREATE TABLE import_headings (
    territory_id TEXT NOT NULL REFERENCES territories (id),
    heading      TEXT NOT NULL, -- folded
    field        TEXT NOT NULL, -- '' when it is left out
    PRIMARY KEY (territory_id, heading)
);
