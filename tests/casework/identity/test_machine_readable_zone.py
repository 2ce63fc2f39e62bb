# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import KnownError
from casework.identity.machine_readable_zone import (
    MachineReadableZone,
    ZoneDoubt,
    ZoneFormat,
    ZoneMismatch,
    check_digit,
    compare_with_card,
    read_zone,
)
from casework.identity_card import CardReading, read_card
from casework.records.person import Sex

TODAY = dt.date(2026, 12, 1)
NUMBER = "038094012745"
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
FOREIGN_CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
LONG_NUMBER = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"


def card_zone(
    number: str = NUMBER,
    birth: str = "940317",
    sex: str = "M",
    expiry: str = "340317",
    name: str = "LE<<VAN<THANH",
    document: str | None = None,
) -> list[str]:
    document = number[3:] if document is None else document
    first = f"IDVNM{document}{check_digit(document)}{number}<<"
    first += check_digit(first[5:])
    second = f"{birth}{check_digit(birth)}{sex}{expiry}{check_digit(expiry)}VNM".ljust(29, "<")
    second += check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    return [first, second, name.ljust(30, "<")]


def read(lines: list[str]) -> MachineReadableZone:
    return read_zone("\n".join(lines), TODAY)


def code_of(text: str) -> str:
    with pytest.raises(KnownError) as caught:
        read_zone(text, TODAY)
    assert caught.value.retryable
    assert not caught.value.details
    return caught.value.code


def test_the_back_of_a_vietnamese_card_is_read() -> None:
    zone = read(card_zone())
    assert zone == MachineReadableZone(
        format=ZoneFormat.TD1,
        document_code="ID",
        issuer="VNM",
        document_number="094012745",
        personal_number=NUMBER,
        surname="LE",
        given_names="VAN THANH",
        birth_year=1994,
        birth_date=dt.date(1994, 3, 17),
        sex=Sex.MALE,
        nationality="VNM",
        expires_on=dt.date(2034, 3, 17),
    )
    assert zone.full_name == "LE VAN THANH"


def test_the_specimens_of_the_standard_are_read() -> None:
    passport = read_zone(PASSPORT, TODAY)
    assert (passport.format, passport.document_code, passport.issuer) == (ZoneFormat.TD3, "P", "UTO")
    assert (passport.document_number, passport.personal_number, passport.sex) == ("L898902C3", None, Sex.FEMALE)
    assert (passport.birth_date, passport.expires_on) == (dt.date(1974, 8, 12), dt.date(2012, 4, 15))
    assert passport.full_name == "ERIKSSON ANNA MARIA"
    assert read_zone(FOREIGN_CARD, TODAY).document_number == "D23145890"
    assert read_zone(LONG_NUMBER, TODAY).document_number == "D23145890734"
    assert [passport.doubts, read_zone(FOREIGN_CARD, TODAY).doubts, read_zone(LONG_NUMBER, TODAY).doubts] == [()] * 3


def test_check_digits_are_those_of_the_standard() -> None:
    assert [check_digit(text) for text in ("D23145890734", "340712", "L898902C3", "<<<<<<", "A")] == list("97600")


@pytest.mark.parametrize("frame", ["{}", "Căn cước\n{}\nHết", "\n\n{}\n\n", " {} "])
def test_the_zone_is_found_among_other_lines(frame: str) -> None:
    assert read_zone(frame.format("\n".join(card_zone())), TODAY) == read(card_zone())
    assert read_zone(frame.format(PASSPORT), TODAY).document_number == "L898902C3"


def test_lines_without_breaks_and_spaced_or_missing_fillers_are_put_right() -> None:
    lines = card_zone()
    assert read_zone("".join(lines), TODAY) == read(lines)
    assert read_zone(PASSPORT.replace("\n", ""), TODAY).document_number == "L898902C3"
    assert read([lines[0], lines[1], "LE<<VAN<THANH<<<<<<<<<<<<<<<<<<<"]) == read(lines)
    assert read([lines[0], lines[1], "LE<<VAN<THANH<<<<<<<<<<<<<"]) == read(lines)
    assert read([" ".join(line) for line in lines]) == read(lines)
    assert read([line.lower().replace("<<", "«") for line in lines]) == read(lines)


