# SPDX-License-Identifier: GPL-3.0-or-later
"""What foreigners and people of Vietnamese origin show at the counter, and what the clerk makes of it.

Shapes of numbers are [K] and only ever a note: countries number as they please. An electronic identity is for
foreigners from 6 years on who hold a residence card and wish to have one (NĐ 69/2024 Đ7.2, as cited by azlaw.vn);
nobody may be asked for it when handing in in person. Since 1 January 2025 identity cards with 9 digits are no longer
valid (Luật Căn cước 26/2023 Đ46: [K]); the personal number stays enough by itself (QĐ 163/QĐ-BTP).
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.identity.identity_number import read_former_number
from casework.identity.proof_of_identity import UNCERTAIN, IdentityDocument
from casework.records.identity_document import ShownDocument
from casework.verdict import Objection, Verdict

VIET_NAM_CODE: Final = "VNM"
_END_OF_NINE_DIGITS: Final = dt.date(2025, 1, 1)


class DocumentFlaw(enum.StrEnum):
    """Why a document alone does not show who somebody is."""

    EXPIRED = "expired"
    NOT_YET_ISSUED = "not-yet-issued"
    FORMER_CARD = "former-card"


class DocumentNote(enum.StrEnum):
    """What the clerk should look at; never a reason to refuse."""

    NUMBER_LOOKS_WRONG = "number-looks-wrong"
    END_NOT_STATED = "end-not-stated"
    NATIONALITY_DISAGREES = "nationality-disagrees"
    CLERK_DECIDES = "clerk-decides"
    ELECTRONIC_IS_VOLUNTARY = "electronic-is-voluntary"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """What is known about a kind of document.

    Attributes:
        words: Its Vietnamese name.
        number: Shape of its number, in capitals without spaces; [K] but for the 12 digits.
        has_end: Whether it always states until when it is valid.
        is_for_foreigners: Whether citizens of other countries or stateless people hold it.
    """

    words: str
    number: re.Pattern[str]
    has_end: bool
    is_for_foreigners: bool


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What the clerk makes of a document.

    Attributes:
        verdict: Allowed when the document alone shows who somebody is; each objection says what to do instead.
        notes: What to look at.
    """

    verdict: Verdict
    notes: tuple[Objection, ...]


_TWELVE: Final = re.compile(r"[0-9]{12}")
_VIETNAMESE_PASSPORT: Final = re.compile(r"[A-Z][0-9]{7,8}")
_ANY_PASSPORT: Final = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,12}")
_RESIDENCE_CARD: Final = re.compile(r"(?=.*[0-9])[A-Z0-9/-]{5,15}")
_ANYTHING: Final = re.compile(r".{3,30}")

KINDS: Final[Mapping[IdentityDocument, DocumentKind]] = MappingProxyType(
    {
        IdentityDocument.IDENTITY_CARD: DocumentKind("Thẻ căn cước", _TWELVE, False, False),
        IdentityDocument.CITIZEN_IDENTITY_CARD: DocumentKind("Thẻ căn cước công dân", _TWELVE, False, False),
        IdentityDocument.IDENTITY_CERTIFICATE: DocumentKind("Giấy chứng nhận căn cước", _TWELVE, True, True),
        IdentityDocument.ELECTRONIC_IDENTITY: DocumentKind("Căn cước hoặc định danh điện tử", _TWELVE, False, True),
        IdentityDocument.PASSPORT: DocumentKind("Hộ chiếu Việt Nam", _VIETNAMESE_PASSPORT, True, False),
        IdentityDocument.FOREIGN_PASSPORT: DocumentKind("Hộ chiếu nước ngoài", _ANY_PASSPORT, True, True),
        IdentityDocument.TRAVEL_DOCUMENT: DocumentKind("Giấy tờ có giá trị đi lại quốc tế", _ANY_PASSPORT, True, True),
        IdentityDocument.PERMANENT_RESIDENCE_CARD: DocumentKind("Thẻ thường trú", _RESIDENCE_CARD, False, True),
        IdentityDocument.TEMPORARY_RESIDENCE_CARD: DocumentKind("Thẻ tạm trú", _RESIDENCE_CARD, True, True),
        IdentityDocument.OTHER_WITH_PHOTO: DocumentKind("Giấy tờ khác có dán ảnh", _ANYTHING, False, True),
    }
)
"""By kind. A certificate of identity is for people of Vietnamese origin whose nationality is not determined."""


