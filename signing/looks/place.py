# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a signature can be wished to stand. ``StampPlace``, a box or the margins of a page, is in ``signing.stamp``."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from signing.stamp import StampPlace


class Corner(enum.Enum):
    """A corner of a page as it is seen."""

    TOP_RIGHT = "top-right"
    TOP_LEFT = "top-left"
    BOTTOM_RIGHT = "bottom-right"
    BOTTOM_LEFT = "bottom-left"


class Side(enum.Enum):
    """A side of some words."""

    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class CornerPlace:
    """In a corner.

    Attributes:
        corner: Which.
        page: Page index, 0 = first; -1 = last.
    """

    corner: Corner = Corner.TOP_RIGHT
    page: int = 0


@dataclass(frozen=True, slots=True)
class AnchorPlace:
    """Between some words and the next text below or above them: between title and name.

    The words are looked for as they are written, then without regard to case and accents; the last place on the last
    page that has them is taken.

    Attributes:
        words: ``CHỦ TỊCH``, ``KT. CHỦ TỊCH``, ``NGƯỜI KÝ``, or the name of the signer.
        page: Page index, 0 = first; -1 = last; ``None`` = any page.
        side: Where the signature stands; ``None`` = where there is room between the words and other text, else below.
    """

    words: str
    page: int | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """In a signature field that the document has and that nobody has signed.

    Attributes:
        field_name: Fully qualified.
    """

    field_name: str


@dataclass(frozen=True, slots=True)
class BesidePlace:
    """At a signature that is there: a seal on a third of it, on its left; anything else to the left of it.

    Attributes:
        field_name: Fully qualified; empty = the last visible signature.
    """

    field_name: str = ""


Place = StampPlace | CornerPlace | AnchorPlace | FieldPlace | BesidePlace
