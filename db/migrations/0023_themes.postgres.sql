-- +goose Up
ALTER TABLE workshops ADD COLUMN themes TEXT NOT NULL DEFAULT ','; -- as those of organisations

-- A coordination may be limited to what bears some themes: a role of its own, so that
-- nothing takes it for the whole.
ALTER TABLE account_territories DROP CONSTRAINT account_territories_role_check;
ALTER TABLE account_territories ADD COLUMN themes TEXT NOT NULL DEFAULT ',';
ALTER TABLE account_territories ADD CONSTRAINT account_territories_role_check CHECK (role IN ('coordination', 'coordination-themes', 'lecture'));
ALTER TABLE account_territories ADD CONSTRAINT account_territories_themes_check CHECK ((role = 'coordination-themes') = (themes <> ','));
