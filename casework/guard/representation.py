# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may hand in for whom, and which authorisation that takes.

In civil status an authorisation is certified, except where the delegate is a grandparent, parent, child, spouse or
sibling by blood of the one who delegates; it is written all the same (QĐ 163/QĐ-BTP, each procedure's own words). Who
registers the birth of a child of the family needs none at all, where the procedure says so. Elsewhere the words of the
procedure decide, and where they are silent no more than a plain writing may be asked for.
"""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from casework.errors import BugError
from casework.records.participation import Part, Participation, Relationship
from casework.records.procedure import Procedure
from casework.text import fold

CLOSE_RELATIVES: Final = frozenset(
    {
        Relationship.GRANDPARENT,
        Relationship.PARENT,
        Relationship.CHILD,
        Relationship.SPOUSE,
        Relationship.SIBLING,
    }
)
"""Delegates whose authorisation in civil status is not certified."""


class AuthorisationForm(enum.StrEnum):
    """What must be shown of an authorisation; ``NOT_ALLOWED`` means that the applicant comes in person."""

    NONE = "none"
    PLAIN = "plain"
    CERTIFIED = "certified"
    NOT_ALLOWED = "not-allowed"


class RepresentedBecause(enum.StrEnum):
    """Why that form."""

    IS_APPLICANT = "is-applicant"
    LEGAL_REPRESENTATIVE = "legal-representative"
    ORGANISATION_REPRESENTATIVE = "organisation-representative"
    MUST_COME_IN_PERSON = "must-come-in-person"
    RELATIVE_OF_CHILD = "relative-of-child"
    CLOSE_RELATIVE = "close-relative"
    NOT_A_CLOSE_RELATIVE = "not-a-close-relative"
    PROCEDURE_ASKS_NO_CERTIFICATION = "procedure-asks-no-certification"
    PROCEDURE_ASKS_CERTIFICATION = "procedure-asks-certification"
    PROCEDURE_IS_SILENT = "procedure-is-silent"


@dataclass(frozen=True, slots=True)
class InPersonRule:
    """Procedures in which nobody can be represented by a delegate.

    Attributes:
        codes: Of the procedures.
        legal_basis: The law, in the words shown to the clerk.
        is_certain: False where the source at hand does not say so in as many words.
        may_be_represented_by_law: Whether the legal representative of a child or a ward may act.
    """

    codes: frozenset[str]
    legal_basis: str
    is_certain: bool
    may_be_represented_by_law: bool


IN_PERSON: Final = (
    InPersonRule(
        frozenset({"1.000894", "1.000593", "1.004746", "2.000806", "1.000094", "2.000513"}),
        "Thông tư 04/2020/TT-BTP Điều 2: đăng ký kết hôn, đăng ký lại kết hôn không được ủy quyền; một bên có thể nộp "
        "hồ sơ, không cần văn bản ủy quyền của bên kia",
        is_certain=False,
        may_be_represented_by_law=False,
    ),
    InPersonRule(
        frozenset({"1.001022", "1.000689", "2.000779", "1.000080", "1.001695"}),
        "Thông tư 04/2020/TT-BTP Điều 2: đăng ký nhận cha, mẹ, con không được ủy quyền; một bên có thể nộp hồ sơ, "
        "không cần văn bản ủy quyền của bên kia",
        is_certain=False,
        may_be_represented_by_law=True,
    ),
    InPersonRule(
        frozenset({"2.000884"}),
        "Nghị định 23/2015/NĐ-CP: người yêu cầu chứng thực chữ ký phải ký trước mặt người tiếp nhận",
        is_certain=True,
        may_be_represented_by_law=False,
    ),
)
"""The articles of TT 04/2020 are from knowledge; the catalogue agrees in so far as it lists no authorisation there."""

_CIVIL_STATUS: Final = "Hộ tịch"
_FOR_A_CHILD: Final = "khong phai co van ban uy quyen cua cha, me tre em"
_EXEMPTION: Final = "khong phai chung thuc"
_NO_CERTIFICATION: Final = "khong bat buoc phai cong chung, chung thuc"
_CERTIFICATION: Final = ("duoc chung thuc", "duoc cong chung", "co chung thuc", "co cong chung")

_AUTHORISATION: Final = "Văn bản ủy quyền"
_CERTIFIED_AUTHORISATION: Final = "Văn bản ủy quyền được chứng thực"
_RELATION: Final = "Giấy tờ chứng minh quan hệ, nếu cơ quan không tra cứu được"
_LAW_OF_REPRESENTATION: Final = "Bộ luật Dân sự 91/2015/QH13 Điều 136, 137: đại diện theo pháp luật"


@dataclass(frozen=True, slots=True)
class Representation:
    """Whether and how somebody may hand in.

    Attributes:
        form: The authorisation that is needed.
        because: Why.
        legal_basis: The law, or the decision that published the procedure.
        is_certain: False where the rule is not in the sources at hand; the clerk sees it as such.
        proofs: Papers that prove it, in Vietnamese; any one that the office can look up is not asked for.
    """

    form: AuthorisationForm
    because: RepresentedBecause
    legal_basis: str
    is_certain: bool
    proofs: tuple[str, ...] = ()


def judge_representation(
    procedure: Procedure, applicant_ids: Collection[str], submitter: Participation
) -> Representation:
    """Judge which authorisation a submitter needs.

    Args:
        procedure: The version that the dossier is received under.
        applicant_ids: ``person_id`` of every applicant; one of several may hand in for all.
        submitter: Who hands in.

    Raises:
        BugError: When the submitter is a helper, who hands nothing in.
    """
    if submitter.part is Part.HELPER:
        raise BugError("a helper is no submitter")
    rule = next((rule for rule in IN_PERSON if procedure.code in rule.codes), None)
    if submitter.person_id in applicant_ids:
        basis, is_certain = (rule.legal_basis, rule.is_certain) if rule else (procedure.legal_basis, True)
        return Representation(AuthorisationForm.NONE, RepresentedBecause.IS_APPLICANT, basis, is_certain)
    acts_by_law = submitter.part is Part.LEGAL_REPRESENTATIVE
    if rule and not (acts_by_law and rule.may_be_represented_by_law):
        return Representation(
            AuthorisationForm.NOT_ALLOWED, RepresentedBecause.MUST_COME_IN_PERSON, rule.legal_basis, rule.is_certain
        )
    if acts_by_law:
        return Representation(
            AuthorisationForm.NONE,
            RepresentedBecause.LEGAL_REPRESENTATIVE,
            _LAW_OF_REPRESENTATION,
            is_certain=False,
            proofs=(_RELATION,),
        )
    if submitter.part is Part.ORGANISATION_REPRESENTATIVE:
        return Representation(
            AuthorisationForm.PLAIN,
            RepresentedBecause.ORGANISATION_REPRESENTATIVE,
            _LAW_OF_REPRESENTATION,
            is_certain=False,
            proofs=("Giấy giới thiệu hoặc văn bản cử người của tổ chức",),
        )
    return _of_delegate(procedure, submitter.relationship)


def _of_delegate(procedure: Procedure, relationship: Relationship | None) -> Representation:
    names = [item.name for item in procedure.requirements]
    words = "; ".join(fold(item.name) for item in procedure.requirements if item.is_for_delegation)
    is_relative = relationship not in {None, Relationship.UNRELATED}
    if is_relative and any(_FOR_A_CHILD in fold(text) for text in (*procedure.notes, *names)):
        return Representation(
            AuthorisationForm.NONE,
            RepresentedBecause.RELATIVE_OF_CHILD,
            procedure.legal_basis,
            is_certain=True,
            proofs=(_RELATION,),
        )
    if _EXEMPTION in words or procedure.field == _CIVIL_STATUS:
        is_certain = _EXEMPTION in words
        if relationship in CLOSE_RELATIVES:
            return Representation(
                AuthorisationForm.PLAIN,
                RepresentedBecause.CLOSE_RELATIVE,
                procedure.legal_basis,
                is_certain,
                (_AUTHORISATION, _RELATION),
            )
        return _by_words(procedure, RepresentedBecause.NOT_A_CLOSE_RELATIVE, is_certain=is_certain)
    if _NO_CERTIFICATION in words:
        return _by_words(procedure, RepresentedBecause.PROCEDURE_ASKS_NO_CERTIFICATION, is_certain=True)
    if any(certification in words for certification in _CERTIFICATION):
        return _by_words(procedure, RepresentedBecause.PROCEDURE_ASKS_CERTIFICATION, is_certain=True)
    return _by_words(procedure, RepresentedBecause.PROCEDURE_IS_SILENT, is_certain=False)


def _by_words(procedure: Procedure, because: RepresentedBecause, *, is_certain: bool) -> Representation:
    is_certified = because in {
        RepresentedBecause.NOT_A_CLOSE_RELATIVE,
        RepresentedBecause.PROCEDURE_ASKS_CERTIFICATION,
    }
    return Representation(
        AuthorisationForm.CERTIFIED if is_certified else AuthorisationForm.PLAIN,
        because,
        procedure.legal_basis,
        is_certain,
        (_CERTIFIED_AUTHORISATION if is_certified else _AUTHORISATION,),
    )
