# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening a PDF that may be anything: the one place that decides what is readable, and how leniently."""

from __future__ import annotations

import decimal
import io
from collections.abc import Iterator
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from signing.errors import SigningError
from signing.looks.page_frame import PageFrame
from signing.stamp import Box

_DEEPEST_TREE: Final = 64  # of pages; a tree that goes round in a circle must end


def open_pdf(content: bytes) -> PdfFileReader:
    """Open a PDF, hybrid cross-reference files of office programs included.

    Raises:
        SigningError: ``pdf-unreadable`` (no PDF, or a broken one), ``pdf-encrypted``.
    """
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        encrypted = reader.encrypted
        has_pages = encrypted or int(reader.root["/Pages"]["/Count"]) > 0
    except Exception:  # a broken file makes the parser raise nearly anything
        raise SigningError("pdf-unreadable") from None
    if encrypted:
        raise SigningError("pdf-encrypted")
    if not has_pages:
        raise SigningError("pdf-unreadable")
    return reader


def signature_fields(reader: PdfFileReader) -> Iterator[tuple[str, generic.DictionaryObject, bool]]:
    """Walk the signature fields of a form.

    Yields:
        Fully qualified name, field dictionary, whether it holds a signature.
    """
    for name, value, reference in enumerate_sig_fields(reader):
        yield str(name), reference.get_object(), value is not None


def entry(dictionary: generic.DictionaryObject, key: str) -> Any:  # noqa: ANN401 - a PDF entry is of any type
    """Look an entry up behind its reference; ``None`` when there is none. ``dict.get`` would give the reference."""
    try:
        return dictionary[key]
    except KeyError:
        return None


def elements(dictionary: generic.DictionaryObject | None, key: str) -> Iterator[Any]:
    """Walk an array behind references, its own and its elements'; no array is an empty one."""
    array = None if dictionary is None else entry(dictionary, key)
    for element in array or ():
        yield element.get_object()


def page_frame(page: generic.DictionaryObject) -> PageFrame:
    """How a page lies: its crop box within its media box, else A4; how it is turned, and its unit."""
    media, crop = (rectangle(_inherited(page, key)) for key in ("/MediaBox", "/CropBox"))
    media = media or PageFrame().visible
    visible = media if crop is None else _common(media, crop) or media
    turned = _number(_inherited(page, "/Rotate"), 0)
    unit = _number(entry(page, "/UserUnit"), 1)
    return PageFrame(visible, round(turned / 90) % 4, unit if unit > 0 else 1)


def annotation_boxes(page: generic.DictionaryObject) -> tuple[Box, ...]:
    """Where the annotations of a page are, fields included; links lie on text, and unseen fields nowhere."""
    boxes = [
        rectangle(entry(annotation, "/Rect"))
        for annotation in elements(page, "/Annots")
        if entry(annotation, "/Subtype") not in ("/Link", "/Popup")
    ]
    return tuple(box for box in boxes if box is not None)


def _inherited(page: generic.DictionaryObject, key: str) -> Any:  # noqa: ANN401 - a PDF entry is of any type
    node: Any = page
    for _ in range(_DEEPEST_TREE):
        value = entry(node, key)
        if value is not None:
            return value
        node = entry(node, "/Parent")
        if node is None:
            break
    return None


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float | decimal.Decimal) else otherwise


def _common(one: Box, other: Box) -> Box | None:
    left, bottom = max(one.left, other.left), max(one.bottom, other.bottom)
    right, top = min(one.right, other.right), min(one.top, other.top)
    return Box(left, bottom, right, top) if left < right and bottom < top else None


def rectangle(corners: Any) -> Box | None:  # noqa: ANN401 - a PDF entry is of any type
    """A box with something in it; ``None`` when there is none."""
    if corners is None:
        return None
    box = _box(corners)
    return box if box.width > 0 and box.height > 0 else None


def _box(rectangle: generic.ArrayObject) -> Box:
    x1, y1, x2, y2 = (float(number.get_object()) for number in rectangle)
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
