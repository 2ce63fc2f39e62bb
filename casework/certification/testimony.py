# SPDX-License-Identifier: GPL-3.0-or-later
"""The testimony (lời chứng) that is written under what was certified.

Where it stands and that many copies of one original share a number is from the procedure's page (QĐ 3152/QĐ-BTP). The
wording of the forms is from knowledge, except "Chứng thực bản sao đúng với bản chính" with number and book: each
template says so, and the desk shows it until the province has confirmed its own.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casework.certification.books import number_label
from casework.certification.numbers_in_words import date_in_words, long_date
from casework.errors import KnownError
from casework.records.certification import CertificationBook


@dataclass(frozen=True, slots=True)
class TestimonyTemplate:
    """The wording of a testimony.

    Attributes:
        procedure_codes: Of which procedures.
        lines: Text with ``$names``; see ``write_testimony``.
        legal_basis: The form it follows.
        effective_from: First day in force.
        effective_to: Last day in force, or None.
        is_wording_certain: Whether the official form was at hand.
    """

    procedure_codes: frozenset[str]
    lines: tuple[str, ...]
    legal_basis: str
    effective_from: dt.date
    effective_to: dt.date | None = None
    is_wording_certain: bool = False


@dataclass(frozen=True, slots=True)
class TestimonyFacts:
    """What a testimony states.

    Attributes:
        procedure_code: E.g. ``2.000815``.
        book: The book it is entered in.
        number: Its number.
        on: Day of the certification in Viet Nam.
        place: Where, e.g. "Ủy ban nhân dân xã Tân Lập, tỉnh Thanh Hóa".
        certifier_name: Who certifies.
        certifier_title: In what office, e.g. "công chức Trung tâm Phục vụ hành chính công xã Tân Lập".
        requester_name: Who signed, or the parties of a transaction; empty for a copy.
        requester_paper: Kind and number of her identity paper; empty for a copy.
        subject: The transaction, will or statement, or the two languages of a translation; empty for others.
        copies: Number of originals that are made of what is named in ``subject``; 0 for others.
    """

    procedure_code: str
    book: CertificationBook
    number: int
    on: dt.date
    place: str
    certifier_name: str
    certifier_title: str
    requester_name: str = ""
    requester_paper: str = ""
    subject: str = ""
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Testimony:
    """A testimony, ready to be printed.

    Attributes:
        text: Lines with line breaks.
        is_wording_certain: False when the wording should be compared with the official form.
    """

    text: str
    is_wording_certain: bool


_OPENING: Final = (
    "Ngày $date_digits (Bằng chữ: $date_words)",
    "Tại $place.",
    "Tôi, $certifier_name, là $certifier_title",
)
_NUMBER: Final = "$number_label."
_DECREE: Final = "NĐ 23/2015/NĐ-CP, TT 01/2020/TT-BTP"
_IN_FORCE: Final = dt.date(2020, 4, 20)

_WITNESSED: Final = (*_OPENING, "Chứng thực:")
_WHO: Final = "Ông/bà $requester_name, giấy tờ tùy thân: $requester_paper,"


_FACT_WORDS: Final = {
    "place": "nơi chứng thực",
    "certifier_name": "họ tên người chứng thực",
    "certifier_title": "chức danh người chứng thực",
    "requester_name": "họ tên người yêu cầu",
    "requester_paper": "giấy tờ tùy thân của người yêu cầu",
    "subject": "tên giao dịch, văn bản",
    "copies": "số bản chính",
}


def _template(procedure_codes: set[str], *lines: str) -> TestimonyTemplate:
    return TestimonyTemplate(frozenset(procedure_codes), lines, _DECREE, _IN_FORCE)


TEMPLATES: Final = (
    _template(
        {"2.000815", "2.000942"},
        "Chứng thực bản sao đúng với bản chính.",
        _NUMBER,
        "$place, $long_date",
        "$certifier_title",
        "$certifier_name",
    ),
    _template(
        {"2.000884"},
        *_WITNESSED,
        f"{_WHO} cam đoan đã hiểu, tự chịu trách nhiệm về nội dung của giấy tờ, văn bản và đã ký vào giấy tờ, văn bản "
        "này trước mặt tôi.",
        _NUMBER,
    ),
    _template(
        {"2.000992", "2.001008"},
        *_WITNESSED,
        f"{_WHO} cam đoan đã dịch chính xác nội dung của giấy tờ, văn bản này ($subject) và đã ký vào bản dịch này.",
        _NUMBER,
    ),
    _template(
        {"2.001035", "2.000913", "2.001406"},
        *_WITNESSED,
        "- $subject được giao kết giữa: $requester_name, giấy tờ tùy thân: $requester_paper.",
        "- Các bên đã tự nguyện thỏa thuận và tự chịu trách nhiệm trước pháp luật về nội dung của giao dịch.",
        "- Tại thời điểm chứng thực, các bên có đầy đủ năng lực hành vi dân sự theo quy định của pháp luật; mục đích, "
        "nội dung của giao dịch không vi phạm điều cấm của luật, không trái đạo đức xã hội.",
        "- Các bên đã đọc lại, đồng ý với toàn bộ nội dung và đã ký vào giao dịch này trước mặt tôi.",
        "Giao dịch này được lập thành $copies bản chính, một bản lưu tại $place.",
        _NUMBER,
    ),
    _template(
        {"2.001019", "2.001016"},
        *_WITNESSED,
        f"- {_WHO} đã tự nguyện lập văn bản này ($subject) và tự chịu trách nhiệm trước pháp luật về nội dung của văn "
        "bản.",
        "- Tại thời điểm chứng thực, người lập văn bản minh mẫn, sáng suốt, nhận thức và làm chủ được hành vi của "
        "mình.",
        "- Người lập văn bản đã đọc lại, đồng ý với toàn bộ nội dung và đã ký vào văn bản này trước mặt tôi.",
        "Văn bản này được lập thành $copies bản chính, một bản lưu tại $place.",
        _NUMBER,
    ),
)
"""The shipped wordings; a province may lay its own over them."""


def write_testimony(facts: TestimonyFacts, templates: Iterable[TestimonyTemplate] = TEMPLATES) -> Testimony:
    """Write the testimony of a certification.

    Args:
        facts: What it states.
        templates: Wordings; the latest that is in force on the day is taken.

    Raises:
        KnownError: ``testimony-wording-missing`` when none is in force for this procedure and day;
            ``testimony-incomplete`` when the wording asks for something that is not stated (details ``missing``, the
            Vietnamese names of the facts).
    """
    in_force = [
        template
        for template in templates
        if facts.procedure_code in template.procedure_codes
        and template.effective_from <= facts.on
        and (template.effective_to is None or facts.on <= template.effective_to)
    ]
    if not in_force:
        raise KnownError("testimony-wording-missing", procedure=facts.procedure_code, day=facts.on.isoformat())
    template = max(in_force, key=lambda one: one.effective_from)
    values = _values(facts)
    wanted = string.Template("\n".join(template.lines))
    missing = [_FACT_WORDS[name] for name in wanted.get_identifiers() if not values[name]]
    if missing:
        raise KnownError("testimony-incomplete", missing=", ".join(missing))
    return Testimony(wanted.substitute(values), template.is_wording_certain)


def _values(facts: TestimonyFacts) -> dict[str, str]:
    return {
        "date_digits": long_date(facts.on).removeprefix("ngày "),
        "date_words": date_in_words(facts.on),
        "long_date": long_date(facts.on),
        "number_label": number_label(facts.book, facts.number),
        "place": facts.place,
        "certifier_name": facts.certifier_name,
        "certifier_title": facts.certifier_title,
        "requester_name": facts.requester_name,
        "requester_paper": facts.requester_paper,
        "subject": facts.subject,
        "copies": f"{facts.copies:02}" if facts.copies else "",
    }


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """What the pages of a certified copy bear.

    Attributes:
        is_testimony_on_last_page: From two pages on (else on the only one).
        has_joint_stamp: Dấu giáp lai across the sheets, from two sheets on.
    """

    is_testimony_on_last_page: bool
    has_joint_stamp: bool


def sheet_marks(pages: int, sheets: int) -> SheetMarks:
    """Tell where the testimony stands on a copy and whether its sheets are stamped together (QĐ 3152/QĐ-BTP)."""
    return SheetMarks(is_testimony_on_last_page=pages >= 2, has_joint_stamp=sheets >= 2)
