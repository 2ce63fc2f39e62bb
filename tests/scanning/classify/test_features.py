# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scanning.classify.features import BODY_BUCKETS, BUCKETS, features_of, heading_lines, pieces_of
from scanning.ocr.text import PageText

Print = Callable[..., PageText]


def test_buckets_ascend_and_the_two_halves_have_weights_of_length_one(printed: Print) -> None:
    features = features_of(printed("GIẤY CHỨNG SINH", "Họ và tên mẹ: Trần Thị A"))
    assert np.all(np.diff(features.buckets) > 0)
    assert features.buckets.max() < BUCKETS
    body = features.buckets < BODY_BUCKETS
    for part in (body, ~body):
        assert np.isclose(np.sqrt((features.weights[part] ** 2).sum()), 1.0)


def test_values_of_numbers_and_lost_marks_change_nothing(printed: Print) -> None:
    one, other = (features_of(printed(line)) for line in ("Số định danh: 038190001234", "SO DINH DANH 1"))
    assert np.array_equal(one.buckets[one.buckets < BODY_BUCKETS], other.buckets[other.buckets < BODY_BUCKETS])


def test_the_code_of_a_form_counts(printed: Print) -> None:
    one, other = (features_of(printed(f"Mẫu {code} ban hành")) for code in ("CT01", "CT07"))
    assert not np.array_equal(one.buckets, other.buckets)


def test_pieces_do_not_reach_over_the_end_of_a_line() -> None:
    assert set(pieces_of(["AB", "CD"], 1 << 13)) == set(pieces_of(["AB"], 1 << 13)) | set(pieces_of(["CD"], 1 << 13))


def test_headings_are_lines_in_capitals_above_without_the_national_heading(printed: Print) -> None:
    text = printed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐƠN XIN", "Họ tên", *["Nội dung"] * 30, "NGƯỜI KHAI")
    assert heading_lines(text) == ["DON XIN"]


def test_an_empty_page_has_no_features() -> None:
    assert len(features_of(PageText((), 100, 100)).buckets) == 0


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=12))
def test_no_print_breaks_them(printed: Print, lines: list[str]) -> None:
    features = features_of(printed(*(line for line in lines if line.strip(" ~"))))
    assert len(features.buckets) == len(features.weights)
    assert np.isfinite(features.weights).all()
