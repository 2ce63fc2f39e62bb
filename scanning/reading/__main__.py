# SPDX-License-Identifier: GPL-3.0-or-later
"""The reading worker: decodes and reads pages, so that a picture that crashes native code takes nothing else down.

Frames come in over stdin and go out over stdout (``scanning.reading.wire``). Nothing is written to disk.
"""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import sys
import traceback
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Final

from scanning.classify.corrections import Corrections
from scanning.classify.linear_model import shipped_model
from scanning.core_dumps import forbid_core_dumps
from scanning.devices.wire import error_frame
from scanning.errors import ScanningError
from scanning.frames import claim_standard_streams, read_frame, write_frame
from scanning.memory_limit import limit_memory
from scanning.ocr.engine import OcrEngine
from scanning.page_reading import Glance
from scanning.reading.page_pipeline import PagePipeline
from scanning.reading.wire import (
    READY,
    ReadRequest,
    corrections_frame,
    glance_frame,
    read_corrections,
    read_learn,
    read_read_request,
    reading_frame,
)

logger = logging.getLogger("scanning.reading.worker")

_VIETNAM_TIME: Final = dt.timezone(dt.timedelta(hours=7))
_BEHIND_THE_DESK: Final = 5  # nice: the clerk's keystrokes go before the reading
# An A3 page at 600 dpi in colour, its planes and the engine's copies take 1.3 GB.
_MEMORY_GIBIBYTES: Final = 4


def main() -> int:
    """Run until stdin ends."""
    parser = argparse.ArgumentParser(prog="python -m scanning.reading")
    parser.add_argument("--language-folder", type=Path)
    parser.add_argument("--engine", choices=("tesserocr", "pytesseract"), default="tesserocr")
    arguments = parser.parse_args()
    incoming, outgoing = claim_standard_streams()
    _log_alone()
    forbid_core_dumps()
    limit_memory(_MEMORY_GIBIBYTES)
    _give_way()
    try:
        engine = _engine(arguments.engine, arguments.language_folder)
    except ScanningError as error:
        write_frame(outgoing, error_frame(error))
        return 1
    with engine as loaded:
        try:
            _serve(loaded, incoming, outgoing)
        except BrokenPipeError:
            return 0
    return 0


def _engine(name: str, language_folder: Path | None) -> AbstractContextManager[OcrEngine]:
    """Load one engine, and nothing of the other."""
    if name == "pytesseract":
        from scanning.ocr.tesseract_program import TesseractProgram

        return TesseractProgram(language_folder)
    from scanning.ocr.tesseract import TesseractEngine

    return TesseractEngine(language_folder)


def _serve(engine: OcrEngine, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    write_frame(outgoing, READY)
    corrections: Corrections | None = None
    while (frame := read_frame(incoming)) is not None:
        match frame.kind:
            case "corrections":
                corrections = _known(read_corrections(frame))
            case "learn":
                corrections = (corrections or Corrections.empty(shipped_model().version)).learn(*read_learn(frame))
                write_frame(outgoing, corrections_frame(corrections.to_bytes()))
            case _:
                _answer(read_read_request(frame), PagePipeline(engine, corrections, _today()), outgoing)


def _today() -> dt.date:
    """Ask the clock for each page: a worker runs for days."""
    return dt.datetime.now(_VIETNAM_TIME).date()


def _known(content: bytes) -> Corrections | None:
    """Take over what was learnt; what is damaged, or of another model, is of no use and no harm."""
    if not content:
        return None
    try:
        # Merging is what sees that they are of this model.
        return Corrections.empty(shipped_model().version).merge(Corrections.from_bytes(content))
    except ScanningError as error:
        logger.warning("corrections are left aside: %s", error.code)
        return None


def _answer(request: ReadRequest, pipeline: PagePipeline, outgoing: IO[bytes]) -> None:
    def tell(glance: Glance) -> None:
        write_frame(outgoing, glance_frame(glance))

    try:
        frame = reading_frame(pipeline.read(request, tell))
    except ScanningError as error:
        frame = error_frame(error)
    except MemoryError:
        frame = error_frame(ScanningError("page-too-large", reason="memory"))
    except BrokenPipeError:
        raise
    except Exception as error:
        # The exception's text may quote what stands on the page, so only its kind and place are told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        logger.error("%s at %s:%s", type(error).__name__, Path(place.filename).name, place.lineno)
        frame = error_frame(ScanningError("page-unreadable", reason=type(error).__name__))
    write_frame(outgoing, frame)


def _log_alone() -> None:
    """Keep stderr for our own log: the native libraries grumble about every scrap that is no print."""
    log = os.fdopen(os.dup(2), "w", encoding="utf-8")
    logging.basicConfig(stream=log, level=logging.WARNING, format="reading worker: %(levelname)s %(name)s: %(message)s")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)


def _give_way() -> None:
    if sys.platform != "win32":
        os.nice(_BEHIND_THE_DESK)


if __name__ == "__main__":
    sys.exit(main())
