# SPDX-License-Identifier: GPL-3.0-or-later
"""A PDF as pages: their pictures, and the text that the file itself has for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from scanning.errors import ScanningError
from scanning.importing.imported_file import FileFacts, FileKind, ImportedPage
from scanning.ocr.text import PageText
from scanning.pdf.importing import BroughtDocument, open_document


@contextmanager
def open_portable_document(content: bytes) -> Iterator[PortableDocument]:
    """Open a PDF.

    Raises:
        ScanningError: As ``scanning.pdf.importing.open_document``.
    """
    with open_document(content) as document:
        yield PortableDocument(document)


class PortableDocument:
    """See ``scanning.importing.opening.OpenedFile``."""

    def __init__(self, document: BroughtDocument) -> None:
        self._document = document
        facts = document.facts
        self._texts = [_text(document, index) for index in range(facts.page_count)]
        self.facts = FileFacts(FileKind.DOCUMENT, facts.page_count, facts.is_signed, has_text=all(self._texts))

    def page(self, index: int) -> ImportedPage:
        """Give a page.

        Raises:
            ScanningError: ``page-unreadable``, ``page-too-large``, ``page-too-small``.
        """
        return ImportedPage(self._document.render_page(index), self._texts[index])


def _text(document: BroughtDocument, index: int) -> PageText | None:
    try:
        return document.page_text(index)
    except ScanningError:
        return None  # told when the page itself is asked for
