# SPDX-License-Identifier: GPL-3.0-or-later
"""Tesseract as a program of its own, for machines where the library does not load.

The program takes a page from a file and puts the text into another. Both lie in a folder in memory that nobody else
may enter, and are removed after each page; where there is no such folder nothing is read.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from types import TracebackType
from typing import Final, Self

# The program's threads wait for each other so busily that one thread reads three times faster.
os.environ["OMP_THREAD_LIMIT"] = "1"

import pytesseract

from scanning.core_dumps import forbid_core_dumps_of_children
from scanning.errors import ScanningError
from scanning.ocr.engine import GrayPlane
from scanning.ocr.language_data import VIETNAMESE, language_folder
from scanning.ocr.memory_folder import MemoryFolder
from scanning.ocr.text import PageText
from scanning.ocr.word_table import lines_of

_WHOLE_PAGE: Final = 3
_ONE_BLOCK: Final = 6
_ONE_LINE: Final = 7
_HEADING: Final = "level\t"
_LONGEST_SECONDS: Final = 120
_LANGUAGE_COMPLAINT: Final = "loading language"


class TesseractProgram:
    """An ``OcrEngine`` with the Vietnamese model."""

    def __init__(self, data_folder: Path | None = None, folder: MemoryFolder | None = None) -> None:
        """Try the program out.

        Args:
            data_folder: Where ``vie.traineddata`` lies, when not in a usual place.
            folder: Where pages are put down for the program; closed with the engine. One in a usual place by default.

        Raises:
            ScanningError: ``ocr-needs-memory-folder``; ``ocr-language-missing``, also when the file is damaged;
                ``ocr-program-missing``; ``ocr-program-failed``.
        """
        self._options = (
            f"--oem 1 --tessdata-dir {shlex.quote(str(language_folder(data_folder)))} "
            "-c tessedit_create_tsv=1 -c tessedit_do_invert=0"
        )
        forbid_core_dumps_of_children()
        self._folder = folder or MemoryFolder()
        try:
            self.read_line(GrayPlane(b"\xff" * 64 * 64, 64, 64, 200.0))
        except BaseException:
            self._folder.close()
            raise

    def read(self, plane: GrayPlane) -> PageText:
        """Read a page; boxes are in pixels of the plane."""
        return self._read(plane, _WHOLE_PAGE)

    def read_block(self, plane: GrayPlane) -> PageText:
        """Read a picture of one block of print, without looking for columns."""
        return self._read(plane, _ONE_BLOCK)

    def read_line(self, plane: GrayPlane) -> PageText:
        """Read a picture of a single line of print."""
        return self._read(plane, _ONE_LINE)

    def _read(self, plane: GrayPlane, segmentation: int) -> PageText:
        page = self._folder.path / "page.pgm"
        table = self._folder.path / "page.tsv"
        try:
            page.write_bytes(b"P5 %d %d 255\n" % (plane.width_px, plane.height_px) + plane.pixels)
            self._run(page, segmentation, round(plane.dpi))
            heading, *rows = table.read_text(encoding="utf-8").splitlines() or [""]
            if not heading.startswith(_HEADING):
                raise ValueError("no table")
            return PageText(lines_of(rows), plane.width_px, plane.height_px)
        except (OSError, ValueError):
            raise ScanningError("ocr-program-failed", reason="no-table") from None
        finally:
            page.unlink(missing_ok=True)
            table.unlink(missing_ok=True)

    def _run(self, page: Path, segmentation: int, dpi: int) -> None:
        try:
            pytesseract.pytesseract.run_tesseract(
                input_filename=str(page),
                output_filename_base=str(page.with_suffix("")),
                extension="tsv",
                lang=VIETNAMESE,
                config=f"{self._options} --psm {segmentation} --dpi {dpi}",
                timeout=_LONGEST_SECONDS,
            )
        except pytesseract.TesseractNotFoundError:
            raise ScanningError("ocr-program-missing") from None
        except pytesseract.TesseractError as error:
            if _LANGUAGE_COMPLAINT in str(error.message):
                raise ScanningError("ocr-language-missing", language=VIETNAMESE) from None
            raise ScanningError("ocr-program-failed", reason=f"status-{error.status}") from None
        except RuntimeError:
            raise ScanningError("ocr-program-failed", reason="time") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.close()
