# SPDX-License-Identifier: GPL-3.0-or-later
"""What a reading worker tells and learns between the pages, and that it never mixes them up over it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

import demo
from scanning.classify.corrections import Corrections
from scanning.classify.model_file import shipped_version
from scanning.classify.paper_class import PaperClass
from scanning.errors import ScanningError
from scanning.ocr.text import Box, Line, PageText, Word
from scanning.page_image import PageImage
from scanning.page_reading import Glance
from scanning.reader import PageReader
from scanning.reading.wire import ReadRequest

ScanOf = Callable[..., PageImage]
FONT = Path(demo.__file__).parent / "papers" / "fonts" / "LiberationSerif-Bold.ttf"


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    with PageReader(workers=1) as page_reader:
        yield page_reader


@pytest.fixture
def slip(scan_of: ScanOf) -> Callable[[str], ReadRequest]:
    """A slip with one word as its title, whose text is known: only the glance has to be read."""

    def give(word: str) -> ReadRequest:
        picture = Image.new("RGB", (900, 300), (245, 245, 245))
        ImageDraw.Draw(picture).text((60, 30), word, fill=(20, 20, 20), font=ImageFont.truetype(FONT, 44))
        return ReadRequest(scan_of(picture, 200), wants_glance=True, text=text_of(word))

    return give


def text_of(*lines: str) -> PageText:
    return PageText(
        tuple(
            Line(tuple(Word(word, Box(90 * n, 40 * m, 80, 30), 95.0) for n, word in enumerate(line.split())))
            for m, line in enumerate(lines)
        ),
        900,
        40 * len(lines),
    )


def test_what_the_title_says_is_told_before_the_reading_comes(
    reader: PageReader, slip: Callable[[str], ReadRequest]
) -> None:
    told: list[Glance] = []
    future = reader.submit_request(slip("GIẤY CHỨNG SINH"), told.append)
    future.result()
    assert [glance.guess.paper_class for glance in told] == [PaperClass.BIRTH_PROOF]


def test_a_listener_that_fails_does_not_give_its_page_to_the_next(
    reader: PageReader, slip: Callable[[str], ReadRequest]
) -> None:
    def fail(_: Glance) -> None:
        raise ZeroDivisionError

    failed = reader.submit_request(slip("một"), fail)
    with pytest.raises(ZeroDivisionError):
        failed.result()
    assert reader.submit_request(slip("hai")).result().text.text == "hai"


def test_what_a_worker_learnt_is_known_to_its_successor(reader: PageReader, slip: Callable[[str], ReadRequest]) -> None:
    reader.know(b"")
    form = text_of(
        *("PHIẾU ĐĂNG KÝ NHẬN KẾT QUẢ TẠI NHÀ", "Họ và tên:", "Ngày sinh:", "Số định danh:", "Nơi cư trú:"),
        *("Số điện thoại:", "Địa chỉ nhận:", "Người nhận thay:"),
    )
    learnt = Corrections.from_bytes(reader.learn(form, PaperClass.WILL))
    assert (len(learnt), learnt.model_version) == (1, shipped_version())
    with pytest.raises(ZeroDivisionError):
        reader.submit_request(slip("ba"), lambda _: 1 // 0).result()  # type: ignore[arg-type]
    page = slip("bốn")
    reading = reader.submit_request(ReadRequest(page.page, text=form)).result()
    assert reading.guess.paper_class is PaperClass.WILL


def test_corrections_that_are_damaged_or_of_another_model_keep_no_page_from_being_read(
    reader: PageReader, slip: Callable[[str], ReadRequest]
) -> None:
    for corrections in (b"damaged", Corrections.empty("00" * 16).to_bytes()):
        reader.know(corrections)
        assert reader.submit_request(slip("năm")).result().text.text == "năm"
    reader.know(b"")


def children() -> set[int]:
    """The programs that this one has begun."""
    return {int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


@pytest.mark.expects_log("scanning.reading_worker")
def test_what_a_clerk_teaches_is_learnt_though_the_worker_died_while_it_had_nothing_to_do() -> None:
    others = children()
    with PageReader(workers=1) as reader:
        first = Corrections.from_bytes(reader.learn(text_of("PHIẾU NHẬN TẠI NHÀ"), PaperClass.WILL))
        (worker,) = children() - others
        os.kill(worker, signal.SIGKILL)
        both = Corrections.from_bytes(reader.learn(text_of("GIẤY HẸN LẤY MẪU"), PaperClass.OTHER))
    assert (len(first), len(both)) == (1, 2)


def test_closed_readers_learn_nothing() -> None:
    reader = PageReader(workers=1)
    reader.close()
    with pytest.raises(CancelledError):
        reader.learn(text_of("một"), PaperClass.WILL)


def test_readers_that_do_not_start_learn_nothing(tmp_path: Path) -> None:
    with PageReader(workers=1, language_folder=tmp_path) as reader, pytest.raises(ScanningError) as refused:
        reader.learn(text_of("một"), PaperClass.WILL)
    assert refused.value.code == "ocr-language-missing"
