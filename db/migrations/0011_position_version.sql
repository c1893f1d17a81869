-- +goose Up
ALTER TABLE positions ADD COLUMN version INTEGER NOT NULL DEFAULT 1; -- of two who edit at once, the second is told
