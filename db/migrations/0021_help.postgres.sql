-- +goose Up
-- A code by which somebody acts in the place of an account for a while, one an account.
CREATE TABLE help_codes (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    hash       TEXT NOT NULL, -- argon2id
    salt       TEXT NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    expires_at TIMESTAMP NOT NULL
);

-- In whose place a session acts, until when.
ALTER TABLE sessions ADD COLUMN helped_id TEXT REFERENCES accounts (id);
ALTER TABLE sessions ADD COLUMN helped_since TIMESTAMP;
ALTER TABLE sessions ADD COLUMN helped_until TIMESTAMP;
CREATE INDEX sessions_helped ON sessions (helped_id) WHERE helped_id IS NOT NULL;

-- In whose place an act was done; account_id is who really did it.
ALTER TABLE audit ADD COLUMN helped_id TEXT REFERENCES accounts (id);
CREATE INDEX audit_helped ON audit (helped_id, at) WHERE helped_id IS NOT NULL;

DROP TRIGGER audit_kept ON audit;
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit FOR EACH ROW
    WHEN (OLD.id <> NEW.id OR OLD.at <> NEW.at OR OLD.account_id IS DISTINCT FROM NEW.account_id OR OLD.helped_id IS DISTINCT FROM NEW.helped_id
        OR OLD.territory_id IS DISTINCT FROM NEW.territory_id OR OLD.thing <> NEW.thing OR OLD.thing_id <> NEW.thing_id)
    EXECUTE FUNCTION trail_kept();
