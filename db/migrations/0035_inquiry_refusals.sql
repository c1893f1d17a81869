-- +goose Up
-- Who said, by the link of a letter, not to be the one to ask about a structure: they are not
-- written to again about it.
CREATE TABLE inquiry_refusals (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    address         TEXT NOT NULL, -- digest of the address, folded
    person_id       TEXT REFERENCES people (id), -- NULL: the structure's own address
    created_at      TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, address)
);
CREATE INDEX inquiry_refusals_address ON inquiry_refusals (address);
CREATE INDEX inquiry_refusals_person ON inquiry_refusals (person_id) WHERE person_id IS NOT NULL;

-- Who wrote the message, so that it goes with them.
ALTER TABLE inquiries ADD COLUMN message_by TEXT REFERENCES people (id);
CREATE INDEX inquiries_message_by ON inquiries (message_by) WHERE message_by IS NOT NULL;

-- An address is sent one letter a day.
CREATE INDEX inquiry_letters_email ON inquiry_letters (email, created_at);
