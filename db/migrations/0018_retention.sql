-- +goose Up
-- Who was told that what is kept of them goes soon, or asked whether it is still right.
CREATE TABLE retention_notices (
    keeping   TEXT NOT NULL, -- app.Keeping
    person_id TEXT NOT NULL REFERENCES people (id),
    told_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (keeping, person_id)
);
CREATE INDEX retention_notices_person ON retention_notices (person_id);
CREATE INDEX audit_at ON audit (at);
