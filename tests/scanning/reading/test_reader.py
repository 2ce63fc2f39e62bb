# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

import demo
from scanning import reading_worker as reading_worker_module
from scanning.errors import ScanningError
from scanning.page_image import PageImage
from scanning.page_reading import PageReading
from scanning.reader import PageReader
from scanning.reading_worker import TellGlance

ScanOf = Callable[..., PageImage]
FONT = Path(demo.__file__).parent / "papers" / "fonts" / "LiberationSerif-Bold.ttf"

# Python runs this before a worker's own code: pages with a mark crash or hang it where native code decodes them.
TRAP = """
import os, time
import scanning.jpeg
read = scanning.jpeg.read_jpeg_header
def read_jpeg_header(content):
    if b"crash always" in content:
        os.abort()
    if b"crash once" in content and not os.path.exists(FLAG):
        open(FLAG, "x").close()
        os.abort()
    if b"hang" in content:
        time.sleep(600)
    return read(content)
scanning.jpeg.read_jpeg_header = read_jpeg_header
"""


@pytest.fixture
def small_page(scan_of: ScanOf) -> Callable[..., PageImage]:
    """A slip of paper with a few words: quick to read."""

    def give(words: str = "GIẤY CHỨNG SINH", mark: bytes = b"") -> PageImage:
        picture = Image.new("RGB", (900, 300), (245, 245, 245))
        ImageDraw.Draw(picture).text((60, 100), words, fill=(20, 20, 20), font=ImageFont.truetype(FONT, 44))
        page = scan_of(picture, 200)
        comment = b"\xff\xfe" + (len(mark) + 2).to_bytes(2, "big") + mark if mark else b""
        return replace(page, content=page.content[:2] + comment + page.content[2:])

    return give


@pytest.fixture
def trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "trap"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(f"FLAG = {str(tmp_path / 'crashed')!r}\n{TRAP}")
    monkeypatch.setenv("PYTHONPATH", str(folder))


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    with PageReader(workers=2) as page_reader:
        yield page_reader


def test_readings_come_in_the_order_of_the_pages(
    reader: PageReader, small_page: Callable[..., PageImage], sample: Callable[..., PageImage]
) -> None:
    slow = sample("birth-proof", 0.9, seed=6, dpi=200)
    readings = list(reader.read_all([slow, *(small_page(f"trang số {number}") for number in range(5))]))
    assert readings[0].guess.paper_class.value == "birth-proof"
    assert [reading.text.text for reading in readings[1:]] == [f"trang số {number}" for number in range(5)]


def test_pages_are_read_while_the_next_one_feeds(small_page: Callable[..., PageImage]) -> None:
    handed_in: list[Future[PageReading]] = []

    class Watched(PageReader):
        def submit(self, page: PageImage, tell_glance: TellGlance | None = None) -> Future[PageReading]:
            handed_in.append(super().submit(page, tell_glance))
            return handed_in[-1]

    def feeder() -> Iterator[PageImage]:
        yield small_page("trang một")
        assert handed_in[0].result(timeout=60).text.text == "trang một"
        yield small_page("trang hai")

    with Watched(workers=1) as reader:
        assert [reading.text.text for reading in reader.read_all(feeder())] == ["trang một", "trang hai"]


def test_bad_pages_are_marked_and_the_stack_goes_on(
    reader: PageReader, small_page: Callable[..., PageImage], scan_of: ScanOf
) -> None:
    good = small_page()
    bomb = bytearray(good.content)
    frame = bomb.index(b"\xff\xc0")
    bomb[frame + 5 : frame + 9] = b"\x75\x30\x75\x30"
    pages = [
        good,
        replace(good, content=b""),
        replace(good, content=b"<html>"),
        replace(good, content=good.content[:-300]),
        replace(good, content=bytes(bomb)),
        scan_of(Image.new("RGB", (1, 1)), 200),
        replace(good, dpi=0),
        scan_of(Image.new("L", (900, 300), 245), 200),
        good,
    ]
    readings = list(reader.read_all(pages))
    assert [reading.fault for reading in readings] == [
        None,
        "page-format-unsupported",
        "page-format-unsupported",
        "page-unreadable",
        "page-too-large",
        "page-too-small",
        "page-resolution-invalid",
        None,
        None,
    ]
    assert [reading.blank for reading in readings[-2:]] == [True, False]
    assert readings[-1] == readings[0]


