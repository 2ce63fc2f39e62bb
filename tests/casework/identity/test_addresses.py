# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import BugError
from casework.identity.addresses import (
    AddressQuestion,
    QuestionKind,
    answer,
    both_addresses,
    conversion_note,
    leave_open,
    settle,
)
from casework.records.address import Address, AddressDecision
from casework.units import Commune, Units

WRITTEN = "Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa"
DIVIDED = "Ấp 1, Xã Tân Thạnh, Huyện Thới Lai, Cần Thơ"


def settled(written: str) -> Address:
    address = settle(written)
    assert isinstance(address, Address)
    return address


def asked(written: str) -> AddressQuestion:
    question = settle(written)
    assert isinstance(question, AddressQuestion)
    return question


def former_addresses() -> Iterator[tuple[str, set[str]]]:
    """Every former unit in full, with the codes of the communes that it went to."""
    units = Units.shipped()
    for province, _, districts in units._former:
        for district, _, _, wards in districts:
            for ward, _, _, targets in wards:
                address = ", ".join(part for part in (ward, district, province) if part)
                yield address, {units.communes[target].code for target in targets}


def test_every_one_of_the_10040_former_units_is_converted_or_asks_and_never_guesses() -> None:
    wrong: list[str] = []
    count = {AddressDecision.CONVERTED: 0, QuestionKind.DIVIDED: 0}
    for written, expected in former_addresses():
        outcome = settle(written)
        if isinstance(outcome, Address):
            is_right = outcome.decision is AddressDecision.CONVERTED and {outcome.commune_code} == expected
            count[AddressDecision.CONVERTED] += 1
        else:
            is_right = outcome.kind is QuestionKind.DIVIDED and len(expected) > 1
            is_right = is_right and {commune.code for commune in outcome.candidates} == expected
            is_right = is_right and leave_open(outcome).commune_code is None
            count[QuestionKind.DIVIDED] += 1
        wrong += [] if is_right and outcome.written == written else [written]
    assert wrong == []
    assert count == {AddressDecision.CONVERTED: 10_040 - 471, QuestionKind.DIVIDED: 471}


def test_every_one_of_the_3321_communes_in_34_provinces_is_current() -> None:
    communes = Units.shipped().communes
    wrong = []
    for commune in communes:
        written = f"Số 1, {commune.name}, {commune.province_name}"
        if settle(written) != Address(written, "", commune.code, written, AddressDecision.ALREADY_CURRENT):
            wrong.append(written)
    assert wrong == []
    assert (len(communes), len({commune.province_code for commune in communes})) == (3321, 34)


def test_a_former_address_keeps_both_texts() -> None:
    assert settled(WRITTEN) == Address(
        written=WRITTEN,
        hamlet="",
        commune_code="15889",
        current="Thôn Trung Hậu, Xã Hoằng Phú, Tỉnh Thanh Hóa",
        decision=AddressDecision.CONVERTED,
    )


def test_the_written_text_is_kept_to_the_letter() -> None:
    written = "  thôn Trung Hậu,\nxã  HOẰNG TRUNG, huyện Hoằng Hoá, Thanh Hoá. "
    assert settled(written).written == written
    assert settled(unicodedata.normalize("NFD", written)).written == written
    assert asked("  Berlin\n ").written == "  Berlin\n "


def test_a_divided_ward_asks_for_the_hamlet() -> None:
    question = asked(DIVIDED)
    assert question.kind is QuestionKind.DIVIDED
    assert [commune.name for commune in question.candidates] == ["Xã Trường Thành", "Xã Tân Thạnh"]
    assert question.hamlet_written == "Ấp 1"
    assert question.words == (
        "Xã Tân Thạnh cũ nay thuộc Xã Trường Thành, Xã Tân Thạnh. Nơi cư trú ở thôn, ấp, tổ dân phố nào?"
    )


@pytest.mark.parametrize(
    ("hamlet", "current"),
    [
        ("Tổ 3", "Ấp 1, Tổ 3, Xã Trường Thành, Thành phố Cần Thơ"),
        ("", "Ấp 1, Xã Trường Thành, Thành phố Cần Thơ"),
        ("ấp 1", "Ấp 1, Xã Trường Thành, Thành phố Cần Thơ"),
        ("  Tổ  3\n", "Ấp 1, Tổ 3, Xã Trường Thành, Thành phố Cần Thơ"),
        ("Ấp 10", "Ấp 1, Ấp 10, Xã Trường Thành, Thành phố Cần Thơ"),
    ],
)
def test_the_clerk_chooses_and_both_texts_and_the_hamlet_are_kept(hamlet: str, current: str) -> None:
    question = asked(DIVIDED)
    chosen = question.candidates[0]
    assert answer(question, hamlet, chosen) == Address(
        written=DIVIDED,
        hamlet=" ".join(hamlet.split()),
        commune_code=chosen.code,
        current=current,
        decision=AddressDecision.CHOSEN_BY_CLERK,
    )


