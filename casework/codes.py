# SPDX-License-Identifier: GPL-3.0-or-later
"""Dossier codes (mã hồ sơ): made without a network, recognised in every generation.

A code is ``<unit>-<yymmdd>-<number>``. The day's numbers are shared out among the workstations of a unit at enrolment:
slot ``s`` owns the numbers ``600·s + 1`` to ``600·s + 600``, so two desks that never meet never print the same code.
Codes that other systems gave stay as they were given; which unit of today an older one names is never computed.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError, KnownError

SLOTS: Final = 16
NUMBERS_PER_SLOT: Final = 600
UNIT_CODE_LENGTH: Final = 35
"""Characters that an identification code of a unit has at most (QĐ 20/2020/QĐ-TTg Đ4)."""

_FORMER_UNIT: Final = r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}"
_UNIT: Final = rf"{_FORMER_UNIT}|[A-Z]\d{{2}}(?:\.[0-9A-Z]+){{0,6}}"
_CODE: Final = re.compile(rf"({_UNIT})-([0-9]{{6}})-([0-9]{{4,6}})", re.ASCII)
_UNIT_CODE: Final = re.compile(_UNIT, re.ASCII)
_FORMER_UNIT_CODE: Final = re.compile(_FORMER_UNIT, re.ASCII)


class UnitCodeScheme(enum.StrEnum):
    """Which rule an identification code of a unit (mã định danh) follows."""

    QD_20_2020 = "QĐ 20/2020/QĐ-TTg"
    QCVN_102_2016 = "QCVN 102:2016/BTTTT"


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


def numbers_of_slot(slot: int) -> range:
    """Give the numbers of every day that belong to a workstation slot, 0 to 15."""
    return range(slot * NUMBERS_PER_SLOT + 1, (slot + 1) * NUMBERS_PER_SLOT + 1)


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
    if not 0 <= slot < SLOTS or count < 1 or unit_code_scheme(unit_code) is None:
        raise BugError(f"slot {slot}, count {count} or the unit code is out of range")
    if count > NUMBERS_PER_SLOT:
        raise KnownError("code-numbers-exhausted", numbers=str(NUMBERS_PER_SLOT), day=day.isoformat())
    return f"{unit_code}-{day:%y%m%d}-{numbers_of_slot(slot)[count - 1]:04}"


def parse_code(text: str) -> DossierCode | None:
    """Take a dossier code apart, ours or another system's; None when the text is none."""
    match = _CODE.fullmatch(text.strip())
    if match is None or len(match.group(1)) > UNIT_CODE_LENGTH:
        return None
    digits = match.group(2)
    try:
        day = dt.date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
    return DossierCode(match.group(1), day, int(match.group(3)))


def unit_code_scheme(text: str) -> UnitCodeScheme | None:
    """Tell by which rule a text is the code of a unit, or None when it is none."""
    if len(text) > UNIT_CODE_LENGTH or _UNIT_CODE.fullmatch(text) is None:
        return None
    return UnitCodeScheme.QCVN_102_2016 if _FORMER_UNIT_CODE.fullmatch(text) else UnitCodeScheme.QD_20_2020
