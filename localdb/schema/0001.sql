-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first schema. Moments (…_at) are microseconds since 1970 in UTC; dates are ISO 8601 text; flags are 0 or 1.
-- Values of enumerations are those of casework.records; they are checked there, because they grow.

-- The place ---------------------------------------------------------------------------------------------------------

CREATE TABLE workstation (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    device_id TEXT NOT NULL,
    slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 15),
    unit_code TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    unit_parent_name TEXT NOT NULL,
    unit_place TEXT NOT NULL,
    commune_code TEXT NOT NULL
) STRICT;

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE clerks (
    clerk_id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    full_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE clerk_roles (
    clerk_id TEXT NOT NULL REFERENCES clerks ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (clerk_id, role)
) STRICT, WITHOUT ROWID;

-- The last number given out for a dossier code; a number is never given twice on a day.
CREATE TABLE code_numbers (
    day TEXT PRIMARY KEY,
    last_number INTEGER NOT NULL CHECK (last_number > 0)
) STRICT, WITHOUT ROWID;

-- Objects -----------------------------------------------------------------------------------------------------------

CREATE TABLE objects (
    object_id TEXT PRIMARY KEY CHECK (length(object_id) = 64),
    transport_id TEXT NOT NULL CHECK (length(transport_id) = 64),
    file_key BLOB NOT NULL CHECK (length(file_key) = 32),
    plaintext_size INTEGER NOT NULL,
    sealed_size INTEGER NOT NULL,
    media_type TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Dossiers ----------------------------------------------------------------------------------------------------------

CREATE TABLE persons (
    person_id TEXT PRIMARY KEY,
    full_name TEXT NOT NULL,
    folded_name TEXT NOT NULL, -- full_name in lower case without accents, for finding
    birth_date TEXT,
    sex TEXT,
    id_number TEXT,
    former_id_number TEXT,
    id_issued_on TEXT,
    address TEXT NOT NULL,
    unit_code TEXT,
    phone TEXT NOT NULL
) STRICT;

CREATE INDEX persons_by_id_number ON persons (id_number) WHERE id_number IS NOT NULL;

-- A dossier has its identity before it is received: pages are scanned for a draft. What comes from elsewhere has no draft.
CREATE TABLE dossier_identities (
    dossier_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    dossier_id TEXT PRIMARY KEY REFERENCES dossier_identities,
    clerk_id TEXT NOT NULL REFERENCES clerks,
    started_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    closed_at INTEGER,
    outcome TEXT,
    CHECK ((closed_at IS NULL) = (outcome IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX drafts_open ON drafts (clerk_id, changed_at) WHERE closed_at IS NULL;

CREATE TABLE draft_fields (
    dossier_id TEXT NOT NULL REFERENCES drafts ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (dossier_id, field)
) STRICT, WITHOUT ROWID;

-- received_by names a clerk of any desk of the commune, so it is no foreign key.
CREATE TABLE dossiers (
    dossier_id TEXT PRIMARY KEY REFERENCES dossier_identities,
    code TEXT NOT NULL UNIQUE,
    portal_code TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    procedure_name TEXT NOT NULL,
    catalogue_version TEXT NOT NULL,
    state INTEGER NOT NULL,
    portal_state TEXT NOT NULL,
    channel TEXT NOT NULL,
    applicant_id TEXT NOT NULL REFERENCES persons,
    submitter_id TEXT NOT NULL REFERENCES persons,
    received_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    time_limit_text TEXT NOT NULL,
    fee_amount INTEGER,
    sets INTEGER NOT NULL CHECK (sets >= 1),
    received_by TEXT NOT NULL,
    unit_code TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

CREATE INDEX dossiers_by_reception ON dossiers (received_at, dossier_id);
CREATE INDEX dossiers_by_applicant ON dossiers (applicant_id);
CREATE INDEX dossiers_by_submitter ON dossiers (submitter_id);

CREATE TABLE papers (
    paper_id TEXT PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossier_identities,
    position INTEGER NOT NULL CHECK (position >= 0),
    title TEXT NOT NULL,
    paper_class TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    form TEXT NOT NULL,
    page_count INTEGER NOT NULL CHECK (page_count >= 0),
    requirement_id TEXT,
    object_id TEXT REFERENCES objects,
    signature_level TEXT NOT NULL,
    signature_digest TEXT NOT NULL,
    signed_by TEXT NOT NULL
) STRICT;

CREATE INDEX papers_by_dossier ON papers (dossier_id, position);
CREATE INDEX papers_by_object ON papers (object_id);

CREATE TABLE extracted_fields (
    paper_id TEXT NOT NULL REFERENCES papers ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    PRIMARY KEY (paper_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
    page_id TEXT PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossier_identities,
    position INTEGER NOT NULL CHECK (position >= 0),
    object_id TEXT NOT NULL REFERENCES objects,
    width_px INTEGER NOT NULL CHECK (width_px > 0),
    height_px INTEGER NOT NULL CHECK (height_px > 0),
    resolution_dpi INTEGER NOT NULL CHECK (resolution_dpi > 0),
    rotation_degrees REAL NOT NULL,
    is_blank INTEGER NOT NULL CHECK (is_blank IN (0, 1)),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    paper_id TEXT REFERENCES papers ON DELETE SET NULL,
    text TEXT NOT NULL,
    thumbnail BLOB NOT NULL,
    UNIQUE (dossier_id, position)
) STRICT;

CREATE INDEX pages_by_paper ON pages (paper_id);
CREATE INDEX pages_by_object ON pages (object_id);

CREATE TABLE history (
    entry_id TEXT PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossier_identities,
    at INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    action TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE INDEX history_by_dossier ON history (dossier_id, at);

-- Outbox ------------------------------------------------------------------------------------------------------------

-- A statement for the wire, kept exactly as it was made: it stands alone (no foreign key to what it speaks of), its
-- fields are canonical JSON because they are sealed and compared whole and never asked for one by one.
CREATE TABLE operations (
    operation_id TEXT PRIMARY KEY,
    device_id TEXT NOT NULL,
    device_sequence INTEGER NOT NULL CHECK (device_sequence >= 1),
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    base_version INTEGER NOT NULL CHECK (base_version >= 0),
    fields TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    schema INTEGER NOT NULL,
    UNIQUE (device_id, device_sequence)
) STRICT;

CREATE INDEX operations_by_dossier ON operations (dossier_id, device_id, device_sequence);

CREATE TABLE operation_objects (
    operation_id TEXT NOT NULL REFERENCES operations,
    position INTEGER NOT NULL,
    object_id TEXT NOT NULL REFERENCES objects,
    PRIMARY KEY (operation_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX operation_objects_by_object ON operation_objects (object_id);

-- How far an operation has got; apart from it, because it changes.
CREATE TABLE outbox (
    operation_id TEXT PRIMARY KEY REFERENCES operations,
    envelope_id TEXT,
    acknowledged_sequence INTEGER,
    rejection_code TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_unanswered ON outbox (operation_id)
WHERE acknowledged_sequence IS NULL AND rejection_code IS NULL;
CREATE INDEX outbox_rejected ON outbox (operation_id) WHERE rejection_code IS NOT NULL;

CREATE TRIGGER operations_never_change BEFORE UPDATE ON operations BEGIN
    SELECT raise(ABORT, 'an operation never changes');
END;
CREATE TRIGGER operations_never_go BEFORE DELETE ON operations BEGIN
    SELECT raise(ABORT, 'an operation never goes');
END;
CREATE TRIGGER operation_objects_never_change BEFORE UPDATE ON operation_objects BEGIN
    SELECT raise(ABORT, 'an operation never changes');
END;
CREATE TRIGGER operation_objects_never_go BEFORE DELETE ON operation_objects BEGIN
    SELECT raise(ABORT, 'an operation never goes');
END;

-- The feed of the gateway up to "cursor" has been applied; epoch names the life of the gateway's database.
CREATE TABLE sync_state (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    cursor INTEGER NOT NULL CHECK (cursor >= 0),
    epoch TEXT NOT NULL
) STRICT;

INSERT INTO sync_state VALUES (1, 0, '');

-- Audit -------------------------------------------------------------------------------------------------------------

CREATE TABLE audit_entries (
    number INTEGER PRIMARY KEY CHECK (number >= 1),
    at INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    before_hash TEXT NOT NULL,
    after_hash TEXT NOT NULL,
    entry_hash BLOB NOT NULL CHECK (length(entry_hash) = 32)
) STRICT;

CREATE TRIGGER audit_entries_never_change BEFORE UPDATE ON audit_entries BEGIN
    SELECT raise(ABORT, 'an audit entry never changes');
END;
CREATE TRIGGER audit_entries_never_go BEFORE DELETE ON audit_entries BEGIN
    SELECT raise(ABORT, 'an audit entry never goes');
END;
