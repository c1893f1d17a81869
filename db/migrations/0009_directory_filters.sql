-- +goose Up
-- What else a territory's list is filtered by, so that counting it reads its index alone.
ALTER TABLE organisation_territories ADD COLUMN themes TEXT NOT NULL DEFAULT ',';
ALTER TABLE organisation_territories ADD COLUMN incomplete BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE organisation_territories SET
    themes = (SELECT o.themes FROM organisations o WHERE o.id = organisation_id),
    incomplete = (SELECT o.incomplete FROM organisations o WHERE o.id = organisation_id);
DROP INDEX organisation_territories_list;
CREATE INDEX organisation_territories_list ON organisation_territories (territory_id, archived, sort_key, organisation_id, themes, incomplete);
DROP INDEX organisation_territories_organisation;
CREATE INDEX organisation_territories_organisation ON organisation_territories (organisation_id, territory_id, archived);
