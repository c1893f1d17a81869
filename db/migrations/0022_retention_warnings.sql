-- +goose Up
-- When who keeps the data was told what goes next that is of no single person: nothing
-- goes before that was a month ago.
CREATE TABLE retention_warnings (
    keeping  TEXT NOT NULL, -- app.Keeping
    thing_id TEXT NOT NULL, -- a convention; for lines of a log, the months they are kept
    told_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (keeping, thing_id)
);
