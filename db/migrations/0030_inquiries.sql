-- +goose Up
-- Structures are asked by e-mail whether their record is right: by themselves where the
-- coordination chose so, at its demand, or in a campaign.
ALTER TABLE territories ADD COLUMN asks_alone BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE campaigns (
    id           TEXT PRIMARY KEY,
    territory_id TEXT NOT NULL REFERENCES territories (id),
    account_id   TEXT REFERENCES accounts (id), -- who sent it
    subject      TEXT NOT NULL,
    body         TEXT NOT NULL, -- what the coordination writes above the record
    chosen       TEXT NOT NULL, -- which structures, in words
    created_at   TIMESTAMP NOT NULL
);
CREATE INDEX campaigns_recent ON campaigns (territory_id, created_at, id);

CREATE TABLE inquiries (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    territory_id    TEXT NOT NULL REFERENCES territories (id),
    campaign_id     TEXT REFERENCES campaigns (id),
    state           TEXT NOT NULL, -- app.InquiryState
    created_at      TIMESTAMP NOT NULL,
    rounds          INTEGER NOT NULL DEFAULT 0,
    asked_at        TIMESTAMP,
    next_at         TIMESTAMP, -- NULL once it has ended
    ended_at        TIMESTAMP,
    message         TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX inquiries_open ON inquiries (organisation_id) WHERE ended_at IS NULL; -- one at a time
CREATE INDEX inquiries_organisation ON inquiries (organisation_id, created_at);
CREATE INDEX inquiries_next ON inquiries (next_at);
CREATE INDEX inquiries_campaign ON inquiries (campaign_id, state, id);

CREATE TABLE inquiry_letters (
    id              TEXT PRIMARY KEY, -- digest of the link
    inquiry_id      TEXT NOT NULL REFERENCES inquiries (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    account_id      TEXT REFERENCES accounts (id), -- NULL: the structure's own address
    email           TEXT NOT NULL, -- folded; the link serves while it is still theirs
    mail_id         TEXT NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    expires_at      TIMESTAMP NOT NULL
);
CREATE INDEX inquiry_letters_inquiry ON inquiry_letters (inquiry_id);
CREATE INDEX inquiry_letters_organisation ON inquiry_letters (organisation_id, email);
CREATE INDEX inquiry_letters_mail ON inquiry_letters (mail_id);

-- What came of asking a structure since it was last confirmed, '' when it was not asked.
ALTER TABLE organisation_territories ADD COLUMN asked TEXT NOT NULL DEFAULT '';
CREATE INDEX organisation_territories_asked ON organisation_territories (territory_id, archived, asked, due_on, organisation_id);
