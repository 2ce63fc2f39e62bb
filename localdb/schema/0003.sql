-- SPDX-License-Identifier: GPL-3.0-or-later
-- What clerks taught about classes of papers.

-- One row a version of the model that it rests on. A newer program begins anew and leaves the older row alone.
CREATE TABLE class_corrections (
    model_version TEXT PRIMARY KEY,
    content BLOB NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
