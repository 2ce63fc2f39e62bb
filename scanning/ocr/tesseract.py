# SPDX-License-Identifier: GPL-3.0-or-later
"""Tesseract inside this process: no command line, no temporary files, one thread."""

from __future__ import annotations

import os
import unicodedata
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Final, Self

# Read while the library loads. Its threads wait for each other so busily that one thread reads three times faster.
os.environ["OMP_THREAD_LIMIT"] = "1"

import tesserocr

from scanning.errors import ScanningError
from scanning.ocr.engine import GrayPlane
from scanning.ocr.language_data import VIETNAMESE, language_folder
from scanning.ocr.text import Box, Line, PageText, Word

_WORD_LEVEL: Final = "5"


class TesseractEngine:
    """An ``OcrEngine`` with the Vietnamese model."""

    def __init__(self, data_folder: Path | None = None) -> None:
        """Load the model.

        Args:
            data_folder: Where ``vie.traineddata`` lies, when not in a usual place.

        Raises:
            ScanningError: ``ocr-language-missing``, also when the file is damaged.
        """
        folder = language_folder(data_folder)
        try:
            self._api = tesserocr.PyTessBaseAPI(path=str(folder), lang=VIETNAMESE, oem=tesserocr.OEM.LSTM_ONLY)
        except RuntimeError:
            raise ScanningError("ocr-language-missing", language=VIETNAMESE) from None
        # White on black does not occur on office paper; looking for it costs 4 % of the time and wins nothing.
        self._api.SetVariable("tessedit_do_invert", "0")
        self._api.SetVariable("debug_file", os.devnull)  # it would complain of every scrap too small to read

    def read(self, plane: GrayPlane) -> PageText:
        """Read a page; boxes are in pixels of the plane."""
        return self._read(plane, tesserocr.PSM.AUTO)

    def read_line(self, plane: GrayPlane) -> PageText:
        """Read a picture of a single line of print."""
        return self._read(plane, tesserocr.PSM.SINGLE_LINE)

    def _read(self, plane: GrayPlane, segmentation: int) -> PageText:
        self._api.SetPageSegMode(segmentation)
        self._api.SetImageBytes(plane.pixels, plane.width_px, plane.height_px, 1, plane.width_px)
        self._api.SetSourceResolution(round(plane.dpi))
        try:
            rows = self._api.GetTSVText(0).splitlines()
        finally:
            self._api.Clear()
        return PageText(_lines(rows), plane.width_px, plane.height_px)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._api.End()


def _lines(rows: list[str]) -> tuple[Line, ...]:
    """Gather the words of Tesseract's table: level, page, block, paragraph, line, word, box, confidence, text."""
    columns = (row.split("\t", 11) for row in rows)
    words = [entry for entry in columns if entry[0] == _WORD_LEVEL and len(entry) == 12 and entry[11].strip()]
    return tuple(Line(tuple(_word(entry) for entry in line)) for _, line in groupby(words, key=itemgetter(2, 3, 4)))


def _word(entry: list[str]) -> Word:
    left, top, width, height = (int(value) for value in entry[6:10])
    return Word(unicodedata.normalize("NFC", entry[11].strip()), Box(left, top, width, height), float(entry[10]))
