# SPDX-License-Identifier: GPL-3.0-or-later
"""Submitters who hand in for many people they are not related to.

A pattern is shown to the supervisor with the authorisations to look at; it accuses nobody, refuses nothing and puts
nobody on a list. No law at hand gives a number: both bounds are the centre's own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.records.participation import Relationship

UNRELATED_APPLICANTS: Final = 5
PERIOD: Final = dt.timedelta(days=30)

_STRANGERS: Final = frozenset({Relationship.OTHER_RELATIVE, Relationship.UNRELATED, None})


@dataclass(frozen=True, slots=True)
class HandIn:
    """One dossier handed in by somebody else than its applicant.

    Attributes:
        dossier_id: The dossier.
        submitter_key: What the submitter is known by: ``person_id``, or a comparable phone.
        applicant_id: ``person_id`` of the applicant.
        relationship: Of the submitter to the applicant, or None when not told.
        on: Day of the reception.
    """

    dossier_id: str
    submitter_key: str
    applicant_id: str
    relationship: Relationship | None
    on: dt.date


@dataclass(frozen=True, slots=True)
class Pattern:
    """Somebody who hands in for many.

    Attributes:
        submitter_key: As in the entries.
        applicants: Number of different applicants.
        dossier_ids: The dossiers, oldest first.
    """

    submitter_key: str
    applicants: int
    dossier_ids: tuple[str, ...]


def frequent_submitters(
    entries: Iterable[HandIn],
    until: dt.date,
    *,
    applicants: int = UNRELATED_APPLICANTS,
    period: dt.timedelta = PERIOD,
) -> tuple[Pattern, ...]:
    """Give the submitters of many, the most frequent first.

    Args:
        entries: In any order.
        until: Last day of the period.
        applicants: From how many different applicants on somebody is shown; those of close relatives do not count.
        period: Length in days, the last day included.
    """
    by_submitter: dict[str, list[HandIn]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.on, entry.dossier_id)):
        if entry.submitter_key and entry.relationship in _STRANGERS and until - period < entry.on <= until:
            by_submitter[entry.submitter_key].append(entry)
    patterns = [
        Pattern(key, len({entry.applicant_id for entry in found}), tuple(entry.dossier_id for entry in found))
        for key, found in by_submitter.items()
    ]
    return tuple(
        sorted(
            (pattern for pattern in patterns if pattern.applicants >= applicants),
            key=lambda pattern: (-pattern.applicants, pattern.submitter_key),
        )
    )
