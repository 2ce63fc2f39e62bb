# SPDX-License-Identifier: GPL-3.0-or-later
"""The import worker: takes files of people apart into pages.

Frames come in over stdin and go out over stdout (``scanning.importing.wire``). Nothing is written to disk.
"""

from __future__ import annotations

import logging
import sys
from typing import IO, Final

from scanning.core_dumps import forbid_core_dumps
from scanning.devices.wire import error_frame
from scanning.errors import ScanningError
from scanning.frames import claim_standard_streams, read_frame, write_frame
from scanning.importing.imported_file import ImportedPage
from scanning.importing.opening import OpenedFile, open_file
from scanning.importing.wire import facts_frame, imported_page_frame
from scanning.memory_limit import limit_memory

logger = logging.getLogger("scanning.importing.worker")

_MEMORY_GIBIBYTES: Final = 3


def main() -> int:
    """Run until stdin ends."""
    logging.basicConfig(level=logging.WARNING, format="import worker: %(levelname)s %(name)s: %(message)s")
    incoming, outgoing = claim_standard_streams()
    forbid_core_dumps()
    limit_memory(_MEMORY_GIBIBYTES)
    try:
        while (frame := read_frame(incoming)) is not None:
            _take_apart(frame.payload, outgoing)
    except BrokenPipeError:
        pass
    return 0


def _take_apart(content: bytes, outgoing: IO[bytes]) -> None:
    try:
        with open_file(content) as opened:
            write_frame(outgoing, facts_frame(opened.facts))
            for index in range(opened.facts.page_count):
                write_frame(outgoing, imported_page_frame(_page(opened, index)))
    except ScanningError as error:
        write_frame(outgoing, error_frame(error))
    except MemoryError:
        write_frame(outgoing, error_frame(ScanningError("file-too-large", reason="memory")))


def _page(opened: OpenedFile, index: int) -> ImportedPage:
    try:
        return opened.page(index)
    except ScanningError as error:
        return ImportedPage(None, fault=error.code)
    except MemoryError:
        return ImportedPage(None, fault="page-too-large")


if __name__ == "__main__":
    sys.exit(main())