@pytest.mark.parametrize(
    ("line", "seen", "taken"), [(0, "0", "O"), (0, "1", "I"), (0, "2", "Z"), (1, "0", "O"), (1, "1", "I")]
)
def test_confused_signs_are_put_right_where_all_check_digits_agree(line: int, seen: str, taken: str) -> None:
    lines = card_zone()
    lines[line] = lines[line].replace(seen, taken)
    assert lines != card_zone()
    zone = read(lines)
    assert zone.doubts == (ZoneDoubt.CORRECTED,)
    assert dataclasses.replace(zone, doubts=()) == read(card_zone())


def test_a_digit_in_a_name_is_a_letter() -> None:
    lines = card_zone(name="BUI<<VAN<SO")
    lines[2] = lines[2].replace("B", "8").replace("I", "1").replace("S", "5").replace("O", "0")
    zone = read(lines)
    assert (zone.full_name, zone.doubts) == ("BUI VAN SO", (ZoneDoubt.CORRECTED,))


def test_a_confused_letter_in_a_foreign_number_is_found_by_its_check_digit() -> None:
    zone = read_zone(PASSPORT.replace("L898902C3", "L8989O2C3"), TODAY)
    assert (zone.document_number, zone.doubts) == ("L898902C3", (ZoneDoubt.CORRECTED,))


@given(st.integers(0, 1), st.integers(0, 29), st.sampled_from("0123456789"))
@settings(max_examples=150)
def test_another_digit_is_never_read_as_if_nothing_were_wrong(line: int, place: int, digit: str) -> None:
    lines = card_zone()
    original = lines[line][place]
    if not original.isdigit() or original == digit:
        return
    lines[line] = lines[line][:place] + digit + lines[line][place + 1 :]
    assert code_of("\n".join(lines)) == "zone-unreadable"


@pytest.mark.parametrize("text", ["", "Lê Văn Thành", "IDVNM", "P<UTO", NUMBER, "IDVNM0940127451038094012745<<1\n"])
def test_text_without_a_zone_is_said_to_have_none(text: str) -> None:
    assert code_of(text) == "zone-not-found"


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹"])
@pytest.mark.parametrize("joint", ["\n", ""])
def test_digits_of_other_scripts_are_none_of_a_zone(digits: str, joint: str) -> None:
    text = joint.join(card_zone()).translate(str.maketrans("0123456789", digits))
    assert code_of(text) in {"zone-not-found", "zone-unreadable"}
    assert code_of(joint.join([card_zone()[0], text[-60:]])) in {"zone-not-found", "zone-unreadable"}


def test_a_date_that_no_calendar_has_is_unreadable() -> None:
    assert code_of("\n".join(card_zone(birth="941317"))) == "zone-unreadable"
    assert code_of("\n".join(card_zone(birth="940332"))) == "zone-unreadable"
    assert code_of("\n".join(card_zone(birth="940017"))) == "zone-unreadable"


def test_a_birth_of_which_only_the_year_is_known_has_no_date() -> None:
    zone = read(card_zone(birth="94<<<<"))
    assert (zone.birth_year, zone.birth_date) == (1994, None)


def test_month_and_day_of_birth_that_nobody_knows_may_be_noughts() -> None:
    for birth in ("540000", "540700"):
        zone = read(card_zone(number="038054012745", birth=birth))
        assert (zone.birth_year, zone.birth_date) == (1954, None)


@pytest.mark.parametrize("expiry", ["991231", "<<<<<<"])
def test_a_card_for_life_has_no_end(expiry: str) -> None:
    assert read(card_zone(expiry=expiry)).expires_on is None


def test_a_name_that_fills_its_line_may_be_cut() -> None:
    zone = read(card_zone(name="CONG<TANG<TON<NU<<THI<HOANG<AN"))
    assert zone.doubts == (ZoneDoubt.NAME_TRUNCATED,)
    assert read(card_zone(name="CONG<TANG<TON<NU<<THI<HOANG<A")).doubts == ()


