# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import random

import pytest

from demo.papers.misreading import HEAVY, LIGHT, USUAL, Damage, laid_out, misread
from scanning.folding import similarity

PAGE = "\n".join(
    (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "GIẤY CHỨNG SINH",
        "Họ và tên mẹ: Trần Thị A",
        *(f"Dòng thứ {number} của một trang giấy có nhiều chữ" for number in range(30)),
    )
)  # fmt: skip


def test_without_damage_a_page_is_read_as_it_stands() -> None:
    assert misread(PAGE, Damage(), random.Random(1)).text == PAGE
    assert laid_out(PAGE.splitlines()).text == PAGE


def test_the_same_seed_misreads_the_same() -> None:
    assert misread(PAGE, HEAVY, random.Random(3)) == misread(PAGE, HEAVY, random.Random(3))
    assert misread(PAGE, HEAVY, random.Random(3)) != misread(PAGE, HEAVY, random.Random(4))


def test_more_damage_leaves_less_of_the_page() -> None:
    def kept(damage: Damage) -> float:
        reads = [misread(PAGE, damage, random.Random(seed)).text for seed in range(10)]
        return sum(similarity(PAGE[:400], read[:400]) for read in reads) / len(reads)

    assert 1.0 > kept(LIGHT) > kept(USUAL) > kept(HEAVY) > 0.1


def test_a_lost_title_takes_only_headings() -> None:
    lines = misread(PAGE, Damage(title_lost=1.0), random.Random(1)).text.splitlines()
    assert "GIẤY CHỨNG SINH" not in lines
    assert "Họ và tên mẹ: Trần Thị A" in lines


def test_a_cut_page_keeps_neighbouring_lines() -> None:
    text = misread(PAGE, Damage(cut_off=1.0), random.Random(1)).text
    assert 3 <= len(text.splitlines()) < len(PAGE.splitlines())
    assert text in PAGE


@pytest.mark.parametrize("page", ["", "\n\n", "A"])
def test_hardly_anything_is_no_trouble(page: str) -> None:
    for seed in range(5):
        assert len(misread(page, HEAVY, random.Random(seed)).lines) <= 2
