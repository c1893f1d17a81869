-- +goose Up
-- What a provider of identities vouched for of who asks for an access, in words of the
-- server's; '' when nobody vouched. What the person types is never here.
ALTER TABLE join_requests ADD COLUMN vouched TEXT NOT NULL DEFAULT '';
