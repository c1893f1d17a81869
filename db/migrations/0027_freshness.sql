-- +goose Up
-- When somebody last said that a record is right, who, and by what way: apart from when it
-- was changed. What was brought from elsewhere was confirmed by nobody.
ALTER TABLE organisations ADD COLUMN verified_at TIMESTAMP;
ALTER TABLE organisations ADD COLUMN verified_by TEXT REFERENCES accounts (id);
ALTER TABLE organisations ADD COLUMN verified_how TEXT NOT NULL DEFAULT ''; -- app.Means
ALTER TABLE organisations ADD COLUMN rhythm INTEGER NOT NULL DEFAULT 12; -- months that a confirmation stands

-- The day from which it is to be confirmed again, '' when it never was: those come first.
ALTER TABLE organisation_territories ADD COLUMN due_on TEXT NOT NULL DEFAULT '';
CREATE INDEX organisation_territories_due ON organisation_territories (territory_id, archived, due_on, organisation_id);
DROP INDEX organisation_territories_list;
CREATE INDEX organisation_territories_list ON organisation_territories (territory_id, archived, sort_key, organisation_id, themes, incomplete, due_on);
