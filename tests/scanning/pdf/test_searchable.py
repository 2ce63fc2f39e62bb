# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from scanning.errors import ScanningError
from scanning.imaging.raster import Raster
from scanning.imaging.skew import skew_correction_degrees
from scanning.ocr.tesseract import TesseractEngine
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.page_image import PageImage
from scanning.page_reading import unreadable
from scanning.pdf.searchable import ScannedPage, build_pdf
from scanning.reading.page_pipeline import read_page
from scanning.transforms import Rotation

HANOI = dt.timezone(dt.timedelta(hours=7))
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=HANOI)
VIETNAMESE = "AĂÂÀẰẦÁẮẤẢẲẨÃẴẪẠẶẬEÊÈỀÉẾẺỂẼỄẸỆIÌÍỈĨỊOÔƠÒỒỜÓỐỚỎỔỞÕỖỠỌỘỢUƯÙỪÚỨỦỬŨỮỤỰYỲÝỶỸỴĐBCDGHKLMNPQRSTVX0123456789"


def poppler(program: str, *arguments: str, content: bytes, folder: Path) -> str:
    """Run one of poppler's programs on a document of made-up people."""
    file = folder / "document.pdf"
    file.write_bytes(content)
    done = subprocess.run([program, *arguments, str(file), "-"], capture_output=True, check=True, timeout=60)
    assert not done.stderr
    return done.stdout.decode()


def rendered(content: bytes, folder: Path, *, page: int = 1, dpi: int = 100) -> Raster:
    """How poppler shows a page, in gray."""
    file = folder / "document.pdf"
    file.write_bytes(content)
    numbers = ["-f", str(page), "-l", str(page), "-r", str(dpi)]
    done = subprocess.run(["pdftoppm", *numbers, "-gray", str(file)], capture_output=True, check=True, timeout=60)
    assert not done.stderr
    return Raster(np.asarray(Image.open(io.BytesIO(done.stdout))), float(dpi))


@pytest.fixture(scope="module")
def skewed(sample: Callable[..., PageImage], engine: TesseractEngine) -> ScannedPage:
    image = sample("birth-proof", 3.4, seed=4)
    return ScannedPage(image, read_page(image, engine))


@pytest.fixture(scope="module")
def skewed_pdf(skewed: ScannedPage) -> bytes:
    return build_pdf([skewed], "Giấy chứng sinh", NOON)


def page_with(scan_of: Callable[..., PageImage], *words: Word, rotations: tuple[float, ...] = ()) -> ScannedPage:
    image = scan_of(Image.new("RGB", (600, 900), (255, 255, 255)), 100)
    reading = replace(
        unreadable(""),
        fault=None,
        text=PageText(tuple(Line((word,)) for word in words), 1200, 1800),
        transforms=tuple(map(Rotation, rotations)),
    )
    return ScannedPage(image, reading)


def test_the_text_of_a_skewed_scan_comes_out_in_reading_order(
    skewed: ScannedPage, skewed_pdf: bytes, tmp_path: Path
) -> None:
    assert skewed.reading is not None
    extracted = poppler("pdftotext", "-raw", content=skewed_pdf, folder=tmp_path)
    assert extracted.split() == skewed.reading.text.text.split()
    laid_out = poppler("pdftotext", content=skewed_pdf, folder=tmp_path)
    assert "Đã sinh con vào lúc: 04 giờ 35 phút, ngày 12 tháng 10 năm 2026" in laid_out


