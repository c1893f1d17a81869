-- +goose Up
-- Who was shown contact details or attendance of whom. No row of it points at people or
-- accounts: a trace outlives what it names.
CREATE TABLE reads (
    id           TEXT PRIMARY KEY, -- begins with the time: app.Read.Named
    at           TIMESTAMP NOT NULL,
    account_id   TEXT NOT NULL,
    territory_id TEXT,
    kind         TEXT NOT NULL, -- app.ReadKind
    thing_id     TEXT NOT NULL DEFAULT '',
    detail       TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX reads_territory ON reads (territory_id, at, id);

CREATE TABLE read_people (
    read_id   TEXT NOT NULL REFERENCES reads (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL,
    PRIMARY KEY (read_id, person_id)
) WITHOUT ROWID;
CREATE INDEX read_people_person ON read_people (person_id, read_id);

CREATE INDEX people_address ON people (LOWER(email));

-- The audit trail is only added to, but within the transaction that erases a person or
-- drops what was kept long enough (db.unsealed), which may blank words and remove lines.
-- +goose StatementBegin
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit
WHEN NOT EXISTS (SELECT 1 FROM settings WHERE name = 'effacement')
    OR OLD.id <> NEW.id OR OLD.at <> NEW.at OR OLD.account_id IS NOT NEW.account_id
    OR OLD.territory_id IS NOT NEW.territory_id OR OLD.thing <> NEW.thing OR OLD.thing_id <> NEW.thing_id
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_aged BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM settings WHERE name = 'effacement')
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- +goose StatementEnd

-- The trace of reads is only added to; a line goes when it is a year old, with the people
-- it names, never before.
-- +goose StatementBegin
CREATE TRIGGER reads_kept BEFORE UPDATE ON reads
BEGIN
    SELECT RAISE(ABORT, 'the trace of reads is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reads_aged BEFORE DELETE ON reads
WHEN substr(OLD.at, 1, 19) > strftime('%Y-%m-%d %H:%M:%S', 'now', '-12 months', '+1 day')
BEGIN
    SELECT RAISE(ABORT, 'the trace of reads is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER read_people_kept BEFORE UPDATE ON read_people
BEGIN
    SELECT RAISE(ABORT, 'the trace of reads is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER read_people_aged BEFORE DELETE ON read_people
WHEN EXISTS (SELECT 1 FROM reads r WHERE r.id = OLD.read_id)
BEGIN
    SELECT RAISE(ABORT, 'the trace of reads is append-only');
END;
-- +goose StatementEnd
