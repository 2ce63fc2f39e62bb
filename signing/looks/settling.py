# SPDX-License-Identifier: GPL-3.0-or-later
"""Settling where a stamp stands: at the wished place, else the nearest free one; text is never covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyhanko.pdf_utils.reader import PdfFileReader

from signing.errors import SigningError
from signing.looks.document import FoundField, StampedDocument
from signing.looks.drawing import Drawing, draw, preferred_room
from signing.looks.free_place import is_free, nearest_free
from signing.looks.look import Look, SealLook, SignerFacts
from signing.looks.measures import measures
from signing.looks.page_reading import reading
from signing.looks.place import AnchorPlace, BesidePlace, CornerPlace, FieldPlace, Place
from signing.looks.spot import Spot, anchor_spot, corner_spot, corner_spots, field_spot
from signing.stamp import Box

_EDGE: Final = 6.0  # points that printers leave white
_APART: Final = 2.0  # points between two stamps
_TOO_LARGE: Final = 0.5
_LEAST_HEIGHT: Final = 30.0  # between title and name; a stamp that does not fit in goes beside it, readable


@dataclass(frozen=True, slots=True)
class SettledStamp:
    """A stamp and its place.

    Attributes:
        page: Page index.
        rectangle: Of the field, in user space.
        drawing: What is drawn.
        matrix: Draws it upright and in its size, from the lower left corner of the rectangle.
        field_name: An existing field that is signed; empty = a new one.
    """

    page: int
    rectangle: Box
    drawing: Drawing
    matrix: tuple[float, float, float, float, float, float]
    field_name: str = ""


def settle(reader: PdfFileReader, content: bytes, place: Place, look: Look, facts: SignerFacts) -> SettledStamp:
    """Find out where a stamp stands, and draw it.

    Args:
        reader: The document, open.
        content: The same document.
        place: Where it is wished to stand.
        look: What it looks like.
        facts: What it may tell.

    Raises:
        SigningError: ``stamp-page-missing``, ``stamp-page-unreadable``, ``stamp-anchor-missing``,
            ``signature-field-missing``, ``signature-field-signed``, ``no-visible-signature``, ``stamp-no-room``,
            ``seal-over-text``, and those of ``draw``.
    """
    with reading(content) as text:
        document = StampedDocument(reader, text)
        if isinstance(place, BesidePlace):
            return _beside(document, _signature(document, place), look, facts)
        spots = _spots(document, place, look)
        at_words, bounds = isinstance(place, AnchorPlace), spots[0].area
        height = max(bounds.height, _LEAST_HEIGHT) if at_words else bounds.height
        drawing = draw(look, facts, (bounds.width, height), snug=at_words, opaque=document.is_pdf_a_1)
        return _settled(document, spots, drawing)


def _spots(document: StampedDocument, place: Place, look: Look) -> tuple[Spot, ...]:
    match place:
        case AnchorPlace():
            return (_within(anchor_spot(document, place, preferred_room(look)), preferred_room(look)),)
        case CornerPlace():
            return (corner_spot(document, place),)
        case FieldPlace():
            return (field_spot(document, place),)
        case BesidePlace():
            raise AssertionError("settled elsewhere")
        case _ if place.box is None:
            return corner_spots(document, place.page)
        case _:
            index = document.index(place.page)
            return (Spot(index, document.frame(index).seen(place.box), is_bound=True),)


def _settled(document: StampedDocument, spots: tuple[Spot, ...], drawing: Drawing) -> SettledStamp:
    first = spots[0]
    if first.is_bound and (
        drawing.width > first.area.width + _TOO_LARGE or drawing.height > first.area.height + _TOO_LARGE
    ):
        raise SigningError("stamp-does-not-fit")
    index, frame = first.page, document.frame(first.page)
    taken = list(document.text_boxes(index))
    if first.field_name:
        box = nearest_free(first.place(drawing.width, drawing.height), first.area, taken)
        if box is None:
            raise SigningError("stamp-no-room")
        return _in_field(document, first, box, drawing)
    taken += [_widened(box) for box in document.annotations(index)]
    drawings, ink = document.drawings(index), document.ink(index)
    wished = [spot.place(drawing.width, drawing.height) for spot in spots]
    for others in ([*taken, *ink, *drawings], [*taken, *ink]):
        for box in wished:
            if is_free(box, others) and len(wished) > 1:
                return _new_field(document, index, box, drawing)
    edge = min(_EDGE, frame.area.width / 100, frame.area.height / 100)
    page = Box(edge, edge, frame.area.right - edge, frame.area.top - edge)
    # A page that is dark all over, a photograph, has no free place; that its ink is text is only a guess.
    found = nearest_free(wished[0], page, [*taken, *ink], drawings) or nearest_free(wished[0], page, taken, drawings)
    if found is None:
        raise SigningError("stamp-no-room")
    return _new_field(document, index, found, drawing)


def _new_field(document: StampedDocument, index: int, box: Box, drawing: Drawing) -> SettledStamp:
    frame = document.frame(index)
    return SettledStamp(index, frame.in_user_space(box), drawing, frame.upright(drawing.width, drawing.height))


def _in_field(document: StampedDocument, spot: Spot, box: Box, drawing: Drawing) -> SettledStamp:
    frame = document.frame(spot.page)
    field, inside = frame.in_user_space(spot.area), frame.in_user_space(box)
    a, b, c, d, e, f = frame.upright(drawing.width, drawing.height)
    matrix = (a, b, c, d, e + inside.left - field.left, f + inside.bottom - field.bottom)
    return SettledStamp(spot.page, field, drawing, matrix, spot.field_name)


def _signature(document: StampedDocument, place: BesidePlace) -> FoundField:
    signed = [field for field in document.fields() if field.is_signed and place.field_name in ("", field.name)]
    if not signed:
        raise SigningError("no-visible-signature")
    return signed[-1]


def _beside(document: StampedDocument, signature: FoundField, look: Look, facts: SignerFacts) -> SettledStamp:
    drawing = draw(look, facts, preferred_room(look), snug=True, opaque=document.is_pdf_a_1)
    picture, index = signature.box, signature.page
    if isinstance(look, SealLook) and not signature.shows_text:
        box = _over_a_third(document, signature, drawing, may_touch_text=look.may_touch_text)
        return _new_field(document, index, box, drawing)
    right, middle = picture.left - 2, (picture.bottom + picture.top) / 2
    area = Box(right - drawing.width, middle - drawing.height / 2, right, middle + drawing.height / 2)
    return _settled(document, (Spot(index, area),), drawing)


def _over_a_third(document: StampedDocument, signature: FoundField, drawing: Drawing, *, may_touch_text: bool) -> Box:
    """Move a seal a little, so that its ink keeps clear of text; it stays on about a third of the signature."""
    picture, page = signature.box, document.frame(signature.page).area
    others = [box for box in document.annotations(signature.page) if box != picture]
    taken = [*document.text_boxes(signature.page), *others]
    share, tolerance = measures()["seal_overlap"].value, measures()["seal_overlap_tolerance"].value
    middle = (picture.bottom + picture.top) / 2

    def at(overlap: float, higher: float) -> Box:
        right, centre = picture.left + overlap * picture.width, middle + higher
        return Box(right - drawing.width, centre - drawing.height / 2, right, centre + drawing.height / 2)

    reach = Box(
        at(share - tolerance, 0).left,
        middle - picture.height / 2 - drawing.height / 2,
        at(share + tolerance, 0).right,
        middle + picture.height / 2 + drawing.height / 2,
    )
    near = [box for box in taken if box.overlaps(reach)]
    steps = range(round(picture.height / 2))
    heights = [0.0, *(sign * float(step) for step in steps[1:] for sign in (1, -1))]
    overlaps = [share, *(share + sign * tolerance * step / 4 for step in range(1, 5) for sign in (1, -1))]
    for overlap in overlaps:
        for higher in heights:
            box = at(overlap, higher)
            if _lies_on(box, page) and all(is_free(_moved(ink, box), near) for ink in drawing.ink):
                return box
    plain = at(share, 0)
    if may_touch_text and _lies_on(plain, page) and is_free(plain, others):
        return plain
    raise SigningError("seal-over-text")


def _moved(ink: Box, box: Box) -> Box:
    return Box(box.left + ink.left, box.bottom + ink.bottom, box.left + ink.right, box.bottom + ink.top)


def _widened(box: Box) -> Box:
    return Box(box.left - _APART, box.bottom - _APART, box.right + _APART, box.top + _APART)


def _lies_on(box: Box, page: Box) -> bool:
    return page.left <= box.left and page.bottom <= box.bottom and box.right <= page.right and box.top <= page.top


def _within(spot: Spot, room: tuple[float, float]) -> Spot:
    """An area no higher than a stamp may be, in the middle of what there is."""
    area = spot.area
    height = max(1.0, min(area.height, room[1]))
    middle = (area.bottom + area.top) / 2
    return Spot(spot.page, Box(area.left, middle - height / 2, area.right, middle + height / 2), spot.align)
