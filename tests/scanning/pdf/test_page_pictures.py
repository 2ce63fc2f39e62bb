# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from scanning.errors import ScanningError
from scanning.page_image import PageImage
from scanning.page_reading import unreadable
from scanning.pdf.page_pictures import holds_pages, page_picture
from scanning.pdf.searchable import ScannedPage, build_pdf
from scanning.transforms import Rotation
from tests.scanning.pdf.conftest import PageOf

NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def sheet(mode: str = "RGB") -> Image.Image:
    """A4 at 100 dpi, with print and a mark in the top left corner."""
    picture = Image.new(mode, (827, 1169), "#f0f0ee")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 60, 160, 100), fill="#1e1e1e")
    draw.text((60, 300), "TỜ KHAI ĐĂNG KÝ", font_size=60, fill="#1e1e1e")
    if mode == "RGB":
        draw.ellipse((500, 800, 700, 1000), outline="#c82832", width=20)
    return picture


def opened(content: bytes) -> NDArray[np.int16]:
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"), np.int16)


def document(*pages: ScannedPage) -> io.BytesIO:
    return io.BytesIO(build_pdf(list(pages), "Giấy", NOON))


@pytest.mark.parametrize(("dpi", "height", "width"), [(100, 2338, 1654), (400, 584, 413)])
def test_the_layers_of_a_page_come_out_as_one_picture_at_200_dpi(
    page_of: PageOf, dpi: int, height: int, width: int
) -> None:
    shown = opened(page_picture(document(page_of(sheet(), dpi=dpi)), 0))
    assert shown.shape == pytest.approx((height, width, 3), abs=2)
    expected = np.asarray(sheet().resize((shown.shape[1], shown.shape[0])), np.int16)
    assert np.abs(shown - expected).mean() < 4
    assert shown[height * 80 // 1169, width * 110 // 827].max() < 60


def test_a_page_without_print_comes_out_too(page_of: PageOf) -> None:
    shown = opened(page_picture(document(page_of(Image.new("RGB", (600, 900), (230, 220, 200)))), 0))
    assert np.abs(shown - np.array([230, 220, 200])).max() < 6


def test_an_original_that_lies_upright_comes_out_byte_for_byte(scan_of: Callable[..., PageImage]) -> None:
    image = scan_of(sheet(), 300)
    assert page_picture(document(ScannedPage(image, None)), 0) == image.content


@pytest.mark.parametrize(("degrees", "turned"), [(90.0, 90), (180.0, 180), (-90.0, 270)])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_an_original_that_is_drawn_turned_comes_out_upright(
    scan_of: Callable[..., PageImage], degrees: float, turned: int, mode: str
) -> None:
    reading = replace(unreadable("page-too-large"), transforms=(Rotation(degrees),))
    lying = sheet(mode).rotate(-turned, expand=True)
    shown = opened(page_picture(document(ScannedPage(scan_of(lying, 100), reading)), 0))
    assert np.abs(shown - np.asarray(sheet(mode).convert("RGB"), np.int16)).mean() < 3


def test_an_original_that_is_drawn_level_comes_out_level_and_no_finer_than_200_dpi(
    scan_of: Callable[..., PageImage],
) -> None:
    reading = replace(unreadable("page-too-large"), transforms=(Rotation(92.0),))
    lying = sheet().rotate(-90, expand=True).rotate(-2.0, fillcolor="#f0f0ee")
    shown = opened(page_picture(document(ScannedPage(scan_of(lying, 300), reading)), 0))
    assert shown.shape == pytest.approx((779, 551, 3), abs=2)
    expected = np.asarray(sheet().resize((shown.shape[1], shown.shape[0])), np.int16)
    assert np.abs(shown - expected)[20:-20, 20:-20].mean() < 5


def test_documents_of_both_kinds_of_pages_are_read_page_by_page(
    page_of: PageOf, scan_of: Callable[..., PageImage]
) -> None:
    image = scan_of(sheet("L"), 100)
    content = document(page_of(sheet()), ScannedPage(image, None))
    assert opened(page_picture(content, 0)).shape == (2338, 1654, 3)
    assert page_picture(content, 1) == image.content


def test_a_document_says_whether_it_holds_all_pages(page_of: PageOf, scan_of: Callable[..., PageImage]) -> None:
    content = document(page_of(sheet()), ScannedPage(scan_of(sheet(), 100), None))
    assert holds_pages(content, 2)
    assert not holds_pages(content, 1)
    assert not holds_pages(content, 3)


def test_a_document_of_somebody_else_holds_none_of_our_pages() -> None:
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(content)
    assert not holds_pages(content, 1)
    with pytest.raises(ScanningError, match="page-unreadable"):
        page_picture(content, 0)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nbroken"])
def test_what_is_no_document_is_told(content: bytes) -> None:
    with pytest.raises(ScanningError, match="page-unreadable"):
        page_picture(io.BytesIO(content), 0)
    with pytest.raises(ScanningError, match="page-unreadable"):
        holds_pages(io.BytesIO(content), 1)


def test_a_page_that_is_not_there_is_told(scan_of: Callable[..., PageImage]) -> None:
    content = document(ScannedPage(scan_of(sheet("L"), 100), None))
    with pytest.raises(ScanningError, match="page-unreadable"):
        page_picture(content, 1)
