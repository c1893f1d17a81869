-- +goose Up
-- Whom an entry of the journal names, by which name: so that erasing somebody takes their
-- name out of what names them, and of nothing else.
CREATE TABLE audit_names (
    entry_id  TEXT NOT NULL REFERENCES audit (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id),
    name      TEXT NOT NULL,
    PRIMARY KEY (entry_id, person_id, name)
);
CREATE INDEX audit_names_person ON audit_names (person_id);

-- Of whom a mail is, NULL for who has no record.
ALTER TABLE mails ADD COLUMN person_id TEXT REFERENCES people (id);
CREATE INDEX mails_person ON mails (person_id) WHERE person_id IS NOT NULL;

-- What was written before: those who are of the structure, of the workshop or of the account
-- and whose name ends what was done, or stands among the changes.
INSERT INTO audit_names (entry_id, person_id, name)
SELECT DISTINCT e.id, p.id, p.name
FROM audit e
JOIN (
    SELECT 'structure' AS thing, organisation_id AS thing_id, person_id FROM positions
    UNION SELECT 'structure', x.organisation_id, a.person_id FROM account_organisations x JOIN accounts a ON a.id = x.account_id
    UNION SELECT 'atelier', workshop_id, person_id FROM registrations
    UNION SELECT 'atelier', workshop_id, person_id FROM workshop_animators
    UNION SELECT 'compte', id, person_id FROM accounts
    -- who ran a workshop before others did is of some structure of its territory
    UNION SELECT 'atelier', w.id, o.person_id
    FROM audit c
    JOIN workshops w ON c.thing = 'atelier' AND w.id = c.thing_id
    JOIN organisation_territories t ON t.territory_id = w.territory_id
    JOIN positions o ON o.organisation_id = t.organisation_id
    WHERE c.changes LIKE '%"c":"Animation"%'
) known ON known.thing = e.thing AND known.thing_id = e.thing_id
JOIN (SELECT id, TRIM(first_name || ' ' || last_name) AS name, REPLACE(REPLACE(REPLACE(TRIM(first_name || ' ' || last_name), '!', '!!'), '%', '!%'), '_', '!_') AS said FROM people WHERE erased_at IS NULL) p ON p.id = known.person_id
WHERE p.name <> '' AND (
    e.act LIKE 'a % de ' || p.said ESCAPE '!' OR e.act LIKE 'a % d’' || p.said ESCAPE '!' OR e.act LIKE 'a % à ' || p.said ESCAPE '!' OR e.act LIKE 'a % par ' || p.said ESCAPE '!'
    OR e.act LIKE '% de ' || p.said || ',%' ESCAPE '!' OR e.act LIKE '% d’' || p.said || ',%' ESCAPE '!'
    OR e.act LIKE 'a donné à ' || p.said || ' une place%' ESCAPE '!' OR e.act LIKE 'a remplacé ' || p.said || ' par %' ESCAPE '!'
    OR e.act = 'a ajouté ' || p.name OR e.act = 'a désinscrit ' || p.name
    OR e.changes LIKE '%"c":"' || p.said || '"%' ESCAPE '!' OR e.changes LIKE '%"c":"Animation"%' || p.said || '%' ESCAPE '!' OR e.changes LIKE '% par ' || p.said || '"%' ESCAPE '!');

UPDATE mails SET person_id = (
    SELECT a.person_id
    FROM accounts a JOIN people p ON p.id = a.person_id
    WHERE a.email = mails.recipient AND (mails.name = '' OR mails.name = TRIM(p.first_name || ' ' || p.last_name)));
UPDATE mails SET person_id = (
    SELECT MIN(p.id)
    FROM people p
    WHERE LOWER(p.email) = mails.recipient AND TRIM(p.first_name || ' ' || p.last_name) = mails.name AND p.erased_at IS NULL
    HAVING COUNT(*) = 1)
WHERE person_id IS NULL AND recipient <> '' AND name <> '';
