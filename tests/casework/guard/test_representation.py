# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from dataclasses import replace

import pytest

from casework.catalogue import Catalogue
from casework.errors import BugError
from casework.guard.representation import (
    CLOSE_RELATIVES,
    IN_PERSON,
    AuthorisationForm,
    RepresentedBecause,
    judge_representation,
)
from casework.records.participation import Part, Participation, Relationship
from casework.records.procedure import Duty, Procedure, Requirement

NONE, PLAIN = AuthorisationForm.NONE, AuthorisationForm.PLAIN
CERTIFIED, NOT_ALLOWED = AuthorisationForm.CERTIFIED, AuthorisationForm.NOT_ALLOWED
BIRTH, DEATH, EXTRACT, MARRIAGE, SIGNATURE = "1.001193", "1.000656", "2.000635", "1.000894", "2.000884"
RECOGNITION, LAND = "1.001022", "1.012796"


def submitter(relationship: Relationship | None = None, part: Part = Part.SUBMITTER) -> Participation:
    return Participation("dossier", "other", part, relationship)


def with_words(catalogue: Catalogue, words: str, *, is_for_delegation: bool = True) -> Procedure:
    paper = Requirement("p/01", words, words, Duty.SUBMIT, 1, 0, is_for_delegation=is_for_delegation)
    return replace(catalogue.get("1.001612"), requirements=(paper,), notes=(), legal_basis="1/QĐ-BTC")


@pytest.mark.parametrize(
    ("relationship", "form", "because"),
    [
        (Relationship.GRANDPARENT, PLAIN, RepresentedBecause.CLOSE_RELATIVE),
        (Relationship.PARENT, PLAIN, RepresentedBecause.CLOSE_RELATIVE),
        (Relationship.CHILD, PLAIN, RepresentedBecause.CLOSE_RELATIVE),
        (Relationship.SPOUSE, PLAIN, RepresentedBecause.CLOSE_RELATIVE),
        (Relationship.SIBLING, PLAIN, RepresentedBecause.CLOSE_RELATIVE),
        (Relationship.OTHER_RELATIVE, CERTIFIED, RepresentedBecause.NOT_A_CLOSE_RELATIVE),
        (Relationship.UNRELATED, CERTIFIED, RepresentedBecause.NOT_A_CLOSE_RELATIVE),
        (None, CERTIFIED, RepresentedBecause.NOT_A_CLOSE_RELATIVE),
    ],
)
@pytest.mark.parametrize("code", [DEATH, EXTRACT])
def test_in_civil_status_only_close_relatives_need_no_certified_authorisation(
    relationship: Relationship | None,
    form: AuthorisationForm,
    because: RepresentedBecause,
    code: str,
    catalogue: Catalogue,
) -> None:
    verdict = judge_representation(catalogue.get(code), {"her"}, submitter(relationship))
    assert (verdict.form, verdict.because, verdict.is_certain) == (form, because, True)
    assert verdict.legal_basis == catalogue.get(code).legal_basis
    proofs = {
        PLAIN: ("Văn bản ủy quyền", "Giấy tờ chứng minh quan hệ, nếu cơ quan không tra cứu được"),
        CERTIFIED: ("Văn bản ủy quyền được chứng thực",),
    }
    assert verdict.proofs == proofs[form]
    assert (relationship in CLOSE_RELATIVES) is (form is PLAIN)


def test_in_civil_status_without_words_on_delegates_the_rule_is_uncertain(catalogue: Catalogue) -> None:
    silent = replace(catalogue.get(DEATH), requirements=(), notes=())
    parent = judge_representation(silent, {"her"}, submitter(Relationship.PARENT))
    assert (parent.form, parent.is_certain) == (PLAIN, False)
    stranger = judge_representation(silent, {"her"}, submitter(Relationship.UNRELATED))
    assert (stranger.form, stranger.is_certain) == (CERTIFIED, False)


@pytest.mark.parametrize("relationship", [item for item in Relationship if item is not Relationship.UNRELATED])
def test_a_relative_who_registers_a_birth_needs_no_authorisation(
    relationship: Relationship, catalogue: Catalogue
) -> None:
    verdict = judge_representation(catalogue.get(BIRTH), {"child"}, submitter(relationship))
    assert (verdict.form, verdict.because) == (NONE, RepresentedBecause.RELATIVE_OF_CHILD)
    assert verdict.is_certain
    assert verdict.legal_basis == "163/QĐ-BTP"
    assert verdict.proofs == ("Giấy tờ chứng minh quan hệ, nếu cơ quan không tra cứu được",)


