# SPDX-License-Identifier: GPL-3.0-or-later
"""Save a receipt as a file where a person asked for it; an export leaves the encrypted store, so it is noted."""

from __future__ import annotations

from pathlib import Path

from casework.rights import Right
from localdb import audit, durable_file
from workstation.desk.session import DeskSession


def export_receipt(session: DeskSession, dossier_id: str, receipt: bytes, path: Path) -> None:
    """Write a receipt to a file, over one of the same name.

    Raises:
        KnownError: ``disk-full``, ``no-access``, ``disk-error``.
    """
    session.require(Right.EXPORT)
    with durable_file.explained():
        path.parent.mkdir(parents=True, exist_ok=True)
    with durable_file.replacing(path) as file:
        file.write(receipt)
    with session.store.transaction() as connection:
        audit.append(
            connection,
            at=session.clock(),
            actor_id=session.clerk.clerk_id,
            action="receipt.exported",
            subject_id=dossier_id,
        )
