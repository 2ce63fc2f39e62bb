# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from casework.identity.foreign_documents import (
    KINDS,
    DocumentFlaw,
    DocumentNote,
    appraise,
    kinds_to_offer,
    may_be_demanded,
)
from casework.identity.proof_of_identity import IdentityDocument as Kind
from casework.records.identity_document import ShownDocument

TODAY = dt.date(2026, 12, 1)
LATER = dt.date(2030, 1, 1)


def flaws_of(document: ShownDocument, on: dt.date = TODAY) -> list[str]:
    return list(appraise(document, on).verdict.reasons)


def notes_of(document: ShownDocument) -> list[str]:
    return [note.because for note in appraise(document, TODAY).notes]


def test_every_kind_has_its_words_and_its_number() -> None:
    assert set(KINDS) == set(Kind)
    assert len({kind.words for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize(
    ("kind", "number", "looks_right"),
    [
        (Kind.IDENTITY_CARD, "038094012745", True),
        (Kind.IDENTITY_CARD, "038 094 012 745", True),
        (Kind.IDENTITY_CARD, "03809401274", False),
        (Kind.CITIZEN_IDENTITY_CARD, "03809401274A", False),
        (Kind.IDENTITY_CERTIFICATE, "038094012745", True),
        (Kind.IDENTITY_CERTIFICATE, "AB123", False),
        (Kind.ELECTRONIC_IDENTITY, "038094012745", True),
        (Kind.PASSPORT, "C1234567", True),
        (Kind.PASSPORT, "p01234567", True),
        (Kind.PASSPORT, "12345678", False),
        (Kind.FOREIGN_PASSPORT, "L898902C3", True),
        (Kind.FOREIGN_PASSPORT, "ABCDEFG", False),
        (Kind.FOREIGN_PASSPORT, "1234", False),
        (Kind.TRAVEL_DOCUMENT, "T1234567", True),
        (Kind.PERMANENT_RESIDENCE_CARD, "TT-123456", True),
        (Kind.TEMPORARY_RESIDENCE_CARD, "NG3 123456", True),
        (Kind.TEMPORARY_RESIDENCE_CARD, "?", False),
        (Kind.OTHER_WITH_PHOTO, "số 12", True),
    ],
)
def test_a_number_of_another_shape_is_a_note_and_no_refusal(kind: Kind, number: str, looks_right: bool) -> None:
    document = ShownDocument(kind, number, expires_on=LATER)
    assert (DocumentNote.NUMBER_LOOKS_WRONG in notes_of(document)) is not looks_right
    assert appraise(document, TODAY).verdict.is_allowed


def test_a_document_is_valid_through_its_last_day() -> None:
    last_day = ShownDocument(Kind.FOREIGN_PASSPORT, "L898902C3", expires_on=TODAY)
    assert flaws_of(last_day) == []
    assert flaws_of(last_day, TODAY + dt.timedelta(1)) == [DocumentFlaw.EXPIRED]


def test_whoever_shows_an_expired_card_is_looked_up_and_asked_for_no_paper() -> None:
    (citizen,) = appraise(
        ShownDocument(Kind.IDENTITY_CARD, "038094012745", expires_on=dt.date(2026, 6, 30)), TODAY
    ).verdict.objections
    assert citizen.words == "Thẻ căn cước đã hết hạn ngày 30/06/2026."
    assert "không yêu cầu công dân nộp thêm giấy tờ" in citizen.instead
    (guest,) = appraise(
        ShownDocument(Kind.FOREIGN_PASSPORT, "L898902C3", expires_on=dt.date(2026, 6, 30)), TODAY
    ).verdict.objections
    assert "giấy tờ khác còn giá trị" in guest.instead


def test_a_date_of_issue_in_the_future_is_a_flaw() -> None:
    assert flaws_of(ShownDocument(Kind.PASSPORT, "C1234567", issued_on=TODAY)) == []
    assert flaws_of(ShownDocument(Kind.PASSPORT, "C1234567", issued_on=TODAY + dt.timedelta(1))) == [
        DocumentFlaw.NOT_YET_ISSUED
    ]


def test_cards_with_nine_digits_ended_with_2024() -> None:
    former = ShownDocument(Kind.IDENTITY_CARD, "174102358")
    assert flaws_of(former, dt.date(2024, 12, 31)) == []
    assert flaws_of(former, dt.date(2025, 1, 1)) == [DocumentFlaw.FORMER_CARD]
    assert flaws_of(ShownDocument(Kind.CITIZEN_IDENTITY_CARD, "174102358")) == [DocumentFlaw.FORMER_CARD]
    assert flaws_of(ShownDocument(Kind.FOREIGN_PASSPORT, "174102358")) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_only_documents_that_always_have_an_end_are_asked_for_it(kind: Kind) -> None:
    has_note = DocumentNote.END_NOT_STATED in notes_of(ShownDocument(kind, "038094012745"))
    assert has_note is (
        kind
        in {
            Kind.IDENTITY_CERTIFICATE,
            Kind.PASSPORT,
            Kind.FOREIGN_PASSPORT,
            Kind.TRAVEL_DOCUMENT,
            Kind.TEMPORARY_RESIDENCE_CARD,
        }
    )


@pytest.mark.parametrize(
    ("kind", "nationality", "disagrees"),
    [
        (Kind.PASSPORT, "VNM", False),
        (Kind.PASSPORT, "", False),
        (Kind.PASSPORT, "USA", True),
        (Kind.FOREIGN_PASSPORT, "USA", False),
        (Kind.FOREIGN_PASSPORT, "vnm", True),
        (Kind.TEMPORARY_RESIDENCE_CARD, "USA", False),
    ],
)
def test_passports_and_nationality_belong_together(kind: Kind, nationality: str, disagrees: bool) -> None:
    assert (DocumentNote.NATIONALITY_DISAGREES in notes_of(ShownDocument(kind, "C1234567", nationality))) is disagrees


def test_an_electronic_identity_is_never_demanded() -> None:
    assert [kind for kind in Kind if not may_be_demanded(kind)] == [Kind.ELECTRONIC_IDENTITY]
    assert notes_of(ShownDocument(Kind.ELECTRONIC_IDENTITY, "038094012745")) == [DocumentNote.ELECTRONIC_IS_VOLUNTARY]


def test_residence_cards_are_for_the_clerk_to_decide() -> None:
    for kind in (Kind.PERMANENT_RESIDENCE_CARD, Kind.TEMPORARY_RESIDENCE_CARD):
        assert notes_of(ShownDocument(kind, "TT123456", expires_on=LATER)) == [DocumentNote.CLERK_DECIDES]


def test_citizens_and_foreigners_are_offered_their_own_kinds() -> None:
    citizens, foreigners = kinds_to_offer(is_foreigner=False), kinds_to_offer(is_foreigner=True)
    assert set(citizens) & set(foreigners) == {Kind.ELECTRONIC_IDENTITY, Kind.OTHER_WITH_PHOTO}
    assert set(citizens) | set(foreigners) == set(Kind)
    assert Kind.IDENTITY_CARD in citizens
    assert Kind.IDENTITY_CERTIFICATE in foreigners
    assert foreigners.index(Kind.ELECTRONIC_IDENTITY) > 0
