# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the number that a page bears: ``Trang 2/3``, ``2/3``, or a lone 2 in the middle of its upper edge.

The last is how letters of the administration number their pages from the second on (NĐ 30/2020, annex I).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from scanning.folding import fold
from scanning.ocr.text import Line, PageText

_LABELLED: Final = re.compile(r"(?:TRANG|TRANG SO|PAGE) (\d{1,3})(?: (?:TREN |OF )?(\d{1,3}))?")
_PAIR: Final = re.compile(r"\W*(\d{1,3})\s*/\s*(\d{1,3})\W*")
_LONE: Final = re.compile(r"[-–—\s]*(\d{1,3})[-–—\s]*")
_EDGE: Final = 0.1  # share of the height, at either edge, in which numbers of pages stand
_MIDDLE: Final = 0.1  # share of the width by which a lone number may be off the middle
_MOST_PAGES: Final = 200


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Which page of how many.

    Attributes:
        number: From 1.
        total: 0 when it is not said.
    """

    number: int
    total: int = 0


def page_number(text: PageText) -> PageNumber | None:
    """Find the number of a page; a lone 1 is none, for forms number their boxes so."""
    for line in text.lines:
        middle = line.box.top + line.box.height / 2
        at_top = middle < text.height_px * _EDGE
        if at_top or middle > text.height_px * (1 - _EDGE):
            found = _labelled(line) or _pair(line) or (_lone(line, text.width_px) if at_top else None)
            if found is not None:
                return found
    return None


def _labelled(line: Line) -> PageNumber | None:
    found = _LABELLED.search(fold(line.text))
    return _valid(int(found[1]), int(found[2] or 0)) if found else None


def _pair(line: Line) -> PageNumber | None:
    found = _PAIR.fullmatch(line.text)
    return _valid(int(found[1]), int(found[2])) if found else None


def _lone(line: Line, width_px: int) -> PageNumber | None:
    found = _LONE.fullmatch(line.text)
    off_middle = abs(line.box.left + line.box.width / 2 - width_px / 2)
    if not found or off_middle > width_px * _MIDDLE or int(found[1]) < 2:
        return None
    return _valid(int(found[1]), 0)


def _valid(number: int, total: int) -> PageNumber | None:
    if not 1 <= number <= (total or _MOST_PAGES) <= _MOST_PAGES:
        return None
    return PageNumber(number, total)
