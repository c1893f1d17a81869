-- +goose Up
-- The directory of a territory in the orders it is read in: what its lists are filtered
-- and sorted by is repeated here from the record, written with it.
ALTER TABLE organisation_territories ADD COLUMN category TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE organisation_territories ADD COLUMN commune_key TEXT COLLATE "C" NOT NULL DEFAULT '~'; -- sort key and code; '~': no commune, last
ALTER TABLE organisation_territories ADD COLUMN archived BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE organisation_territories ADD COLUMN updated_at TIMESTAMP;
UPDATE organisation_territories SET
    category = (SELECT o.category FROM organisations o WHERE o.id = organisation_id),
    commune_key = COALESCE((SELECT m.sort_key || ' ' || m.code FROM organisations o JOIN communes m ON m.code = o.commune_code WHERE o.id = organisation_id), '~'),
    archived = (SELECT o.archived_at IS NOT NULL FROM organisations o WHERE o.id = organisation_id),
    updated_at = (SELECT o.updated_at FROM organisations o WHERE o.id = organisation_id);
DROP INDEX organisation_territories_list;
CREATE INDEX organisation_territories_list ON organisation_territories (territory_id, archived, sort_key, organisation_id);
CREATE INDEX organisation_territories_category ON organisation_territories (territory_id, archived, category, sort_key, organisation_id);
CREATE INDEX organisation_territories_commune ON organisation_territories (territory_id, archived, commune_key, sort_key, organisation_id);
CREATE INDEX organisation_territories_recent ON organisation_territories (territory_id, archived, updated_at, organisation_id);

-- Does this thing bear a word that begins so? Answered from the index alone.
DROP INDEX search_words_thing;
CREATE INDEX search_words_thing ON search_words (thing_id, thing, word);
