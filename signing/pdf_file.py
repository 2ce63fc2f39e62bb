# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening a PDF that may be anything: the one place that decides what is readable, and how leniently."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from signing.errors import SigningError
from signing.stamp import Box


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


def page_box(page: generic.DictionaryObject) -> Box:
    """The visible part of a page: its crop box, else its media box, else A4."""
    for key in ("/CropBox", "/MediaBox"):
        node = page
        while node is not None:
            rectangle = entry(node, key)
            if rectangle is not None:
                return _box(rectangle)
            node = entry(node, "/Parent")
    return Box(0, 0, 595.28, 841.89)


def annotation_boxes(page: generic.DictionaryObject) -> tuple[Box, ...]:
    """Where the annotations of a page are, fields included."""
    return tuple(_box(annotation["/Rect"]) for annotation in elements(page, "/Annots") if "/Rect" in annotation)


def _box(rectangle: generic.ArrayObject) -> Box:
    x1, y1, x2, y2 = (float(number.get_object()) for number in rectangle)
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
