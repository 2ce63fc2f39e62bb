# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.progress.return_letters import GATES, LetterFacts, LetterObjection, form_of, judge_letter
from casework.records.letter import Letter, LetterGround, LetterKind, LetterMark
from casework.work_calendar import VIET_NAM

DUE = dt.datetime(2026, 11, 24, 17, 0, tzinfo=VIET_NAM)
SECOND = dt.timedelta(seconds=1)
Against = LetterObjection
PAPERS = ("1.001193/01", "1.001193/02")
LEGAL = LetterGround.LEGAL

GOOD_LETTER = Letter(
    letter_id="l",
    dossier_id="d",
    kind=LetterKind.RETURN_LETTER,
    issued_at=DUE,
    reason="Công dân xin rút hồ sơ để bổ sung thông tin.",
    legal_basis="NĐ 118/2025/NĐ-CP",
    issued_by="c",
    signed_by="Nguyễn Thị Minh",
    marks=frozenset({LetterMark.SEAL}),
    demands=PAPERS,
    ground=LetterGround.CITIZEN_REQUEST,
    apology="Chúng tôi thành thật xin lỗi Ông/Bà.",
    corrective_action="Bố trí thêm người thẩm định.",
    states_due_at=DUE + SECOND,
    result_id="r",
)
GOOD_FACTS = LetterFacts(
    due_at=DUE,
    missing=frozenset(PAPERS),
    allowed_demands=frozenset(PAPERS),
    supplement_until=DUE,
    extend_until=DUE,
    requested_at=DUE,
    has_consent=True,
)


def reasons(letter: Letter, facts: LetterFacts = GOOD_FACTS) -> list[LetterObjection]:
    return [LetterObjection(because) for because in judge_letter(letter, facts).reasons]


def of(kind: str, **changes: object) -> Letter:
    return replace(GOOD_LETTER, kind=LetterKind(kind), **changes)  # type: ignore[arg-type]


def facts(**changes: object) -> LetterFacts:
    return replace(GOOD_FACTS, **changes)  # type: ignore[arg-type]


HANDING_BACK = ["stop-notice", "return-letter"]
REFUSING = ["refusal", "refusal-of-matter"]


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_that_fulfils_every_condition_at_its_last_moment_is_issued(kind: LetterKind) -> None:
    assert reasons(of(kind)) == []


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("reason", ["", "  "])
def test_no_letter_goes_out_without_a_reason(kind: LetterKind, reason: str) -> None:
    assert reasons(of(kind, reason=reason)) == [Against.NO_REASON]


@pytest.mark.parametrize("kind", ["supplement-request", "refusal"])
def test_a_slip_of_the_counter_is_signed_in_any_way(kind: str) -> None:
    for mark in LetterMark:
        assert reasons(of(kind, marks=frozenset({mark}))) == []
    assert reasons(of(kind, marks=frozenset())) == [Against.NOT_SIGNED]


@pytest.mark.parametrize("kind", [*HANDING_BACK, "extension-letter", "refusal-of-matter"])
def test_a_letter_of_the_agency_bears_its_seal_or_its_signature(kind: str) -> None:
    sealing = {mark for mark in LetterMark if reasons(of(kind, marks=frozenset({mark}))) == []}
    assert sealing == {LetterMark.SEAL, LetterMark.AGENCY_SIGNATURE}
    assert reasons(of(kind, marks=frozenset(LetterMark))) == []
    personal = frozenset({LetterMark.HANDWRITTEN, LetterMark.PERSONAL_SIGNATURE})
    assert reasons(of(kind, marks=personal)) == [Against.NOT_SEALED]
    assert reasons(of(kind, marks=frozenset())) == [Against.NOT_SEALED]


# ---- the four conditions under which a dossier may be handed back --------------------------------------------------


@pytest.mark.parametrize("kind", HANDING_BACK)
def test_nothing_is_handed_back_after_the_promised_moment(kind: str) -> None:
    assert reasons(of(kind, issued_at=DUE - SECOND), facts(requested_at=DUE - SECOND)) == []
    assert reasons(of(kind, issued_at=DUE + SECOND)) == [Against.AFTER_DUE]
    assert reasons(of(kind, issued_at=DUE + SECOND), facts(due_at=None)) == []


