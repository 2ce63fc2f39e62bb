# SPDX-License-Identifier: GPL-3.0-or-later
"""Receive a dossier: everything about it is written in one transaction, with the operations that tell the gateway."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from casework import codes
from casework.deadlines import DueDate
from casework.errors import KnownError
from casework.reception import ItemState, match_papers
from casework.records.dossier import Dossier, DossierState, HistoryAction, HistoryEntry, PortalState
from casework.records.operation import OperationKind
from casework.records.paper import Paper, PaperClass, PaperForm
from casework.records.person import Person, Sex
from casework.records.procedure import Channel
from casework.retention import retention_of
from casework.rights import Right
from casework.text import clean
from casework.work_calendar import VIET_NAM
from localdb import audit, code_numbers, dossiers, drafts, history, outbox, papers, persons, record_hash
from localdb.connection import Connection
from workstation.desk import reception_operations
from workstation.desk.change_set import ChangeSet
from workstation.desk.find_procedure import ProcedureSheet, lay_out_procedure
from workstation.desk.keep_draft import DraftField, DraftForm, read_form, require_open
from workstation.desk.session import DeskSession

MOST_SETS = 99
"""More sets of papers than this are a slip of the finger."""

_NEEDED = (DraftField.FULL_NAME, DraftField.ID_NUMBER, DraftField.ADDRESS, DraftField.PROCEDURE_CODE)


@dataclass(frozen=True, slots=True)
class Received:
    """A dossier that was just received.

    Attributes:
        dossier: As stored.
        applicant: Who owns the request.
        papers: As stored: the scanned ones matched to the requirements, then those that were only seen.
        changes: What changed.
    """

    dossier: Dossier
    applicant: Person
    papers: tuple[Paper, ...]
    changes: ChangeSet


def receive_dossier(session: DeskSession, dossier_id: str) -> Received:
    """Turn a draft into a received dossier.

    Person, dossier, papers, history, audit entry, the day's number and the outbox operations are one transaction:
    all of it is there afterwards, or nothing is and the draft is as it was.

    Raises:
        KnownError: ``form-incomplete`` (details ``fields``), ``form-invalid`` (details ``field``), ``papers-missing``
            and ``pages-unread`` (details ``count``), ``code-numbers-exhausted``, ``procedure-unknown``,
            ``not-at-counter``, ``no-such-draft``, ``received-before`` (details ``dossier_code``), ``disk-full``.
    """
    session.require(Right.RECEIVE)
    with session.store.transaction() as connection:
        # Read in here: a page that arrived meanwhile would belong to a dossier whose gateway never hears of it.
        require_open(connection, session, dossier_id)
        _check_never_received(connection, dossier_id)
        draft = read_form(connection, dossier_id)
        _check_complete(draft.fields)
        sheet = lay_out_procedure(session, draft.fields[DraftField.PROCEDURE_CODE], draft.papers, draft.fields)
        _check_papers(draft, sheet)
        applicant = _person(session, draft.fields)
        terms = _Terms(sheet.due or _promised(session, draft.fields), _sets(draft.fields))
        matched = _matched(draft, sheet)
        seen = _seen(session, draft, sheet)
        now = session.clock()
        known = persons.with_id_number(connection, applicant.id_number or "")
        if known:
            applicant = _same_person(known, applicant)
            persons.update(connection, applicant)
            _note_changed(session, connection, known, applicant, now)
        else:
            persons.add(connection, applicant)
        dossier = _dossier(session, connection, dossier_id, sheet, applicant, terms, now)
        dossiers.add(connection, dossier)
        for paper in matched:
            papers.update(connection, paper)
        for paper in seen:
            papers.add(connection, paper)
        entry = HistoryEntry(session.new_identifier(), dossier_id, now, session.clerk.clerk_id, HistoryAction.RECEIVED)
        history.add(connection, entry)
        drafts.close(connection, dossier_id, now, drafts.DraftOutcome.RECEIVED)
        audit.append(
            connection,
            at=now,
            actor_id=session.clerk.clerk_id,
            action="dossier.received",
            subject_id=dossier_id,
            after_hash=record_hash.of(connection, (dossier, applicant, matched + seen)),
        )
        reception_operations.tell_gateway(session, connection, dossier, applicant, matched + seen, entry)
    changes = ChangeSet(dossiers=frozenset({dossier_id}), drafts=frozenset({dossier_id}), outbox=True)
    return Received(dossier, applicant, matched + seen, changes)


@dataclass(frozen=True, slots=True)
class _Terms:
    due: DueDate
    sets: int


def _note_changed(
    session: DeskSession, connection: Connection, before: Person, after: Person, now: dt.datetime
) -> None:
    if after != before:
        audit.append(
            connection,
            at=now,
            actor_id=session.clerk.clerk_id,
            action="person.changed",
            subject_id=after.person_id,
            before_hash=record_hash.of(connection, before),
            after_hash=record_hash.of(connection, after),
        )


def _check_never_received(connection: Connection, dossier_id: str) -> None:
    """See that no citizen holds a receipt for this draft: a restored desk may know only from its envelopes."""
    for operation in outbox.operations_of(connection, dossier_id):
        if operation.kind is OperationKind.DOSSIER_RECEIVED:
            raise KnownError("received-before", dossier_code=str(operation.fields["code"]))


def _check_complete(fields: Mapping[str, str]) -> None:
    empty = [name.value for name in _NEEDED if not clean(fields.get(name, ""))]
    if empty:
        raise KnownError("form-incomplete", fields=",".join(empty))


def _check_papers(draft: DraftForm, sheet: ProcedureSheet) -> None:
    """See that every page belongs to a paper, for no other page would reach the gateway, and that no paper is missing.

    Alternatives of which one is enough count as one.
    """
    unread = sum(page.paper_id is None for page in draft.pages)
    if unread:
        raise KnownError("pages-unread", retryable=True, count=str(unread))
    missing = {item.requirement.alternatives or item.requirement.requirement_id for item in sheet.missing}
    if missing:
        raise KnownError("papers-missing", count=str(len(missing)))


def _person(session: DeskSession, fields: Mapping[str, str]) -> Person:
    sex = fields.get(DraftField.SEX, "")
    if sex and sex not in set(Sex):
        raise KnownError("form-invalid", field=DraftField.SEX.value)
    return Person(
        person_id=session.new_identifier(),
        full_name=clean(fields[DraftField.FULL_NAME]),
        birth_date=_typed_date(fields, DraftField.BIRTH_DATE),
        sex=Sex(sex) if sex else None,
        id_number=clean(fields[DraftField.ID_NUMBER]),
        former_id_number=clean(fields.get(DraftField.FORMER_ID_NUMBER, "")) or None,
        id_issued_on=_typed_date(fields, DraftField.ID_ISSUED_ON),
        address=clean(fields[DraftField.ADDRESS]),
        unit_code=fields.get(DraftField.UNIT_CODE, "") or None,
        phone=clean(fields.get(DraftField.PHONE, "")),
    )


def _typed_date(fields: Mapping[str, str], name: DraftField) -> dt.date | None:
    text = fields.get(name, "").strip()
    if not text:
        return None
    try:
        return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise KnownError("form-invalid", field=name.value) from None


def _same_person(known: Person, told: Person) -> Person:
    return Person(
        person_id=known.person_id,
        full_name=told.full_name,
        birth_date=told.birth_date or known.birth_date,
        sex=told.sex or known.sex,
        id_number=told.id_number,
        former_id_number=told.former_id_number or known.former_id_number,
        id_issued_on=told.id_issued_on or known.id_issued_on,
        address=told.address,
        unit_code=told.unit_code or known.unit_code,
        phone=told.phone or known.phone,
    )


def _matched(draft: DraftForm, sheet: ProcedureSheet) -> tuple[Paper, ...]:
    places = match_papers(sheet.procedure, Channel.COUNTER, draft.papers)
    return tuple(dataclasses.replace(paper, requirement_id=places.get(paper.paper_id)) for paper in draft.papers)


def _seen(session: DeskSession, draft: DraftForm, sheet: ProcedureSheet) -> tuple[Paper, ...]:
    """Give a paper for each requirement that the clerk ticked as seen and nobody scanned: handed in all the same."""
    ticked = [
        item.requirement
        for item in sheet.items
        if item.requirement.requirement_id in sheet.ticked and item.state is not ItemState.SATISFIED
    ]
    return tuple(
        Paper(
            paper_id=session.new_identifier(),
            dossier_id=draft.dossier_id,
            position=position,
            title=requirement.short_name,
            paper_class=next(iter(requirement.paper_classes), PaperClass.UNKNOWN),
            confidence=1.0,
            form=PaperForm.ORIGINAL,
            page_count=0,
            requirement_id=requirement.requirement_id,
        )
        for position, requirement in enumerate(ticked, start=len(draft.papers))
    )


def _promised(session: DeskSession, fields: Mapping[str, str]) -> DueDate:
    """Give the day that the clerk promised, where the law gives none; until the office closes that day."""
    day = _typed_date(fields, DraftField.DUE_ON)
    if day is None:
        raise KnownError("form-incomplete", fields=DraftField.DUE_ON.value)
    if not session.calendar.is_working_day(day) or session.calendar.closing(day) <= session.clock():
        raise KnownError("form-invalid", field=DraftField.DUE_ON.value)
    return DueDate(session.calendar.closing(day), is_certain=False)


def _sets(fields: Mapping[str, str]) -> int:
    text = fields.get(DraftField.SETS, "").strip() or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_SETS):
        raise KnownError("form-invalid", field=DraftField.SETS.value)
    return int(text)


def _dossier(
    session: DeskSession,
    connection: Connection,
    dossier_id: str,
    sheet: ProcedureSheet,
    applicant: Person,
    terms: _Terms,
    now: dt.datetime,
) -> Dossier:
    day = now.astimezone(VIET_NAM).date()
    unit = session.workstation.unit
    count = code_numbers.next_number(connection, day)
    retention = retention_of(sheet.procedure.code, day)
    return Dossier(
        dossier_id=dossier_id,
        code=codes.make_code(unit.code, day, session.workstation.slot, count),
        procedure_code=sheet.procedure.code,
        procedure_name=sheet.procedure.name,
        catalogue_version=sheet.procedure.catalogue_version,
        state=DossierState.RECEIVED,
        portal_state=PortalState.WAITING,
        channel=Channel.COUNTER,
        applicant_id=applicant.person_id,
        submitter_id=applicant.person_id,
        received_at=now,
        due_at=terms.due.at,
        time_limit_text=sheet.time_limit_text,
        fee_amount=sheet.fee.amount,
        sets=terms.sets,
        received_by=session.clerk.clerk_id,
        unit_code=unit.code,
        retention_basis=retention.basis,
        retain_until=retention.until,
    )
