# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawing a look as a one-page PDF/A, with its font inside and every letter checked before."""

from __future__ import annotations

import base64
import functools
import io
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pikepdf
import segno

from signing.errors import SigningError
from signing.looks.look import CopyLook, Look, PersonLook, QrLook, SealLook, SignerFacts, TextLook
from signing.looks.measures import POINTS_PER_MILLIMETRE, measures
from signing.looks.picture import Picture, read_picture
from signing.stamp import Box, compose_drawable, draw_stamp, signing_time_line, stamp_lines, typeset

_HERE: Final = Path(__file__).parent
_MOST_LOOKED_UP: Final = 300  # characters: a code of 40 mm; longer ones are no code to be read from paper


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn look.

    Attributes:
        pdf: One page, nothing but the look.
        width: Points.
        height: Points.
        ink: Where there is ink, in boxes from the lower left corner of the drawing.
        is_see_through: Whether what lies under the ink must show through it.
    """

    pdf: bytes = field(repr=False)
    width: float
    height: float
    ink: tuple[Box, ...] = field(repr=False)
    is_see_through: bool = False


def draw(
    look: Look, facts: SignerFacts, room: tuple[float, float], *, snug: bool = False, opaque: bool = False
) -> Drawing:
    """Draw a look.

    Args:
        look: Which.
        facts: What it may tell.
        room: Points across and up; text and pictures of signatures become as small as that, the rest has its own size.
        snug: Whether text takes no more room than it needs.
        opaque: Whether there may be no transparency, as in PDF/A-1.

    Raises:
        SigningError: ``stamp-glyph-missing``, ``stamp-does-not-fit``, ``stamp-image-unreadable``,
            ``stamp-image-opaque``, ``stamp-image-empty``, ``look-up-too-long``.
    """
    width, height = room
    match look:
        case PersonLook(image=bytes() as image):
            return _draw_signature(image, round(width, 1), round(height, 1), opaque=opaque)
        case SealLook(image=bytes() as image):
            return _draw_seal(image, _seal_width(look), opaque=opaque)
        case SealLook():
            return _invent_seal(facts.unit, _seal_width(look), opaque=opaque)
        case CopyLook():
            number = f"số: {look.number}" if look.number else ""
            which = ", ".join(part for part in (look.kind, number) if part)
            lines = (facts.unit, which[:1].upper() + which[1:], signing_time_line(facts.moment))
            return _draw_copy([line for line in lines if line], look.look_up)
        case QrLook():
            side = _code_side(look.look_up)
            return _whole(_typeset("picture.typ", svg=_code(look.look_up), width=str(side), height=str(side)))
        case PersonLook() | TextLook():
            return _draw_text(stamp_lines(facts.name, facts.unit, facts.moment), width, height, snug=snug)


def preferred_room(look: Look) -> tuple[float, float]:
    """How much room a look without a size of its own wants where nothing bounds it, points across and up."""
    if isinstance(look, PersonLook) and look.image is not None:
        return measures()["person_image_width"].points, measures()["person_image_height"].points
    return 205.0, 42.0


def _seal_width(look: SealLook) -> float:
    return measures()["seal_width"].points if look.width is None else look.width * POINTS_PER_MILLIMETRE


@functools.lru_cache(maxsize=16)
def _draw_signature(image: bytes, width: float, height: float, *, opaque: bool) -> Drawing:
    picture = read_picture(image)
    scale = min(width / picture.width, height / picture.height)
    return _draw_picture(picture, picture.width * scale, picture.height * scale, opaque=opaque)


@functools.lru_cache(maxsize=4)
def _draw_seal(image: bytes, width: float, *, opaque: bool) -> Drawing:
    picture = read_picture(image)
    return _draw_picture(picture, width, width * picture.height / picture.width, opaque=opaque, is_see_through=True)


def _draw_picture(
    picture: Picture, width: float, height: float, *, opaque: bool, is_see_through: bool = False
) -> Drawing:
    data = base64.b64encode(picture.png_on_white if opaque else picture.png).decode()
    svg = _SVG.format(width=picture.width, height=picture.height, data=data)
    inputs = {"svg": svg, "width": str(width), "height": str(height)}
    pdf = typeset(_HERE / "picture.typ", inputs, "a-1b" if opaque else "a-2b")
    if opaque:
        pdf = _cut_out(pdf, picture)
    strip = height / len(picture.strips)
    ink = tuple(
        Box(begins * width, height - (number + 1) * strip, ends * width, height - number * strip)
        for number, (begins, ends) in enumerate(picture.strips)
    )
    return Drawing(pdf, width, height, ink, is_see_through=is_see_through and not opaque)


def _cut_out(pdf: bytes, picture: Picture) -> bytes:
    """Leave the ground of the only picture out by a mask of black and white, which is no transparency."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        mask = document.make_stream(
            picture.mask,
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, ImageMask=True, BitsPerComponent=1,
            Width=picture.width, Height=picture.height,
        )  # fmt: skip
        (image,) = document.pages[0].Resources.XObject.values()
        image.Mask = mask
        output = io.BytesIO()
        document.save(output)
    return output.getvalue()


