-- SPDX-License-Identifier: GPL-3.0-or-later
-- People who go, the other papers of a desk, an identity that a copy does not share, a trail that names its damage.

-- The place ---------------------------------------------------------------------------------------------------------

-- machine is a keyed hash of the computer's own identity, so that a copy on another computer is noticed; NULL until the
-- first start on a computer that has one.
ALTER TABLE workstation ADD COLUMN machine BLOB;
ALTER TABLE workstation ADD COLUMN enrolled_at INTEGER;

-- Whom this store was before it was restored, copied or enrolled anew. Its names stay its own.
CREATE TABLE former_devices (
    position INTEGER PRIMARY KEY,
    device_id TEXT NOT NULL UNIQUE,
    slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 15),
    retired_at INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;

-- What a person may settle for this workstation while it is open; what IT settles lies in desk.json.
CREATE TABLE settings (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    idle_lock_minutes INTEGER NOT NULL CHECK (idle_lock_minutes BETWEEN 1 AND 120),
    snapshot_minutes INTEGER NOT NULL CHECK (snapshot_minutes BETWEEN 5 AND 1440),
    local_window_days INTEGER NOT NULL CHECK (local_window_days BETWEEN 7 AND 3660),
    draft_days INTEGER NOT NULL CHECK (draft_days BETWEEN 1 AND 365)
) STRICT;

INSERT INTO settings VALUES (1, 10, 60, 90, 30);

