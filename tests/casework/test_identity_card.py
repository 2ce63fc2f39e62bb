# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import KnownError
from casework.identity_card import PROVINCES_OF_BIRTH, CardReading, CardWarning, check_number, read_card
from casework.records.person import Sex

ADDRESS = "Thôn Trung Hậu, Xã Hoằng Trung, Huyện Hoằng Hóa, Tỉnh Thanh Hóa"
CARD = f"038094012745|174102358|Lê Văn Thành|17031994|Nam|{ADDRESS}|10052021"


def code_of(text: str) -> str:
    with pytest.raises(KnownError) as caught:
        read_card(text)
    for part in text.split("|"):
        assert len(part) < 4 or part not in f"{caught.value}{caught.value.details}"
    return caught.value.code


def test_a_card_gives_a_person() -> None:
    reading = read_card(CARD)
    assert reading == CardReading(
        id_number="038094012745",
        former_id_number="174102358",
        full_name="Lê Văn Thành",
        birth_year=1994,
        birth_date=dt.date(1994, 3, 17),
        sex=Sex.MALE,
        address=ADDRESS,
        issued_on=dt.date(2021, 5, 10),
    )
    person = reading.person("018f", unit_code="15889")
    assert (person.person_id, person.full_name, person.id_number) == ("018f", "Lê Văn Thành", "038094012745")
    assert (person.former_id_number, person.id_issued_on, person.unit_code) == (
        "174102358",
        dt.date(2021, 5, 10),
        "15889",
    )
    assert (person.birth_date, person.sex, person.address, person.phone) == (
        dt.date(1994, 3, 17),
        Sex.MALE,
        ADDRESS,
        "",
    )


@pytest.mark.parametrize("tail", ["\r\n", "\r", "  ", "|", "||ABC|x\r\n", "\x00"])
def test_what_a_scanner_or_a_newer_card_appends_is_ignored(tail: str) -> None:
    assert read_card(CARD + tail) == read_card(CARD)
    assert read_card("\ufeff" + CARD) == read_card(CARD)


@pytest.mark.parametrize("former", ["||", "|"])
def test_a_card_without_a_former_number_is_read(former: str) -> None:
    reading = read_card(CARD.replace("|174102358|", former))
    assert reading.former_id_number is None
    assert (reading.full_name, reading.issued_on) == ("Lê Văn Thành", dt.date(2021, 5, 10))


def test_a_card_of_six_fields_has_no_date_of_issue() -> None:
    reading = read_card(CARD.removesuffix("|10052021"))
    assert reading.issued_on is None
    assert reading.warnings == (CardWarning.NO_ISSUE_DATE,)


def test_text_in_the_wrong_encoding_is_repaired() -> None:
    garbled = CARD.encode().decode("latin-1")
    assert read_card(garbled) == read_card(CARD)
    assert read_card(garbled.encode().decode("latin-1")) == read_card(CARD)
    windows = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in CARD.encode())
    assert read_card(windows) == read_card(CARD)


def test_decomposed_accents_are_composed() -> None:
    assert read_card(unicodedata.normalize("NFD", CARD)) == read_card(CARD)


def test_letters_that_are_their_own_latin_1_are_not_mistaken_for_garbled_text() -> None:
    assert read_card(CARD.replace("Lê Văn Thành", "LÊ VÂN")).full_name == "LÊ VÂN"


def test_somebody_of_whom_only_the_year_of_birth_is_known_is_accepted() -> None:
    reading = read_card(CARD.replace("17031994", "00001994"))
    assert (reading.birth_date, reading.birth_year, reading.warnings) == (None, 1994, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\r\n",
        "038094012745",
        CARD[:40],
        CARD.replace("17031994", "31021994"),
        CARD.replace("17031994", "1703199"),
        CARD.replace("038094012745", "03809401274"),
        CARD.replace("038094012745", "0380940127451"),
        CARD.replace("|Nam|", "|Na|"),
        CARD.replace("Lê Văn Thành", ""),
        CARD.replace("Lê Văn Thành", "L\ufffd Văn Thành"),
        CARD.replace("Lê Văn Thành", "Lã» Văn Thành"),
        CARD.replace("174102358", "17410235"),
        CARD.replace("038094012745", "03809\ufffd012745"),
        CARD.replace("Hoằng", "Ho\ufffdng"),
        CARD.replace("17031994", "00000000"),
        CARD.encode().decode("latin-1").replace("\xb1", ""),
        CARD.replace("Hoằng", "Hoáº±ng") + "Ờ",
    ],
)
def test_a_broken_card_is_to_be_scanned_again(text: str) -> None:
    assert code_of(text) == "card-unreadable"


def test_scanning_a_broken_card_again_may_help() -> None:
    with pytest.raises(KnownError) as caught:
        read_card(CARD[:40])
    assert caught.value.retryable


@pytest.mark.parametrize(
    "text",
    [
        "https://dichvucong.example/tra-cuu?ma=H56.14-261122-0601",
        "H56.14-261122-0601",
        "H56.14-261122-0601|1.001193|038094012745|Giấy tiếp nhận hồ sơ",
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA5303704",
        "HS4010120878811|4c6520|1|38001|Thanh Hóa",
        "BEGIN:VCARD\nFN:Ai đó\nEND:VCARD",
    ],
)
def test_the_code_of_something_else_is_told_from_a_broken_card(text: str) -> None:
    assert code_of(text) == "card-other-qr"


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        (("|Nam|", "|Nữ|"), CardWarning.SEX_DISAGREES),
        (("17031994", "17031995"), CardWarning.BIRTH_YEAR_DISAGREES),
        (("038094", "038294"), CardWarning.BIRTH_YEAR_DISAGREES),
        (("038094", "003094"), CardWarning.UNKNOWN_PROVINCE),
        (("10052021", "10051990"), CardWarning.ISSUED_BEFORE_BIRTH),
        (("10052021", "99999999"), CardWarning.NO_ISSUE_DATE),
    ],
)
def test_what_does_not_agree_is_a_warning_and_no_refusal(change: tuple[str, str], warning: CardWarning) -> None:
    assert read_card(CARD.replace(*change)).warnings == (warning,)


@pytest.mark.parametrize(
    ("number", "year", "sex"),
    [
        ("001094000001", 1994, Sex.MALE),
        ("001194000001", 1994, Sex.FEMALE),
        ("096203000001", 2003, Sex.MALE),
        ("096303000001", 2003, Sex.FEMALE),
        ("101500000001", 2100, Sex.FEMALE),
    ],
)
def test_a_number_that_agrees_gives_no_warning(number: str, year: int, sex: Sex) -> None:
    assert check_number(number, year, sex) == ()


def test_the_sixty_three_provinces_of_birth_are_those_of_before_the_mergers() -> None:
    assert len(PROVINCES_OF_BIRTH) == 63


@given(st.text(alphabet=st.sampled_from("0123456789|Nam/Lê\ufffd\r\n #"), max_size=80) | st.text())
def test_any_text_is_a_card_or_a_known_error(text: str) -> None:
    try:
        outcome: CardReading | KnownError = read_card(text)
    except KnownError as error:
        outcome = error
    if isinstance(outcome, KnownError):
        assert outcome.code in {"card-unreadable", "card-other-qr"}
        assert not outcome.details
    else:
        assert len(outcome.id_number) == 12
        assert outcome.full_name