@functools.lru_cache(maxsize=4)
def _invent_seal(unit: str, width: float, *, opaque: bool) -> Drawing:
    (name,) = compose_drawable([unit.upper() or " "])
    pdf = _typeset("seal.typ", letters=json.dumps([*name]), width=str(width))
    radius, strips = width / 2, 24
    ink = []
    for number in range(strips):
        bottom = number * width / strips
        nearest = min(abs(bottom - radius), abs(bottom + width / strips - radius))
        half = (radius**2 - (0 if number == strips // 2 else nearest) ** 2) ** 0.5
        ink.append(Box(radius - half, bottom, radius + half, bottom + width / strips))
    return Drawing(pdf, width, width, tuple(ink), is_see_through=not opaque)


def _draw_text(lines: Sequence[str], width: float, height: float, *, snug: bool) -> Drawing:
    if snug:
        drawing = _draw_copy(lines, "")
        if drawing.width <= width and drawing.height <= height:
            return drawing
    return _whole(draw_stamp(lines, width, height))


def _draw_copy(lines: Sequence[str], look_up: str) -> Drawing:
    inputs = {
        "lines": json.dumps(compose_drawable(lines)),
        "size": str(measures()["copy_text_size"].points),
        "widest": str(measures()["copy_text_width"].points),
    }
    if look_up:
        inputs |= {"code": _code(look_up), "side": str(_code_side(look_up))}
    return _whole(_typeset("copy.typ", **inputs))


def _code(look_up: str) -> str:
    text = io.BytesIO()
    border = round(measures()["qr_quiet_zone"].value)
    _qr(look_up).save(text, kind="svg", border=border, light="white", xmldecl=False, omitsize=True)
    return text.getvalue().decode()


def _code_side(look_up: str) -> float:
    modules = _qr(look_up).symbol_size(border=round(measures()["qr_quiet_zone"].value))[0]
    return float(modules * measures()["qr_module"].points)


@functools.lru_cache(maxsize=4)
def _qr(look_up: str) -> segno.QRCode:
    if not 0 < len(look_up) <= _MOST_LOOKED_UP:
        raise SigningError("look-up-too-long", most=str(_MOST_LOOKED_UP))
    return segno.make_qr(unicodedata.normalize("NFC", look_up), error="m")


def _typeset(template: str, **inputs: str) -> bytes:
    return typeset(_HERE / template, inputs)


def _whole(pdf: bytes) -> Drawing:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _, _, width, height = (float(edge) for edge in document.pages[0].mediabox)
    return Drawing(pdf, width, height, (Box(0, 0, width, height),))


_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" '
    'height="{height}"><image width="{width}" height="{height}" xlink:href="data:image/png;base64,{data}"/></svg>'
)