@pytest.mark.parametrize("kind", HANDING_BACK)
def test_an_explanation_of_lateness_does_not_open_the_gate(kind: str) -> None:
    assert reasons(of(kind, issued_at=DUE + SECOND), facts(is_lateness_explained=True)) == [Against.AFTER_DUE]


@pytest.mark.parametrize("kind", HANDING_BACK)
def test_a_withdrawal_is_a_reason_only_when_the_request_was_on_file_before(kind: str) -> None:
    assert reasons(of(kind), facts(requested_at=None)) == [Against.NO_REQUEST_ON_FILE]
    assert reasons(of(kind), facts(requested_at=DUE - SECOND)) == []
    assert reasons(of(kind), facts(requested_at=DUE + SECOND)) == [Against.NO_REQUEST_ON_FILE]
    assert reasons(of(kind, ground=LEGAL), facts(requested_at=None)) == []


@pytest.mark.parametrize("kind", HANDING_BACK)
@pytest.mark.parametrize("ground", LetterGround)
def test_the_agencys_consent_is_on_file(kind: str, ground: LetterGround) -> None:
    assert reasons(of(kind, ground=ground), facts(has_consent=False)) == [Against.NO_CONSENT]


@pytest.mark.parametrize("kind", HANDING_BACK)
def test_handing_back_needs_a_ground_and_a_legal_ground_needs_a_provision(kind: str) -> None:
    assert reasons(of(kind, ground=None)) == [Against.NO_GROUND]
    assert reasons(of(kind, ground=LEGAL, legal_basis=" ")) == [Against.NO_GROUND]
    assert reasons(of(kind, ground=LetterGround.CITIZEN_REQUEST, legal_basis="")) == []


@pytest.mark.parametrize("kind", HANDING_BACK)
def test_the_letters_that_the_inspection_found_fail_in_everything_at_once(kind: str) -> None:
    found = of(kind, issued_at=DUE + dt.timedelta(days=3), marks=frozenset(), reason="")
    assert reasons(found, facts(requested_at=None, has_consent=False)) == [
        Against.NO_REASON,
        Against.AFTER_DUE,
        Against.NO_REQUEST_ON_FILE,
        Against.NO_CONSENT,
        Against.NOT_SEALED,
    ]


@settings(max_examples=80)
@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_a_return_letter_passes_only_with_all_four_conditions(
    in_time: bool, requested: bool, consented: bool, sealed: bool
) -> None:
    letter = of(
        "return-letter",
        issued_at=DUE if in_time else DUE + SECOND,
        marks=frozenset({LetterMark.AGENCY_SIGNATURE} if sealed else {LetterMark.HANDWRITTEN}),
    )
    known = facts(requested_at=DUE if requested else None, has_consent=consented)
    assert judge_letter(letter, known).is_allowed == (in_time and requested and consented and sealed)


# ---- supplement request -------------------------------------------------------------------------------------------


def test_a_supplement_request_names_everything_that_is_missing() -> None:
    assert reasons(of("supplement-request", demands=PAPERS[:1])) == [Against.NOT_COMPLETE]
    assert reasons(of("supplement-request", demands=())) == [Against.NO_DEMANDS, Against.NOT_COMPLETE]
    assert reasons(of("supplement-request"), facts(missing=frozenset(PAPERS[1:]))) == []


def test_a_supplement_request_without_demands_is_none_even_where_nothing_is_missing() -> None:
    assert reasons(of("supplement-request", demands=()), facts(missing=frozenset())) == [Against.NO_DEMANDS]


def test_a_supplement_request_demands_nothing_that_the_guard_refuses() -> None:
    demands = (*PAPERS, "Giấy xác nhận địa chỉ cũ")
    assert reasons(of("supplement-request", demands=demands)) == [Against.NOT_ALLOWED_DEMAND]


