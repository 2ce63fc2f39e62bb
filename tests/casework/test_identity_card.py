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


@pytest.mark.parametrize("signs", ['""', "“”", "„“"])
def test_quotation_marks_around_a_code_are_no_part_of_it(signs: str) -> None:
    assert read_card(signs[0] + CARD + signs[1] + "\r\n") == read_card(CARD)
    without_issue = CARD.removesuffix("|10052021")
    assert read_card(signs[0] + without_issue + signs[1]) == read_card(without_issue)


def test_a_day_of_birth_that_nobody_knows_is_no_broken_card() -> None:
    reading = read_card(CARD.replace("17031994", "00031994"))
    assert (reading.birth_year, reading.birth_date, reading.warnings) == (1994, None, ())
    assert read_card(CARD.replace("17031994", "00121994")).birth_year == 1994
    assert code_of(CARD.replace("17031994", "00131994")) == "card-unreadable"
    assert code_of(CARD.replace("17031994", "17001994")) == "card-unreadable"


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
    assert read_card(CARD.replace("17031994", "1994")) == reading
    assert read_card(CARD.replace("17031994", "00/00/1994")) == reading


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp1258", "cp437", "cp850"])
@pytest.mark.parametrize("times", [1, 2])
def test_every_wrong_encoding_is_repaired_also_twice_over(encoding: str, times: int) -> None:
    text = CARD
    for _ in range(times):
        text = "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    assert text != CARD
    assert read_card(text) == read_card(CARD)


@pytest.mark.parametrize("front", ["]Q1", "]d2", "\x02", "\r\n]Q3\x1d", "\ufeff]Q1"])
def test_what_a_reader_puts_in_front_is_ignored(front: str) -> None:
    assert read_card(front + CARD) == read_card(CARD)


@pytest.mark.parametrize("between", ["", "\r", "\r\n", " ", "|", "\x1d"])
def test_a_second_scan_of_the_same_card_behind_the_first_is_cut_off(between: str) -> None:
    assert read_card(CARD + between + CARD) == read_card(CARD)
    younger = CARD.replace("|174102358|", "||")
    assert read_card(younger + between + younger) == read_card(younger)


def test_two_cards_in_one_reading_are_scanned_again_one_by_one() -> None:
    other = CARD.replace("038094012745", "038094012746")
    assert code_of(CARD + other) == code_of(CARD + "\r" + other) == "card-two-at-once"


def test_numbers_of_relatives_that_a_newer_card_appends_are_no_second_card() -> None:
    appended = "||Lê Văn Hùng|Trần Thị Hoa|038070001234|038172001234|"
    assert read_card(CARD + appended) == read_card(CARD)


@pytest.mark.parametrize("sign", ["¦", "~", "*", "'", "µ", "\\", ";", "\t", "\x1d", "\r\n", "｜"])
def test_another_sign_for_the_pipe_is_understood(sign: str) -> None:
    assert read_card(CARD.replace("|", sign)) == read_card(CARD)


@pytest.mark.parametrize("sign", [",", " ", ".", "a"])
def test_signs_of_addresses_and_names_are_no_pipe(sign: str) -> None:
    assert code_of(CARD.replace("|", sign)) == "card-other-qr"


def test_a_sign_for_the_pipe_must_make_a_card() -> None:
    assert code_of("038094012745;1;2;3;4;5") == "card-other-qr"
    assert code_of(CARD.replace("|", ";").replace(";Nam;", ";Na;")) == "card-other-qr"


def test_full_width_letters_and_digits_are_understood() -> None:
    wide = str.maketrans("0123456789|", "０１２３４５６７８９｜")
    assert read_card(CARD.translate(wide)) == read_card(CARD)


def test_digits_typed_on_the_vietnamese_layout_are_read_back_where_they_prove_themselves() -> None:
    keys = str.maketrans(dict(zip("1234567890", "ăâêô\u0300\u0309\u0303\u0301\u0323đ", strict=True)))
    assert read_card(CARD.translate(keys)) == read_card(CARD)
    for house in ("Số 5", "Thôn 1", "Tổ 4", "Tổ 10"):
        card = CARD.replace("Thôn Trung Hậu", house)
        assert read_card(card).warnings == ()
        assert read_card(card.translate(keys)).warnings == (CardWarning.ADDRESS_IN_DOUBT,)


@pytest.mark.parametrize("birth", ["17/03/1994", "17-03-1994", "17.03.1994", "17 03 1994"])
def test_dates_with_separators_are_read(birth: str) -> None:
    assert read_card(CARD.replace("17031994", birth)) == read_card(CARD)


@pytest.mark.parametrize("word", ["Nữ", "NỮ", "nữ", "NU", "Nu", "F", "Female", "Nuwx", "Nu74", "Nu\u031b\u0303"])
def test_every_spelling_of_the_sex_is_understood(word: str) -> None:
    assert read_card(CARD.replace("|Nam|", f"|{word}|")).sex is Sex.FEMALE


@pytest.mark.parametrize("word", ["Nam", "NAM", "nAM", "M", "male"])
def test_every_spelling_of_men_is_understood(word: str) -> None:
    assert read_card(CARD.replace("|Nam|", f"|{word}|")) == read_card(CARD)


@pytest.mark.parametrize("name", ["lê văn thành", "lÊ vĂN tHÀNH"])
def test_a_name_in_small_letters_gets_capital_initials(name: str) -> None:
    assert read_card(CARD.replace("Lê Văn Thành", name)).full_name == "Lê Văn Thành"