@pytest.mark.parametrize("relationship", [None, Relationship.UNRELATED])
def test_a_stranger_who_registers_a_birth_needs_a_certified_authorisation(
    relationship: Relationship | None, catalogue: Catalogue
) -> None:
    verdict = judge_representation(catalogue.get(BIRTH), {"child"}, submitter(relationship))
    assert (verdict.form, verdict.because) == (CERTIFIED, RepresentedBecause.NOT_A_CLOSE_RELATIVE)


def test_the_words_for_relatives_of_a_child_may_stand_among_notes_or_papers(catalogue: Catalogue) -> None:
    words = "Ông, bà thì không phải có văn bản ủy quyền của cha, mẹ trẻ em"
    paper = with_words(catalogue, words, is_for_delegation=False)
    noted = replace(with_words(catalogue, "Đơn"), notes=("Khác.", words))
    for procedure in (paper, noted):
        verdict = judge_representation(procedure, {"child"}, submitter(Relationship.GRANDPARENT))
        assert verdict.because is RepresentedBecause.RELATIVE_OF_CHILD


@pytest.mark.parametrize(
    ("words", "form", "because", "is_certain"),
    [
        (
            "Văn bản ủy quyền này không bắt buộc phải công chứng, chứng thực",
            PLAIN,
            RepresentedBecause.PROCEDURE_ASKS_NO_CERTIFICATION,
            True,
        ),
        ("Văn bản ủy quyền được chứng thực", CERTIFIED, RepresentedBecause.PROCEDURE_ASKS_CERTIFICATION, True),
        ("Văn bản ủy quyền được công chứng", CERTIFIED, RepresentedBecause.PROCEDURE_ASKS_CERTIFICATION, True),
        ("Văn bản ủy quyền có chứng thực", CERTIFIED, RepresentedBecause.PROCEDURE_ASKS_CERTIFICATION, True),
        ("Văn bản ủy quyền có công chứng", CERTIFIED, RepresentedBecause.PROCEDURE_ASKS_CERTIFICATION, True),
        ("Văn bản ủy quyền theo quy định", PLAIN, RepresentedBecause.PROCEDURE_IS_SILENT, False),
    ],
)
def test_elsewhere_the_words_of_the_procedure_decide(
    words: str, form: AuthorisationForm, because: RepresentedBecause, is_certain: bool, catalogue: Catalogue
) -> None:
    for relationship in (Relationship.PARENT, Relationship.UNRELATED):
        verdict = judge_representation(with_words(catalogue, words), {"her"}, submitter(relationship))
        assert (verdict.form, verdict.because, verdict.is_certain) == (form, because, is_certain)
        assert verdict.legal_basis == "1/QĐ-BTC"
        letter = "Văn bản ủy quyền được chứng thực" if form is CERTIFIED else "Văn bản ủy quyền"
        assert verdict.proofs == (letter,)


def test_other_papers_of_a_procedure_say_nothing_of_the_delegate(catalogue: Catalogue) -> None:
    procedure = with_words(catalogue, "Hợp đồng được công chứng", is_for_delegation=False)
    verdict = judge_representation(procedure, {"her"}, submitter(Relationship.UNRELATED))
    assert verdict.because is RepresentedBecause.PROCEDURE_IS_SILENT


def test_the_exemption_holds_in_other_fields_that_name_it(catalogue: Catalogue) -> None:
    procedure = with_words(catalogue, "Người được ủy quyền là cha, mẹ thì văn bản ủy quyền không phải chứng thực")
    verdict = judge_representation(procedure, {"her"}, submitter(Relationship.PARENT))
    assert (verdict.form, verdict.because) == (PLAIN, RepresentedBecause.CLOSE_RELATIVE)


def test_the_words_of_several_papers_are_read_one_by_one(catalogue: Catalogue) -> None:
    procedure = with_words(catalogue, "Văn bản ủy quyền được")
    paper = replace(procedure.requirements[0], name="chứng thực sau")
    verdict = judge_representation(
        replace(procedure, requirements=(*procedure.requirements, paper)), {"her"}, submitter()
    )
    assert verdict.because is RepresentedBecause.PROCEDURE_IS_SILENT


IN_PERSON_CODES = {
    "1.000894": False,
    "1.000593": False,
    "1.004746": False,
    "2.000806": False,
    "1.000094": False,
    "2.000513": False,
    "1.001022": True,
    "1.000689": True,
    "2.000779": True,
    "1.000080": True,
    "1.001695": True,
    "2.000884": False,
}


