# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether an operation may have its effect: what can be told from the operation and the workstation that made it."""

from __future__ import annotations

import datetime as dt

from casework.codes import parse_code
from casework.records.dossier import DossierState
from casework.records.operation import Operation, OperationKind
from casework.records.paper import PaperClass, PaperForm
from casework.records.procedure import Channel
from casework.records.workplace import Role
from casework.work_calendar import VIET_NAM
from gateway.enrolment import Device


def complaint(operation: Operation, device: Device) -> str:
    """Judge an operation.

    Returns:
        Empty when nothing speaks against it; else ``person-malformed``, ``paper-malformed``, ``history-malformed``,
        ``dossier-malformed``, ``dossier-state`` (a dossier begins as received), ``dossier-code`` (not of the unit and
        slot of this workstation or one of its lineage, or not of the day of reception), ``clerk-malformed``, or
        ``clerk-foreign`` (of another commune than the workstation's).
    """
    match operation.kind:
        case OperationKind.PERSON_RECORDED:
            return "" if _text(operation, "full_name") else "person-malformed"
        case OperationKind.PAPER_ADDED:
            return "" if _is_paper(operation) else "paper-malformed"
        case OperationKind.HISTORY_ADDED:
            return "" if _text(operation, "action") and _moment(operation, "at") else "history-malformed"
        case OperationKind.DOSSIER_RECEIVED:
            if not _is_dossier(operation):
                return "dossier-malformed"
            if operation.fields.get("state") != DossierState.RECEIVED:
                return "dossier-state"
            return "" if _is_own_code(operation, device) else "dossier-code"
        case OperationKind.AUDIT_ANCHORED:
            return ""  # the witness judges it, by what it has seen before
        case OperationKind.CLERK_RECORDED | OperationKind.CLERK_REVOKED:
            if not _is_clerk(operation):
                return "clerk-malformed"
            return "" if _text(operation, "commune") == device.commune else "clerk-foreign"


def _is_dossier(operation: Operation) -> bool:
    received, due = _moment(operation, "received_at"), _moment(operation, "due_at")
    return (
        operation.record_id == operation.dossier_id
        and all(_text(operation, name) for name in ("code", "procedure_code", "procedure_name", "applicant_id"))
        and _text(operation, "channel") in list(Channel)
        and received is not None
        and due is not None
        and received <= due
    )


def _is_paper(operation: Operation) -> bool:
    return (
        bool(_text(operation, "title"))
        and _text(operation, "paper_class") in list(PaperClass)
        and _text(operation, "form") in list(PaperForm)
    )


def _is_clerk(operation: Operation) -> bool:
    if operation.record_id != operation.dossier_id or operation.object_ids or not _text(operation, "login"):
        return False
    if operation.kind is OperationKind.CLERK_REVOKED:
        return _moment(operation, "revoked_at") is not None
    roles = _text(operation, "roles").split()
    return bool(_text(operation, "full_name")) and bool(roles) and all(role in list(Role) for role in roles)


def _is_own_code(operation: Operation, device: Device) -> bool:
    code = parse_code(_text(operation, "code"))
    received = _moment(operation, "received_at")
    return (
        code is not None
        and received is not None
        and (code.unit_code, code.slot) in device.numbers
        and code.day == received.astimezone(VIET_NAM).date()
    )


def _text(operation: Operation, name: str) -> str:
    value = operation.fields.get(name)
    return value if isinstance(value, str) else ""


def _moment(operation: Operation, name: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(_text(operation, name))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
