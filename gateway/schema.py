# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's tables in SQLite: ids, numbers, states, times and codes in the clear, everything personal ``sealed``.

What workstations name themselves (operations, dossiers, objects) is known by lineage and name: no workstation can take
a name away from its neighbour, and one that was restored or copied goes on with its own. A lineage is called after its
first workstation. Envelopes and sequences are one workstation's own.

Times are whole seconds since 1970, or milliseconds where the name says ``_ms``. A migration that was shipped is never
changed; the next one is added after it, and ``user_version`` counts those that a database has seen.
"""

from __future__ import annotations

from typing import Final

MIGRATIONS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE gateway (
        only_row    INTEGER PRIMARY KEY CHECK (only_row = 1),
        epoch       TEXT NOT NULL,
        canary      BLOB NOT NULL
    ) STRICT;

    CREATE TABLE communes (
        commune     TEXT PRIMARY KEY,
        seal_public BLOB NOT NULL,
        sealed      BLOB NOT NULL
    ) STRICT;

    CREATE TABLE enrolments (
        device_id   TEXT PRIMARY KEY,
        commune     TEXT NOT NULL REFERENCES communes (commune),
        unit_code   TEXT NOT NULL,
        unit_name   TEXT NOT NULL,
        slot        INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 15),
        code_digest BLOB NOT NULL,
        issued_at   INTEGER NOT NULL,
        UNIQUE (unit_code, slot)
    ) STRICT;

    CREATE TABLE devices (
        device_id     TEXT PRIMARY KEY REFERENCES enrolments (device_id),
        sign_public   BLOB NOT NULL UNIQUE,
        reply_public  BLOB NOT NULL,
        registered_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE nonces (
        device_id TEXT NOT NULL,
        nonce     TEXT NOT NULL,
        seen_at   INTEGER NOT NULL,
        PRIMARY KEY (device_id, nonce)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX nonces_by_age ON nonces (seen_at);

    CREATE TABLE heads (
        commune  TEXT PRIMARY KEY REFERENCES communes (commune),
        sequence INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE envelopes (
        device_id       TEXT NOT NULL REFERENCES devices (device_id),
        envelope_id     TEXT NOT NULL,
        digest          BLOB NOT NULL,
        first_sequence  INTEGER NOT NULL,
        last_sequence   INTEGER NOT NULL,
        operation_count INTEGER NOT NULL,
        received_at     INTEGER NOT NULL,
        PRIMARY KEY (device_id, envelope_id)
    ) STRICT;

    CREATE TABLE operations (
        device_id       TEXT NOT NULL REFERENCES devices (device_id),
        operation_id    TEXT NOT NULL,
        commune         TEXT NOT NULL REFERENCES communes (commune),
        sequence        INTEGER NOT NULL,
        device_sequence INTEGER NOT NULL,
        envelope_id     TEXT NOT NULL,
        kind            TEXT NOT NULL,
        dossier_id      TEXT NOT NULL,
        rejected        TEXT NOT NULL,
        sealed          BLOB NOT NULL,
        PRIMARY KEY (device_id, operation_id),
        FOREIGN KEY (device_id, envelope_id) REFERENCES envelopes (device_id, envelope_id),
        UNIQUE (commune, sequence)
    ) STRICT;
    CREATE INDEX operations_of_dossier ON operations (device_id, dossier_id, sequence);

    CREATE TABLE feed (
        commune  TEXT NOT NULL REFERENCES communes (commune),
        sequence INTEGER NOT NULL,
        at       INTEGER NOT NULL,
        sealed   BLOB NOT NULL,
        PRIMARY KEY (commune, sequence)
    ) STRICT;

    CREATE TABLE dossiers (
        device_id  TEXT NOT NULL REFERENCES devices (device_id),
        dossier_id TEXT NOT NULL,
        commune    TEXT NOT NULL REFERENCES communes (commune),
        unit_code  TEXT NOT NULL,
        code       TEXT NOT NULL UNIQUE,
        PRIMARY KEY (device_id, dossier_id)
    ) STRICT;

    CREATE TABLE dossier_objects (
        device_id  TEXT NOT NULL REFERENCES devices (device_id),
        dossier_id TEXT NOT NULL,
        object_id  TEXT NOT NULL,
        PRIMARY KEY (device_id, dossier_id, object_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dossier_objects_by_object ON dossier_objects (device_id, object_id);

    CREATE TABLE object_keys (
        device_id    TEXT NOT NULL REFERENCES devices (device_id),
        transport_id TEXT NOT NULL,
        commune      TEXT NOT NULL REFERENCES communes (commune),
        object_id    TEXT NOT NULL,
        size         INTEGER NOT NULL,
        sealed       BLOB NOT NULL,
        PRIMARY KEY (device_id, transport_id)
    ) STRICT;
    CREATE INDEX object_keys_by_transport ON object_keys (transport_id, commune);
    CREATE INDEX object_keys_by_object ON object_keys (device_id, object_id);

    CREATE TABLE objects (
        transport_id TEXT PRIMARY KEY,
        size         INTEGER NOT NULL,
        arrived      INTEGER NOT NULL,
        complete     INTEGER NOT NULL CHECK (complete IN (0, 1)),
        changed_at   INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE relay_jobs (
        device_id    TEXT NOT NULL,
        dossier_id   TEXT NOT NULL,
        kind         TEXT NOT NULL CHECK (kind IN ('submit', 'update')),
        state        TEXT NOT NULL CHECK (state IN ('waiting', 'incomplete', 'done', 'refused')),
        wanted       INTEGER NOT NULL,
        tries        INTEGER NOT NULL,
        next_at_ms   INTEGER NOT NULL,
        last_error   TEXT NOT NULL,
        portal_state TEXT NOT NULL,
        portal_code  TEXT NOT NULL,
        PRIMARY KEY (device_id, dossier_id),
        FOREIGN KEY (device_id, dossier_id) REFERENCES dossiers (device_id, dossier_id)
    ) STRICT;
    CREATE INDEX relay_jobs_due ON relay_jobs (state, next_at_ms);
    """,
    # held_sequence: the position in the feed at which the workstation was told that its object is here; 0: not told.
    """
    ALTER TABLE object_keys ADD COLUMN held_sequence INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX object_keys_held ON object_keys (commune, held_sequence);
    """,
    """
    CREATE TABLE enrolments_new (
        device_id   TEXT PRIMARY KEY,
        lineage     TEXT NOT NULL REFERENCES enrolments (device_id),
        commune     TEXT NOT NULL REFERENCES communes (commune),
        unit_code   TEXT NOT NULL,
        unit_name   TEXT NOT NULL,
        slot        INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 15),
        code_digest BLOB NOT NULL,
        issued_at   INTEGER NOT NULL,
        replaced_at INTEGER
    ) STRICT;
    INSERT INTO enrolments_new SELECT device_id, device_id, commune, unit_code, unit_name, slot, code_digest, issued_at,
        NULL FROM enrolments;
    DROP TABLE enrolments;
    ALTER TABLE enrolments_new RENAME TO enrolments;
    CREATE UNIQUE INDEX enrolments_by_slot ON enrolments (unit_code, slot) WHERE replaced_at IS NULL;
    CREATE INDEX enrolments_by_lineage ON enrolments (lineage);

    CREATE TABLE operations_new (
        lineage      TEXT NOT NULL REFERENCES enrolments (device_id),
        operation_id TEXT NOT NULL,
        commune      TEXT NOT NULL REFERENCES communes (commune),
        sequence     INTEGER NOT NULL,
        kind         TEXT NOT NULL,
        dossier_id   TEXT NOT NULL,
        rejected     TEXT NOT NULL,
        sealed       BLOB NOT NULL,
        PRIMARY KEY (lineage, operation_id),
        UNIQUE (commune, sequence)
    ) STRICT;
    INSERT INTO operations_new SELECT device_id, operation_id, commune, sequence, kind, dossier_id, rejected, sealed
        FROM operations;

    CREATE TABLE tellings (
        device_id       TEXT NOT NULL REFERENCES devices (device_id),
        device_sequence INTEGER NOT NULL,
        operation_id    TEXT NOT NULL,
        envelope_id     TEXT NOT NULL,
        PRIMARY KEY (device_id, device_sequence),
        FOREIGN KEY (device_id, envelope_id) REFERENCES envelopes (device_id, envelope_id)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO tellings SELECT device_id, device_sequence, operation_id, envelope_id FROM operations
        ORDER BY sequence;
    DROP TABLE operations;
    ALTER TABLE operations_new RENAME TO operations;
    CREATE INDEX operations_of_dossier ON operations (lineage, dossier_id, sequence);

    CREATE TABLE dossiers_new (
        lineage    TEXT NOT NULL REFERENCES enrolments (device_id),
        dossier_id TEXT NOT NULL,
        commune    TEXT NOT NULL REFERENCES communes (commune),
        unit_code  TEXT NOT NULL,
        code       TEXT NOT NULL UNIQUE,
        PRIMARY KEY (lineage, dossier_id)
    ) STRICT;
    INSERT INTO dossiers_new SELECT device_id, dossier_id, commune, unit_code, code FROM dossiers;
    DROP TABLE dossiers;
    ALTER TABLE dossiers_new RENAME TO dossiers;

    CREATE TABLE dossier_objects_new (
        lineage    TEXT NOT NULL REFERENCES enrolments (device_id),
        dossier_id TEXT NOT NULL,
        object_id  TEXT NOT NULL,
        PRIMARY KEY (lineage, dossier_id, object_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO dossier_objects_new SELECT device_id, dossier_id, object_id FROM dossier_objects;
    DROP TABLE dossier_objects;
    ALTER TABLE dossier_objects_new RENAME TO dossier_objects;
    CREATE INDEX dossier_objects_by_object ON dossier_objects (lineage, object_id);

    CREATE TABLE object_keys_new (
        lineage      TEXT NOT NULL REFERENCES enrolments (device_id),
        transport_id TEXT NOT NULL,
        commune      TEXT NOT NULL REFERENCES communes (commune),
        object_id    TEXT NOT NULL,
        size         INTEGER NOT NULL,
        sealed       BLOB NOT NULL,
        held_sequence INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (lineage, transport_id)
    ) STRICT;
    INSERT INTO object_keys_new SELECT device_id, transport_id, commune, object_id, size, sealed, held_sequence
        FROM object_keys;
    DROP TABLE object_keys;
    ALTER TABLE object_keys_new RENAME TO object_keys;
    CREATE INDEX object_keys_held ON object_keys (commune, held_sequence);
    CREATE INDEX object_keys_by_transport ON object_keys (transport_id, commune);
    CREATE INDEX object_keys_by_object ON object_keys (lineage, object_id);

    CREATE TABLE relay_jobs_new (
        lineage      TEXT NOT NULL,
        dossier_id   TEXT NOT NULL,
        kind         TEXT NOT NULL CHECK (kind IN ('submit', 'update')),
        state        TEXT NOT NULL CHECK (state IN ('waiting', 'incomplete', 'done', 'refused')),
        wanted       INTEGER NOT NULL,
        tries        INTEGER NOT NULL,
        next_at_ms   INTEGER NOT NULL,
        last_error   TEXT NOT NULL,
        portal_state TEXT NOT NULL,
        portal_code  TEXT NOT NULL,
        PRIMARY KEY (lineage, dossier_id),
        FOREIGN KEY (lineage, dossier_id) REFERENCES dossiers (lineage, dossier_id)
    ) STRICT;
    INSERT INTO relay_jobs_new SELECT * FROM relay_jobs;
    DROP TABLE relay_jobs;
    ALTER TABLE relay_jobs_new RENAME TO relay_jobs;
    CREATE INDEX relay_jobs_due ON relay_jobs (state, next_at_ms);

    CREATE TABLE anchors (
        device_id    TEXT NOT NULL REFERENCES devices (device_id),
        entry_number INTEGER NOT NULL,
        entry_hash   BLOB NOT NULL CHECK (length(entry_hash) = 32),
        day          TEXT NOT NULL,
        made_at      TEXT NOT NULL,
        signature    BLOB NOT NULL CHECK (length(signature) = 64),
        device_sequence INTEGER NOT NULL,
        received_at  INTEGER NOT NULL,
        PRIMARY KEY (device_id, entry_number)
    ) STRICT, WITHOUT ROWID;
    """,
)