@pytest.mark.parametrize("name", ["H'HEN NIÊ", "H’Hen Niê", "Y BLƠ\u0306 KPĂ", "K`Sơr", "Anna-Maria Nguyễn"])
def test_names_of_every_people_are_names(name: str) -> None:
    assert read_card(CARD.replace("Lê Văn Thành", name)).full_name == name


def test_missing_and_superfluous_empty_fields_shift_nothing() -> None:
    assert read_card(CARD.replace("|174102358|", "|||")) == read_card(CARD.replace("|174102358|", "||"))
    for card in (CARD.replace(ADDRESS, ""), CARD.replace(f"{ADDRESS}|", "")):
        reading = read_card(card)
        assert (reading.address, reading.issued_on) == ("", dt.date(2021, 5, 10))
        assert reading.warnings == (CardWarning.NO_ADDRESS,)


@pytest.mark.parametrize("junk", ["\x1dABC", " x", "\x00\x00", "Ờ"])
def test_junk_behind_the_date_of_issue_does_not_hide_it(junk: str) -> None:
    assert read_card(CARD + junk).issued_on == dt.date(2021, 5, 10)


def test_a_date_of_issue_with_a_digit_too_many_is_none() -> None:
    assert read_card(CARD + "7").warnings == (CardWarning.NO_ISSUE_DATE,)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        (
            "Lee Vawn Thanhf",
            "Thoon Trung Haauj, Xax Hoawngf Trung, Huyeenj Hoawngf Hoas, Tinhr Thanh Hoas",
        ),
        (
            "Le6 Va8n Thanh2",
            "Tho6n Trung Ha6u5, Xa4 Hoa8ng2 Trung, Huye65n Hoa8ng2 Hoa1, Tinh3 Thanh Hoa1",
        ),
    ],
)
def test_keystrokes_that_no_input_method_converted_are_converted_and_shown(name: str, address: str) -> None:
    reading = read_card(f"038094012745|174102358|{name}|17031994|Nam|{address}|10052021")
    assert (reading.full_name, reading.address) == ("Lê Văn Thành", ADDRESS)
    assert reading.warnings == (CardWarning.KEYSTROKES_CONVERTED,)


def test_a_name_that_may_hold_keystrokes_is_left_and_shown() -> None:
    reading = read_card(CARD.replace("Lê Văn Thành", "Trần Max"))
    assert (reading.full_name, reading.warnings) == ("Trần Max", (CardWarning.NAME_IN_DOUBT,))


@pytest.mark.parametrize("house", ["Số 5Á", "Số 12/Ê", "số 7-ấ"])
def test_a_house_number_that_met_an_input_method_is_in_doubt(house: str) -> None:
    warnings = read_card(CARD.replace("Thôn Trung Hậu", house)).warnings
    assert warnings == ((CardWarning.ADDRESS_IN_DOUBT,) if house != "số 7-ấ" else ())


@pytest.mark.parametrize("place", ["Đường Đ5", "Ô Chợ Dừa", "Ấp 1", "Số 5A", "12/3 Ấp Á"])
def test_ordinary_addresses_are_not_in_doubt(place: str) -> None:
    assert read_card(CARD.replace("Thôn Trung Hậu", place)).warnings == ()


def test_a_reader_that_drops_accented_letters_is_noticed() -> None:
    assert CardWarning.NAME_IN_DOUBT in read_card(CARD.replace("Lê Văn Thành", "L Vn Thnh")).warnings
    for name in ("H Hen Niê", "K' Brêu", "Y Moan Êban", "H'Hen Niê", "Ksor Krơn"):
        assert read_card(CARD.replace("Lê Văn Thành", name)).warnings == ()


def test_a_reader_that_drops_all_accents_is_noticed() -> None:
    bare = "038094012745||LE VAN THANH|17031994|Nam|Thon Trung Hau, Hoang Trung, Thanh Hoa|10052021"
    assert read_card(bare).warnings == (CardWarning.ACCENTS_LOST,)
    short = bare.replace("Thon Trung Hau, Hoang Trung, Thanh Hoa", "Nam Thanh, Nam Trung")
    assert read_card(short).warnings == ()
    assert read_card(bare.replace("LE VAN", "LÊ VĂN")).warnings == ()


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
        CARD[4:30],
        "|".join(["03809401274", "", *CARD.split("|")[2:4]]),
        CARD.replace("038094012745", "O38094012745").replace("|Nam|", "|N|"),
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
        CARD.replace("Hậu", "H?u"),
        CARD.replace("Trung Hậu", "Trung H?"),
        CARD.replace("Văn", "V?n"),
        CARD.replace("Thành", "Thành 2"),
        CARD.replace("|Nam|", "|"),
        CARD.replace("17031994", ""),
        CARD.replace("17031994", "1995"),
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
        "DN4383812345678|4c6520|05/07/1995|2|54c3a9|38 - 280|01/01/2021|-|12/01/2021|$",
        "3812345678|4c6520|05/07/1995|2|54c3a9|38 - 280|01/01/2021|-|12/01/2021|$",
        "0101234567|1|C26TAA|1234|1500000|05072026",
        "2|LÊ VĂN THÀNH|1990|0912345678",
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
        assert outcome.code in {"card-unreadable", "card-other-qr", "card-two-at-once"}
        assert not outcome.details
    else:
        assert len(outcome.id_number) == 12
        assert outcome.full_name