def test_a_second_supplement_request_needs_the_supervisor() -> None:
    for count in (1, 2):
        again = facts(supplements_before=count)
        assert reasons(of("supplement-request"), again) == [Against.NOT_ONCE]
        assert reasons(of("supplement-request", approved_by="s"), again) == []


def test_a_supplement_request_leaves_within_three_working_days() -> None:
    late = facts(supplement_until=DUE - SECOND)
    assert reasons(of("supplement-request"), late) == [Against.AFTER_SUPPLEMENT_TIME]
    assert reasons(of("supplement-request"), facts(supplement_until=None)) == []
    assert reasons(of("supplement-request", issued_at=DUE + SECOND), facts(supplement_until=None)) == []


# ---- refusal ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", REFUSING)
@pytest.mark.parametrize("legal_basis", ["", " "])
def test_a_refusal_names_the_law(kind: str, legal_basis: str) -> None:
    assert reasons(of(kind, legal_basis=legal_basis)) == [Against.NO_LEGAL_BASIS]


def test_only_the_refusal_of_the_matter_is_a_result() -> None:
    assert reasons(of("refusal-of-matter", result_id="")) == [Against.NOT_ENTERED_AS_RESULT]
    assert reasons(of("refusal", result_id="")) == []


def test_the_refusal_of_the_matter_keeps_the_time_limit_or_explains_itself() -> None:
    late = of("refusal-of-matter", issued_at=DUE + SECOND)
    assert reasons(late) == [Against.LATE_UNEXPLAINED]
    assert reasons(late, facts(is_lateness_explained=True)) == []
    assert reasons(late, facts(due_at=None)) == []


# ---- extension ----------------------------------------------------------------------------------------------------


def test_a_dossier_is_extended_at_most_once() -> None:
    for count in (1, 2):
        assert reasons(of("extension-letter"), facts(extensions_before=count)) == [Against.SECOND_EXTENSION]


def test_an_extension_letter_leaves_a_day_before_expiry() -> None:
    assert reasons(of("extension-letter"), facts(extend_until=DUE - SECOND)) == [Against.AFTER_EXTENSION_TIME]
    assert reasons(of("extension-letter"), facts(extend_until=None)) == [Against.AFTER_EXTENSION_TIME]


@pytest.mark.parametrize("blank", ["", " "])
def test_an_extension_letter_apologises_and_says_what_is_done(blank: str) -> None:
    assert reasons(of("extension-letter", apology=blank)) == [Against.NO_APOLOGY]
    assert reasons(of("extension-letter", corrective_action=blank)) == [Against.NO_CORRECTIVE_ACTION]


def test_an_extension_letter_promises_a_later_moment() -> None:
    assert reasons(of("extension-letter", states_due_at=None)) == [Against.NO_NEW_DUE_DATE]
    assert reasons(of("extension-letter", states_due_at=DUE)) == [Against.NO_NEW_DUE_DATE]
    assert reasons(of("extension-letter"), facts(due_at=None)) == [Against.NO_NEW_DUE_DATE]


# ---- words --------------------------------------------------------------------------------------------------------


def failing(kind: LetterKind) -> tuple[Letter, LetterFacts]:
    letter = Letter("l", "d", kind, DUE + SECOND, "", "", "c", demands=("x",), ground=None)
    return letter, facts(supplements_before=1, extensions_before=1, requested_at=None, has_consent=False)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_that_fulfils_nothing_is_told_every_condition_of_its_kind_in_order(kind: LetterKind) -> None:
    letter, known = failing(kind)
    if kind in {LetterKind.STOP_NOTICE, LetterKind.RETURN_LETTER}:
        letter = replace(letter, ground=LetterGround.CITIZEN_REQUEST)
        assert reasons(letter, known) == [because for because in GATES[kind] if because is not Against.NO_GROUND]
    else:
        not_met = [because for because in GATES[kind] if because is not Against.NO_DEMANDS]
        assert reasons(letter, known) == not_met


