-- +goose Up
-- What left, in the last hour, for addresses that somebody typed, known or not.
CREATE TABLE asked_mails (
    id      TEXT PRIMARY KEY,
    address TEXT NOT NULL, -- SHA-256 of the address
    kind    TEXT NOT NULL, -- app.AskedMail; '': the row at which those who count wait for each other
    at      TIMESTAMP NOT NULL
);
CREATE INDEX asked_mails_address ON asked_mails (address);
