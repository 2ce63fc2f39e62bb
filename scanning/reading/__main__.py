# SPDX-License-Identifier: GPL-3.0-or-later
"""The reading worker: decodes and reads pages, so that a picture that crashes native code takes nothing else down.

Frames come in over stdin and go out over stdout (``scanning.reading.wire``). Nothing is written to disk.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import traceback
from pathlib import Path
from typing import IO, Final

from scanning.core_dumps import forbid_core_dumps
from scanning.devices.wire import error_frame, read_page
from scanning.errors import ScanningError
from scanning.frames import Frame, claim_standard_streams, read_frame, write_frame
from scanning.ocr.tesseract import TesseractEngine
from scanning.reading import page_pipeline
from scanning.reading.wire import READY, reading_frame

logger = logging.getLogger("scanning.reading.worker")

_BEHIND_THE_DESK: Final = 5  # nice: the clerk's keystrokes go before the reading


def main() -> int:
    """Run until stdin ends."""
    parser = argparse.ArgumentParser(prog="python -m scanning.reading")
    parser.add_argument("--language-folder", type=Path)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="reading worker: %(levelname)s %(name)s: %(message)s")
    incoming, outgoing = claim_standard_streams()
    forbid_core_dumps()
    _give_way()
    try:
        engine = TesseractEngine(arguments.language_folder)
    except ScanningError as error:
        write_frame(outgoing, error_frame(error))
        return 1
    with engine:
        try:
            _serve(engine, incoming, outgoing)
        except BrokenPipeError:
            return 0
    return 0


def _serve(engine: TesseractEngine, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    write_frame(outgoing, READY)
    while (request := read_frame(incoming)) is not None:
        write_frame(outgoing, _answer(request, engine))


def _answer(request: Frame, engine: TesseractEngine) -> Frame:
    try:
        return reading_frame(page_pipeline.read_page(read_page(request), engine))
    except ScanningError as error:
        return error_frame(error)
    except Exception as error:
        # The exception's text may quote what stands on the page, so only its kind and place are told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        logger.error("%s at %s:%s", type(error).__name__, Path(place.filename).name, place.lineno)
        return error_frame(ScanningError("page-unreadable", reason=type(error).__name__))


def _give_way() -> None:
    if sys.platform != "win32":
        os.nice(_BEHIND_THE_DESK)


if __name__ == "__main__":
    sys.exit(main())