def test_a_single_bad_page_is_an_error_with_a_code(reader: PageReader, small_page: Callable[..., PageImage]) -> None:
    with pytest.raises(ScanningError) as caught:
        reader.read(replace(small_page(), dpi=7))
    assert (caught.value.code, dict(caught.value.details)) == ("page-resolution-invalid", {"dpi": "7"})
    with pytest.raises(ScanningError) as caught:
        reader.read(replace(small_page(), content=bytes(129 * 1024 * 1024)))
    assert caught.value.code == "page-too-large"


@pytest.mark.usefixtures("trap")
@pytest.mark.expects_log("scanning.reading_worker")
def test_a_worker_that_crashes_is_replaced_and_its_page_read_after_all(small_page: Callable[..., PageImage]) -> None:
    with PageReader(workers=1) as reader:
        pages = [small_page("trước"), small_page("giữa", mark=b"crash once"), small_page("sau")]
        assert [reading.text.text for reading in reader.read_all(pages)] == ["trước", "giữa", "sau"]


@pytest.mark.usefixtures("trap")
@pytest.mark.expects_log("scanning.reading_worker")
def test_a_page_that_crashes_every_worker_is_marked_and_the_others_are_read(
    small_page: Callable[..., PageImage],
) -> None:
    with PageReader(workers=2) as reader:
        pages = [small_page("trước"), small_page("giữa", mark=b"crash always"), small_page("sau")]
        readings = list(reader.read_all(pages))
        assert [reading.fault for reading in readings] == [None, "page-unreadable", None]
        assert readings[2].text.text == "sau"


@pytest.mark.usefixtures("trap")
@pytest.mark.expects_log("scanning.reading_worker")
def test_a_page_that_never_ends_is_given_up(
    small_page: Callable[..., PageImage], monkeypatch: pytest.MonkeyPatch
) -> None:
    with PageReader(workers=1) as reader:
        assert reader.read(small_page("trước")).text.text == "trước"
        with monkeypatch.context() as patience:
            patience.setattr(reading_worker_module, "_PAGE_SECONDS", 0.5)
            with pytest.raises(ScanningError) as caught:
                reader.read(small_page(mark=b"hang"))
        assert (caught.value.code, caught.value.details["reason"]) == ("page-unreadable", "took-too-long")
        assert reader.read(small_page("sau")).text.text == "sau"


def test_cancelling_gives_up_what_is_not_begun_and_keeps_what_is_read(small_page: Callable[..., PageImage]) -> None:
    with PageReader(workers=1) as reader:
        readings = reader.read_all(small_page(f"trang {number}") for number in range(30))
        kept = [next(readings)]
        reader.cancel()
        kept += readings
        assert 1 <= len(kept) < 30
        assert [reading.text.text for reading in kept] == [f"trang {number}" for number in range(len(kept))]
        assert reader.read(small_page("sau")).text.text == "sau"


@pytest.mark.usefixtures("trap")
def test_closing_does_not_wait_for_a_page_that_is_being_read(small_page: Callable[..., PageImage]) -> None:
    with PageReader(workers=1) as reader:
        reader.read(small_page())
        stuck = reader.submit(small_page(mark=b"hang"))
        waiting = reader.submit(small_page())
    assert waiting.cancelled()
    with pytest.raises(CancelledError):
        stuck.result(timeout=0)


def test_a_machine_without_vietnamese_says_so_instead_of_blaming_the_pages(
    tmp_path: Path, small_page: Callable[..., PageImage]
) -> None:
    with PageReader(workers=1, language_folder=tmp_path) as reader:
        with pytest.raises(ScanningError) as caught:
            reader.read(small_page())
        assert caught.value.code == "ocr-language-missing"
        with pytest.raises(ScanningError):
            list(reader.read_all([small_page()]))


@pytest.mark.expects_log("scanning.reading_worker")
def test_workers_that_do_not_start_are_not_the_fault_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_page: Callable[..., PageImage]
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os\nos._exit(3)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with PageReader(workers=1) as reader, pytest.raises(ScanningError) as caught:
        reader.read(small_page())
    assert caught.value.code == "reading-unavailable"


def test_nothing_is_written_to_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_page: Callable[..., PageImage]
) -> None:
    for variable in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(variable, str(tmp_path))
    with PageReader(workers=1) as reader:
        assert reader.read(small_page()).text.text == "GIẤY CHỨNG SINH"
        assert list(tmp_path.iterdir()) == []


def test_native_image_code_stays_out_of_the_desk() -> None:
    program = (
        "import sys, scanning.reader, scanning.papers, scanning.pdf.searchable\n"
        "print({'cv2', 'tesserocr', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
