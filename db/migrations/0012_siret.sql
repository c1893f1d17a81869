-- +goose Up
-- Two records may carry one SIRET until they are merged: an index, and not unique.
ALTER TABLE organisations ADD COLUMN siret TEXT NOT NULL DEFAULT '';
CREATE INDEX organisations_siret ON organisations (siret) WHERE siret <> '';
