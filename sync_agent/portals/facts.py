# SPDX-License-Identifier: GPL-3.0-or-later
"""From the operations of one dossier to the facts that a portal is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from casework.errors import KnownError
from casework.records.dossier import DossierState
from casework.records.operation import FieldValue, Operation, OperationKind
from casework.records.procedure import Channel
from sync_agent.portals.portal import DossierFacts, PaperFacts, PersonFacts

_Fields = Mapping[str, FieldValue]


def gather_facts(
    operations: Iterable[Operation],
    *,
    unit_name: str,
    procedure_field: Callable[[str], str],
    file_url: Callable[[str], str],
) -> DossierFacts:
    """Fold the operations of one dossier into facts; a later operation's fields win over an earlier one's.

    Args:
        operations: All operations of the dossier in the order of the commune's sequence.
        unit_name: Name of the receiving unit; operations carry its code only.
        procedure_field: Gives the field (lĩnh vực) of a procedure's code, or an empty text.
        file_url: Gives the address of an object's PDF, or an empty text while it is not complete.

    Raises:
        KnownError: ``dossier-incomplete`` when the dossier or its applicant is not (rightly) among the operations.
    """
    dossier: dict[str, FieldValue] = {}
    persons: dict[str, dict[str, FieldValue]] = {}
    papers: dict[str, dict[str, FieldValue]] = {}
    for operation in operations:
        match operation.kind:
            case OperationKind.DOSSIER_RECEIVED:
                dossier.update(operation.fields)
            case OperationKind.PERSON_RECORDED:
                persons.setdefault(operation.record_id, {}).update(operation.fields)
            case OperationKind.PAPER_ADDED:
                papers.setdefault(operation.record_id, {}).update(operation.fields)
            case OperationKind.HISTORY_ADDED:
                pass
            case OperationKind.CLERK_RECORDED | OperationKind.CLERK_REVOKED | OperationKind.AUDIT_ANCHORED:
                pass
    applicant = persons.get(_text(dossier, "applicant_id"))
    if applicant is None:
        raise KnownError("dossier-incomplete")
    paper_facts = [_paper(paper_id, fields, file_url) for paper_id, fields in papers.items()]
    try:
        fee = dossier.get("fee_amount")
        return DossierFacts(
            code=_required(dossier, "code"),
            procedure_code=_required(dossier, "procedure_code"),
            procedure_name=_required(dossier, "procedure_name"),
            procedure_field=procedure_field(_required(dossier, "procedure_code")),
            channel=Channel(_required(dossier, "channel")),
            state=DossierState(_whole(dossier, "state")),
            received_at=_moment(dossier, "received_at"),
            due_at=_moment(dossier, "due_at"),
            fee_amount=None if fee is None else _whole(dossier, "fee_amount"),
            unit_code=_required(dossier, "unit_code"),
            unit_name=unit_name,
            applicant=_person(applicant),
            papers=tuple(sorted(paper_facts, key=lambda paper: (paper.position, paper.paper_id))),
        )
    except ValueError:
        raise KnownError("dossier-incomplete") from None


def _person(fields: _Fields) -> PersonFacts:
    return PersonFacts(
        full_name=_required(fields, "full_name"),
        id_number=_text(fields, "id_number"),
        former_id_number=_text(fields, "former_id_number"),
        address=_text(fields, "address"),
        phone=_text(fields, "phone"),
    )


def _paper(paper_id: str, fields: _Fields, file_url: Callable[[str], str]) -> PaperFacts:
    object_id = _text(fields, "object_id")
    position = fields.get("position")
    return PaperFacts(
        paper_id=paper_id,
        title=_text(fields, "title"),
        requirement_id=_text(fields, "requirement_id"),
        position=position if isinstance(position, int) else 0,
        object_id=object_id,
        file_url=file_url(object_id) if object_id else "",
    )


def _text(fields: _Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _required(fields: _Fields, name: str) -> str:
    value = _text(fields, name)
    if not value:
        raise ValueError(name)
    return value


def _whole(fields: _Fields, name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(name)
    return value


def _moment(fields: _Fields, name: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(_required(fields, name))
    if moment.tzinfo is None:
        raise ValueError(name)
    return moment
