-- +goose Up
-- A link sent to a new address confirms it for the account of its person, asked while signed
-- in, and not for their record.
ALTER TABLE person_links ADD COLUMN signs_in BOOLEAN NOT NULL DEFAULT FALSE;
