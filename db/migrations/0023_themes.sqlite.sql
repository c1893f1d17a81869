-- +goose Up
ALTER TABLE workshops ADD COLUMN themes TEXT NOT NULL DEFAULT ','; -- as those of organisations

-- A coordination may be limited to what bears some themes: a role of its own, so that
-- nothing takes it for the whole.
CREATE TABLE account_territories_next (
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    territory_id TEXT NOT NULL REFERENCES territories (id),
    role         TEXT NOT NULL CHECK (role IN ('coordination', 'coordination-themes', 'lecture')),
    themes       TEXT NOT NULL DEFAULT ',',
    PRIMARY KEY (account_id, territory_id),
    CHECK ((role = 'coordination-themes') = (themes <> ','))
);
INSERT INTO account_territories_next (account_id, territory_id, role)
SELECT account_id, territory_id, role FROM account_territories;
DROP TABLE account_territories;
ALTER TABLE account_territories_next RENAME TO account_territories;
CREATE INDEX account_territories_territory ON account_territories (territory_id);