def kinds_to_offer(*, is_foreigner: bool) -> tuple[IdentityDocument, ...]:
    """Give the kinds that the screen offers, in the order of ``KINDS``; which one is shown is the person's choice."""
    return tuple(
        kind
        for kind, known in KINDS.items()
        if known.is_for_foreigners is is_foreigner
        or kind in {IdentityDocument.ELECTRONIC_IDENTITY, IdentityDocument.OTHER_WITH_PHOTO}
    )


def may_be_demanded(kind: IdentityDocument) -> bool:
    """Whether a clerk may ask for this kind; never for an electronic one in person (duties 4 and 12)."""
    return kind is not IdentityDocument.ELECTRONIC_IDENTITY


def appraise(document: ShownDocument, on: dt.date) -> Appraisal:
    """Judge a document on the day it is shown; it is valid through its last day.

    Args:
        document: As shown.
        on: Day of the reception in Viet Nam.
    """
    return Appraisal(Verdict(tuple(_flaws(document, on))), tuple(_notes(document)))


def _flaws(document: ShownDocument, on: dt.date) -> list[Objection]:
    known = KINDS[document.kind]
    other = (
        "Đề nghị xuất trình giấy tờ khác còn giá trị sử dụng."
        if known.is_for_foreigners
        else "Tra cứu theo số định danh cá nhân; không yêu cầu công dân nộp thêm giấy tờ."
    )
    flaws = []
    if document.expires_on is not None and document.expires_on < on:
        words = f"{known.words} đã hết hạn ngày {document.expires_on:%d/%m/%Y}."
        flaws.append(Objection(DocumentFlaw.EXPIRED, words, "QĐ 163/QĐ-BTP", other))
    if document.issued_on is not None and document.issued_on > on:
        words = "Ngày cấp ở sau ngày tiếp nhận; kiểm tra lại ngày đã nhập."
        flaws.append(Objection(DocumentFlaw.NOT_YET_ISSUED, words, "", other))
    is_card = document.kind in {IdentityDocument.IDENTITY_CARD, IdentityDocument.CITIZEN_IDENTITY_CARD}
    if is_card and read_former_number(document.number) is not None and on >= _END_OF_NINE_DIGITS:
        words = "Chứng minh nhân dân 9 số không còn giá trị sử dụng từ ngày 01/01/2025."
        flaws.append(Objection(DocumentFlaw.FORMER_CARD, words, "Luật Căn cước 26/2023 Đ46", other))
    return flaws


def _notes(document: ShownDocument) -> list[Objection]:
    known = KINDS[document.kind]
    notes = []
    if known.number.fullmatch(_as_numbered(document.number)) is None:
        words = f"Số giấy tờ không giống số của {known.words.lower()}; đối chiếu lại với giấy tờ."
        notes.append(Objection(DocumentNote.NUMBER_LOOKS_WRONG, words, ""))
    if known.has_end and document.expires_on is None:
        words = "Chưa nhập ngày hết hạn của giấy tờ."
        notes.append(Objection(DocumentNote.END_NOT_STATED, words, ""))
    is_vietnamese = document.nationality.upper() == VIET_NAM_CODE
    expects_vietnamese = document.kind is IdentityDocument.PASSPORT
    expects_foreign = document.kind is IdentityDocument.FOREIGN_PASSPORT
    if document.nationality and (expects_foreign if is_vietnamese else expects_vietnamese):
        words = "Quốc tịch không khớp với loại giấy tờ; đối chiếu lại."
        notes.append(Objection(DocumentNote.NATIONALITY_DISAGREES, words, ""))
    if document.kind in UNCERTAIN:
        words = "Chưa có quy định được xác minh về loại giấy tờ này; cán bộ tiếp nhận quyết định."
        notes.append(Objection(DocumentNote.CLERK_DECIDES, words, ""))
    if document.kind is IdentityDocument.ELECTRONIC_IDENTITY:
        words = "Định danh điện tử do người dân tự nguyện xuất trình, không được yêu cầu khi nộp trực tiếp."
        notes.append(Objection(DocumentNote.ELECTRONIC_IS_VOLUNTARY, words, "NĐ 69/2024 Đ7.2"))
    return notes


def _as_numbered(number: str) -> str:
    return re.sub(r"[\s.]+", "", unicodedata.normalize("NFKC", number)).upper()
