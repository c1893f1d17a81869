-- +goose Up
-- When what named a person was removed: the row stays for the presences that count it.
ALTER TABLE people ADD COLUMN erased_at TIMESTAMP;