-- Folders that snapshots are written to: another disk, a stick.
CREATE TABLE backup_places (
    folder TEXT PRIMARY KEY,
    added_at INTEGER NOT NULL,
    last_snapshot_at INTEGER,
    last_error_code TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last change of the key file that this store knows: an older key file was put back, with people who were revoked.
CREATE TABLE known_key_file (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    revision INTEGER NOT NULL CHECK (revision >= 0)
) STRICT;

INSERT INTO known_key_file VALUES (1, 0);

-- A login belongs to one person at a time; who was revoked stays, because the trail names her.
CREATE TABLE clerks_new (
    clerk_id TEXT PRIMARY KEY,
    login TEXT NOT NULL,
    full_name TEXT NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

INSERT INTO clerks_new SELECT clerk_id, login, full_name, NULL FROM clerks;
DROP TABLE clerks;
ALTER TABLE clerks_new RENAME TO clerks;

CREATE UNIQUE INDEX clerks_by_login ON clerks (login) WHERE revoked_at IS NULL;

-- Rules in force ----------------------------------------------------------------------------------------------------

CREATE TABLE catalogue_versions (
    version TEXT PRIMARY KEY,
    content_hash TEXT NOT NULL, -- SHA-256 of the pack, or empty when only its name is known here
    procedure_count INTEGER NOT NULL CHECK (procedure_count >= 0),
    installed_at INTEGER
) STRICT, WITHOUT ROWID;

INSERT INTO catalogue_versions SELECT DISTINCT catalogue_version, '', 0, NULL FROM dossiers;

-- Days that a decision of the year makes free, or makes working days in exchange.
CREATE TABLE calendar_days (
    day TEXT PRIMARY KEY,
    is_working INTEGER NOT NULL CHECK (is_working IN (0, 1)),
    name TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Hours of the unit; weekday 1 is Monday, moments of the day are minutes since midnight.
CREATE TABLE opening_hours (
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    opens INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),
    closes INTEGER NOT NULL CHECK (closes BETWEEN 1 AND 1439),
    PRIMARY KEY (weekday, opens),
    CHECK (opens < closes)
) STRICT, WITHOUT ROWID;

-- Objects -----------------------------------------------------------------------------------------------------------

-- confirmed_at: the gateway told that it holds the whole file; confirmed_epoch is the life of its database in which it
-- did. used_at: when the object was last confirmed, opened or fetched back; the local window counts from it. evicted_at:
-- the file was removed here to make room, and is fetched back, or, for the picture of a page, taken from the PDF of its
-- paper. missing_at: the file was looked for and is not there. Nothing is evicted that is only here.
ALTER TABLE objects ADD COLUMN confirmed_at INTEGER;
ALTER TABLE objects ADD COLUMN confirmed_epoch TEXT;
ALTER TABLE objects ADD COLUMN used_at INTEGER;
ALTER TABLE objects ADD COLUMN evicted_at INTEGER;
ALTER TABLE objects ADD COLUMN missing_at INTEGER;

-- Files in the objects folder that no row names, and since when this database knows of them. Of a database that was
-- restored or repaired they may be all that is left of something: they stay for a while.
CREATE TABLE leftover_files (
    object_id TEXT PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX objects_by_use ON objects (used_at) WHERE confirmed_at IS NOT NULL AND evicted_at IS NULL;
CREATE INDEX objects_only_here ON objects (object_id) WHERE confirmed_at IS NULL AND evicted_at IS NULL;
CREATE INDEX objects_missing ON objects (missing_at) WHERE missing_at IS NOT NULL;

-- Dossiers ----------------------------------------------------------------------------------------------------------

CREATE INDEX drafts_abandoned ON drafts (closed_at) WHERE outcome = 'abandoned';

-- retain_until: the last day for which the law wants it kept; NULL with a basis means for ever, without one undecided.
CREATE TABLE dossiers_new (
    dossier_id TEXT PRIMARY KEY REFERENCES dossier_identities,
    code TEXT NOT NULL UNIQUE,
    portal_code TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    procedure_name TEXT NOT NULL,
    catalogue_version TEXT NOT NULL REFERENCES catalogue_versions,
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
    version INTEGER NOT NULL CHECK (version >= 1),
    retention_basis TEXT NOT NULL DEFAULT '',
    retain_until TEXT
) STRICT;

INSERT INTO dossiers_new (dossier_id, code, portal_code, procedure_code, procedure_name, catalogue_version, state,
    portal_state, channel, applicant_id, submitter_id, received_at, due_at, time_limit_text, fee_amount, sets,
    received_by, unit_code, version)
SELECT dossier_id, code, portal_code, procedure_code, procedure_name, catalogue_version, state, portal_state, channel,
    applicant_id, submitter_id, received_at, due_at, time_limit_text, fee_amount, sets, received_by, unit_code, version
FROM dossiers ORDER BY received_at, dossier_id;

DROP TABLE dossiers;
ALTER TABLE dossiers_new RENAME TO dossiers;

CREATE INDEX dossiers_by_reception ON dossiers (received_at, dossier_id);
CREATE INDEX dossiers_by_applicant ON dossiers (applicant_id);
CREATE INDEX dossiers_by_submitter ON dossiers (submitter_id);
CREATE INDEX dossiers_by_retention ON dossiers (retain_until) WHERE retain_until IS NOT NULL;

-- What the authority issued on a dossier, and to whom it was handed.
CREATE TABLE results (
    result_id TEXT PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossiers,
    kind_code TEXT NOT NULL,
    title TEXT NOT NULL,
    document_number TEXT NOT NULL,
    issued_on TEXT,
    issued_by TEXT NOT NULL,
    object_id TEXT REFERENCES objects,
    signature_level TEXT NOT NULL,
    signature_digest TEXT NOT NULL,
    signed_by TEXT NOT NULL,
    returned_at INTEGER,
    returned_to TEXT REFERENCES persons,
    CHECK ((returned_at IS NULL) = (returned_to IS NULL))
) STRICT;

CREATE INDEX results_by_dossier ON results (dossier_id);
CREATE INDEX results_by_object ON results (object_id);

-- Numbers that people wait with. A number is given once a day and series.
CREATE TABLE queue_tickets (
    ticket_id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    series TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    has_priority INTEGER NOT NULL CHECK (has_priority IN (0, 1)),
    taken_at INTEGER NOT NULL,
    called_at INTEGER,
    called_by TEXT REFERENCES clerks,
    finished_at INTEGER,
    outcome TEXT,
    dossier_id TEXT REFERENCES dossier_identities,
    UNIQUE (day, series, number),
    CHECK ((called_at IS NULL) = (called_by IS NULL)),
    CHECK (finished_at IS NULL OR called_at IS NOT NULL),
    CHECK ((finished_at IS NULL) = (outcome IS NULL))
) STRICT;

CREATE INDEX queue_tickets_waiting ON queue_tickets (day, series, number) WHERE called_at IS NULL;

-- Outbox ------------------------------------------------------------------------------------------------------------

-- An operation that had no answer when the store got a new identity is told again under that identity. It keeps its name,
-- so that the gateway knows it when it came through after all.
CREATE TABLE reissues (
    operation_id TEXT PRIMARY KEY REFERENCES operations,
    device_id TEXT NOT NULL,
    device_sequence INTEGER NOT NULL CHECK (device_sequence >= 1),
    UNIQUE (device_id, device_sequence)
) STRICT, WITHOUT ROWID;

-- Finding -----------------------------------------------------------------------------------------------------------

-- Dossiers that the search index must read again, in the order of their changes. The index remembers the last number it
-- has read together with its mark: in an older copy of this database that number is missing or has another mark.
CREATE TABLE search_changes (
    number INTEGER PRIMARY KEY CHECK (number >= 1),
    dossier_id TEXT NOT NULL,
    mark BLOB NOT NULL DEFAULT (randomblob(8))
) STRICT;

CREATE TRIGGER search_sees_new_dossiers AFTER INSERT ON dossiers BEGIN
    INSERT INTO search_changes (dossier_id) VALUES (NEW.dossier_id);
END;
CREATE TRIGGER search_sees_changed_dossiers
AFTER UPDATE OF dossier_id, code, portal_code, procedure_code, procedure_name, applicant_id, submitter_id, received_at
ON dossiers BEGIN
    INSERT INTO search_changes (dossier_id) VALUES (OLD.dossier_id);
END;
CREATE TRIGGER search_sees_lost_dossiers AFTER DELETE ON dossiers BEGIN
    INSERT INTO search_changes (dossier_id) VALUES (OLD.dossier_id);
END;
CREATE TRIGGER search_sees_changed_persons
AFTER UPDATE OF full_name, id_number, former_id_number, phone ON persons
WHEN (NEW.full_name, NEW.id_number, NEW.former_id_number, NEW.phone)
    IS NOT (OLD.full_name, OLD.id_number, OLD.former_id_number, OLD.phone) BEGIN
    INSERT INTO search_changes (dossier_id)
    SELECT dossier_id FROM dossiers WHERE applicant_id = NEW.person_id
    UNION SELECT dossier_id FROM dossiers WHERE submitter_id = NEW.person_id;
END;
-- Pages are scanned before a dossier is received; its reception tells of them.
CREATE TRIGGER search_sees_new_pages AFTER INSERT ON pages
WHEN NEW.text <> '' AND EXISTS (SELECT 1 FROM dossiers WHERE dossier_id = NEW.dossier_id) BEGIN
    INSERT INTO search_changes (dossier_id) VALUES (NEW.dossier_id);
END;
CREATE TRIGGER search_sees_read_pages AFTER UPDATE OF text ON pages
WHEN NEW.text <> OLD.text AND EXISTS (SELECT 1 FROM dossiers WHERE dossier_id = NEW.dossier_id) BEGIN
    INSERT INTO search_changes (dossier_id) VALUES (NEW.dossier_id);
END;
CREATE TRIGGER search_sees_lost_pages AFTER DELETE ON pages
WHEN OLD.text <> '' AND EXISTS (SELECT 1 FROM dossiers WHERE dossier_id = OLD.dossier_id) BEGIN
    INSERT INTO search_changes (dossier_id) VALUES (OLD.dossier_id);
END;

-- Audit -------------------------------------------------------------------------------------------------------------

-- Each entry also keeps the hash of the one before, so that a rewritten entry is told from a changed one.
CREATE TABLE audit_entries_new (
    number INTEGER PRIMARY KEY CHECK (number >= 1),
    at INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    before_hash TEXT NOT NULL,
    after_hash TEXT NOT NULL,
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    entry_hash BLOB NOT NULL CHECK (length(entry_hash) = 32)
) STRICT;

INSERT INTO audit_entries_new
SELECT number, at, actor_id, action, subject_id, before_hash, after_hash,
    coalesce(lag(entry_hash) OVER (ORDER BY number), zeroblob(32)), entry_hash
FROM audit_entries ORDER BY number;

DROP TABLE audit_entries;
ALTER TABLE audit_entries_new RENAME TO audit_entries;

CREATE TRIGGER audit_entries_never_change BEFORE UPDATE ON audit_entries BEGIN
    SELECT raise(ABORT, 'an audit entry never changes');
END;
CREATE TRIGGER audit_entries_never_go BEFORE DELETE ON audit_entries BEGIN
    SELECT raise(ABORT, 'an audit entry never goes');
END;

-- An entry a day, signed with the device key and told to the gateway: the witness against a cut-off end.
CREATE TABLE audit_anchors (
    entry_number INTEGER PRIMARY KEY,
    entry_hash BLOB NOT NULL CHECK (length(entry_hash) = 32),
    day TEXT NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    device_id TEXT NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

CREATE TRIGGER audit_anchors_never_change BEFORE UPDATE ON audit_anchors BEGIN
    SELECT raise(ABORT, 'an audit anchor never changes');
END;
CREATE TRIGGER audit_anchors_never_go BEFORE DELETE ON audit_anchors BEGIN
    SELECT raise(ABORT, 'an audit anchor never goes');
END;
