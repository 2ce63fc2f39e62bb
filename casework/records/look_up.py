# SPDX-License-Identifier: GPL-3.0-or-later
"""A look-up (khai thác dữ liệu) that the office made in a database instead of asking the citizen for a paper."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from casework.records.procedure import DataSource


class LookUpOutcome(enum.StrEnum):
    """What the database answered.

    ``INCOMPLETE``: it knows the person, but not all that the requirement asks for. ``SOURCE_DOWN``: it did not answer.
    """

    FOUND = "found"
    NOT_FOUND = "not-found"
    INCOMPLETE = "incomplete"
    SOURCE_DOWN = "source-down"


@dataclass(frozen=True, slots=True)
class LookUp:
    """One question to one database about one person.

    Attributes:
        look_up_id: UUIDv7.
        dossier_id: The dossier (or its draft).
        requirement_id: The requirement that the answer stands for.
        person_id: Whom it is about.
        source: The database.
        outcome: What it answered.
        at: Aware moment.
        clerk_id: Who looked.
        reference: Number of the answer or of the question in the source, or empty.
        object_id: The saved answer or screenshot in the object store, or None.
        is_printed: Whether the answer was printed and put to the papers of the dossier.
        note: What is missing, or what was seen; may hold personal data, so it never goes into a log.
    """

    look_up_id: str
    dossier_id: str
    requirement_id: str
    person_id: str
    source: DataSource
    outcome: LookUpOutcome
    at: dt.datetime
    clerk_id: str
    reference: str = ""
    object_id: str | None = None
    is_printed: bool = False
    note: str = ""
