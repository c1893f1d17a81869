-- +goose Up
-- How many times an import was changed: it is written as it was previewed, or not at all.
ALTER TABLE imports ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
