# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether words name a law: kind, number and year, as laws are numbered in Viet Nam ("NĐ 123/2015/NĐ-CP Điều 9")."""

from __future__ import annotations

import re
from typing import Final

from casework.text import fold

LONGEST_CITATION: Final = 500
"""Characters; what is longer is no citation but a letter."""

FIRST_YEAR: Final = 1945
"""Year of the first laws of today's state."""

_KIND: Final = (
    r"(?:bo luat|luat|nghi dinh|nd|thong tu|tt|thong tu lien tich|ttlt|quyet dinh|qd|nghi quyet|nq|phap lenh|pl)"
)
_NUMBERED: Final = re.compile(rf"\b{_KIND} (?:(?!ngay |thang )[^\W\d]+:? ){{0,6}}?\d{{1,5}}/(\d{{4}})\b")
_SIGNED: Final = re.compile(r"\b\d{1,5}/(\d{4})/(?:qh\d{1,2}|(?:nd|nq|qd|tt|ttlt|pl)-?[a-z]+\d{0,2})\b")
_WITHOUT_YEAR: Final = re.compile(r"\b\d{1,5}/(?:qd|nq)-[a-z]{2,}\b")
_BY_NAME: Final = re.compile(r"\bluat (?:[^\W\d]+,? ){1,8}(?:nam )?(\d{4})\b")


def cites_law(text: str, year: int) -> bool:
    """Tell whether words name a law by number and year, by number and issuer, or by name and year.

    Args:
        text: E.g. "Luật Hộ tịch 2014 Điều 16", "NĐ 1/2026", "163/QĐ-BTP". "Theo quy định" names nothing.
        year: Of the demand; a law of a later year is none yet.
    """
    if len(text) > LONGEST_CITATION:
        return False
    words = fold(text)
    years = [int(match[1]) for pattern in (_NUMBERED, _SIGNED, _BY_NAME) for match in pattern.finditer(words)]
    if years:
        return any(FIRST_YEAR <= named <= year for named in years)
    return _WITHOUT_YEAR.search(words) is not None
