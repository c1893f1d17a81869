-- +goose Up
CREATE TABLE workshops (
    id             TEXT PRIMARY KEY,
    territory_id   TEXT NOT NULL REFERENCES territories (id),
    convention_id  TEXT NOT NULL REFERENCES conventions (id),
    phase_id       TEXT REFERENCES phases (id),
    axis_id        TEXT REFERENCES axes (id),
    host_id        TEXT REFERENCES organisations (id),
    kind           TEXT NOT NULL,
    title          TEXT NOT NULL CHECK (title <> ''),
    description    TEXT NOT NULL DEFAULT '',
    agenda         TEXT NOT NULL DEFAULT '',
    starts_at      TIMESTAMP NOT NULL,
    ends_at        TIMESTAMP NOT NULL,
    place          TEXT NOT NULL DEFAULT '',
    address        TEXT NOT NULL DEFAULT '',
    commune_code   TEXT REFERENCES communes (code),
    link           TEXT NOT NULL DEFAULT '',
    capacity       INTEGER NOT NULL DEFAULT 0 CHECK (capacity >= 0), -- 0: no limit
    status         TEXT NOT NULL CHECK (status IN ('brouillon', 'publie', 'annule')),
    postponed_from TIMESTAMP,
    cancel_reason  TEXT NOT NULL DEFAULT '',
    sequence       INTEGER NOT NULL DEFAULT 0,
    created_at     TIMESTAMP NOT NULL,
    updated_at     TIMESTAMP NOT NULL,
    version        INTEGER NOT NULL DEFAULT 1,
    CHECK (ends_at > starts_at)
);
CREATE INDEX workshops_territory ON workshops (territory_id, starts_at, id);
CREATE INDEX workshops_convention ON workshops (convention_id, starts_at);

CREATE TABLE workshop_animators (
    workshop_id TEXT NOT NULL REFERENCES workshops (id),
    person_id   TEXT NOT NULL REFERENCES people (id),
    PRIMARY KEY (workshop_id, person_id)
);
CREATE INDEX workshop_animators_person ON workshop_animators (person_id);

CREATE TABLE invitations (
    id              TEXT PRIMARY KEY,
    workshop_id     TEXT NOT NULL REFERENCES workshops (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    answer          TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'oui', 'non')),
    comment         TEXT NOT NULL DEFAULT '',
    invited_at      TIMESTAMP NOT NULL,
    answered_at     TIMESTAMP,
    UNIQUE (workshop_id, organisation_id)
);
CREATE INDEX invitations_organisation ON invitations (organisation_id, answer);

-- A person's coming to a workshop. The organisation and the function are those of
-- that day: the person may change both afterwards.
CREATE TABLE registrations (
    id              TEXT PRIMARY KEY,
    workshop_id     TEXT NOT NULL REFERENCES workshops (id),
    person_id       TEXT NOT NULL REFERENCES people (id),
    organisation_id TEXT REFERENCES organisations (id),
    function        TEXT NOT NULL DEFAULT '',
    state           TEXT NOT NULL CHECK (state IN ('inscrit', 'attente', 'present', 'excuse', 'absent', 'represente', 'desinscrit')),
    walk_in         BOOLEAN NOT NULL DEFAULT FALSE,
    represents_id   TEXT REFERENCES registrations (id),
    rank            INTEGER NOT NULL DEFAULT 0, -- order of arrival on the waiting list
    checked_in_at   TIMESTAMP,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL,
    UNIQUE (workshop_id, person_id)
);
CREATE INDEX registrations_state ON registrations (workshop_id, state);
CREATE INDEX registrations_person ON registrations (person_id);
CREATE INDEX registrations_organisation ON registrations (organisation_id, workshop_id);
