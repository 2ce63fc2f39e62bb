# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep what the clerk types: a draft is there within a second and comes back after a power cut."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass

from casework.errors import KnownError
from casework.records.paper import Page, Paper
from casework.rights import Right
from localdb import audit, drafts, pages, papers
from localdb.connection import Connection
from workstation.desk.change_set import ChangeSet
from workstation.desk.session import DeskSession

TICKED = "seen"
"""Value of a requirement's field when the clerk has seen the paper without scanning it."""


class DraftField(enum.StrEnum):
    """Fields of the reception form; the values name the rows of a draft."""

    FULL_NAME = "full_name"
    ID_NUMBER = "id_number"
    FORMER_ID_NUMBER = "former_id_number"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ID_ISSUED_ON = "id_issued_on"
    ADDRESS = "address"
    UNIT_CODE = "unit_code"
    PHONE = "phone"
    PROCEDURE_CODE = "procedure_code"
    SETS = "sets"
    DUE_ON = "due_on"


def tick_field(requirement_id: str) -> str:
    """Name the draft's field in which a requirement is ticked."""
    return f"requirement:{requirement_id}"


def date_as_typed(day: dt.date | None) -> str:
    """Write a date as the form shows it, ``dd/mm/yyyy``; empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A draft as the form shows it.

    Attributes:
        dossier_id: Identity that the dossier will keep.
        fields: What was typed, by field name; dates and numbers as typed.
        pages: Pages scanned so far, in order of arrival.
        papers: Papers recognised so far.
    """

    dossier_id: str
    fields: Mapping[str, str]
    pages: tuple[Page, ...]
    papers: tuple[Paper, ...]


def start_draft(session: DeskSession) -> tuple[DraftForm, ChangeSet]:
    """Start an empty draft of the signed-in clerk."""
    session.require(Right.RECEIVE)
    dossier_id = session.new_identifier()
    with session.store.transaction() as connection:
        drafts.start(connection, dossier_id, session.clerk.clerk_id, session.clock())
    return DraftForm(dossier_id, {}, (), ()), ChangeSet(drafts=frozenset({dossier_id}))


def keep_fields(session: DeskSession, dossier_id: str, fields: Mapping[str, str]) -> ChangeSet:
    """Write typed fields to the draft in one transaction; the last writing of a field wins.

    Args:
        session: The desk.
        dossier_id: The draft.
        fields: By ``DraftField`` or ``tick_field``.

    Raises:
        KnownError: ``no-such-draft`` for one that was never begun, is closed or is somebody else's; ``disk-full``.
    """
    session.require(Right.RECEIVE)
    with session.store.transaction() as connection:
        require_open(connection, session, dossier_id)
        for name, value in fields.items():
            drafts.set_field(connection, dossier_id, str(name), value, session.clock())
    return ChangeSet(drafts=frozenset({dossier_id}))


def require_open(connection: Connection, session: DeskSession, dossier_id: str) -> None:
    """See that a draft is the signed-in clerk's and not finished, in the transaction of what is done to it.

    Raises:
        KnownError: ``no-such-draft``.
    """
    session.require(Right.SEE_DOSSIERS)
    unfinished = drafts.open_drafts(connection, session.clerk.clerk_id)
    if all(draft.dossier_id != dossier_id for draft in unfinished):
        raise KnownError("no-such-draft")


def open_draft(session: DeskSession, dossier_id: str) -> DraftForm:
    """Read a draft of one's own back as it was left.

    Raises:
        KnownError: ``no-such-draft`` for one that was never begun or is somebody else's; a closed one has no fields.
    """
    session.require(Right.RECEIVE)
    with session.store.reading() as connection:
        if drafts.clerk_of(connection, dossier_id) != session.clerk.clerk_id:
            raise KnownError("no-such-draft")
        return read_form(connection, dossier_id)


def read_form(connection: Connection, dossier_id: str) -> DraftForm:
    """Read a draft in the transaction, or the reading, of what is done with it."""
    return DraftForm(
        dossier_id,
        drafts.fields(connection, dossier_id),
        tuple(pages.of_dossier(connection, dossier_id)),
        tuple(papers.of_dossier(connection, dossier_id)),
    )


def abandon_draft(session: DeskSession, dossier_id: str) -> ChangeSet:
    """Close a draft of one's own without receiving it; what was typed goes, and it is no longer offered.

    Raises:
        KnownError: ``no-such-draft``; ``disk-full``.
    """
    session.require(Right.RECEIVE)
    now = session.clock()
    with session.store.transaction() as connection:
        require_open(connection, session, dossier_id)
        drafts.close(connection, dossier_id, now, drafts.DraftOutcome.ABANDONED)
        audit.append(
            connection, at=now, actor_id=session.clerk.clerk_id, action="draft.abandoned", subject_id=dossier_id
        )
    return ChangeSet(drafts=frozenset({dossier_id}))