def test_a_divided_ward_lies_in_one_of_its_communes_and_nowhere_else() -> None:
    elsewhere = Commune("15889", "Xã Hoằng Phú", "38", "Tỉnh Thanh Hóa")
    with pytest.raises(BugError):
        answer(asked(DIVIDED), "", elsewhere)
    unknown = answer(asked("Berlin"), "Thôn 3", elsewhere)
    assert (unknown.current, unknown.written) == ("Thôn 3, Xã Hoằng Phú, Tỉnh Thanh Hóa", "Berlin")


@pytest.mark.parametrize(
    ("written", "kind", "current"),
    [
        ("12 Hàng Bạc, Hoàn Kiếm, Hà Nội", QuestionKind.CONFIRM, "12 Hàng Bạc, Xã Hoằng Phú, Tỉnh Thanh Hóa"),
        ("Ấp Tân Thạnh, Thới Lai, Cần Thơ", QuestionKind.SEVERAL, "Ấp Tân Thạnh, Xã Hoằng Phú, Tỉnh Thanh Hóa"),
    ],
)
def test_where_the_text_was_not_certain_the_clerk_may_know_better(
    written: str, kind: QuestionKind, current: str
) -> None:
    elsewhere = Commune("15889", "Xã Hoằng Phú", "38", "Tỉnh Thanh Hóa")
    question = asked(written)
    assert (question.kind, elsewhere in question.candidates) == (kind, False)
    assert answer(question, "", elsewhere).current == current


@pytest.mark.parametrize(
    ("written", "kind", "words"),
    [
        ("Xã Hoằng Trung, Thanh Hóa", QuestionKind.CONFIRM, "Địa chỉ này nay có phải thuộc Xã Hoằng Phú không?"),
        ("Berlin", QuestionKind.UNKNOWN, "Chưa nhận ra xã, phường trong địa chỉ. Nơi cư trú nay thuộc xã, phường nào?"),
        ("", QuestionKind.UNKNOWN, "Chưa nhận ra xã, phường trong địa chỉ. Nơi cư trú nay thuộc xã, phường nào?"),
    ],
)
def test_what_is_not_certain_is_asked(written: str, kind: QuestionKind, words: str) -> None:
    question = asked(written)
    assert (question.kind, question.words) == (kind, words)


def test_several_units_of_one_name_are_told_by_name() -> None:
    question = asked("phường 1, Sóc Trăng")
    assert question.kind is QuestionKind.SEVERAL
    assert len(question.candidates) > 1
    assert question.words.startswith("Địa chỉ này có thể thuộc ")
    assert all(commune.name in question.words for commune in question.candidates)


def test_an_address_may_stay_open() -> None:
    assert leave_open(asked(DIVIDED), " Ấp 1 ") == Address(DIVIDED, "Ấp 1", None, "", AddressDecision.UNDECIDED)


def test_old_and_new_stand_side_by_side() -> None:
    address = settled(WRITTEN)
    assert both_addresses(address) == f"{WRITTEN} ⇄ Thôn Trung Hậu, Xã Hoằng Phú, Tỉnh Thanh Hóa"
    assert conversion_note(address) == f"Thôn Trung Hậu, Xã Hoằng Phú, Tỉnh Thanh Hóa (trước ngày 01/7/2025: {WRITTEN})"


@pytest.mark.parametrize("written", ["Thôn 3, xã Hoằng Phú, tỉnh Thanh Hóa", "Thôn 3,\nxã Hoằng Phú, tỉnh Thanh Hóa"])
def test_an_address_of_today_stands_alone(written: str) -> None:
    address = settled(written)
    assert both_addresses(address) == "Thôn 3, xã Hoằng Phú, tỉnh Thanh Hóa"
    assert conversion_note(address) == ""


def test_an_open_address_stands_as_it_was_written() -> None:
    address = leave_open(asked(DIVIDED))
    assert both_addresses(address) == DIVIDED
    assert conversion_note(address) == ""


@given(st.text(max_size=60))
def test_any_text_is_settled_or_asked(text: str) -> None:
    outcome = settle(text)
    assert outcome.written == unicodedata.normalize("NFC", text)
