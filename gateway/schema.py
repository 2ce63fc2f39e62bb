# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's tables in SQLite: ids, numbers, states, times and codes in the clear, everything personal ``sealed``.

What workstations name themselves (envelopes, operations, dossiers, objects) is known by workstation and name: no
workstation can take a name away from its neighbour.

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
)
