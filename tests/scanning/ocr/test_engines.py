# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanning.errors import ScanningError
from scanning.imaging.raster import Raster, decode, reduce, stamp_proof_plane
from scanning.ocr.engine import GrayPlane, OcrEngine
from scanning.ocr.language_data import language_folder
from scanning.ocr.tesseract import TesseractEngine
from scanning.ocr.tesseract_program import TesseractProgram
from scanning.ocr.text import Box, PageText
from scanning.page_image import PageImage

MakeEngine = Callable[..., TesseractEngine | TesseractProgram]

ENGINES = pytest.mark.parametrize("make_engine", [TesseractEngine, TesseractProgram])


def gray(raster: Raster) -> GrayPlane:
    return GrayPlane(raster.pixels.tobytes(), raster.width_px, raster.height_px, raster.dpi)


@pytest.fixture(scope="module")
def plane(sample: Callable[..., PageImage]) -> GrayPlane:
    """The upper half of a proof of birth."""
    whole = gray(reduce(stamp_proof_plane(decode(sample("birth-proof"))), 200))
    return whole.crop(Box(0, 0, whole.width_px, whole.height_px // 2))


@pytest.fixture(scope="module", params=[TesseractEngine, TesseractProgram], ids=["library", "program"])
def engine(request: pytest.FixtureRequest) -> Iterator[OcrEngine]:
    with request.param() as engine:
        yield engine


@pytest.fixture(scope="module")
def text(engine: OcrEngine, plane: GrayPlane) -> PageText:
    return engine.read(plane)


def ink_share(plane: GrayPlane) -> float:
    return sum(pixel < 128 for pixel in plane.pixels) / len(plane.pixels)


def line_with(text: PageText, words: str) -> int:
    return next(index for index, line in enumerate(text.lines) if words in line.text)


def test_print_is_read_with_its_marks_in_reading_order(text: PageText) -> None:
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text.text
    assert "Đã sinh con vào lúc: 04 giờ 35 phút, ngày 12 tháng 10 năm 2026" in text.text
    places = [line_with(text, words) for words in ("GIẤY CHỨNG SINH", "Họ và tên mẹ", "Họ và tên cha", "Số lần")]
    assert places == sorted(places)


def test_boxes_lie_over_the_print(text: PageText, plane: GrayPlane) -> None:
    assert (text.width_px, text.height_px) == (plane.width_px, plane.height_px)
    title = text.lines[line_with(text, "GIẤY CHỨNG SINH")].box
    assert title.left + title.width / 2 == pytest.approx(plane.width_px * (0.5 + 5.5 / 210), rel=0.03)
    assert 25 < title.height < 60
    above = plane.crop(Box(title.left, title.top - 20, title.width, 15))
    assert ink_share(plane.crop(title)) > 0.15
    assert ink_share(above) < 0.001  # dust


def test_words_know_how_sure_the_engine_is(text: PageText) -> None:
    assert all(0 <= word.confidence <= 100 for word in text.words)
    assert text.mean_confidence > 85


def test_an_empty_plane_has_no_words(engine: OcrEngine) -> None:
    empty = engine.read(GrayPlane(b"\xff" * 400 * 600, 400, 600, 200.0))
    assert empty == PageText((), 400, 600)
    assert empty.mean_confidence == 0.0


def test_one_line_can_be_read_alone(engine: OcrEngine, text: PageText, plane: GrayPlane) -> None:
    box = text.lines[line_with(text, "Họ và tên cha")].box
    line = plane.crop(Box(box.left - 8, box.top - 8, box.width + 16, box.height + 16))
    assert engine.read_line(line).text == "Họ và tên cha: LÊ VĂN THÀNH"


def test_a_block_of_lines_can_be_read_without_its_page(engine: OcrEngine, text: PageText, plane: GrayPlane) -> None:
    first, below = (text.lines[line_with(text, words)].box.top for words in ("Họ và tên cha", "Số lần"))
    block = engine.read_block(plane.crop(Box(0, first - 8, plane.width_px, below - first)))
    assert [line.text for line in block.lines] == [
        "Họ và tên cha: LÊ VĂN THÀNH",
        "Đã sinh con vào lúc: 04 giờ 35 phút, ngày 12 tháng 10 năm 2026",
        "Tại: Bệnh viện Đa khoa huyện Hoằng Hóa, tỉnh Thanh Hóa",
    ]


def test_reading_twice_gives_the_same(engine: OcrEngine, text: PageText, plane: GrayPlane) -> None:
    box = text.lines[line_with(text, "Số CCCD")].box
    line = plane.crop(Box(box.left - 8, box.top - 8, box.width + 16, box.height + 16))
    assert engine.read_line(line) == engine.read_line(line)


@ENGINES
def test_a_machine_without_vietnamese_says_so(make_engine: MakeEngine, tmp_path: Path) -> None:
    with pytest.raises(ScanningError) as caught:
        make_engine(tmp_path)
    assert caught.value.code == "ocr-language-missing"


@ENGINES
def test_damaged_language_data_is_as_good_as_none(make_engine: MakeEngine, tmp_path: Path) -> None:
    (tmp_path / "vie.traineddata").write_bytes(b"not a model")
    with pytest.raises(ScanningError) as caught:
        make_engine(tmp_path)
    assert caught.value.code == "ocr-language-missing"


@ENGINES
def test_language_data_may_lie_in_a_folder_with_spaces_and_quotes(make_engine: MakeEngine, tmp_path: Path) -> None:
    folder = tmp_path / "dữ liệu 'của' xã"
    folder.mkdir()
    (folder / "vie.traineddata").symlink_to(language_folder() / "vie.traineddata")
    with make_engine(folder):
        pass


def test_a_configured_folder_goes_before_the_usual_ones(tmp_path: Path) -> None:
    (tmp_path / "vie.traineddata").touch()
    assert language_folder(tmp_path) == tmp_path
    assert language_folder() != tmp_path


def test_tesseract_runs_on_one_thread() -> None:
    assert os.environ["OMP_THREAD_LIMIT"] == "1"
