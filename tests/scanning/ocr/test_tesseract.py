# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scanning.errors import ScanningError
from scanning.imaging.raster import Raster, decode, reduce, stamp_proof_plane
from scanning.ocr.engine import GrayPlane
from scanning.ocr.language_data import language_folder
from scanning.ocr.tesseract import TesseractEngine
from scanning.ocr.text import Box, PageText
from scanning.page_image import PageImage


def gray(raster: Raster) -> GrayPlane:
    return GrayPlane(raster.pixels.tobytes(), raster.width_px, raster.height_px, raster.dpi)


@pytest.fixture(scope="module")
def plane(sample: Callable[..., PageImage]) -> GrayPlane:
    return gray(reduce(stamp_proof_plane(decode(sample("birth-proof"))), 200))


@pytest.fixture(scope="module")
def text(engine: TesseractEngine, plane: GrayPlane) -> PageText:
    return engine.read(plane)


def line_with(text: PageText, words: str) -> int:
    return next(index for index, line in enumerate(text.lines) if words in line.text)


def test_print_is_read_with_its_marks_in_reading_order(text: PageText) -> None:
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text.text
    assert "Đã sinh con vào lúc: 04 giờ 35 phút, ngày 12 tháng 10 năm 2026" in text.text
    places = [line_with(text, words) for words in ("GIẤY CHỨNG SINH", "Họ và tên mẹ", "Họ và tên cha", "Ghi chú")]
    assert places == sorted(places)


def test_boxes_lie_over_the_print(text: PageText, plane: GrayPlane) -> None:
    assert (text.width_px, text.height_px) == (plane.width_px, plane.height_px)
    title = text.lines[line_with(text, "GIẤY CHỨNG SINH")].box
    assert title.left + title.width / 2 == pytest.approx(plane.width_px * (0.5 + 5.5 / 210), rel=0.03)
    assert 25 < title.height < 60
    darkest = min(plane.crop(title).pixels)
    above = plane.crop(Box(title.left, title.top - 20, title.width, 15))
    assert darkest < 90 < min(above.pixels)


def test_words_know_how_sure_the_engine_is(text: PageText) -> None:
    assert all(0 <= word.confidence <= 100 for word in text.words)
    assert text.mean_confidence > 85


def test_an_empty_plane_has_no_words(engine: TesseractEngine) -> None:
    empty = engine.read(GrayPlane(b"\xff" * 400 * 600, 400, 600, 200.0))
    assert empty == PageText((), 400, 600)
    assert empty.mean_confidence == 0.0


def test_one_line_can_be_read_alone(engine: TesseractEngine, text: PageText, plane: GrayPlane) -> None:
    box = text.lines[line_with(text, "Họ và tên mẹ")].box
    line = plane.crop(Box(box.left - 8, box.top - 8, box.width + 16, box.height + 16))
    assert engine.read_line(line).text == "Họ và tên mẹ: NGUYỄN THỊ HỒNG NHUNG"


def test_reading_a_page_twice_gives_the_same(engine: TesseractEngine, text: PageText, plane: GrayPlane) -> None:
    assert engine.read(plane) == text


def test_a_machine_without_vietnamese_says_so(tmp_path: Path) -> None:
    with pytest.raises(ScanningError) as caught:
        TesseractEngine(tmp_path)
    assert caught.value.code == "ocr-language-missing"


def test_damaged_language_data_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "vie.traineddata").write_bytes(b"not a model")
    with pytest.raises(ScanningError) as caught:
        TesseractEngine(tmp_path)
    assert caught.value.code == "ocr-language-missing"


def test_a_configured_folder_goes_before_the_usual_ones(tmp_path: Path) -> None:
    (tmp_path / "vie.traineddata").touch()
    assert language_folder(tmp_path) == tmp_path
    assert language_folder() != tmp_path


def test_tesseract_runs_on_one_thread() -> None:
    assert os.environ["OMP_THREAD_LIMIT"] == "1"
