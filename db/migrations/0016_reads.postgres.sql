-- +goose Up
-- Who was shown contact details or attendance of whom. No row of it points at people or
-- accounts: a trace outlives what it names.
CREATE TABLE reads (
    id           TEXT COLLATE "C" PRIMARY KEY, -- begins with the time: app.Read.Named
    at           TIMESTAMP NOT NULL,
    account_id   TEXT NOT NULL,
    territory_id TEXT,
    kind         TEXT NOT NULL, -- app.ReadKind
    thing_id     TEXT NOT NULL DEFAULT '',
    detail       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX reads_territory ON reads (territory_id, at, id);

CREATE TABLE read_people (
    read_id   TEXT COLLATE "C" NOT NULL REFERENCES reads (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL,
    PRIMARY KEY (read_id, person_id)
);
CREATE INDEX read_people_person ON read_people (person_id, read_id);

CREATE INDEX people_address ON people (LOWER(email));

-- +goose StatementBegin
CREATE FUNCTION trail_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail is append-only';
END $$;
-- +goose StatementEnd

-- The audit trail is only added to, but within the transaction that erases a person or
-- drops what was kept long enough (db.unsealed), which may blank words and remove lines.
-- +goose StatementBegin
CREATE FUNCTION audit_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM settings WHERE name = 'effacement') THEN
        RAISE EXCEPTION 'the trail is append-only';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit FOR EACH ROW
    WHEN (OLD.id <> NEW.id OR OLD.at <> NEW.at OR OLD.account_id IS DISTINCT FROM NEW.account_id
        OR OLD.territory_id IS DISTINCT FROM NEW.territory_id OR OLD.thing <> NEW.thing OR OLD.thing_id <> NEW.thing_id)
    EXECUTE FUNCTION trail_kept();
CREATE TRIGGER audit_blanked BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_sealed();
CREATE TRIGGER audit_aged BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_sealed();
CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit EXECUTE FUNCTION trail_kept();

-- The trace of reads is only added to; a line goes when it is a year old, with the people
-- it names, never before.
CREATE TRIGGER reads_kept BEFORE UPDATE ON reads FOR EACH ROW EXECUTE FUNCTION trail_kept();
CREATE TRIGGER reads_aged BEFORE DELETE ON reads FOR EACH ROW
    WHEN (OLD.at > (now() AT TIME ZONE 'UTC') - INTERVAL '12 months' + INTERVAL '1 day')
    EXECUTE FUNCTION trail_kept();
CREATE TRIGGER reads_whole BEFORE TRUNCATE ON reads EXECUTE FUNCTION trail_kept();
CREATE TRIGGER read_people_kept BEFORE UPDATE ON read_people FOR EACH ROW EXECUTE FUNCTION trail_kept();
-- +goose StatementBegin
CREATE FUNCTION read_people_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM reads r WHERE r.id = OLD.read_id) THEN
        RAISE EXCEPTION 'the trail is append-only';
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd
CREATE TRIGGER read_people_aged BEFORE DELETE ON read_people FOR EACH ROW EXECUTE FUNCTION read_people_kept();
CREATE TRIGGER read_people_whole BEFORE TRUNCATE ON read_people EXECUTE FUNCTION trail_kept();
