# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that people bring: taken apart into pages by a worker program, so that a hostile one harms nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Final, Self

from scanning.child_program import ChildGoneError, ChildProgram, ChildSilentError
from scanning.devices.wire import read_error
from scanning.errors import ScanningError
from scanning.frames import MAXIMUM_PAYLOAD_BYTES, BrokenFrameError
from scanning.importing.imported_file import FileFacts, ImportedPage
from scanning.importing.wire import file_frame, read_facts, read_imported_page

logger = logging.getLogger(__name__)

_START_SECONDS: Final = 30.0
_PAGE_SECONDS: Final = 20.0
_PAGES_AHEAD: Final = 2  # of 300 dpi in memory; the worker waits at its pipe


class FileImporter:
    """Takes files apart; a context manager. One file at a time, one thread at a time."""

    def __init__(self) -> None:
        self._child: ChildProgram | None = None

    @contextmanager
    def opened(self, content: bytes) -> Iterator[tuple[FileFacts, Iterator[ImportedPage]]]:
        """Open a file.

        Args:
            content: A picture (JPEG, PNG, TIFF, BMP, WebP) or a PDF.

        Yields:
            What the file is, and its pages in order, each made when it is asked for.

        Raises:
            ScanningError: ``file-unreadable`` for what is neither, or takes the worker down; ``file-too-large``;
                ``page-…`` for a picture as ``scanning.imaging.raster.decode`` says; ``document-…`` for a PDF as
                ``scanning.pdf.importing`` says.
        """
        if len(content) > MAXIMUM_PAYLOAD_BYTES:
            raise ScanningError("file-too-large", bytes=str(len(content)))
        left_over = 1
        try:
            child = self._running_child()
            child.send(file_frame(content))
            first = child.receive(_START_SECONDS)
            if first.kind == "error":
                left_over = 0
                raise read_error(first)
            facts = read_facts(first)
            left_over = facts.page_count

            def pages() -> Iterator[ImportedPage]:
                nonlocal left_over
                for _ in range(facts.page_count):
                    page = read_imported_page(child.receive(_PAGE_SECONDS))
                    left_over -= 1
                    yield page

            yield facts, pages()
        except (ChildGoneError, ChildSilentError, BrokenFrameError) as error:
            logger.warning("the import worker ended over a file: %s", type(error).__name__)
            self.close()
            raise ScanningError("file-unreadable", reason="crashes-the-reader") from None
        finally:
            if left_over:  # pages that nobody asked for would be taken for the next file's
                self.close()

    def close(self) -> None:
        """End the worker at once."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _running_child(self) -> ChildProgram:
        if self._child is None or not self._child.alive:
            self.close()
            self._child = ChildProgram("scanning.importing", waiting_frames=_PAGES_AHEAD)
        return self._child
