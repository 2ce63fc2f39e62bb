# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.catalogue import Catalogue
from casework.code_recognition import CodeKind, ProcedureCode, parse_procedure_code, recognise
from casework.codes import NUMBERS_PER_SLOT, SLOTS, DossierCode, make_code
from casework.paper_codes import PaperCode, TicketCode

PORTAL = "019d2bfd-0a1b-7c2d-8e3f-0123456789ab"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("000.00.01.H22-250701-0001", CodeKind.DOSSIER, "000.00.01.H22-250701-0001"),
        ("h56.14-250701-0001", CodeKind.DOSSIER, "H56.14-250701-0001"),
        (" H56.14 – 250701 – 000123 ", CodeKind.DOSSIER, "H56.14-250701-000123"),
        ("1.001193", CodeKind.PROCEDURE, "1.001193"),
        ("1.003560.000.00.00.h56", CodeKind.PROCEDURE, "1.003560.000.00.00.H56"),
        ("2.000815.01", CodeKind.PROCEDURE, "2.000815.01"),
        ("kq.g15.000031", CodeKind.RESULT_KIND, "KQ.G15.000031"),
        ("KQ.G01.00279", CodeKind.RESULT_KIND, "KQ.G01.00279"),
        (PORTAL.upper(), CodeKind.PORTAL_ID, PORTAL),
        (f"https://cong.example/thu-tuc-hanh-chinh/{PORTAL}?x=1", CodeKind.PORTAL_ID, PORTAL),
        ("https://cong.example/", CodeKind.LINK, "https://cong.example/"),
        ("H56.14", CodeKind.UNIT, "H56.14"),
        ("000.00.01.h22", CodeKind.UNIT, "000.00.01.H22"),
        ("0380 9401 2745", CodeKind.PERSON, "038094012745"),
        ("171234567", CodeKind.FORMER_PERSON, "171234567"),
        ("0912.345.678", CodeKind.PHONE, "0912345678"),
        ("+84 912 345 678", CodeKind.PHONE, "0912345678"),
        ("0237 3851 234", CodeKind.PHONE, "02373851234"),
        ("+84 237 3851 234", CodeKind.PHONE, "02373851234"),
        ("09123456789", CodeKind.WORDS, "09123456789"),
        ("A017", CodeKind.QUEUE_TICKET, "A017"),
        ("a-017", CodeKind.QUEUE_TICKET, "A017"),
        ("STT 17", CodeKind.QUEUE_TICKET, "017"),
        ("STT|2026-12-01|A|17", CodeKind.QUEUE_TICKET, "A017"),
        ("H56.14-261201-0001|1.001193|x|Giấy", CodeKind.DOSSIER, "H56.14-261201-0001"),
        ("Lê  Văn Thành", CodeKind.WORDS, "Lê Văn Thành"),
        ("a | b", CodeKind.WORDS, "a | b"),
        ("H56.14-250732-0001", CodeKind.WORDS, "H56.14-250732-0001"),
        ("A000", CodeKind.WORDS, "A000"),
        ("", CodeKind.WORDS, ""),
    ],
)
def test_the_search_box_knows_what_it_is_given(text: str, kind: CodeKind, value: str) -> None:
    found = recognise(text)
    assert (found.kind, found.value) == (kind, value)


def test_a_letter_and_two_digits_are_a_unit_and_never_a_guessed_ticket() -> None:
    assert recognise("H56").kind is CodeKind.UNIT
    assert recognise("H056").ticket == TicketCode(None, "H", 56)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("H56.14-25O7O1-OOO1", "H56.14-250701-0001"),
        ("HS6.14-250701-0001", None),
        ("HI6.14-2507O1-0001", "H16.14-250701-0001"),
        ("H56.1O-25O701-0001", "H56.1O-250701-0001"),
        ("OOO.0O.OI.H22-250701-0001", "000.00.01.H22-250701-0001"),
        ("H56.14-2507B1-0001", None),
    ],
)
def test_letters_are_taken_for_digits_only_where_a_digit_must_stand(text: str, value: str | None) -> None:
    found = recognise(text)
    assert (found.value if found.kind is CodeKind.DOSSIER else None) == value
    assert found.is_corrected is (value is not None)


def test_a_code_that_is_right_as_it_stands_is_not_corrected() -> None:
    assert not recognise("h56.1O-250701-0001").is_corrected
    present = recognise("O12.11.22.H22-250701-0001")
    assert (present.value, present.is_corrected) == ("O12.11.22.H22-250701-0001", False)


@pytest.mark.parametrize("suffix", ["-1", "/02", ".01"])
def test_what_another_system_prints_behind_the_number_is_kept(suffix: str) -> None:
    found = recognise(f"H56-250701-0001{suffix}")
    assert (found.value, found.suffix) == (f"H56-250701-0001{suffix}", suffix)
    assert found.dossier == DossierCode("H56", dt.date(2025, 7, 1), 1)


@given(
    st.sampled_from(["H56.14", "000.00.01.H22", "G22.1.2.3.4.5.6"]),
    st.dates(dt.date(2020, 1, 1), dt.date(2099, 12, 31)),
    st.integers(0, SLOTS - 1),
    st.integers(1, NUMBERS_PER_SLOT),
)
def test_every_code_that_is_made_is_recognised_however_it_is_typed(
    unit: str, day: dt.date, slot: int, count: int
) -> None:
    code = make_code(unit, day, slot, count)
    for typed in (code, code.lower(), code.replace("-", " – "), code.replace("0", "O")):
        found = recognise(typed)
        assert found.dossier is not None
        assert (found.dossier.day, found.dossier.number) == (day, slot * NUMBERS_PER_SLOT + count)
    assert recognise(code.lower()).value == code


def test_the_qr_code_of_a_paper_brings_its_procedure_and_owner() -> None:
    assert recognise("H56-261201-0001|1.001193|038094012745|Giấy khai sinh").paper == PaperCode(
        "H56-261201-0001", "1.001193", "038094012745", "Giấy khai sinh"
    )


def test_an_identity_card_is_told_by_its_number() -> None:
    card = "038094012745|171234567|Lê Văn Thành|05031994|Nam|Thôn 1, Tân Lập, Thanh Hóa|10052021"
    found = recognise(card)
    assert (found.kind, found.value) == (CodeKind.IDENTITY_CARD, "038094012745")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.003560", ProcedureCode("1.003560")),
        ("1.003560.000.00.00.H56", ProcedureCode("1.003560", "", "000.00.00.H56")),
        ("1.003560.01", ProcedureCode("1.003560", "01")),
        ("1.003560.01.000.00.00.H56", ProcedureCode("1.003560", "01", "000.00.00.H56")),
        ("1.00356", None),
        ("1.003560.1", None),
        ("1.003560.H56", None),
    ],
)
def test_a_procedure_code_is_taken_apart_with_its_case_and_unit(text: str, expected: ProcedureCode | None) -> None:
    assert parse_procedure_code(text) == expected


def test_every_code_of_the_shipped_catalogue_is_recognised(catalogue: Catalogue) -> None:
    for code in catalogue.codes:
        assert recognise(code).kind is CodeKind.PROCEDURE
        assert {recognise(result.code).kind for result in catalogue.get(code).results} <= {CodeKind.RESULT_KIND}
