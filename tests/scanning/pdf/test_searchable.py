# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from scanning.errors import ScanningError
from scanning.imaging.raster import Raster
from scanning.imaging.skew import skew_correction_degrees
from scanning.ocr.tesseract import TesseractEngine
from scanning.ocr.text import Box, Word
from scanning.page_image import ColorMode, PageImage
from scanning.page_reading import unreadable
from scanning.pdf.searchable import ScannedPage, build_pdf
from scanning.transforms import Rotation
from tests.scanning.pdf.conftest import PageOf, read

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
    return read(image, engine)


@pytest.fixture(scope="module")
def skewed_pdf(skewed: ScannedPage) -> bytes:
    return build_pdf([skewed], "Giấy chứng sinh", NOON)


def white(width: int = 600, height: int = 900) -> Image.Image:
    return Image.new("RGB", (width, height), (255, 255, 255))


def test_the_text_of_a_skewed_scan_comes_out_in_reading_order(
    skewed: ScannedPage, skewed_pdf: bytes, tmp_path: Path
) -> None:
    assert skewed.reading is not None
    extracted = poppler("pdftotext", "-raw", content=skewed_pdf, folder=tmp_path)
    # Of a signature the engine reads words that lie on each other; which letters belong together is anybody's guess.
    assert SequenceMatcher(None, extracted.split(), skewed.reading.text.text.split()).ratio() > 0.99
    laid_out = poppler("pdftotext", content=skewed_pdf, folder=tmp_path)
    assert "Đã sinh con vào lúc: 04 giờ 35 phút, ngày 12 tháng 10 năm 2026" in laid_out


def test_words_lie_where_their_print_is(skewed: ScannedPage, skewed_pdf: bytes, tmp_path: Path) -> None:
    assert skewed.reading is not None
    boxes = poppler("pdftotext", "-raw", "-bbox", content=skewed_pdf, folder=tmp_path)
    found = re.findall(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">', boxes)
    words = skewed.reading.text.words
    assert len(found) == len(words)
    points = 72 * 8.27 / skewed.reading.text.width_px
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
    scale = picture.width_px / skewed.reading.text.width_px
    left, top, right, bottom = (round(scale * side) for side in (title.left, title.top, title.right, title.bottom))
    inside = picture.pixels[top:bottom, left:right]
    gap = picture.pixels[bottom + 4 : bottom + 12, left:right]
    assert np.mean(inside < 128) > 0.1
    assert np.mean(gap < 128) < 0.01


def test_a_page_of_print_is_150_kilobytes_at_most_and_a_page_in_colour_400(skewed_pdf: bytes, page_of: PageOf) -> None:
    assert len(skewed_pdf) < 150_000
    noise = np.random.default_rng(3).normal(0, 30, (390, 276, 3))
    scene = Image.fromarray(np.clip(100 + noise, 0, 255).astype(np.uint8)).resize(
        (1654, 2339), Image.Resampling.BICUBIC
    )
    assert len(build_pdf([page_of(scene, dpi=200)], "Ảnh", NOON)) < 400_000


def test_the_page_shows_its_archive_picture(page_of: PageOf, tmp_path: Path) -> None:
    picture = white(1800, 1800)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 100, 400, 120), fill=(20, 20, 20))
    draw.ellipse((600, 300, 900, 600), outline=(210, 40, 50), width=30)
    content = build_pdf([page_of(picture, dpi=300)], "Trang", NOON)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert set(pdf.pages[0].Resources.XObject.keys()) == {"/Background", "/Print"}
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 432, 432]
    shown = np.asarray(Image.open(io.BytesIO(_rendered_in_color(content, tmp_path, dpi=300))).convert("RGB"), np.int16)
    assert shown.shape == (1800, 1800, 3)
    assert np.abs(shown - np.asarray(picture, np.int16)).mean() < 3
    assert shown[110, 250].max() < 60
    assert shown[315, 750, 0] - shown[315, 750, 1] > 120


def _rendered_in_color(content: bytes, folder: Path, *, dpi: int) -> bytes:
    file = folder / "document.pdf"
    file.write_bytes(content)
    return subprocess.run(
        ["pdftoppm", "-png", "-r", str(dpi), str(file)], capture_output=True, check=True, timeout=60
    ).stdout


