# SPDX-License-Identifier: GPL-3.0-or-later
"""The anchors that this store made of its audit trail, a day each."""

from __future__ import annotations

from casework.records.audit_anchor import AuditAnchor
from casework.rights import Right
from localdb import audit_anchors
from workstation.desk.session import DeskSession


def list_anchors(session: DeskSession) -> tuple[AuditAnchor, ...]:
    """Give all anchors, by entry.

    Raises:
        KnownError: ``not-allowed``.
    """
    session.require(Right.READ_AUDIT_TRAIL)
    with session.store.reading() as connection:
        return tuple(audit_anchors.everything(connection))
