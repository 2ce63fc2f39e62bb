# SPDX-License-Identifier: GPL-3.0-or-later
"""Sample papers say what their truth says, and look the same every time."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from demo.people import FATHER, card_qr_text
from demo.sample_papers import SAMPLE_PAPERS
from demo.scan_look import Condition, scanned
from demo.sheets import SamplePaper, render_back, render_sheet

_TITLES = {
    "birth-registration-declaration": "TỜ KHAI ĐĂNG KÝ KHAI SINH",
    "birth-proof": "GIẤY CHỨNG SINH",
    "identity-card": "CĂN CƯỚC CÔNG DÂN",
    "marriage-certificate": "GIẤY CHỨNG NHẬN KẾT HÔN",
    "marital-status-confirmation": "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
    "land-use-certificate": "QUYỀN SỬ DỤNG ĐẤT",
}
_papers = pytest.mark.parametrize("paper", SAMPLE_PAPERS.values(), ids=lambda paper: paper.kind)


def _printed_forms(value: str) -> list[str]:
    """How a canonical value may stand on paper."""
    forms = [value, value.upper(), value.replace(".", ",")]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        date = dt.date.fromisoformat(value)
        day_month = f"ngày {date:%d} tháng {date:%m} năm {date:%Y}"
        forms += [f"{date:%d/%m/%Y}", day_month, f"ngày {date:%d} tháng {date.month} năm {date.year}"]
    return forms + {"male": ["Nam"], "female": ["Nữ"]}.get(value, [])


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_there_is_a_paper_of_each_kind() -> None:
    assert set(SAMPLE_PAPERS) == set(_TITLES)


@_papers
def test_the_truth_holds_the_title_and_every_field(paper: SamplePaper) -> None:
    truth = paper.truth()
    text = _flat(truth.text)
    assert truth.kind == paper.kind
    assert _TITLES[paper.kind] in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert unicodedata.is_normalized("NFC", text)
    assert 800 < len(text) < 3000
    for name, value in truth.fields.items():
        assert any(form in text for form in _printed_forms(value)), name


@_papers
def test_the_letters_of_a_seal_are_not_in_the_truth(paper: SamplePaper) -> None:
    lines = paper.truth().text.splitlines()
    assert not [line for line in lines if len(line) == 1 and line != "B"]  # B is the north arrow of the plan


@_papers
@pytest.mark.parametrize(("dpi", "size"), [(100, (827, 1169)), (200, (1654, 2339))])
def test_a_sheet_is_a4_at_the_resolution(paper: SamplePaper, dpi: int, size: tuple[int, int]) -> None:
    assert render_sheet(paper, dpi=dpi, condition=Condition()).size == size


def test_the_same_condition_gives_the_same_pixels_and_another_seed_does_not() -> None:
    paper = SAMPLE_PAPERS["birth-proof"]
    first, again, other = (
        render_sheet(paper, dpi=100, condition=Condition(skew_degrees=1.0, seed=seed)) for seed in (1, 1, 2)
    )
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_a_clean_print_can_be_changed_without_spoiling_the_next_one() -> None:
    paper = SAMPLE_PAPERS["birth-proof"]
    before = render_sheet(paper, dpi=100)
    pixels = before.tobytes()
    before.paste((0, 0, 0), (0, 0, 100, 100))
    assert render_sheet(paper, dpi=100).tobytes() == pixels


@pytest.mark.parametrize(
    "kind", ["birth-proof", "marriage-certificate", "marital-status-confirmation", "land-use-certificate"]
)
def test_a_red_seal_lies_over_the_signature(kind: str) -> None:
    pixels = np.asarray(render_sheet(SAMPLE_PAPERS[kind], dpi=100)).astype(int)
    reddish = pixels[:, :, 0] - np.maximum(pixels[:, :, 1], pixels[:, :, 2]) > 60
    rows = np.flatnonzero(reddish.any(axis=1))
    assert reddish.sum() > 1000
    assert rows.min() > pixels.shape[0] * 0.4


def test_the_back_of_a_sheet_shows_its_front_only_faintly() -> None:
    paper = SAMPLE_PAPERS["birth-proof"]
    front, back = (np.asarray(render(paper, dpi=100).convert("L")) for render in (render_sheet, render_back))
    assert front.min() < 30
    assert 220 < back.min() < 250


@pytest.mark.parametrize("seed", range(3))
def test_the_qr_code_on_the_copied_card_can_be_read(seed: int) -> None:
    copy = render_sheet(SAMPLE_PAPERS["identity-card"], condition=Condition(skew_degrees=1.2 - seed, seed=seed))
    assert [code.text for code in zxingcpp.read_barcodes(copy.convert("L"))] == [card_qr_text(FATHER)]


def test_skew_turns_clockwise() -> None:
    page = render_sheet(SAMPLE_PAPERS["land-use-certificate"], dpi=100)
    rule = Image.new("RGB", page.size, "white")
    rule.paste((0, 0, 0), (0, 580, page.width, 584))
    turned = np.asarray(scanned(rule, Condition(skew_degrees=2.0, noise=0, dust=0), dpi=100).convert("L"))
    left, right = (np.flatnonzero(turned[300:900, column] < 120).mean() for column in (100, 700))
    assert right > left
