# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the audit trail to a file that a person asked for; that it was is in the trail."""

from __future__ import annotations

from pathlib import Path

from casework.errors import KnownError
from casework.rights import Right
from localdb import audit, audit_reading, durable_file
from localdb.audit_reading import ExportForm
from workstation.desk.session import DeskSession

__all__ = ["ExportForm", "export_audit"]


def export_audit(session: DeskSession, path: Path, form: ExportForm = ExportForm.JSON_LINES) -> int:
    """Write all entries; they hold identities, moments, words of the code and hashes, and nothing of a person.

    Args:
        session: The desk.
        path: A new file.
        form: Lines of JSON, or CSV.

    Returns:
        Number of entries, with the one that tells of this export.

    Raises:
        KnownError: ``not-allowed``; ``file-exists``; ``disk-full``, ``no-access``, ``disk-error``.
    """
    session.require(Right.READ_AUDIT_TRAIL)
    if path.exists():
        raise KnownError("file-exists", file=path.name)
    with session.store.transaction() as connection:
        audit.append(
            connection,
            at=session.clock(),
            actor_id=session.clerk.clerk_id,
            action="audit.exported",
            subject_id=session.workstation.device_id,
        )
    count = 0
    entries = audit_reading.entries_of(session.store)
    with durable_file.explained(), durable_file.replacing(path) as file:
        for count, line in enumerate(audit_reading.exported(entries, form), start=1):  # noqa: B007 - told at the end
            file.write(line)
    return count - (form is ExportForm.CSV)
