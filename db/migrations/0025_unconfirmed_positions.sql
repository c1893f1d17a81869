-- +goose Up
-- A position that a structure wrote for somebody whose contact details it may not see: it
-- gives no right over them until the person, or who may see them, confirms it.
ALTER TABLE positions ADD COLUMN unconfirmed BOOLEAN NOT NULL DEFAULT FALSE;
