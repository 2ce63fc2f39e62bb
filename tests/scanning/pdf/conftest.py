# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages with archive pictures for the tests of documents, made without reading them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from itertools import groupby

import numpy as np
import pytest
from PIL import Image

from scanning.imaging.archive import archive_picture
from scanning.imaging.raster import Raster, decode
from scanning.imaging.sheet_planes import SheetPlanes
from scanning.ocr.engine import OcrEngine
from scanning.ocr.text import Line, PageText, Word
from scanning.page_image import PageImage
from scanning.page_reading import unreadable
from scanning.pdf.searchable import ScannedPage
from scanning.reading.way_up import set_upright

PageOf = Callable[..., ScannedPage]


def _height(word: Word) -> int:
    return word.box.top


@pytest.fixture(scope="session")
def page_of(scan_of: Callable[..., PageImage]) -> PageOf:
    """A page that was read: ``page_of(picture, *words, dpi=100)``; words of one height are a line."""

    def give(picture: Image.Image, *words: Word, dpi: int = 100) -> ScannedPage:
        pixels = np.asarray(picture.convert("RGB"))[:, :, ::-1]
        reading = dataclasses.replace(
            unreadable(""),
            fault=None,
            text=PageText(tuple(Line(tuple(line)) for _, line in groupby(words, _height)), *picture.size),
            archive=archive_picture(SheetPlanes(Raster(np.ascontiguousarray(pixels), float(dpi)))),
        )
        return ScannedPage(scan_of(picture, dpi), reading)

    return give


def read(image: PageImage, engine: OcrEngine) -> ScannedPage:
    """Read the text of a page, and nothing else."""
    sheet, text = set_upright(SheetPlanes(decode(image), ()), engine, 0.0)
    archive = archive_picture(sheet)
    reading = dataclasses.replace(unreadable(""), fault=None, transforms=sheet.transforms, text=text, archive=archive)
    return ScannedPage(image, reading)
