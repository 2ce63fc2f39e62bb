# SPDX-License-Identifier: GPL-3.0-or-later
"""Dossier codes (mã hồ sơ): made without a network, recognised in every generation.

A code is ``<unit>-<yymmdd>-<number>``. The day's numbers are shared out among the workstations of a unit at enrolment:
slot ``s`` owns the numbers ``600·s + 1`` to ``600·s + 600``, so two desks that never meet never print the same code.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError, KnownError

SLOTS: Final = 16
NUMBERS_PER_SLOT: Final = 600

_UNIT: Final = r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.[0-9A-Z]+){0,6}"
_CODE: Final = re.compile(rf"({_UNIT})-(\d{{6}})-(\d{{4,6}})")
_UNIT_CODE: Final = re.compile(_UNIT)


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier code taken apart.

    Attributes:
        unit_code: Of QĐ 20/2020/QĐ-TTg ("H56.14") or of the older QCVN 102:2016 ("000.00.01.H22").
        day: The day of reception.
        number: Order of the day; ours have four digits, other systems up to six.
    """

    unit_code: str
    day: dt.date
    number: int

    @property
    def slot(self) -> int | None:
        """The workstation slot that owns the number, or None when no workstation of ours can have given it."""
        slot = (self.number - 1) // NUMBERS_PER_SLOT
        return slot if 0 <= slot < SLOTS else None


def make_code(unit_code: str, day: dt.date, slot: int, count: int) -> str:
    """Make the code of the ``count``-th dossier that a workstation receives on a day.

    Args:
        unit_code: Code of the receiving unit.
        day: Day of reception in Viet Nam.
        slot: The workstation's slot, 0 to 15.
        count: 1 for its first dossier of the day.

    Raises:
        KnownError: ``code-numbers-exhausted`` when the workstation has used its 600 numbers of the day.
        BugError: When the slot, the count or the unit code is impossible.
    """
    if not 0 <= slot < SLOTS or count < 1 or not _UNIT_CODE.fullmatch(unit_code):
        raise BugError(f"slot {slot}, count {count} or the unit code is out of range")
    if count > NUMBERS_PER_SLOT:
        raise KnownError("code-numbers-exhausted", numbers=str(NUMBERS_PER_SLOT), day=day.isoformat())
    return f"{unit_code}-{day:%y%m%d}-{slot * NUMBERS_PER_SLOT + count:04}"


def parse_code(text: str) -> DossierCode | None:
    """Take a dossier code apart, ours or another system's; None when the text is none."""
    match = _CODE.fullmatch(text.strip())
    if match is None:
        return None
    digits = match.group(2)
    try:
        day = dt.date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
    return DossierCode(match.group(1), day, int(match.group(3)))
