# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells pictures from PDFs by their first bytes, and gives the pages of both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from scanning.errors import ScanningError
from scanning.importing.imported_file import FileFacts, ImportedPage
from scanning.importing.picture_file import PictureFile
from scanning.importing.portable_document import open_portable_document

_PDF: Final = b"%PDF-"
_LEADING_BYTES: Final = 1024  # what may stand before the header (ISO 32000-1 annex H, note 13)


class OpenedFile(Protocol):
    """A file whose pages can be asked for one by one."""

    @property
    def facts(self) -> FileFacts:
        """What the file is."""
        ...

    def page(self, index: int) -> ImportedPage:
        """Give a page.

        Raises:
            ScanningError: ``page-…``: this page cannot be shown.
        """
        ...


@contextmanager
def open_file(content: bytes) -> Iterator[OpenedFile]:
    """Open a file.

    Raises:
        ScanningError: See ``scanning.file_importer``.
    """
    if not content:
        raise ScanningError("file-unreadable", reason="empty")
    if _PDF in content[:_LEADING_BYTES]:
        with open_portable_document(content) as document:
            yield document
    else:
        yield PictureFile(content)
