# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.catalogue import Catalogue
from casework.counter.kiosk_declarations import (
    LONGEST_DECLARATION,
    DeclarationDoubt,
    DeclarationTrouble,
    doubts_about,
    read_declaration,
)
from casework.identity_card import read_card
from casework.records.kiosk_declaration import KioskDeclaration
from casework.work_calendar import VIET_NAM

CARD = "038090001234||Lê Văn Thành|14031990|Nam|Thôn 1, Hoằng Phú, Thanh Hóa|05072021"
NOW = dt.datetime(2026, 12, 1, 8, 30, tzinfo=VIET_NAM)
CONTENT: dict[str, Any] = {
    "format": 1,
    "reference": "K-17",
    "declared_at": "2026-12-01T08:20:00+07:00",
    "procedure": "1.001193",
    "card": CARD,
    "answers": {"Họ tên con": "Lê  Minh An", "Nơi sinh": "Bệnh viện"},
    "signed": True,
    "ticket": "A017",
}
BIRTH = Catalogue.shipped().get("1.001193")


def read(**changes: Any) -> KioskDeclaration | DeclarationTrouble:
    return read_declaration(json.dumps({**CONTENT, **changes}))


def declared(**changes: Any) -> KioskDeclaration:
    declaration = read(**changes)
    assert isinstance(declaration, KioskDeclaration)
    return declaration


def test_what_was_declared_at_the_kiosk_need_not_be_typed_again() -> None:
    declaration = declared()
    assert (declaration.reference, declaration.procedure_code, declaration.ticket) == ("K-17", "1.001193", "A017")
    assert declaration.person == read_card(CARD).person("")
    assert declaration.answers == (("Họ tên con", "Lê Minh An"), ("Nơi sinh", "Bệnh viện"))
    assert declaration.declared_at == NOW - dt.timedelta(minutes=10)
    assert doubts_about(declaration, BIRTH, read_card(CARD), NOW) == ()


def test_answers_signature_and_ticket_may_be_missing() -> None:
    short = {key: CONTENT[key] for key in ("format", "reference", "declared_at", "procedure", "card")}
    declaration = read_declaration(json.dumps(short))
    assert isinstance(declaration, KioskDeclaration)
    assert (declaration.answers, declaration.is_signed, declaration.ticket) == ((), False, "")


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"format": 2}, DeclarationTrouble.ANOTHER_FORMAT),
        ({"card": "https://dichvucong.gov.vn"}, DeclarationTrouble.CARD_UNREADABLE),
        ({"card": 38090001234}, DeclarationTrouble.UNREADABLE),
        ({"declared_at": "2026-12-01T08:20:00"}, DeclarationTrouble.UNREADABLE),
        ({"declared_at": "sáng nay"}, DeclarationTrouble.UNREADABLE),
        ({"procedure": None}, DeclarationTrouble.UNREADABLE),
        ({"signed": "no"}, DeclarationTrouble.UNREADABLE),
        ({"answers": {"Nơi sinh": 1}}, DeclarationTrouble.UNREADABLE),
        ({"answers": ["Nơi sinh"]}, DeclarationTrouble.UNREADABLE),
    ],
)
def test_what_is_no_declaration_is_told_and_nothing_is_raised(
    changes: dict[str, Any], trouble: DeclarationTrouble
) -> None:
    assert read(**changes) is trouble


def test_a_declaration_has_an_end() -> None:
    text = json.dumps(CONTENT)
    assert isinstance(read_declaration(text.ljust(LONGEST_DECLARATION)), KioskDeclaration)
    assert read_declaration(text.ljust(LONGEST_DECLARATION + 1)) is DeclarationTrouble.UNREADABLE


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"declared_at": "2026-11-30T23:59:59+07:00"}, DeclarationDoubt.ANOTHER_DAY),
        ({"card": CARD.replace("1234|", "1235|", 1)}, DeclarationDoubt.ANOTHER_PERSON),
        ({"card": CARD.replace("1234|", "1235|", 1).replace("Thành", "Thắng")}, DeclarationDoubt.ANOTHER_PERSON),
        ({"card": CARD.replace("Thành", "Thắng")}, DeclarationDoubt.NAME_DISAGREES),
        ({"signed": False}, DeclarationDoubt.NOT_SIGNED),
    ],
)
def test_the_clerk_is_told_what_to_look_at(changes: dict[str, Any], doubt: DeclarationDoubt) -> None:
    assert doubts_about(declared(**changes), BIRTH, read_card(CARD), NOW) == (doubt,)


def test_a_procedure_that_is_not_offered_here_is_told() -> None:
    customs = dataclasses.replace(BIRTH, offered_at_counter=False)
    for procedure in (None, customs):
        assert doubts_about(declared(), procedure, None, NOW) == (DeclarationDoubt.PROCEDURE_NOT_HERE,)


def test_without_a_card_at_the_counter_the_declared_person_is_believed_to_be_herself() -> None:
    assert doubts_about(declared(), BIRTH, None, NOW) == ()


@given(st.text(max_size=40) | st.builds(json.dumps, st.dictionaries(st.sampled_from(sorted(CONTENT)), st.none())))
@settings(max_examples=60, deadline=None)
def test_any_text_is_a_declaration_or_says_why_not(text: str) -> None:
    assert isinstance(read_declaration(text), DeclarationTrouble)
