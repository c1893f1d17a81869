-- +goose Up
-- Who asks for an account in a structure. Kept until somebody answers, 30 days at most;
-- 7 while the address is not confirmed.
CREATE TABLE join_requests (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT REFERENCES organisations (id), -- NULL when it was only named
    territory_id    TEXT REFERENCES territories (id),   -- then: whose coordination is asked
    place           TEXT NOT NULL, -- the organisation, or the territory and the folded name
    named           TEXT NOT NULL DEFAULT '',
    first_name      TEXT NOT NULL DEFAULT '',
    last_name       TEXT NOT NULL CHECK (last_name <> ''),
    function        TEXT NOT NULL DEFAULT '',
    email           TEXT NOT NULL, -- lower case
    word            TEXT NOT NULL DEFAULT '',
    token           TEXT NOT NULL DEFAULT '', -- SHA-256 of what the mail's link holds, '' when none was needed
    asked_at        TIMESTAMP NOT NULL,
    confirmed_at    TIMESTAMP,
    expires_at      TIMESTAMP NOT NULL,
    UNIQUE (email, place)
);
CREATE INDEX join_requests_organisation ON join_requests (organisation_id);
CREATE INDEX join_requests_territory ON join_requests (territory_id);
CREATE INDEX join_requests_token ON join_requests (token);
