# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the audit trail, against its own anchors and against what the gateway testifies."""

from __future__ import annotations

from casework.errors import KnownError
from casework.records.audit_anchor import AuditAnchor
from casework.rights import Right
from localdb import audit, audit_anchors, audit_reading
from localdb.audit_findings import AuditReport, Finding, FindingKind
from sync_agent import desk_keys
from sync_agent.wire import audit_witness
from workstation.desk.session import DeskSession

__all__ = ["AuditReport", "Finding", "FindingKind", "verify_audit"]


def verify_audit(session: DeskSession, witness_file: bytes | None = None) -> AuditReport:
    """Check every entry; takes about ten seconds for a million, and holds nobody up.

    Args:
        session: The desk.
        witness_file: From ``./motcua gateway anchors --json``. Without it the anchors of this store are all there is,
            and who could change the trail could change them too.

    Raises:
        KnownError: ``not-allowed``; ``witness-damaged``, ``witness-signature``, ``witness-of-another`` when the file
            is not of this workstation.
    """
    session.require(Right.READ_AUDIT_TRAIL)
    witnessed: tuple[AuditAnchor, ...] = ()
    if witness_file is not None:
        keys = desk_keys.load(session.store, session.folder)
        witness = audit_witness.read(witness_file, keys.gateway_sign_public)
        if witness.lineage not in keys.own_devices:
            raise KnownError("witness-of-another")
        witnessed = witness.anchors
    with session.store.reading() as connection:
        known = audit_anchors.known_entries(connection, witnessed)
    report = audit_reading.verify(session.store, known)
    with session.store.transaction() as connection:
        audit.append(
            connection,
            at=session.clock(),
            actor_id=session.clerk.clerk_id,
            action="audit.verified" if report.chain_ok else "audit.found-damaged",
            subject_id=session.workstation.device_id,
        )
    return report
