# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the receipt of a dossier for printing."""

from __future__ import annotations

from casework.errors import KnownError
from casework.receipt import receipt_facts
from casework.records.former_dossier import FORMER_SYSTEM
from casework.rights import Right
from casework.work_calendar import VIET_NAM
from localdb import audit, clerks, dossiers, papers, persons
from workstation.desk.load_rules import catalogue_of
from workstation.desk.session import DeskSession
from workstation.forms.receipt import receipt_pdf


def make_receipt(session: DeskSession, dossier_id: str) -> bytes:
    """Typeset Mẫu 01 of a received dossier; that it was made goes into the audit trail.

    Returns:
        PDF/A-2b.

    Raises:
        KnownError: ``no-such-record``, ``procedure-unknown``; ``receipt-of-former-system`` when another system gave it.
    """
    session.require(Right.SEE_PERSONS)
    with session.store.reading() as connection:
        dossier = dossiers.get(connection, dossier_id)
    if dossier.received_by == FORMER_SYSTEM:
        raise KnownError("receipt-of-former-system")
    received_on = dossier.received_at.astimezone(VIET_NAM).date()
    procedure = catalogue_of(session, dossier.catalogue_version).get(dossier.procedure_code, received_on)
    with session.store.reading() as connection:
        facts = receipt_facts(
            dossier,
            procedure,
            persons.get(connection, dossier.applicant_id),
            persons.get(connection, dossier.submitter_id),
            papers.of_dossier(connection, dossier_id),
            session.workstation.unit,
            clerks.get(connection, dossier.received_by),
        )
    document = receipt_pdf(facts)
    with session.store.transaction() as connection:
        audit.append(
            connection,
            at=session.clock(),
            actor_id=session.clerk.clerk_id,
            action="receipt.made",
            subject_id=dossier_id,
        )
    return document