def test_the_procedures_for_which_one_comes_in_person_are_data() -> None:
    listed = {code: rule.may_be_represented_by_law for rule in IN_PERSON for code in rule.codes}
    assert listed == IN_PERSON_CODES
    assert [rule.is_certain for rule in IN_PERSON] == [False, False, True]
    assert [rule.legal_basis for rule in IN_PERSON] == [
        "Thông tư 04/2020/TT-BTP Điều 2: đăng ký kết hôn, đăng ký lại kết hôn không được ủy quyền; một bên có thể nộp "
        "hồ sơ, không cần văn bản ủy quyền của bên kia",
        "Thông tư 04/2020/TT-BTP Điều 2: đăng ký nhận cha, mẹ, con không được ủy quyền; một bên có thể nộp hồ sơ, "
        "không cần văn bản ủy quyền của bên kia",
        "Nghị định 23/2015/NĐ-CP: người yêu cầu chứng thực chữ ký phải ký trước mặt người tiếp nhận",
    ]


@pytest.mark.parametrize("code", sorted(IN_PERSON_CODES))
def test_nobody_else_hands_in_where_one_comes_in_person(code: str, catalogue: Catalogue) -> None:
    procedure = catalogue.get(code)
    rule = next(rule for rule in IN_PERSON if code in rule.codes)
    verdict = judge_representation(procedure, {"her", "him"}, submitter(Relationship.PARENT))
    assert (verdict.form, verdict.because) == (NOT_ALLOWED, RepresentedBecause.MUST_COME_IN_PERSON)
    assert (verdict.legal_basis, verdict.is_certain, verdict.proofs) == (rule.legal_basis, rule.is_certain, ())
    guardian = judge_representation(procedure, {"her"}, submitter(None, Part.LEGAL_REPRESENTATIVE))
    assert (guardian.form is NONE) is IN_PERSON_CODES[code]
    organisation = judge_representation(procedure, {"her"}, submitter(None, Part.ORGANISATION_REPRESENTATIVE))
    assert organisation.form is NOT_ALLOWED


@pytest.mark.parametrize("code", [BIRTH, MARRIAGE, RECOGNITION, SIGNATURE, LAND])
def test_one_of_several_applicants_may_hand_in_for_all(code: str, catalogue: Catalogue) -> None:
    procedure = catalogue.get(code)
    verdict = judge_representation(procedure, {"other", "him"}, submitter())
    assert (verdict.form, verdict.because) == (NONE, RepresentedBecause.IS_APPLICANT)
    rule = next((rule for rule in IN_PERSON if code in rule.codes), None)
    assert verdict.legal_basis == (rule.legal_basis if rule else procedure.legal_basis)
    assert verdict.is_certain is (rule.is_certain if rule else True)


def test_representatives_by_law_and_of_organisations_need_no_certified_authorisation(catalogue: Catalogue) -> None:
    law = "Bộ luật Dân sự 91/2015/QH13 Điều 136, 137: đại diện theo pháp luật"
    guardian = judge_representation(catalogue.get(DEATH), {"her"}, submitter(None, Part.LEGAL_REPRESENTATIVE))
    assert (guardian.form, guardian.because) == (NONE, RepresentedBecause.LEGAL_REPRESENTATIVE)
    assert (guardian.legal_basis, guardian.is_certain) == (law, False)
    assert guardian.proofs == ("Giấy tờ chứng minh quan hệ, nếu cơ quan không tra cứu được",)
    member = judge_representation(catalogue.get(LAND), {"her"}, submitter(None, Part.ORGANISATION_REPRESENTATIVE))
    assert (member.form, member.because) == (PLAIN, RepresentedBecause.ORGANISATION_REPRESENTATIVE)
    assert (member.legal_basis, member.is_certain) == (law, False)
    assert member.proofs == ("Giấy giới thiệu hoặc văn bản cử người của tổ chức",)


def test_a_helper_hands_nothing_in(catalogue: Catalogue) -> None:
    with pytest.raises(BugError, match=r"^a helper is no submitter$"):
        judge_representation(catalogue.get(BIRTH), {"her"}, submitter(None, Part.HELPER))


def test_forms_reasons_parts_and_relationships_are_stored_by_these_names() -> None:
    assert [form.value for form in AuthorisationForm] == ["none", "plain", "certified", "not-allowed"]
    assert [because.value for because in RepresentedBecause] == [
        "is-applicant",
        "legal-representative",
        "organisation-representative",
        "must-come-in-person",
        "relative-of-child",
        "close-relative",
        "not-a-close-relative",
        "procedure-asks-no-certification",
        "procedure-asks-certification",
        "procedure-is-silent",
    ]
    assert [part.value for part in Part] == [
        "applicant",
        "submitter",
        "helper",
        "legal-representative",
        "organisation-representative",
    ]
    assert [relationship.value for relationship in Relationship] == [
        "grandparent",
        "parent",
        "child",
        "spouse",
        "sibling",
        "other-relative",
        "unrelated",
    ]