@pytest.mark.parametrize(
    ("birth", "year", "doubts"),
    [
        ("940317", 1994, ()),
        ("261201", 2026, (ZoneDoubt.BIRTH_CENTURY_BY_RULE,)),
        ("261202", 1926, ()),
        ("110101", 2011, (ZoneDoubt.BIRTH_CENTURY_BY_RULE,)),
        ("100101", 2010, ()),
    ],
)
def test_without_a_personal_number_the_youngest_who_is_born_is_meant(
    birth: str, year: int, doubts: tuple[ZoneDoubt, ...]
) -> None:
    second = f"L898902C36UTO{birth}{check_digit(birth)}F1204159".ljust(42, "<") + "<"
    second += check_digit(second[:10] + second[13:20] + second[21:43])
    zone = read_zone(PASSPORT.split("\n")[0] + "\n" + second, TODAY)
    assert (zone.birth_year, zone.doubts) == (year, doubts)


def test_the_personal_number_decides_the_century() -> None:
    assert read(card_zone("038020012745", birth="200317")).birth_year == 1920
    assert read(card_zone("038220012745", birth="200317")).birth_year == 2020


def test_a_vietnamese_passport_tells_the_personal_number() -> None:
    second = f"C1234567<{check_digit('C1234567<')}VNM940317{check_digit('940317')}M340317{check_digit('340317')}"
    optional = NUMBER + "<<"
    second += optional + check_digit(optional)
    second += check_digit(second[:10] + second[13:20] + second[21:43])
    zone = read_zone("P<VNMLE<<VAN<THANH".ljust(44, "<") + "\n" + second, TODAY)
    assert (zone.document_number, zone.personal_number, zone.full_name) == ("C1234567", NUMBER, "LE VAN THANH")


def test_the_first_nine_digits_are_accepted_too_and_others_are_shown() -> None:
    assert read(card_zone(document=NUMBER[:9])).doubts == ()
    assert read(card_zone(document="123456789")).doubts == (ZoneDoubt.NUMBER_PARTS_DISAGREE,)


CARD = read_card(f"{NUMBER}|174102358|Lê Văn Thành|17031994|Nam|Xã Hoằng Trung, Thanh Hóa|10052021")


@pytest.mark.parametrize(
    ("card", "mismatches"),
    [
        (CARD, ()),
        (dataclasses.replace(CARD, full_name="LÊ VĂN THÀNH"), ()),
        (dataclasses.replace(CARD, id_number="038094012746"), (ZoneMismatch.NUMBER,)),
        (dataclasses.replace(CARD, full_name="Lê Văn Thịnh"), (ZoneMismatch.NAME,)),
        (dataclasses.replace(CARD, full_name="Lê Văn Thành Tùng"), (ZoneMismatch.NAME,)),
        (dataclasses.replace(CARD, birth_date=dt.date(1994, 3, 18)), (ZoneMismatch.BIRTH,)),
        (dataclasses.replace(CARD, birth_date=None), ()),
        (dataclasses.replace(CARD, birth_date=None, birth_year=1995), (ZoneMismatch.BIRTH,)),
        (dataclasses.replace(CARD, sex=Sex.FEMALE), (ZoneMismatch.SEX,)),
    ],
)
def test_both_sides_of_a_card_are_compared(card: CardReading, mismatches: tuple[ZoneMismatch, ...]) -> None:
    assert compare_with_card(read(card_zone()), card) == mismatches


def test_a_cut_name_agrees_as_far_as_it_goes() -> None:
    zone = read(card_zone(name="CONG<TANG<TON<NU<<THI<HOANG<AN"))
    long_name = dataclasses.replace(CARD, full_name="Công Tằng Tôn Nữ Thị Hoàng Anh Đào")
    assert compare_with_card(zone, long_name) == ()
    assert compare_with_card(zone, dataclasses.replace(CARD, full_name="Công Tằng Tôn Nữ Thị Hoa")) == (
        ZoneMismatch.NAME,
    )


@given(st.text(alphabet="IDVNMPO<0123456789\n", max_size=200))
@settings(max_examples=100)
def test_any_text_is_a_zone_or_a_known_error(text: str) -> None:
    try:
        outcome: MachineReadableZone | KnownError = read_zone(text, TODAY)
    except KnownError as error:
        outcome = error
    assert isinstance(outcome, MachineReadableZone) or outcome.code in {"zone-unreadable", "zone-not-found"}
