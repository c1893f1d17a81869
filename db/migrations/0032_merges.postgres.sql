-- +goose Up
-- The record that an organisation is one with since they were merged; it is then nothing by
-- itself, and its address leads there.
ALTER TABLE organisations ADD COLUMN merged_into TEXT REFERENCES organisations (id);
CREATE INDEX organisations_merged ON organisations (merged_into) WHERE merged_into IS NOT NULL;

-- What a new organisation is compared by while it is typed.
CREATE INDEX organisations_phone ON organisations (phone) WHERE phone <> '';
CREATE INDEX organisations_email ON organisations (LOWER(email)) WHERE email <> '';

-- Pairs that look alike and that somebody said are two.
CREATE TABLE distinctions (
    one_id     TEXT NOT NULL REFERENCES organisations (id), -- the lesser
    other_id   TEXT NOT NULL REFERENCES organisations (id),
    account_id TEXT REFERENCES accounts (id),
    noted_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (one_id, other_id),
    CHECK (one_id < other_id)
);
CREATE INDEX distinctions_other ON distinctions (other_id);

-- Two organisations made one: what each was, what they became. What was moved is kept for
-- app.MergeDays, as long as it can be undone; the rest for good.
CREATE TABLE merges (
    id              TEXT PRIMARY KEY,
    kept_id         TEXT NOT NULL REFERENCES organisations (id),
    absorbed_id     TEXT NOT NULL REFERENCES organisations (id),
    account_id      TEXT REFERENCES accounts (id),
    merged_at       TIMESTAMP NOT NULL,
    undone_at       TIMESTAMP,
    kept_before     TEXT NOT NULL, -- JSON, app.Organisation
    kept_after      TEXT NOT NULL,
    absorbed_before TEXT NOT NULL,
    counts          TEXT NOT NULL, -- JSON, app.Changes: what was moved
    outcome         TEXT NOT NULL DEFAULT '[]' -- JSON, app.Changes: what undoing it left
);
CREATE INDEX merges_kept ON merges (kept_id, merged_at);
CREATE INDEX merges_absorbed ON merges (absorbed_id);

CREATE TABLE merge_moves (
    merge_id  TEXT NOT NULL REFERENCES merges (id),
    kind      TEXT NOT NULL, -- db.moveKind
    thing_id  TEXT NOT NULL,
    person_id TEXT, -- whom it is about: it goes with them
    was       TEXT NOT NULL, -- JSON, when it was more than moved
    PRIMARY KEY (merge_id, kind, thing_id)
);
CREATE INDEX merge_moves_person ON merge_moves (person_id) WHERE person_id IS NOT NULL;

-- Nothing is attached to what is merged into another, whoever asked at the same moment: who
-- attaches something waits for who merges, and is told.
-- +goose StatementBegin
CREATE FUNCTION keep_whole() RETURNS TRIGGER AS $$
BEGIN
    PERFORM 1 FROM organisations WHERE id = NEW.organisation_id FOR SHARE;
    IF EXISTS (SELECT 1 FROM organisations WHERE id = NEW.organisation_id AND merged_into IS NOT NULL) THEN
        RAISE EXCEPTION 'merged' USING ERRCODE = 'MA001';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION keep_host_whole() RETURNS TRIGGER AS $$
BEGIN
    PERFORM 1 FROM organisations WHERE id = NEW.host_id FOR SHARE;
    IF EXISTS (SELECT 1 FROM organisations WHERE id = NEW.host_id AND merged_into IS NOT NULL) THEN
        RAISE EXCEPTION 'merged' USING ERRCODE = 'MA001';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER positions_whole BEFORE INSERT OR UPDATE OF organisation_id ON positions FOR EACH ROW WHEN (NEW.organisation_id IS NOT NULL) EXECUTE FUNCTION keep_whole();
CREATE TRIGGER account_organisations_whole BEFORE INSERT OR UPDATE OF organisation_id ON account_organisations FOR EACH ROW WHEN (NEW.organisation_id IS NOT NULL) EXECUTE FUNCTION keep_whole();
CREATE TRIGGER invitations_whole BEFORE INSERT OR UPDATE OF organisation_id ON invitations FOR EACH ROW WHEN (NEW.organisation_id IS NOT NULL) EXECUTE FUNCTION keep_whole();
CREATE TRIGGER registrations_whole BEFORE INSERT OR UPDATE OF organisation_id ON registrations FOR EACH ROW WHEN (NEW.organisation_id IS NOT NULL) EXECUTE FUNCTION keep_whole();
CREATE TRIGGER join_requests_whole BEFORE INSERT OR UPDATE OF organisation_id ON join_requests FOR EACH ROW WHEN (NEW.organisation_id IS NOT NULL) EXECUTE FUNCTION keep_whole();
CREATE TRIGGER organisation_territories_whole BEFORE INSERT OR UPDATE OF organisation_id ON organisation_territories FOR EACH ROW WHEN (NEW.organisation_id IS NOT NULL) EXECUTE FUNCTION keep_whole();
CREATE TRIGGER workshops_whole BEFORE INSERT OR UPDATE OF host_id ON workshops FOR EACH ROW WHEN (NEW.host_id IS NOT NULL) EXECUTE FUNCTION keep_host_whole();
