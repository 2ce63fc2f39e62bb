# SPDX-License-Identifier: GPL-3.0-or-later
"""What a reception tells the gateway: one operation a record, fields flat, the objects that must follow."""

from __future__ import annotations

from casework.records.dossier import Dossier, HistoryEntry
from casework.records.operation import FieldValue, Operation, OperationKind
from casework.records.paper import Paper
from casework.records.person import Person
from casework.rights import Right
from localdb import outbox
from localdb.connection import Connection
from workstation.desk.session import DeskSession


def tell_gateway(
    session: DeskSession,
    connection: Connection,
    dossier: Dossier,
    applicant: Person,
    matched: tuple[Paper, ...],
    entry: HistoryEntry,
) -> None:
    """Write the operations of a reception into the outbox, in the transaction of the reception.

    The person comes first, because the dossier names her.
    """
    session.require(Right.RECEIVE)
    statements: list[tuple[OperationKind, str, dict[str, FieldValue], tuple[str, ...]]] = [
        (OperationKind.PERSON_RECORDED, applicant.person_id, _person_fields(applicant), ()),
        (OperationKind.DOSSIER_RECEIVED, dossier.dossier_id, _dossier_fields(dossier), ()),
        *(
            (OperationKind.PAPER_ADDED, paper.paper_id, _paper_fields(paper), tuple(filter(None, [paper.object_id])))
            for paper in matched
        ),
        (
            OperationKind.HISTORY_ADDED,
            entry.entry_id,
            {"at": entry.at.isoformat(), "action": entry.action.value, "note": entry.note},
            (),
        ),
    ]
    first = outbox.next_device_sequence(connection)
    for sequence, (kind, record_id, fields, object_ids) in enumerate(statements, start=first):
        outbox.append(
            connection,
            Operation(
                operation_id=session.new_identifier(),
                device_id=session.workstation.device_id,
                device_sequence=sequence,
                kind=kind,
                record_id=record_id,
                dossier_id=dossier.dossier_id,
                base_version=0,
                fields=fields,
                object_ids=object_ids,
                actor_id=session.clerk.clerk_id,
                at=entry.at,
            ),
        )


def _person_fields(person: Person) -> dict[str, FieldValue]:
    return {
        "full_name": person.full_name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "sex": person.sex.value if person.sex else None,
        "id_number": person.id_number,
        "former_id_number": person.former_id_number,
        "address": person.address,
        "unit_code": person.unit_code,
        "phone": person.phone,
    }


def _dossier_fields(dossier: Dossier) -> dict[str, FieldValue]:
    return {
        "code": dossier.code,
        "procedure_code": dossier.procedure_code,
        "procedure_name": dossier.procedure_name,
        "catalogue_version": dossier.catalogue_version,
        "state": dossier.state.value,
        "channel": dossier.channel.value,
        "applicant_id": dossier.applicant_id,
        "submitter_id": dossier.submitter_id,
        "received_at": dossier.received_at.isoformat(),
        "due_at": dossier.due_at.isoformat(),
        "time_limit_text": dossier.time_limit_text,
        "fee_amount": dossier.fee_amount,
        "sets": dossier.sets,
        "received_by": dossier.received_by,
        "unit_code": dossier.unit_code,
    }


def _paper_fields(paper: Paper) -> dict[str, FieldValue]:
    return {
        "title": paper.title,
        "paper_class": paper.paper_class.value,
        "confidence": paper.confidence,
        "form": paper.form.value,
        "page_count": paper.page_count,
        "requirement_id": paper.requirement_id,
        "object_id": paper.object_id,
        "signature_level": paper.signature_level,
        "signature_digest": paper.signature_digest,
        "signed_by": paper.signed_by,
        "position": paper.position,
    }
