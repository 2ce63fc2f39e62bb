# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a kept paper may be used: some papers say what was true on their day and are believed for some months."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

from casework.records.kept_paper import KeptPaper
from casework.records.paper import PaperClass
from casework.text import fold
from casework.work_calendar import months_after


class Standing(enum.StrEnum):
    """Whether a paper may still be used.

    ``UNCERTAIN``: its validity is limited and its day is unknown or lies ahead; a person has to look.
    """

    VALID = "valid"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class ValidityRule:
    """A kind of paper that is believed for some months from its day on.

    Attributes:
        months: How many; the corresponding day of the last month is the last day.
        legal_basis: The law.
        is_certain: Whether the law's text was seen.
        paper_class: The class, or None.
        result_code: The kind of result, or empty.
        title_starts: First words of the title without accents, lower case; empty when the title is no sign.
    """

    months: int
    legal_basis: str
    is_certain: bool
    paper_class: PaperClass | None = None
    result_code: str = ""
    title_starts: tuple[str, ...] = ()

    def concerns(self, kept: KeptPaper) -> bool:
        """Whether a paper is of this kind."""
        return (
            kept.paper_class is self.paper_class
            or (self.result_code != "" and kept.result_code == self.result_code)
            or any(fold(kept.title).startswith(start) for start in self.title_starts)
        )


VALIDITY_RULES: Final = (
    ValidityRule(
        6,
        "Nghị định 123/2015/NĐ-CP Điều 23 khoản 1",
        is_certain=False,
        paper_class=PaperClass.MARITAL_STATUS_CONFIRMATION,
        result_code="KQ.G15.000038",
        title_starts=("giay xac nhan tinh trang hon nhan",),
    ),
    ValidityRule(
        6,
        "Thủ tục 2.001263: giấy khám sức khỏe không quá 6 tháng",
        is_certain=False,
        title_starts=("giay kham suc khoe", "giay chung nhan suc khoe", "phieu kham suc khoe"),
    ),
)


@dataclass(frozen=True, slots=True)
class Validity:
    """How a paper stands on a day.

    Attributes:
        standing: Whether it may be used.
        until: Last day, where one is known.
        legal_basis: The law that limits it; empty when the paper itself says so, or nothing does.
    """

    standing: Standing
    until: dt.date | None = None
    legal_basis: str = ""


def validity(kept: KeptPaper, on: dt.date) -> Validity:
    """Say whether a paper may be used on a day; of the paper's own last day and the law's the earlier one counts."""
    rule = next((rule for rule in VALIDITY_RULES if rule.concerns(kept)), None)
    if kept.issued_on is not None and kept.issued_on > on:
        return Validity(Standing.UNCERTAIN, kept.valid_until, rule.legal_basis if rule else "")
    until, basis = kept.valid_until, ""
    if rule is not None and kept.issued_on is not None:
        by_law = months_after(kept.issued_on, rule.months)
        if until is None or by_law < until:
            until, basis = by_law, rule.legal_basis
    if until is not None and until < on:
        return Validity(Standing.EXPIRED, until, basis)
    if rule is not None and kept.issued_on is None:
        return Validity(Standing.UNCERTAIN, until, rule.legal_basis)
    return Validity(Standing.VALID, until, basis)
