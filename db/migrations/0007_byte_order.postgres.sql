-- +goose Up
-- SQLite compares text byte by byte. PostgreSQL follows the host's language unless
-- told otherwise, and then neither pages by key nor looks words up by prefix alike.
ALTER TABLE communes ALTER COLUMN sort_key TYPE TEXT COLLATE "C";
ALTER TABLE organisations ALTER COLUMN sort_key TYPE TEXT COLLATE "C";
ALTER TABLE organisation_territories ALTER COLUMN sort_key TYPE TEXT COLLATE "C";
ALTER TABLE search_words ALTER COLUMN word TYPE TEXT COLLATE "C";
ALTER TABLE people ALTER COLUMN sort_key TYPE TEXT COLLATE "C";
