# SPDX-License-Identifier: GPL-3.0-or-later
"""What a wished place means on a page: the area for the stamp, and where in it the stamp stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from signing.errors import SigningError
from signing.looks.document import StampedDocument
from signing.looks.place import AnchorPlace, Corner, CornerPlace, FieldPlace, Side
from signing.stamp import Box, default_boxes, enclosing

_CENTRE: Final = (0.5, 0.5)
_LEAST_ROOM: Final = 20.0  # points between two blocks of text that a signature can stand in
_LEAST_ROOM_ABOVE_NAME: Final = 36.0  # the paragraph above a title is nearer
_MOST_ROOM: Final = 220.0  # what is farther away is not the name that belongs to the title
_SPACE: Final = 2.0
_LINE: Final = 1.4  # times the height of letters: the next line of a title is nearer
_LEAST_LINE: Final = 12.0
_MOST_PIECES: Final = 40  # of a line, and lines of a title

CORNERS: Final = {
    Corner.TOP_RIGHT: (1.0, 1.0),
    Corner.TOP_LEFT: (0.0, 1.0),
    Corner.BOTTOM_RIGHT: (1.0, 0.0),
    Corner.BOTTOM_LEFT: (0.0, 0.0),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """An area of a page as it is seen.

    Attributes:
        page: Page index.
        area: Where; what has a size of its own may be larger.
        align: Where in it, 0 to 1 from left to right and from the bottom to the top.
        is_bound: Whether the stamp must not be larger than the area.
        field_name: An existing field that is signed; empty = a new one.
    """

    page: int
    area: Box
    align: tuple[float, float] = _CENTRE
    is_bound: bool = False
    field_name: str = ""

    def place(self, width: float, height: float) -> Box:
        """Where something of a size stands."""
        across, up = self.align
        left = self.area.left + (self.area.width - width) * across
        bottom = self.area.bottom + (self.area.height - height) * up
        return Box(left, bottom, left + width, bottom + height)


def corner_spots(document: StampedDocument, page: int) -> tuple[Spot, ...]:
    """The four margins of a page, in the order of ``Corner``."""
    index = document.index(page)
    boxes = default_boxes(document.frame(index).area)
    return tuple(Spot(index, box, CORNERS[corner]) for box, corner in zip(boxes, Corner, strict=True))


def corner_spot(document: StampedDocument, place: CornerPlace) -> Spot:
    """One margin of a page."""
    return corner_spots(document, place.page)[list(Corner).index(place.corner)]


def field_spot(document: StampedDocument, place: FieldPlace) -> Spot:
    """An empty field of the document.

    Raises:
        SigningError: ``signature-field-missing``, ``signature-field-signed``.
    """
    for field in document.fields():
        if field.name == place.field_name:
            if field.is_signed:
                raise SigningError("signature-field-signed")
            return Spot(field.page, field.box, is_bound=True, field_name=field.name)
    raise SigningError("signature-field-missing")


def anchor_spot(document: StampedDocument, place: AnchorPlace, room: tuple[float, float]) -> Spot:
    """The room between some words and the next text.

    Args:
        document: Where.
        place: Which words.
        room: Points across and up, where no other text bounds it; it is never larger.

    Raises:
        SigningError: ``stamp-anchor-missing``, ``stamp-page-missing``.
    """
    index, words = _find(document, place)
    text = document.text_boxes(index)
    above, below = _block(words, text, up=True), _block(words, text, up=False)
    ceiling = _next_edge(above, text, up=True)
    floor = _next_edge(below, text, up=False)
    side = place.side
    if side is None:
        has_room = ceiling is not None and ceiling - above.top >= _LEAST_ROOM_ABOVE_NAME
        side = Side.ABOVE if has_room and not place.words.isupper() else Side.BELOW  # titles are in capitals
    if side is Side.BELOW:
        top = below.bottom - _SPACE
        bottom = None if floor is None or below.bottom - floor < _LEAST_ROOM else floor + _SPACE
        bottom = top - room[1] if bottom is None else bottom
    else:
        bottom = above.top + _SPACE
        top = bottom + room[1] if ceiling is None or ceiling - above.top < _LEAST_ROOM else ceiling - _SPACE
    centre = (words.left + words.right) / 2
    return Spot(index, Box(centre - room[0] / 2, bottom, centre + room[0] / 2, top))


def _find(document: StampedDocument, place: AnchorPlace) -> tuple[int, Box]:
    pages: Sequence[int] = range(document.pages) if place.page is None else [document.index(place.page)]
    for exact in (True, False):
        for index in reversed(pages):
            found = document.find(place.words, index, exact=exact)
            if found is not None:
                return index, _line(found, document.text_boxes(index))
    raise SigningError("stamp-anchor-missing")


def _line(words: Box, text: Sequence[Box]) -> Box:
    """The words with what stands beside them on their line: ``KT.`` before ``CHỦ TỊCH``."""
    line = words
    for _ in range(_MOST_PIECES):
        beside = [
            box
            for box in text
            if min(box.top, words.top) - max(box.bottom, words.bottom) > 0.5 * min(box.height, words.height)
            and box.left < line.right + words.height
            and line.left - words.height < box.right
            and box.height < 3 * words.height
        ]
        wider = enclosing([line, *beside])
        if wider == line:
            break
        line = dataclasses.replace(line, left=wider.left, right=wider.right)
        if wider == line:
            break
    return line


def _block(words: Box, text: Sequence[Box], *, up: bool) -> Box:
    """The words with the lines that follow at a line's distance, above or below."""
    block = words
    near = max(_LINE * words.height, _LEAST_LINE)
    for _ in range(_MOST_PIECES):
        edge = _next_edge(block, text, up=up)
        if edge is None or abs(edge - (block.top if up else block.bottom)) >= near:
            break
        rows = [box for box in text if _is_in_column(box, block) and (box.bottom if up else box.top) == edge]
        farther = enclosing([block, *rows])
        block = Box(block.left, farther.bottom, block.right, farther.top)
    return block


def _next_edge(block: Box, text: Sequence[Box], *, up: bool) -> float | None:
    """Where the next text above or below begins; ``None`` when there is none that belongs to it."""
    column = [box for box in text if _is_in_column(box, block)]
    if up:
        edges = [box.bottom for box in column if box.top > block.top + 1 and box.bottom >= block.top - 1]
        edge = min(edges, default=None)
    else:
        edges = [box.top for box in column if box.bottom < block.bottom - 1 and box.top <= block.bottom + 1]
        edge = max(edges, default=None)
    return edge if edge is not None and abs(edge - (block.top if up else block.bottom)) <= _MOST_ROOM else None


def _is_in_column(box: Box, block: Box) -> bool:
    return box.left < block.right and block.left < box.right
