# SPDX-License-Identifier: GPL-3.0-or-later
"""The scanned pictures inside a document that ``searchable`` made, byte for byte as they came from the scanner.

A signature adds to the end of a document and changes nothing before it, so they are there in a signed one too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pikepdf import Pdf, PdfError

from scanning.errors import ScanningError
from scanning.pdf.page_content import IMAGE_NAME


def page_picture(document: BinaryIO, number: int) -> bytes:
    """Give the picture of one page, reading little else.

    Args:
        document: A PDF that can be sought in.
        number: Which page, from 0.

    Raises:
        ScanningError: ``page-unreadable`` when there is no such page, or no scanned picture on it.
    """
    with _opened(document) as pdf:
        return _picture(pdf, number)


def page_pictures(document: BinaryIO) -> Iterator[bytes]:
    """Give the pictures of all pages in order.

    Raises:
        ScanningError: ``page-unreadable``.
    """
    with _opened(document) as pdf:
        for number in range(len(pdf.pages)):
            yield _picture(pdf, number)


@contextmanager
def _opened(document: BinaryIO) -> Iterator[Pdf]:
    try:
        with Pdf.open(document) as pdf:
            yield pdf
    except PdfError:
        raise ScanningError("page-unreadable") from None


def _picture(pdf: Pdf, number: int) -> bytes:
    try:
        return pdf.pages[number].obj.Resources.XObject[IMAGE_NAME].read_raw_bytes()
    except (AttributeError, IndexError, KeyError):
        raise ScanningError("page-unreadable") from None