@pytest.mark.parametrize("kind", LetterKind)
def test_every_objection_has_words_and_a_law(kind: LetterKind) -> None:
    letter, known = failing(kind)
    for objection in judge_letter(replace(letter, demands=()), known).objections:
        assert re.fullmatch(r"[A-ZĐ].*\.", objection.words)
        assert re.fullmatch(r"(NĐ|TT) \d+/20\d\d/.*[\d)]", objection.legal_basis)
        assert re.fullmatch(r"([A-ZĐ].*\.)?", objection.instead)


@pytest.mark.parametrize(
    ("kind", "because", "says"),
    [
        ("return-letter", Against.AFTER_DUE, "Không trả lại hồ sơ: tiếp tục giải quyết"),
        ("stop-notice", Against.AFTER_DUE, "ghi lý do chậm và biện pháp khắc phục, xin lỗi"),
        ("supplement-request", Against.AFTER_SUPPLEMENT_TIME, "tiếp tục giải quyết"),
        ("refusal-of-matter", Against.LATE_UNEXPLAINED, "Ghi lý do chậm và biện pháp khắc phục, xin lỗi"),
        ("extension-letter", Against.SECOND_EXTENSION, "Giải quyết ngay và trả kết quả"),
        ("extension-letter", Against.AFTER_EXTENSION_TIME, "Giải quyết ngay và trả kết quả"),
    ],
)
def test_where_time_has_run_out_the_clerk_is_told_what_to_do_instead(
    kind: str, because: LetterObjection, says: str
) -> None:
    letter, known = failing(LetterKind(kind))
    told = {objection.because: objection.instead for objection in judge_letter(letter, known).objections}
    assert says in told[because]


def test_who_only_has_to_add_something_is_not_told_to_do_something_else() -> None:
    letter, known = failing(LetterKind.RETURN_LETTER)
    told = {objection.because: objection.instead for objection in judge_letter(letter, known).objections}
    assert told[Against.NO_REASON] == told[Against.NO_CONSENT] == told[Against.NOT_SEALED] == ""


# ---- forms --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("supplement-request", 2, 2),
        ("refusal", 3, 3),
        ("refusal-of-matter", 3, 3),
        ("extension-letter", 4, 4),
        ("stop-notice", None, 5),
        ("return-letter", None, None),
    ],
)
def test_a_letter_is_written_on_the_form_of_its_day_in_viet_nam(kind: str, old: int | None, new: int | None) -> None:
    for issued_at, number in (("2025-09-14T16:59:59+00:00", old), ("2025-09-14T17:00:00+00:00", new)):
        form = form_of(of(kind, issued_at=dt.datetime.fromisoformat(issued_at)))
        assert (form and form.number) == number


def test_the_moments_that_hold_a_letter_back_can_not_be_forgotten() -> None:
    with pytest.raises(TypeError):
        LetterFacts(has_consent=True)  # type: ignore[call-arg]


def test_what_is_not_known_of_a_dossier_is_not_assumed() -> None:
    nothing = LetterFacts(None, None)
    assert (nothing.extend_until, nothing.requested_at) == (None, None)
    assert nothing.missing == nothing.allowed_demands == frozenset()
    assert nothing.supplements_before == nothing.extensions_before == 0
    assert not nothing.has_consent
    assert not nothing.is_lateness_explained


def test_a_new_letter_is_unsigned_and_promises_nothing() -> None:
    letter = Letter("l", "d", LetterKind.REFUSAL, DUE, "r", "b", "c")
    assert (letter.signed_by, letter.signature_level, letter.apology, letter.corrective_action) == ("", "", "", "")
    assert (letter.result_id, letter.approved_by, letter.object_id) == ("", "", None)
    assert (letter.marks, letter.demands, letter.evidence_ids) == (frozenset(), (), ())
    assert letter.ground is None
    assert letter.states_due_at is None


def test_the_stored_names_stay() -> None:
    for member in (*LetterKind, *LetterGround, *LetterMark, *LetterObjection):
        assert str(member) == member.name.lower().replace("_", "-")
    assert (len(LetterKind), len(LetterGround), len(LetterMark), len(LetterObjection)) == (6, 2, 4, 20)
