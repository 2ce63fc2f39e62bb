# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages for the scanning tests: the demo's sample papers as a scanner delivers them, and print laid out by hand."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from demo.sample_papers import SAMPLE_PAPERS
from demo.scan_look import Condition
from demo.sheets import render_back, render_sheet
from scanning.ocr.tesseract import TesseractEngine
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.page_image import ColorMode, PageImage

Print = Callable[..., PageText]


def page_image(picture: Image.Image, dpi: int, *, quality: int = 88) -> PageImage:
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=quality, dpi=(dpi, dpi))
    mode = ColorMode.GRAY if picture.mode == "L" else ColorMode.COLOR
    return PageImage(content.getvalue(), *picture.size, dpi, mode)


@functools.cache
def _sample(kind: str, skew_degrees: float, seed: int, dpi: int) -> PageImage:
    condition = Condition(skew_degrees=skew_degrees, seed=seed)
    return page_image(render_sheet(SAMPLE_PAPERS[kind], dpi=dpi, condition=condition), dpi)


@functools.cache
def _back(kind: str, dpi: int) -> PageImage:
    return page_image(render_back(SAMPLE_PAPERS[kind], dpi=dpi, condition=Condition(seed=1)), dpi)


@pytest.fixture(scope="session")
def scan_of() -> Callable[..., PageImage]:
    """A page of the scanner from a picture: ``scan_of(picture, dpi, quality=88)``."""
    return page_image


@pytest.fixture(scope="session")
def sample() -> Callable[..., PageImage]:
    """A scanned sample paper: ``sample(kind, skew_degrees=0.0, seed=1, dpi=300)``; clockwise skew."""

    def give(kind: str, skew_degrees: float = 0.0, seed: int = 1, dpi: int = 300) -> PageImage:
        return _sample(kind, skew_degrees, seed, dpi)

    return give


@pytest.fixture(scope="session")
def engine() -> Iterator[TesseractEngine]:
    """Tesseract with Vietnamese."""
    with TesseractEngine() as tesseract:
        yield tesseract


@pytest.fixture(scope="session")
def back_of() -> Callable[..., PageImage]:
    """The empty back of a sample paper, its front shining through: ``back_of(kind, dpi=300)``."""

    def give(kind: str, dpi: int = 300) -> PageImage:
        return _back(kind, dpi)

    return give


@pytest.fixture(scope="session")
def printed() -> Print:
    """Text as an engine gives it: ``printed("GIẤY CHỨNG SINH", "Số: 1/2026")``, 20 pixels a letter, 50 a line.

    Three spaces make a wide gap. Words after ``~`` are read with a confidence of 10, the others with 95.
    """

    def give(*lines: str, height_px: int = 2300) -> PageText:
        return PageText(
            tuple(Line(tuple(_words(line, 50 * row + 40))) for row, line in enumerate(lines) if line), 1650, height_px
        )

    return give


def _words(line: str, top: int) -> Iterator[Word]:
    left = 0
    for piece in line.split(" "):
        text = piece.removeprefix("~")
        if text:
            yield Word(text, Box(left, top, 20 * len(text), 30), 10.0 if piece.startswith("~") else 95.0)
        left += 20 * (len(text) + 1)
