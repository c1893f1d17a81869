-- +goose Up
-- Whom a mail names besides its recipient, by which name: so that erasing somebody takes
-- their name out of what names them, and of nothing else. Who asks to join has no record
-- before they are let in: their address tells which mails are of them.
CREATE TABLE mail_names (
    mail_id   TEXT NOT NULL REFERENCES mails (id) ON DELETE CASCADE,
    person_id TEXT REFERENCES people (id),
    name      TEXT NOT NULL,
    email     TEXT NOT NULL DEFAULT '' -- folded
);
CREATE INDEX mail_names_mail ON mail_names (mail_id);
CREATE INDEX mail_names_person ON mail_names (person_id);
CREATE INDEX mail_names_email ON mail_names (email) WHERE email <> '';

-- What was written before names who acts here, or who takes part.
INSERT INTO mail_names (mail_id, person_id, name)
SELECT m.id, p.id, p.name
FROM mails m
JOIN (
    SELECT id, TRIM(first_name || ' ' || last_name) AS name, '%' || REPLACE(REPLACE(REPLACE(TRIM(first_name || ' ' || last_name), '!', '!!'), '%', '!%'), '_', '!_') || '%' AS said
    FROM people
    WHERE erased_at IS NULL AND first_name <> '' AND last_name <> '' AND (
        EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = people.id)
        OR EXISTS (SELECT 1 FROM registrations r WHERE r.person_id = people.id)
        OR EXISTS (SELECT 1 FROM objections o WHERE o.person_id = people.id))) p
    ON (m.person_id IS NULL OR m.person_id <> p.id) AND (m.subject LIKE p.said ESCAPE '!' OR m.body LIKE p.said ESCAPE '!');

INSERT INTO mail_names (mail_id, name, email)
SELECT m.id, TRIM(r.first_name || ' ' || r.last_name), r.email
FROM mails m
JOIN join_requests r ON m.person_id IS NOT NULL AND m.recipient <> r.email
    AND m.body LIKE '%' || REPLACE(REPLACE(REPLACE(r.email, '!', '!!'), '%', '!%'), '_', '!_') || '%' ESCAPE '!';