def test_the_page_in_the_document_reads_as_the_scan_did(
    skewed: ScannedPage, skewed_pdf: bytes, engine: TesseractEngine, tmp_path: Path
) -> None:
    assert skewed.reading is not None
    shown = _rendered_in_color(skewed_pdf, tmp_path, dpi=300)
    width, height = Image.open(io.BytesIO(shown)).size
    again = read(PageImage(shown, width, height, 300, ColorMode.COLOR), engine).reading
    assert again is not None
    sure = [word.text for word in skewed.reading.text.words if word.confidence > 80]
    missing = Counter(sure) - Counter(word.text for word in again.text.words)
    assert missing.total() <= 0.01 * len(sure)


def test_every_vietnamese_letter_comes_out_as_itself(page_of: PageOf, tmp_path: Path) -> None:
    words = [VIETNAMESE, VIETNAMESE.lower(), "dấu:;,.-/()<>&%“”…²"]
    page = page_of(white(), *(Word(word, Box(25, 50 * row, 500, 20), 90.0) for row, word in enumerate(words, start=1)))
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
def test_an_original_that_went_in_on_its_side_is_shown_upright(
    scan_of: Callable[..., PageImage], tmp_path: Path, rotations: tuple[float, ...], corner: tuple[int, int]
) -> None:
    picture = white()
    picture.paste((0, 0, 0), (0, 0, 100, 100))
    reading = replace(unreadable("page-too-large"), transforms=tuple(map(Rotation, rotations)))
    content = build_pdf([ScannedPage(scan_of(picture, 100), reading)], "Trang", NOON)
    shown = rendered(content, tmp_path).pixels
    assert shown.shape == ((600, 900) if len(rotations) and abs(rotations[0]) == 90 else (900, 600))
    row, column = (shown.shape[0] - 50 if corner[0] else 50), (shown.shape[1] - 50 if corner[1] else 50)
    assert shown[row, column] < 20
    assert np.mean(shown < 128) == pytest.approx(10_000 / 540_000, rel=0.05)


def test_a_page_that_could_not_be_read_is_in_the_document_byte_for_byte(
    scan_of: Callable[..., PageImage], tmp_path: Path
) -> None:
    image = scan_of(Image.new("L", (600, 900), 200), 100)
    pages = [ScannedPage(image, None), ScannedPage(image, unreadable("page-unreadable"))]
    content = build_pdf(pages, "Không đọc được", NOON)
    assert _fonts(content, tmp_path) == []
    assert rendered(content, tmp_path, page=2).pixels.mean() == pytest.approx(200, abs=2)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        scan = pdf.pages[0].Resources.XObject["/Scan"]
        assert scan.ColorSpace == "/DeviceGray"
        assert scan.read_raw_bytes() == image.content


def test_the_same_pages_give_the_same_bytes_and_another_moment_others(skewed: ScannedPage, skewed_pdf: bytes) -> None:
    assert build_pdf([skewed], "Giấy chứng sinh", NOON) == skewed_pdf
    assert build_pdf([skewed], "Giấy chứng sinh", NOON + dt.timedelta(seconds=1)) != skewed_pdf


def test_pages_stay_in_order(page_of: PageOf, tmp_path: Path) -> None:
    pages = [page_of(white(60, 90), Word(f"trang-{number}", Box(10, 10, 30, 4), 90.0)) for number in range(12)]
    text = poppler("pdftotext", content=build_pdf(pages, "Nhiều trang", NOON), folder=tmp_path)
    assert text.split() == [f"trang-{number}" for number in range(12)]


def test_a_picture_that_cannot_be_embedded_is_refused(scan_of: Callable[..., PageImage]) -> None:
    good = scan_of(Image.new("RGB", (600, 900)), 100)
    cmyk = io.BytesIO()
    Image.new("CMYK", (600, 900)).save(cmyk, "JPEG")
    png = io.BytesIO()
    white().save(png, "PNG")
    for broken, code in (
        (replace(good, content=good.content[:500]), "page-unreadable"),
        (replace(good, content=cmyk.getvalue()), "page-format-unsupported"),
        (replace(good, content=png.getvalue()), "page-unreadable"),
        (replace(good, dpi=0), "page-resolution-invalid"),
        (replace(good, dpi=2), "page-resolution-invalid"),
    ):
        with pytest.raises(ScanningError) as caught:
            build_pdf([ScannedPage(broken, None)], "Hỏng", NOON)
        assert caught.value.code == code


def test_a_document_needs_pages_and_a_moment_that_means_the_same_everywhere(skewed: ScannedPage) -> None:
    with pytest.raises(ValueError, match="pages"):
        build_pdf([], "Trống", NOON)
    with pytest.raises(ValueError, match="time zone"):
        build_pdf([skewed], "Giờ", NOON.replace(tzinfo=None))
