-- +goose Up
-- What a tick at the door replaced, so that undoing it puts it back.
ALTER TABLE registrations ADD COLUMN state_before TEXT NOT NULL DEFAULT '';

-- When those who had not answered were last reminded.
ALTER TABLE invitations ADD COLUMN reminded_at TIMESTAMP;