def test_words_lie_where_their_print_is(skewed: ScannedPage, skewed_pdf: bytes, tmp_path: Path) -> None:
    assert skewed.reading is not None
    boxes = poppler("pdftotext", "-raw", "-bbox", content=skewed_pdf, folder=tmp_path)
    found = re.findall(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">', boxes)
    words = skewed.reading.text.words
    assert len(found) == len(words)
    points = 72 / 200
    exact = 0
    for place, word in zip(found, words, strict=True):
        left, top, right, bottom = map(float, place)
        assert left == pytest.approx(word.box.left * points, abs=0.5)
        assert right < word.box.right * points + 0.5  # less where the boxes of neighbours overlap
        exact += right > word.box.right * points - 1.5
        middle = (word.box.top + word.box.height / 2) * points
        assert top - 3 < middle < bottom + 3
    assert exact > 0.95 * len(words)


def test_the_picture_stands_upright_under_its_words(skewed: ScannedPage, skewed_pdf: bytes, tmp_path: Path) -> None:
    assert skewed.reading is not None
    assert skewed.reading.rotation_degrees == pytest.approx(3.4, abs=0.1)
    picture = rendered(skewed_pdf, tmp_path)
    assert skew_correction_degrees(picture) == pytest.approx(0.0, abs=0.1)
    assert picture.pixels.shape == pytest.approx((1169, 827), abs=1)
    title = next(line for line in skewed.reading.text.lines if line.text == "GIẤY CHỨNG SINH").box
    inside = picture.pixels[title.top // 2 : title.bottom // 2, title.left // 2 : title.right // 2]
    gap = picture.pixels[title.bottom // 2 + 4 : title.bottom // 2 + 12, title.left // 2 : title.right // 2]
    assert np.mean(inside < 128) > 0.1
    assert np.mean(gap < 128) < 0.01


def test_the_scan_is_in_the_document_byte_for_byte(skewed: ScannedPage, skewed_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(skewed_pdf)) as pdf:
        assert pdf.pages[0].Resources.XObject["/Scan"].read_raw_bytes() == skewed.image.content
    assert len(skewed_pdf) < len(skewed.image.content) + 12_000


def test_every_vietnamese_letter_comes_out_as_itself(scan_of: Callable[..., PageImage], tmp_path: Path) -> None:
    words = [VIETNAMESE, VIETNAMESE.lower(), "dấu:;,.-/()<>&%“”…²"]
    page = page_with(
        scan_of, *(Word(word, Box(50, 100 * row, 1000, 40), 90.0) for row, word in enumerate(words, start=1))
    )
    content = build_pdf([page], "Chữ", NOON)
    assert poppler("pdftotext", "-raw", content=content, folder=tmp_path).split() == words
    assert _fonts(content, tmp_path) == [("Identity-H", "yes", "yes")]


def _fonts(content: bytes, folder: Path) -> list[tuple[str, str, str]]:
    """Encoding, embedded, has ToUnicode of each font."""
    file = folder / "document.pdf"
    file.write_bytes(content)
    done = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True, timeout=60)
    rows = [row.split() for row in done.stdout.splitlines()[2:]]
    return [(row[-6], row[-5], row[-3]) for row in rows]


@pytest.mark.parametrize(
    ("rotations", "corner"), [((), (0, 0)), ((90.0,), (1, 0)), ((180.0,), (1, 1)), ((-90.0,), (0, 1))]
)
def test_a_page_that_went_in_on_its_side_is_shown_upright(
    scan_of: Callable[..., PageImage], tmp_path: Path, rotations: tuple[float, ...], corner: tuple[int, int]
) -> None:
    picture = Image.new("RGB", (600, 900), (255, 255, 255))
    picture.paste((0, 0, 0), (0, 0, 100, 100))
    page = page_with(scan_of, rotations=rotations)
    content = build_pdf([replace(page, image=scan_of(picture, 100))], "Trang", NOON)
    shown = rendered(content, tmp_path).pixels
    assert shown.shape == ((600, 900) if len(rotations) and abs(rotations[0]) == 90 else (900, 600))
    row, column = (shown.shape[0] - 50 if corner[0] else 50), (shown.shape[1] - 50 if corner[1] else 50)
    assert shown[row, column] < 20
    assert np.mean(shown < 128) == pytest.approx(10_000 / 540_000, rel=0.05)


def test_a_page_that_could_not_be_read_is_in_the_document_as_it_was_scanned(
    scan_of: Callable[..., PageImage], tmp_path: Path
) -> None:
    image = scan_of(Image.new("L", (600, 900), 200), 100)
    pages = [ScannedPage(image, None), ScannedPage(image, unreadable("page-unreadable"))]
    content = build_pdf(pages, "Không đọc được", NOON)
    assert _fonts(content, tmp_path) == []
    assert rendered(content, tmp_path, page=2).pixels.mean() == pytest.approx(200, abs=2)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.pages[0].Resources.XObject["/Scan"].ColorSpace == "/DeviceGray"


def test_the_same_pages_give_the_same_bytes_and_another_moment_others(skewed: ScannedPage, skewed_pdf: bytes) -> None:
    assert build_pdf([skewed], "Giấy chứng sinh", NOON) == skewed_pdf
    assert build_pdf([skewed], "Giấy chứng sinh", NOON + dt.timedelta(seconds=1)) != skewed_pdf


def test_pages_stay_in_order(scan_of: Callable[..., PageImage], tmp_path: Path) -> None:
    pages = [page_with(scan_of, Word(f"trang-{number}", Box(100, 100, 300, 40), 90.0)) for number in range(12)]
    text = poppler("pdftotext", content=build_pdf(pages, "Nhiều trang", NOON), folder=tmp_path)
    assert text.split() == [f"trang-{number}" for number in range(12)]


def test_a_picture_that_cannot_be_embedded_is_refused(scan_of: Callable[..., PageImage]) -> None:
    good = scan_of(Image.new("RGB", (600, 900)), 100)
    cmyk = io.BytesIO()
    Image.new("CMYK", (600, 900)).save(cmyk, "JPEG")
    for broken, code in (
        (replace(good, content=good.content[:500]), "page-unreadable"),
        (replace(good, content=cmyk.getvalue()), "page-format-unsupported"),
        (replace(good, dpi=0), "page-resolution-invalid"),
    ):
        with pytest.raises(ScanningError) as caught:
            build_pdf([ScannedPage(broken, None)], "Hỏng", NOON)
        assert caught.value.code == code


def test_a_document_needs_pages_and_a_moment_that_means_the_same_everywhere(skewed: ScannedPage) -> None:
    with pytest.raises(ValueError, match="pages"):
        build_pdf([], "Trống", NOON)
    with pytest.raises(ValueError, match="time zone"):
        build_pdf([skewed], "Giờ", NOON.replace(tzinfo=None))
