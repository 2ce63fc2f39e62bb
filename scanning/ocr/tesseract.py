# SPDX-License-Identifier: GPL-3.0-or-later
"""Tesseract inside this process: no command line, no temporary files, one thread."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

# Read while the library loads. Its threads wait for each other so busily that one thread reads three times faster.
os.environ["OMP_THREAD_LIMIT"] = "1"

import tesserocr

from scanning.errors import ScanningError
from scanning.ocr.engine import GrayPlane
from scanning.ocr.language_data import VIETNAMESE, language_folder
from scanning.ocr.text import PageText
from scanning.ocr.word_table import lines_of


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

    def read_block(self, plane: GrayPlane) -> PageText:
        """Read a picture of one block of print, without looking for columns."""
        return self._read(plane, tesserocr.PSM.SINGLE_BLOCK)

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
        return PageText(lines_of(rows), plane.width_px, plane.height_px)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._api.End()
