# SPDX-License-Identifier: GPL-3.0-or-later
"""The unfinished drafts of the signed-in clerk, as the list of dossiers shows them above the received ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from casework.errors import KnownError
from casework.rights import Right
from localdb import drafts, pages
from workstation.desk.keep_draft import DraftField, keep_fields
from workstation.desk.session import DeskSession

_ON_SCREEN = "form:on-screen"
_YES = "yes"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as a list shows it.

    Attributes:
        dossier_id: Identity that the dossier will keep.
        applicant_name: As typed so far.
        procedure_name: Of the chosen procedure, or empty.
        page_count: Pages scanned so far.
        started_at: When it was begun, UTC.
        was_on_screen: Whether the form was open when the program ended without being asked to.
    """

    dossier_id: str
    applicant_name: str = field(repr=False)
    procedure_name: str
    page_count: int
    started_at: dt.datetime
    was_on_screen: bool


def list_drafts(session: DeskSession) -> tuple[DraftRow, ...]:
    """Give the drafts that the signed-in clerk has not finished, last changed first."""
    session.require(Right.SEE_DOSSIERS)
    with session.store.reading() as connection:
        unfinished = drafts.open_drafts(connection, session.clerk.clerk_id)
        contents = [
            (draft, drafts.fields(connection, draft.dossier_id), len(pages.of_dossier(connection, draft.dossier_id)))
            for draft in unfinished
        ]
    return tuple(
        DraftRow(
            draft.dossier_id,
            fields.get(DraftField.FULL_NAME, ""),
            _procedure_name(session, fields.get(DraftField.PROCEDURE_CODE, "")),
            page_count,
            draft.started_at,
            fields.get(_ON_SCREEN) == _YES,
        )
        for draft, fields, page_count in contents
    )


def mark_on_screen(session: DeskSession, dossier_id: str, *, on_screen: bool) -> None:
    """Note that the form of a draft is open, or was left, so that a start after a power cut shows it again.

    Raises:
        KnownError: ``no-such-draft``; ``disk-full``.
    """
    session.require(Right.RECEIVE)
    keep_fields(session, dossier_id, {_ON_SCREEN: _YES if on_screen else ""})


def _procedure_name(session: DeskSession, code: str) -> str:
    try:
        return session.catalogue.get(code).name if code else ""
    except KnownError:
        return ""
